/** Lives a past again with one rule more: the same code that runs the house, moment by moment. */
import type { HomeRule } from "../../model/rule/rule.ts";
import { houseAt } from "../../rules/dry-run/view.ts";
import { step } from "../../step.ts";
import { placeOf } from "../automation/due.ts";
import { traceOf } from "../automation/tracing.ts";
import { type CoreState, emptyState } from "../state.ts";
import type { Ask } from "./asks.ts";
import { Devices, type Otherwise } from "./devices.ts";
import { Diary } from "./diary.ts";
import { Life, type Switchings } from "./life.ts";
import { type Feed, momentsOf } from "./moments.ts";
import type { Trial } from "./trial.ts";
import type { Warming } from "./warmth.ts";

export interface Lived {
  readonly diary: Diary;
  readonly asks: readonly Ask[];
  readonly otherwise: readonly Otherwise[];
  /** Rules that it switched on or off, by their ids. */
  readonly switchings: ReadonlyMap<string, Switchings>;
  /** What it heats, as warm as it would have been. */
  readonly warmings: readonly Warming[];
  /** Of the form "while": how long (ms) it held, and how long nobody knew. */
  readonly heldMs: number;
  readonly unknownMs: number;
  /** How often the rule was looked at. */
  readonly looks: number;
  /** Judged up to here, epoch ms. */
  readonly to: number;
}

/** Looks at one rule: beyond this the rest of the time is left out, and said so. */
const MAX_LOOKS = 600_000;
/** Moments between two rests. */
const CHUNK = 64;

/** How it is known when to look. `ticks`: at each moment the clock is told to the rule, or only where it waits for that. */
export interface Looking {
  readonly moments: typeof momentsOf;
  readonly ticks: "always" | "needed";
}

const needed: Looking = { moments: momentsOf, ticks: "needed" };

/** Only a person's deed lays a hand on a device. */
const diaryOf = ({ view, deeds }: Trial): Diary =>
  new Diary(
    view.timeZone,
    deeds.some((d) => d.kind === "person"),
  );

/** Yields the share done, 0..1, so that a caller may let others run. Whoever looks oftener finds the same, only later. */
export function* living(trial: Trial, looking = needed, diary = diaryOf(trial)): Generator<number, Lived> {
  const { rule, view } = trial;
  const state = homeOf(trial);
  const place = placeOf(state, view.to);
  const { ats, feeds, cutAt } = yield* resting(looking.moments(trial, place));
  const columns = [...trial.reads.keys, ...trial.reads.written].flatMap((key) => view.columns.get(key) ?? []);
  if (view.grid && trial.reads.surplus)
    columns.push(...[view.columns.get(view.grid.key)].filter((c) => c !== undefined));
  const devices = new Devices(state, [...new Set(columns)], view, trial.reads.written, trial.uses);
  const life = new Life(trial, state, devices, diary, looking.ticks === "always");
  let end = cutAt ?? view.to;
  let [i, f, looks] = [0, 0, 0];
  for (let now = Number.NEGATIVE_INFINITY; ; ) {
    const next = awake(trial, Math.min(ats[i] ?? Number.POSITIVE_INFINITY, life.wakesAt(now)));
    if (!(next < end)) break;
    life.count(now, next);
    now = next;
    while ((ats[i] ?? Number.POSITIVE_INFINITY) <= now) i += 1;
    const first = f;
    while (f < feeds.length && (feeds[f]?.at ?? 0) <= now) f += 1;
    life.at(now, f > first ? feeds.slice(first, f) : nothing);
    looks += 1;
    // A rule that answers itself would be looked at each second.
    if (looks === MAX_LOOKS) end = now + 1;
    if (looks % CHUNK === 0) yield (now - view.from) / (end - view.from);
  }
  life.count(Math.max(view.from, life.now), end);
  life.devices.bring(end, false);
  life.devices.close(end);
  life.warmth.advance(end);
  const { asks, heldMs, unknownMs } = life;
  for (const run of state.automation.runs.values())
    diary.add(traceOf(run, rule.title, "it still runs at the end of this time"));
  return {
    diary,
    asks: asks.list,
    otherwise: life.devices.otherwise,
    switchings: life.switchings,
    warmings: life.warmth.warmings,
    heldMs,
    unknownMs,
    looks,
    to: end,
  };
}

const nothing: readonly Feed[] = [];

/** What comes due while the hub is off comes when it is back. */
function awake({ off }: Trial, at: number): number {
  for (const { from, to } of off) if (from <= at && at < to) return to;
  return at;
}

/** Work of which nobody knows how much is left. */
function* resting<T>(work: Generator<undefined, T>): Generator<number, T> {
  for (;;) {
    const { value, done } = work.next();
    if (done) return value;
    yield 0;
  }
}

/** The rule as a name that can be switched. */
const inert = ({ id, title, enabled, origin, by, madeAt, changedAt }: HomeRule): HomeRule => ({
  ...{ id, title, enabled, origin, by, madeAt, changedAt },
  ...{ form: "when", on: [], do: [{ kind: "stop" }], mode: "single" },
});

/** The home of now, emptied of all that it knows of now. */
function homeOf({ rule, called, switched, scenes, view, nodes, settings, tariff }: Trial): CoreState {
  const state = emptyState(settings, tariff);
  for (const [id, { description, settings: own }] of nodes)
    state.home.nodes.set(id, { description, settings: own, reachable: true, heardAt: 0, values: new Map() });
  state.scenes = scenes;
  state.house = houseAt(view, view.from) ?? state.house;
  const asked = called.map((other) => (other.form === "when" ? { ...other, on: [], enabled: true } : other));
  const { until: _, ...lasting } = rule;
  const rules = [{ ...lasting, enabled: true, changedAt: view.from - 1 }, ...asked, ...switched.map(inert)];
  step(state, { kind: "homeRulesSet", rules }, view.from - 1);
  return state;
}
