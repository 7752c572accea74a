import type { ValueType } from "../../../hub/model/capability.ts";
import { wireNumber } from "./codecs.ts";
import { label } from "./structs.ts";
import type { AttributeCodec, Siblings } from "./table.ts";

/** What the device calls its choices, by the number that stands for each on the wire. */
type Labels = (siblings: Siblings) => ReadonlyMap<number, string>;

/**
 * Choices under labels of which each names one: a choice without a label, or with another one's, gets its number. At
 * most `longest` characters each.
 */
export function uniqueLabels(
  choices: Iterable<readonly [number: unknown, label: unknown]>,
  without: string,
  longest: number,
): ReadonlyMap<number, string> {
  const labels = new Map<number, string>();
  const taken = new Set<string>();
  for (const [wire, said] of choices) {
    const number = wireNumber(wire);
    if (number === undefined || labels.has(number)) continue;
    const text = label(said, longest);
    const tried = [text, `${(text ?? without).slice(0, Math.max(1, longest - 6))} ${number}`, String(number)];
    const free = tried.find((one) => one !== undefined && one.length <= longest && !taken.has(one));
    if (free === undefined) continue;
    taken.add(free);
    labels.set(number, free);
  }
  return labels;
}

/** A number of the wire read as the device's label for it. One without a label gets `without` and its number. */
export const labelled = (labels: Labels, without: string): AttributeCodec => ({
  decode: (wire, siblings) => {
    if (wire === null) return null;
    const number = wireNumber(wire);
    return number === undefined ? undefined : (labels(siblings).get(number) ?? `${without} ${number}`);
  },
});

/** The number of a label; undefined for one that the device has not. */
export function numberOf(labels: Labels, siblings: Siblings, wanted: unknown): number | undefined {
  for (const [number, text] of labels(siblings)) if (text === wanted) return number;
  return undefined;
}

/** As {@link labelled}, and may be written. */
export const writableLabelled = (labels: Labels, without: string): AttributeCodec => ({
  ...labelled(labels, without),
  encode: (value, siblings) => numberOf(labels, siblings, value),
});

/** The device's labels as an enum of its own; undefined while it has told none. */
export const labelType =
  (labels: Labels) =>
  (siblings: Siblings): ValueType | undefined => {
    const values = [...labels(siblings).values()];
    return values.length > 0 ? { type: "enum", values } : undefined;
  };

/** An argument's type by the device's labels; nothing narrower while it has told none. */
export const labelArg =
  (name: string, labels: Labels) =>
  (siblings: Siblings): Readonly<Record<string, ValueType>> => {
    const type = labelType(labels)(siblings);
    return type ? { [name]: type } : {};
  };
