import { z } from "zod";
import { hash } from "../../random.ts";
import { Every } from "../firmware.ts";
import { kind } from "../kind.ts";
import { cell } from "../things/air.ts";
import { battery, node } from "./node.ts";
import { placed } from "./settings.ts";
import type { NodeValue } from "./value.ts";

const options = z.strictObject({
  ...placed,
  every: z.number().min(1).max(86_400).default(40).describe("s between two presses"),
});

/** Four buttons: Central Scene values are events, never kept. */
export const sceneController = kind(
  "scene",
  "four-button controller: central scenes as events",
  options,
  (entry, { every, location }) => {
    const pressing = new Every(every);
    let pressed = 0;
    const scene = (n: number): NodeValue => ({
      commandClass: 91,
      property: "scene",
      propertyKey: `00${n}`,
      propertyKeyName: `00${n}`,
      label: `Scene 00${n}`,
      type: "number",
      min: 0,
      max: 255,
      states: { 0: "KeyPressed", 1: "KeyReleased", 2: "KeyHeldDown", 3: "KeyPressed2x" },
      stateless: true,
      get: () => [0, 0, 3, 2][hash(entry.seed, 27, pressed) % 4] ?? 0,
    });
    const scenes = [1, 2, 3, 4].map(scene);
    return node(entry, location, {
      manufacturer: "AEON Labs",
      manufacturerId: 134,
      productId: 130,
      productType: 2,
      label: "ZW130",
      description: "WallMote Quad",
      wakesEvery: 3600,
      values: [...scenes, ...battery((now) => cell(entry.seed, now))],
      step(_seconds, now) {
        if (!pressing.due(now)) return [];
        pressed += 1;
        return scenes.slice(hash(entry.seed, 28, pressed) % 4).slice(0, 1);
      },
    });
  },
);
