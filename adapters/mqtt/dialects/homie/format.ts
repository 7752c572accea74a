/** Homie's datatypes and formats as makers' forms (https://homieiot.github.io/specification/, "Payload" and "Property attributes"). */
import { asNumber, type Codec, type MakerType } from "../../codec.ts";
import type { HomieProperty } from "./tree.ts";

/** `min:max` or `min:max:step`, each part may be missing. Version 2 and 3 have no step. */
function rangeOf(format: string): { min?: number; max?: number; step?: number } {
  const parts = format.split(":");
  if (parts.length < 2 || parts.length > 3) return {};
  const [min, max, step] = parts.map((part) => asNumber(part));
  return {
    ...(min === undefined ? {} : { min }),
    ...(max === undefined || (min !== undefined && max <= min) ? {} : { max }),
    ...(step === undefined || step <= 0 ? {} : { step }),
  };
}

/** `#` counts things, which has no unit. */
const unitOf = (unit: string | undefined): { unit?: string } =>
  unit === undefined || unit.trim() === "" || unit.trim() === "#" ? {} : { unit: unit.slice(0, 32) };

/** The form of a property's payload. Booleans are `true` and `false` whatever words the format shows to people. */
export function makerOf(property: HomieProperty): MakerType {
  const { datatype, format, unit } = property;
  switch (datatype) {
    case "integer": {
      const range = rangeOf(format);
      return { kind: "number", ...unitOf(unit), ...range, step: range.step ?? 1 };
    }
    case "float":
      return { kind: "number", ...unitOf(unit), ...rangeOf(format) };
    case "boolean":
      return { kind: "boolean", on: "true", off: "false" };
    case "enum": {
      const values = format.split(",").filter((value) => value !== "");
      return values.length > 0 ? { kind: "enum", values } : { kind: "text" };
    }
    default:
      // Version 2 has no datatypes, and some makers leave them out: a unit makes a number of it.
      return property.unit?.trim() && datatype === "string" ? { kind: "number", ...unitOf(unit) } : { kind: "text" };
  }
}

/** On and off sides of a contact: open is what the house's `false` is. Undefined where the words do not say which is open. */
export function contactOf(property: HomieProperty): MakerType | undefined {
  const [off = "", on = ""] = property.format.toLowerCase().split(",");
  if (/open/.test(on) && /clos/.test(off)) return { kind: "boolean", on: "true", off: "false" };
  if (/clos/.test(on) && /open/.test(off)) return { kind: "boolean", on: "false", off: "true" };
  return /^open/.test(property.id) ? { kind: "boolean", on: "true", off: "false" } : undefined;
}

/** A relay's contacts: closed lets current through. `UNKNOWN` is no value. */
export const relayCodec: Codec = {
  type: { type: "boolean" },
  read: (raw) => (raw === "CLOSED" ? true : raw === "OPEN" ? false : undefined),
  write: (value) => (value ? "CLOSED" : "OPEN"),
};

/** A number with the sign turned; its range, where there is one, turns with it. */
export const turned = (maker: MakerType): MakerType => (maker.kind === "number" ? { ...maker, scale: -1 } : maker);
