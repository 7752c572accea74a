/** Attributes that are looked at, and the values they are held against. */
import { misfit, type Value, type ValueType } from "../../../model/capability.ts";
import { nearest } from "../../../model/nearest.ts";
import { parsePath } from "../../../model/path.ts";
import type { Comparison } from "../../../model/rule/condition.ts";
import type { Target } from "../../../model/rule/target.ts";
import { targetInWords } from "../../words/target.ts";
import { attributeLabel } from "../../words/value.ts";
import { capabilityOf, type Desk, instanceOf, isCapability, splitName, typeAt } from "../desk.ts";
import { error, type Found, listed } from "../found.ts";
import { isWrong, type Places } from "./targets.ts";

/** What an attribute may hold in the devices that are meant, or why none of them has it. */
export type Looked = { readonly types: readonly ValueType[] } | { readonly faults: readonly Found[] };

/** Looks an attribute up in the devices that a target means. */
export function lookUp(desk: Desk, places: Places, target: Target, of: string, field: string): Looked {
  const [capability, attribute] = splitName(of);
  const spec = capabilityOf(capability);
  if (!isCapability(capability))
    return { faults: [error("missing", `${field}.of`, `Nothing that a device may tell is called "${of}".`)] };
  if (spec && !Object.hasOwn(spec.attributes, attribute)) {
    const meant = nearest(attribute, Object.keys(spec.attributes));
    const fix = meant && {
      text: `write ${capability}.${meant}`,
      change: [{ at: `${field}.of`, value: `${capability}.${meant}` }],
    };
    const text = `"${of}" is nothing that a device tells: ${capability} has ${listed(Object.keys(spec.attributes))}.`;
    return { faults: [error("missing", `${field}.of`, text, fix ? { fix } : {})] };
  }
  const types = desk.spots(target, capability).flatMap((spot) => typeAt(desk, spot, capability, attribute) ?? []);
  if (types.length > 0) return { types };
  if (isWrong(desk, places, target)) return { faults: [] };
  const text = `None of ${targetInWords(target, desk.name)} tells its ${attributeLabel(of)}.`;
  return { faults: [error("missing", `${field}.of`, text)] };
}

/** Looks up an attribute by its path. */
export function lookUpPath(desk: Desk, path: string, field: string): Looked {
  const at = parsePath(path);
  if (!at)
    return {
      faults: [
        error("unknown-device", field, `"${path}" is no path: write it as device/endpoint/capability.attribute.`),
      ],
    };
  const node = desk.context.find(at.node);
  if (!node)
    return {
      faults: [error("unknown-device", field, `There is no device "${at.node}" in this home.`, { about: [at.node] })],
    };
  const spot = { node: node.description.id, endpoint: at.endpoint };
  const type = typeAt(desk, spot, at.capability, at.attribute);
  if (type) return { types: [type] };
  const label = attributeLabel(`${at.capability}.${at.attribute}`);
  const where = instanceOf(desk, spot, at.capability) ? "" : ` at its endpoint ${at.endpoint}`;
  const text = `${desk.name(at.node)} does not tell its ${label}${where}.`;
  return { faults: [error("missing", field, text, { about: [spot.node] })] };
}

/** Why no device that is meant can ever hold a value that is compared for being the same; undefined if some can. */
export function valueFault(types: readonly ValueType[], of: string, value: Value, field: string): Found | undefined {
  const faults = types.map((type) => kindFault(type, value));
  const why = faults.every((f) => f !== undefined) ? faults[0] : undefined;
  if (why === undefined) return undefined;
  const fix = fixOf(types, value, field);
  return error("value", field, `${capital(attributeLabel(of))} ${why}, not ${shown(value)}.`, fix ? { fix } : {});
}

/** A number outside the range is never so, which is told as such; a value of another kind can't be meant at all. */
const kindFault = (type: ValueType, value: Value): string | undefined =>
  type.type === "number" && typeof value === "number" && Number.isFinite(value) ? undefined : misfit(type, value);

function fixOf(types: readonly ValueType[], value: Value, field: string): Found["fix"] {
  const [type] = types;
  if (type?.type === "enum" && typeof value === "string") {
    const meant = nearest(value, type.values);
    return meant === undefined ? undefined : { text: `write ${meant}`, change: [{ at: field, value: meant }] };
  }
  if (type?.type !== "boolean" || typeof value !== "string") return undefined;
  const yes = ["on", "true", "yes", type.words?.[1]].includes(value.toLowerCase());
  const no = ["off", "false", "no", type.words?.[0]].includes(value.toLowerCase());
  return yes || no ? { text: `write ${yes ? "yes" : "no"}`, change: [{ at: field, value: yes }] } : undefined;
}

const shown = (value: Value): string => (typeof value === "string" ? `"${value}"` : String(value));
const capital = (text: string): string => text.slice(0, 1).toUpperCase() + text.slice(1);

/** As {@link valueFault} for a comparison: order is there among numbers alone. */
export function comparisonFault(
  types: readonly ValueType[],
  of: string,
  op: Comparison,
  value: Value,
  field: string,
): Found | undefined {
  const ordered = op !== "=" && op !== "!=";
  if (!ordered || types.some((t) => t.type === "number")) return valueFault(types, of, value, `${field}.value`);
  const fix = { text: "ask whether it is so", change: [{ at: `${field}.op`, value: "=" }] };
  const text = `${capital(attributeLabel(of))} is no number: it can be this or that, but not ${op.startsWith("<") ? "below" : "above"} something.`;
  return error("value", `${field}.op`, text, { fix });
}
