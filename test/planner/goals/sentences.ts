/** Reads the sentences and the goals that are expected of them; the form is told in sentences/README.txt. */
import { readFileSync } from "node:fs";
import { type Goal, goal as schema } from "../../../hub/model/goal/index.ts";
import { CODES, type Code, largerHome, type SmallHome, smallHome } from "./small-home.ts";

export interface Sentence {
  readonly code: Code;
  readonly text: string;
  readonly expected: readonly Goal[];
  /** Kept aside while the grammar was made. */
  readonly aside: boolean;
  readonly set: SetName;
}

/** The first sentences, those with dates, and those that others than the grammar's maker wrote before they had seen it. */
export type SetName = "" | "dates/" | "second/";

/** The home that a sentence is about. */
export const homeOf = ({ code, set }: Pick<Sentence, "code" | "set">): SmallHome =>
  set === "second/" ? largerHome(code) : smallHome(code);

/** The day on which it is read; none where dates are no part of it. */
export const todayOf = ({ set }: Pick<Sentence, "set">): string | undefined => (set === "" ? undefined : TODAY);

const NUMBERS = new Set(["target", "minC", "maxC", "min", "max", "percent", "limit"]);

function fieldOf(pair: string, room: (key: string) => string): [string, unknown] {
  const [name = "", value = ""] = pair.split("=");
  if (NUMBERS.has(name)) return [name, Number(value)];
  if (name === "days") return [name, value.split(",").map(Number)];
  return [name, name === "room" ? room(value) : value];
}

const withDates = (_: string, first: string, last: string): string =>
  [...(first ? [`firstDay=${first}`] : []), ...(last ? [`lastDay=${last}`] : [])].join(" ");

/** The day on which the sentences with dates are read. */
export const TODAY = "2026-11-23";

/** Throws where a line is no goal: a slip in the files must not pass as a miss of the grammar. */
export function sentencesOf(code: Code, set: SetName = ""): Sentence[] {
  const { room } = homeOf({ code, set });
  const lines = readFileSync(new URL(`./sentences/${set}${code}.txt`, import.meta.url), "utf8").split("\n");
  const found: { text: string; expected: Goal[]; aside: boolean }[] = [];
  let aside = false;
  for (const line of lines.map((l) => l.trim())) {
    if (line === "## aside") aside = true;
    else if (line.startsWith("> ")) found.push({ text: line.slice(2), expected: [], aside });
    else if (line !== "" && line !== "none" && !line.startsWith("#")) {
      const [kind, ...pairs] = line.replace(/dates=(.*?)\.\.(\S*)/, withDates).split(" ");
      const fields = Object.fromEntries(pairs.map((pair) => fieldOf(pair, room)));
      found.at(-1)?.expected.push(schema.parse({ kind, ...fields }));
    }
  }
  return found.map((sentence) => ({ code, set, ...sentence }));
}

export const allSentences = (): Sentence[] => CODES.flatMap((code) => sentencesOf(code));

export const secondSentences = (): Sentence[] => CODES.flatMap((code) => sentencesOf(code, "second/"));

export const datedSentences = (): Sentence[] => CODES.flatMap((code) => sentencesOf(code, "dates/"));

const sorted = (value: unknown): unknown =>
  typeof value === "object" && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => a.localeCompare(b)))
    : value;

const keys = (goals: readonly Goal[], of: (goal: Goal) => unknown): string =>
  JSON.stringify(goals.map((goal) => JSON.stringify(sorted(of(goal)))).sort());

/** All goals with all their fields; their order does not count. */
export const exact = (read: readonly Goal[], expected: readonly Goal[]): boolean =>
  keys(read, (g) => g) === keys(expected, (g) => g);

/** The right kinds, about the right things. */
export const kindAndTarget = (read: readonly Goal[], expected: readonly Goal[]): boolean => {
  const of = (g: Goal) => ({
    kind: g.kind,
    node: "node" in g ? g.node : "",
    room: "room" in g ? g.room : "",
    what: g.kind === "minimise" || g.kind === "offWhenEmpty" ? g.what : "",
  });
  return keys(read, of) === keys(expected, of);
};

/** Names in goals that are not in the home. */
export function invented(code: Code, read: readonly Goal[], { names } = smallHome(code)): readonly string[] {
  const known = new Set([...names.things.map((t) => t.node), ...names.allRooms]);
  return read
    .flatMap((g) => [...("node" in g && g.node ? [g.node] : []), ...("room" in g && g.room ? [g.room] : [])])
    .filter((name) => !known.has(name));
}
