import { capabilities } from "../../model/capabilities/index.ts";
import type { AttributeSpec } from "../../model/capability.ts";
import { parsePath } from "../../model/path.ts";
import { units } from "../../model/units.ts";
import type { Names } from "../names.ts";

export const opWords = {
  "<": "is below",
  "<=": "is at most",
  "=": "is",
  ">=": "is at least",
  ">": "is above",
  "!=": "is not",
};

/** What an attribute is called, in lower case; its own name where it is none of ours. */
export function attributeLabel(of: string): string {
  const [capability = "", attribute = ""] = of.split(/\.(.*)/s);
  const spec = Object.hasOwn(capabilities, capability) ? capabilities[capability] : undefined;
  return (spec?.attributes[attribute]?.label ?? of).toLowerCase();
}

const isPlain = (spec: AttributeSpec | undefined): boolean =>
  spec?.itself === true || (spec?.type === "boolean" && spec.words !== undefined && spec.words[1] !== "yes");

/** Whether a device is nothing but this attribute, whose label then says nothing. */
export const isItself = (of: string): boolean => attributeOf(`x/1/${of}`)?.spec?.itself === true;

/** Of which device what is told: a thing that is only so or not so needs no name of its own. */
export function subjectInWords(of: string, whom: string): string {
  const spec = attributeOf(`x/1/${of}`)?.spec;
  return isPlain(spec) ? whom : `${attributeLabel(of)} of ${whom}`;
}

/** As {@link pathInWords}, where a value in words follows. */
export function subjectOfPath(path: string, names: Names): string {
  const found = attributeOf(path);
  return found && isPlain(found.spec) ? names(found.path.node) : pathInWords(path, names);
}

function attributeOf(path: string) {
  const p = parsePath(path);
  return p ? { path: p, spec: capabilities[p.capability]?.attributes[p.attribute] } : undefined;
}

/** What an attribute is called: the device's name and the attribute's label. */
export function pathInWords(path: string, names: Names): string {
  const found = attributeOf(path);
  if (!found) return path;
  if (found.spec?.itself) return names(found.path.node);
  return `${names(found.path.node)}'s ${(found.spec?.label ?? found.path.attribute).toLowerCase()}`;
}

/** A value with its unit, or in the words that people use for it. */
export function valueInWords(path: string, value: number | boolean | string): string {
  const spec = attributeOf(path)?.spec;
  if (spec?.type === "number") return `${value} ${units[spec.unit]}`.trim();
  if (spec?.type === "boolean" && spec.words) return spec.words[value === true ? 1 : 0];
  return spec?.type === "enum" ? (spec.words?.[String(value)] ?? enumInWords(String(value))) : String(value);
}

/** `chargeFromGrid` as people write it; a device's own label stays as it is. */
const enumInWords = (value: string): string =>
  /\s/.test(value)
    ? value
    : value.replace(/([a-z0-9])([A-Z])/g, (_, a: string, b: string) => `${a} ${b.toLowerCase()}`);
