import type { HouseWord, KeptMapping, Leaf, MappedValue, Mapping } from "../../../hub/http/schemas.ts";

/** A value of a message, which a person takes or leaves. */
export interface Row {
  readonly take: boolean;
  readonly value: MappedValue;
  /** As the last message said it. */
  readonly sample: string;
}

/** A mapping while it is being written. */
export interface Draft {
  /** Absent while it is new. */
  readonly id: string | undefined;
  /** All but the values; an empty text is none. */
  readonly head: Omit<Mapping, "values">;
  readonly rows: readonly Row[];
}

const same = (a: MappedValue, b: MappedValue): boolean => a.topic === b.topic && a.field === b.field;

/** Few values are all taken at first; of many those whose meaning can be guessed, each meaning once; what may be a secret never. */
export function rowsOf(leaves: readonly Leaf[]): readonly Row[] {
  const meant = new Set<string>();
  return leaves.map(({ guess, sample, secret }) => {
    const { means } = guess;
    const isNew = means !== undefined && !meant.has(means);
    if (means) meant.add(means);
    const value = means && !isNew ? { ...guess, means: undefined } : guess;
    return { take: !secret && (isNew || leaves.length <= 3), value, sample };
  });
}

/** Adds what a topic's last message holds; values that are there already only get their sample. */
export function withLeaves(rows: readonly Row[], leaves: readonly Leaf[], taken: boolean): readonly Row[] {
  const old = rows.map((row) => {
    const leaf = leaves.find((l) => same(l.guess, row.value));
    return leaf ? { ...row, sample: leaf.sample } : row;
  });
  const fresh = rowsOf(leaves.filter((l) => !rows.some((row) => same(l.guess, row.value))));
  return [...old, ...(taken ? fresh : fresh.map((row) => ({ ...row, take: false })))];
}

const headline = (topic: string): string => {
  const parts = topic.split("/").filter(Boolean);
  const words = (parts.length > 1 ? parts.slice(0, -1) : parts).slice(-2).join(" ").replace(/[_-]+/g, " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
};

export const newDraft = (topic: string, leaves: readonly Leaf[]): Draft => ({
  id: undefined,
  head: { version: 1, name: headline(topic) },
  rows: rowsOf(leaves),
});

export const draftOf = ({ id, mapping: { values, ...head } }: KeptMapping): Draft => ({
  id,
  head,
  rows: values.map((value) => ({ take: true, value, sample: "" })),
});

/** Topics whose last messages are shown. */
export const topicsOf = (draft: Draft): readonly string[] => [...new Set(draft.rows.map((r) => r.value.topic))];

export const mappingOf = ({ head, rows }: Draft): Mapping => ({
  ...head,
  vendor: head.vendor?.trim() || undefined,
  model: head.model?.trim() || undefined,
  type: head.type || undefined,
  availability: head.availability?.topic.trim() ? head.availability : undefined,
  values: rows.filter((r) => r.take).map((r) => r.value),
});

/** The value when a person says what it means: its form and unit follow. */
export function meaning(v: MappedValue, word: HouseWord | undefined): MappedValue {
  const { topic, field, label, name, endpoint, set, scale } = v;
  const kept = { topic, field, endpoint };
  if (!word) return { ...kept, name, label, kind: v.kind, set, ...formOf(v) };
  const settable = word.settable ? { set } : {};
  const unit = word.units.includes(v.unit ?? "") ? v.unit : word.units[0];
  const number = word.kind === "number" ? { scale, unit } : {};
  const flags = word.kind === "boolean" ? flagsOf(v) : {};
  return { ...kept, means: word.means, kind: word.kind, ...settable, ...number, ...flags };
}

/** Numbers by which a device says yes and no are 1 and 0. */
const flagsOf = (v: MappedValue): Pick<MappedValue, "on" | "off"> =>
  v.kind === "number" ? { on: "1", off: "0" } : { on: v.on, off: v.off };

/** The fields that belong to a value's kind. */
const formOf = (v: MappedValue): Partial<MappedValue> =>
  v.kind === "number" ? { unit: v.unit, scale: v.scale } : v.kind === "boolean" ? { on: v.on, off: v.off } : {};

/** Of another kind, a value that is its own. */
export const ofKind = (v: MappedValue, kind: MappedValue["kind"]): MappedValue => {
  const { topic, field, label, name, endpoint, set } = v;
  return { topic, field, label, name, endpoint, set, kind, ...(kind === "boolean" ? flagsOf(v) : {}) };
};

/** A first idea of how a value is set: beside its topic, in the shape in which it is said. */
export const suggestedSet = ({ topic, field, kind }: MappedValue): NonNullable<MappedValue["set"]> => ({
  topic: `${topic}/set`,
  payload:
    field === undefined ? "{value}" : `{"${field.split(".").at(-1)}": ${kind === "number" ? "{value}" : '"{value}"'}}`,
});

/** `A = notPluggedIn` on each line, as the pairs that they are. */
export function wordsOf(text: string): Record<string, string> {
  const pairs = text.split("\n").flatMap((line) => {
    const cut = line.indexOf("=");
    const [own, house] = [line.slice(0, cut).trim(), line.slice(cut + 1).trim()];
    return cut > 0 && own && house ? [[own, house] as const] : [];
  });
  return Object.fromEntries(pairs);
}

export const wordLines = (words: MappedValue["words"]): string =>
  Object.entries(words ?? {})
    .map(([own, house]) => `${own} = ${house}`)
    .join("\n");

/** A key that nobody has yet, out of a name. */
export function freeId(name: string, taken: readonly string[]): string {
  const plain = name
    .normalize("NFKD")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-+|-+$/g, "");
  const base = plain.slice(0, 36).replace(/-+$/, "") || "device";
  let id = base;
  for (let n = 2; taken.includes(id); n += 1) id = `${base}-${n}`;
  return id;
}
