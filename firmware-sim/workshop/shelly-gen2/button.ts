import { z } from "zod";
import { hash } from "../../random.ts";
import { Every } from "../firmware.ts";
import { kind } from "../kind.ts";
import { ShellyGen2 } from "./shelly.ts";

const options = z.strictObject({ every: z.number().min(1).max(86_400).default(50).describe("s between two presses") });

const presses = ["single_push", "double_push", "triple_push", "long_push"] as const;

/** Shelly Plus i4: four inputs whose presses are NotifyEvents. */
export const button = kind("i4", "Shelly Plus i4: four buttons", options, (entry, { every }) => {
  const inputs = [0, 1, 2, 3];
  const pressing = new Every(every);
  let pressed = 0;
  return new ShellyGen2(entry, {
    model: "SNSN-0024X",
    app: "PlusI4",
    type: "shellyplusi4",
    gen: 2,
    configs: () =>
      Object.fromEntries(
        inputs.map((id) => [`input:${id}`, { id, name: null, type: "button", enable: true, invert: false }]),
      ),
    status: () => Object.fromEntries(inputs.map((id) => [`input:${id}`, { id, state: null }])),
    step(_seconds, now) {
      if (!pressing.due(now)) return {};
      const component = `input:${hash(entry.seed, 24, pressed) % inputs.length}`;
      const event = presses[hash(entry.seed, 25, pressed) % presses.length] ?? "single_push";
      pressed += 1;
      const around = event === "long_push" ? ["btn_down", event, "btn_up"] : ["btn_down", "btn_up", event];
      return { events: around.map((one) => ({ component, event: one })) };
    },
  });
});
