import { capability } from "../capability.ts";
import { watts } from "./shapes.ts";

export const meterIdentification = capability({
  name: "meterIdentification",
  label: "Meter",
  matter: "MeterIdentification",
  attributes: {
    meterType: { type: "enum", values: ["utility", "private", "generic"], label: "Kind of meter" },
    pointOfDelivery: { type: "string", maxLength: 64, label: "Point of delivery" },
    meterSerialNumber: { type: "string", maxLength: 64, label: "Meter number" },
    protocolVersion: { type: "string", maxLength: 64, label: "Protocol" },
    powerLimit: { ...watts, label: "Power limit", ours: true },
    powerLimitSource: { type: "enum", values: ["contract", "regulator", "equipment"], label: "Limit from", ours: true },
  },
  commands: {},
});
