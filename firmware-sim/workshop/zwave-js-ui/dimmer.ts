import { z } from "zod";
import { isObject } from "../../devices/device.ts";
import { clamp } from "../firmware.ts";
import { kind } from "../kind.ts";
import { Lamp } from "../things/lamp.ts";
import { node } from "./node.ts";
import { placed } from "./settings.ts";
import type { NodeValue } from "./value.ts";

/** A dimmer: 0 to 99, 255 for the last level. */
export const dimmer = kind(
  "dimmer",
  "dimmer: 0 to 99, 255 is the last level, fades",
  z.strictObject(placed),
  (entry, { location }) => {
    const lamp = new Lamp();
    const shown = (level: number, lit: boolean): number => (lit ? clamp(Math.round(level * 99), 1, 99) : 0);
    const current: NodeValue = {
      commandClass: 38,
      property: "currentValue",
      label: "Current value",
      type: "number",
      min: 0,
      max: 99,
      get: () => shown(lamp.level, lamp.lit),
    };
    const target: NodeValue = {
      commandClass: 38,
      property: "targetValue",
      label: "Target value",
      type: "number",
      min: 0,
      max: 99,
      get: () => shown(lamp.wanted, lamp.on),
      set(value) {
        const wanted = isObject(value) ? value.value : value;
        if (typeof wanted !== "number" || !Number.isInteger(wanted) || wanted < 0 || (wanted > 99 && wanted !== 255))
          return false;
        if (wanted === 0) lamp.turn(false, 1);
        else if (wanted === 255) lamp.turn(true, 1);
        else lamp.dim(wanted / 99, 1);
        return true;
      },
    };
    return node(entry, location, {
      manufacturer: "Fibargroup",
      manufacturerId: 271,
      productId: 4096,
      productType: 258,
      label: "FGD212",
      description: "Dimmer 2",
      values: [current, target],
      step: (seconds) => (lamp.step(seconds) ? [current, target] : []),
    });
  },
);
