/** What a part says and its goals would not hold: dropped in silence, it would be shown as if it had been understood. */
import type { Goal } from "../../../model/goal/index.ts";
import type { Draft } from "../kind.ts";
import type { Part } from "./part.ts";

/** Kinds that ask for something, so that "needs not" asks for none of them. */
const ASKING: ReadonlySet<Goal["kind"]> = new Set([
  "readyBy",
  "applianceWindow",
  "comfort",
  "keepWithin",
  "batteryReserve",
]);
/** Kinds that hold at some hours. */
export const TIMED: ReadonlySet<Goal["kind"]> = new Set<Goal["kind"]>([
  ...ASKING,
  ...(["peakLimit", "quietHours", "never", "neverFromGrid"] as const),
]);
/** Kinds that are no worse for a condition. */
export const GENERAL: ReadonlySet<Goal["kind"]> = new Set<Goal["kind"]>(["minimise", "reduceStandby"]);
const ENDING: ReadonlySet<Goal["kind"]> = new Set<Goal["kind"]>(["readyBy", "applianceWindow"]);
const NUMBERS = ["target", "minC", "maxC", "min", "max", "percent", "limit"];

export const TOO_MUCH =
  "it says more than a goal can hold, as a length of time, an exception or a condition: say it without";

const BY_WHEN = "say by when it is to be ready";

/** The hours that somebody named. */
export const timesIn = ({ by, window }: Part): readonly string[] =>
  [by, ...(window && !window.vague ? [window.from, window.to] : [])].filter((time) => time !== undefined);

const valuesOf = (drafts: readonly Draft[]): readonly unknown[] =>
  drafts.flatMap(({ goal }) => Object.entries(goal).map(([, value]) => value));

/** The numbers that no goal has taken up; none where the goals know no numbers. */
function sparedNumbers(part: Part, drafts: readonly Draft[]): readonly number[] {
  const taken = valuesOf(drafts);
  if (!drafts.some(({ goal }) => NUMBERS.some((field) => field in goal))) return [];
  const limits = [part.low, part.high].flatMap((bound) => (bound ? [bound.value] : []));
  return [...part.amounts.map((a) => a.value), ...part.bare, ...limits].filter((n) => !taken.includes(n));
}

/** Why the goals of a part must not be shown as what was said; undefined where they hold all of it. */
export function unheld(part: Part, drafts: readonly Draft[]): string | undefined {
  const kinds = drafts.map(({ goal }) => goal.kind);
  if (part.beyond && !kinds.every((kind) => GENERAL.has(kind))) return TOO_MUCH;
  if (part.unclear) return part.unclear;
  if (part.has("needless") && kinds.some((kind) => ASKING.has(kind)))
    return "it says what is not needed: nothing comes of it";
  const asksNot = (kind: Goal["kind"]) => ENDING.has(kind) || (kind === "comfort" && part.numbered);
  if (part.denies && kinds.some(asksNot)) return "it says what is not to be: say what is to be";
  // Who comes home at 6 does not leave then.
  if (part.arrives && drafts.some(({ goal }) => goal.kind === "readyBy" && goal.what !== "waterTemperature"))
    return BY_WHEN;
  if (part.window?.vague && part.has("only") && kinds.includes("readyBy")) return BY_WHEN;
  const [number] = sparedNumbers(part, drafts);
  if (number !== undefined) return `it says ${number}, and it is not clear of what`;
  const taken = valuesOf(drafts);
  if (!kinds.some((kind) => TIMED.has(kind)) || timesIn(part).every((time) => taken.includes(time))) return undefined;
  return kinds.some((kind) => ENDING.has(kind)) ? BY_WHEN : "say from when to when it holds, or leave the hours out";
}
