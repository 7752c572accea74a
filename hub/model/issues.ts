import { nearest } from "./nearest.ts";

/** What a schema says against one place of something that was written, in plain words. */
interface PlainIssue {
  readonly path: readonly string[];
  readonly message: string;
}

/** As zod tells it; of a union what speaks against each of its ways. */
export interface SchemaIssue {
  readonly code?: string | undefined;
  readonly path: readonly PropertyKey[];
  readonly message: string;
  readonly keys?: readonly string[];
  readonly values?: readonly unknown[];
  /** Of a union that is told apart by one field: what that field may be. */
  readonly options?: readonly unknown[];
  readonly errors?: readonly (readonly SchemaIssue[])[];
}

/**
 * What a schema says against something, at the place that it is really about: of several ways the one that was meant, and each field that is
 * not known by its name. `given`, where it is at hand, lets a slip of the pen be named. At most `most`.
 */
export const plainIssues = (issues: readonly SchemaIssue[], given?: unknown, most = 10): readonly PlainIssue[] =>
  issues.flatMap((issue) => within(issue, [], given)).slice(0, most);

function within(issue: SchemaIssue, above: readonly string[], given: unknown): readonly PlainIssue[] {
  const path = [...above, ...issue.path.map(String)];
  if (issue.code === "unrecognized_keys")
    return (issue.keys ?? []).map((key) => ({ path: [...path, key], message: "is not known here" }));
  if (issue.code !== "invalid_union" || !issue.errors?.length)
    return [{ path, message: inWords(issue, valueAt(given, path)) }];
  const ways = issue.errors.flatMap(laidFlat);
  const meant = meantOf(ways);
  if (meant) return meant.flatMap((one) => within(one, path, given));
  const kinds = ways.flatMap((way) => way.filter(isKind).flatMap((one) => one.values ?? one.options ?? []));
  const at = [...path, "kind"];
  const word = valueAt(given, at);
  if (kinds.length > 0) return [{ path: at, message: oneOf(kinds, word) }];
  const [fewest = []] = ways.toSorted((a, b) => a.length - b.length);
  return fewest.flatMap((one) => within(one, path, given));
}

/** A way that is a union itself, as its own ways. */
const laidFlat = (way: readonly SchemaIssue[]): readonly (readonly SchemaIssue[])[] => {
  const [only] = way;
  const inner = way.length === 1 && only?.code === "invalid_union" && only.path.length === 0 ? only.errors : undefined;
  return inner?.length ? inner.flatMap(laidFlat) : [way];
};

const isKind = ({ path }: SchemaIssue): boolean => path.length === 1 && path[0] === "kind";

/** The way whose kind is right and that has the least against it; undefined where none is of the kind. */
const meantOf = (ways: readonly (readonly SchemaIssue[])[]) =>
  ways
    .filter((way) => !way.some((one) => isKind(one) || (one.path.length === 0 && one.code === "invalid_type")))
    .toSorted((a, b) => a.length - b.length)[0];

function valueAt(given: unknown, path: readonly string[]): unknown {
  let at = given;
  for (const key of path) {
    if (typeof at !== "object" || at === null || !Object.hasOwn(at, key)) return undefined;
    at = Reflect.get(at, key);
  }
  return at;
}

function oneOf(values: readonly unknown[], word: unknown): string {
  const known = [...new Set(values.map(String))];
  const meant = typeof word === "string" ? nearest(word, known) : undefined;
  const instead = meant === undefined ? "" : `; write ${meant}`;
  return `must be one of ${known.join(", ")}${shown(word)}${instead}`;
}

const MAX_SHOWN = 60;
const shown = (value: unknown): string =>
  typeof value === "string" || typeof value === "number" || typeof value === "boolean"
    ? `, not "${String(value).slice(0, MAX_SHOWN)}"`
    : "";

const TYPES: Readonly<Record<string, string>> = {
  array: "a list",
  object: "a group of fields",
  boolean: "true or false",
};

/** zod's own words speak of types and "invalid input"; ours say what it must be. */
function inWords({ message, options, values = options }: SchemaIssue, given: unknown): string {
  if (values && values.length > 1 && given !== undefined) return oneOf(values, given);
  if (/received undefined$/.test(message)) return "is missing";
  return message
    .replace(
      /^Invalid input: expected (\S+), received .*$/,
      (_, type: string) => `must be ${TYPES[type] ?? `a ${type}`}${shown(given)}`,
    )
    .replace(
      /^Invalid option: expected one of (.*)$/,
      (_, list: string) => `must be one of ${list.replaceAll("|", ", ")}${shown(given)}`,
    )
    .replace(/^Too (?:big|small): expected \S+ to be/, "must be")
    .replace("must be >=", "must be at least ")
    .replace("must be <=", "must be at most ");
}
