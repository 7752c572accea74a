import { z } from "zod";
import { round } from "../../devices/device.ts";
import { Every } from "../firmware.ts";
import { kind } from "../kind.ts";
import { Load } from "../things/load.ts";
import { node } from "./node.ts";
import { placed } from "./settings.ts";
import type { NodeValue } from "./value.ts";

const options = z.strictObject({
  ...placed,
  watts: z.number().min(0).max(3000).default(95).describe("what stands behind the plug, W"),
});

/** A plug with a meter: kWh, W, V and A each under a key of their own. */
export const plug = kind("plug", "metering plug: switch, kWh, W, V, A", options, (entry, { watts, location }) => {
  const load = new Load(entry.seed, watts);
  const telling = new Every(15);
  /** Keys: meter type, scale and rate type in one number (Z-Wave JS, Meter CC). */
  const meter = (propertyKey: number, scale: number, name: string, unit: string, get: NodeValue["get"]): NodeValue => ({
    commandClass: 50,
    property: "value",
    propertyKey,
    propertyKeyName: `Electric_${name}_Consumed`,
    label: `Electric Consumption [${unit}]`,
    type: "number",
    unit,
    ccSpecific: { meterType: 1, scale, rateType: 1 },
    get,
  });
  const metered = [
    meter(65_537, 0, "kWh", "kWh", () => round(load.wh / 1000, 3)),
    meter(66_049, 2, "W", "W", (now) => round(load.watts(now), 2)),
    meter(66_561, 4, "V", "V", (now) => round(load.volts(now), 1)),
    meter(66_817, 5, "A", "A", (now) => round(load.amps(now), 3)),
  ];
  const set = (value: unknown): boolean => {
    if (typeof value !== "boolean") return false;
    load.on = value;
    return true;
  };
  const reset: NodeValue = {
    commandClass: 50,
    property: "reset",
    label: "Reset accumulated values",
    type: "boolean",
    stateless: true,
    get: () => false,
    set(value) {
      if (value === true) load.wh = 0;
      return value === true;
    },
  };
  return node(entry, location, {
    manufacturer: "Fibargroup",
    manufacturerId: 271,
    productId: 4099,
    productType: 1538,
    label: "FGWP102",
    description: "Wall Plug",
    values: [
      { commandClass: 37, property: "currentValue", label: "Current value", type: "boolean", get: () => load.on },
      { commandClass: 37, property: "targetValue", label: "Target value", type: "boolean", get: () => load.on, set },
      ...metered,
      reset,
    ],
    step(seconds, now) {
      load.step(seconds, now);
      return telling.due(now) ? metered : [];
    },
    reset() {
      load.wh = 0;
    },
  });
});
