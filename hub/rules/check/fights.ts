/** Two rules that ask for opposite things while both may. */
import type { Trigger } from "../../model/rule/trigger.ts";
import { MINUTE as MINUTE_MS } from "../time/day.ts";
import { planOf } from "../time/plan.ts";
import { askInWords } from "./ask-words.ts";
import type { Ask, Ruled } from "./asks.ts";
import { type Desk, splitName } from "./desk.ts";
import { type Found, listed, warn } from "./found.ts";
import { meet } from "./space/range.ts";
import { solve, type Tree, type World } from "./space/solve.ts";
import { MODE } from "./space/things.ts";
import { triggerTree } from "./space/trigger.ts";
import { momentsOf } from "./space/week.ts";
import { worldInWords } from "./space/words.ts";
import type { Space } from "./truths.ts";

interface Side {
  readonly rule: Ruled;
  readonly asks: readonly Ask[];
}

/** The fights of a rule with one other: at most one is told. */
export function fightOf(
  space: Space,
  own: Side,
  other: Side,
  byThing: ReadonlyMap<string, readonly Ask[]>,
): Found | undefined {
  for (const b of other.asks)
    for (const a of byThing.get(b.thing) ?? []) {
      if (!isOpposite(a, b)) continue;
      const world = clash(space, { ...own, ask: a }, { ...other, ask: b });
      if (world) return fightFound(space.desk, own, a, other, b, world);
    }
  return undefined;
}

/** A toggle is the contrary of whatever another rule asks for at that moment, or keeps. */
const isOpposite = (a: Ask, b: Ask): boolean => {
  if (a.command === "toggle" || b.command === "toggle") return true;
  return !a.turns && !b.turns && a.value !== undefined && b.value !== undefined && a.value !== b.value;
};

function fightFound(desk: Desk, own: Side, a: Ask, other: Side, b: Ask, world: World): Found {
  const example = worldInWords(world, desk);
  const when = example === "" ? "" : `, for example ${example}`;
  const title = `"${other.rule.title}"`;
  const text = `This rule wants to ${askInWords(desk, a)}, and ${title} wants to ${askInWords(desk, b)}, while both may${when}.`;
  return warn("fight", a.field, text, { about: [other.rule.id], fix: rankFix(own.rule, other.rule) });
}

/** What is kept so gives way to a higher rank alone, so a rank says which one is meant to win; between two moments it says nothing. */
function rankFix(own: Ruled, { draft, rank, title }: Ruled): Found["fix"] {
  if (own.draft.form === "while" && rank < MAX_RANK)
    return { text: `let this rule win over "${title}"`, change: [{ at: "rank", value: rank + 1 }] };
  if (own.draft.form === "when" && draft.form === "while" && rank > -MAX_RANK)
    return { text: `let "${title}" win over this rule`, change: [{ at: "rank", value: rank - 1 }] };
  return undefined;
}

const MAX_RANK = 100;

interface Fighter {
  readonly rule: Ruled;
  readonly ask: Ask;
}

const treesOf = ({ guards }: Ask): readonly Tree[] => guards.map((guard) => guard());

/** A state of the home in which both ask; undefined if there is none, or if one has been told to win. */
function clash(space: Space, a: Fighter, b: Fighter): World | undefined {
  const [first, second] = [a.rule.draft, b.rule.draft];
  if (first.form === "while" && second.form === "while")
    return a.rule.rank === b.rule.rank ? world(space, [...treesOf(a.ask), ...treesOf(b.ask)]) : undefined;
  if (first.form === "when" && second.form === "when") return atOneMoment(space, a, b);
  return first.form === "when" ? against(space, a, b) : against(space, b, a);
}

/** A rule that does something at a moment, against one that keeps it otherwise. */
function against(space: Space, event: Fighter, steady: Fighter): World | undefined {
  const { draft, rank, id } = event.rule;
  if (draft.form !== "when" || !event.ask.atOnce || rank < steady.rule.rank) return undefined;
  const starts: Tree = { any: draft.on.map((t) => triggerTree(t, space.desk, id)) };
  return draft.on.length === 0 ? undefined : world(space, [starts, ...treesOf(event.ask), ...treesOf(steady.ask)]);
}

function atOneMoment(space: Space, a: Fighter, b: Fighter): World | undefined {
  if (a.rule.draft.form !== "when" || b.rule.draft.form !== "when" || !a.ask.atOnce || !b.ask.atOnce) return undefined;
  for (const s of a.rule.draft.on)
    for (const t of b.rule.draft.on) {
      if (!comeTogether(space.desk, s, t)) continue;
      const starts = [triggerTree(s, space.desk, a.rule.id), triggerTree(t, space.desk, b.rule.id)];
      const found = world(space, [...starts, ...treesOf(a.ask), ...treesOf(b.ask)]);
      if (found) return found;
    }
  return undefined;
}

function world({ limits }: Space, trees: readonly Tree[]): World | undefined {
  const found = solve(trees, limits);
  return typeof found === "string" ? undefined : found;
}

const alike = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

/** Whether one happening may be both triggers. */
function comeTogether(desk: Desk, s: Trigger, t: Trigger): boolean {
  if ("forMinutes" in s || "forMinutes" in t)
    if (Reflect.get(s, "forMinutes") !== Reflect.get(t, "forMinutes")) return false;
  switch (s.kind) {
    case "becomes":
      return t.kind === "becomes" && sameSpot(desk, s, t) && agree(s.to, t.to) && agree(s.from, t.from);
    case "event":
      return t.kind === "event" && sameSpot(desk, s, t) && s.is === t.is;
    case "crosses":
      if (t.kind !== "crosses" || !sameSpot(desk, s, t)) return false;
      return (s.above !== undefined && s.above === t.above) || (s.below !== undefined && s.below === t.below);
    case "holds":
      return t.kind === "holds" && alike(s.condition, t.condition);
    case "presence":
      return t.kind === "presence" && s.who === t.who && s.does === t.does;
    case "mode":
      return t.kind === "mode" && s.to.some((m) => t.to.includes(m));
    case "started":
      return t.kind === "started";
    case "calendar":
      return (
        t.kind === "calendar" &&
        s.entry === t.entry &&
        s.edge === t.edge &&
        (s.offsetMinutes ?? 0) === (t.offsetMinutes ?? 0)
      );
    case "sun":
      return (
        t.kind === "sun" &&
        s.event === t.event &&
        (s.offsetMinutes ?? 0) === (t.offsetMinutes ?? 0) &&
        s.notBefore === t.notBefore &&
        s.notAfter === t.notAfter &&
        sameMinutes(desk, s, t)
      );
    default:
      return isClock(t) && sameClock(s, t) && sameMinutes(desk, s, t);
  }
}

type Clock = Extract<Trigger, { kind: "time" | "every" | "cron" }>;
const isClock = (t: Trigger): t is Clock => t.kind === "time" || t.kind === "every" || t.kind === "cron";

const agree = (a: unknown, b: unknown): boolean => a === undefined || b === undefined || a === b;

type Watching = Extract<Trigger, { of: string }>;

function sameSpot(desk: Desk, s: Watching, t: Watching): boolean {
  if (s.of !== t.of) return false;
  const [capability] = splitName(s.of);
  const keys = new Set(desk.spots(s.target, capability).map(({ node, endpoint }) => `${node}/${endpoint}`));
  return desk.spots(t.target, capability).some(({ node, endpoint }) => keys.has(`${node}/${endpoint}`));
}

/** To the minute: within one minute neither is there before the other has had its effect. */
function sameClock(s: Clock, t: Clock): boolean {
  const minutes = new Set(planOf(s).times.map((ms) => Math.floor(ms / MINUTE_MS)));
  return planOf(t).times.some((ms) => minutes.has(Math.floor(ms / MINUTE_MS)));
}

type Timed = Clock | Extract<Trigger, { kind: "sun" }>;

function sameMinutes({ place }: Desk, s: Timed, t: Timed): boolean {
  const [a, b] = [s, t].map((one) => momentsOf({ ...one, late: "skip" }, place));
  if (!a || !b) return true;
  if (a.minutes && b.minutes && !meet(a.minutes, b.minutes)) return false;
  return !(a.days && b.days) || meet(a.days, b.days) !== undefined;
}

/** A rule that keeps two opposite things of one device. */
export function ownFight(desk: Desk, asks: readonly Ask[]): Found | undefined {
  for (const [i, a] of asks.entries()) {
    if (a.way === "do" || a.thing === MODE) continue;
    const b = asks.slice(i + 1).find((o) => o.way === a.way && o.thing === a.thing && isOpposite(a, o));
    if (b)
      return warn(
        "fight",
        b.field,
        `This rule wants to ${listed([askInWords(desk, a), askInWords(desk, b)])} at the same time.`,
      );
  }
  return undefined;
}
