/** Fetches what a rule has to be tried on: what its devices told, who else asked them for something, and how the house was. */

import { type Part, partsOf } from "../energy/parts.ts";
import { co2At, exportPriceAt, priceAt } from "../energy/tariff.ts";
import { parsePath } from "../model/path.ts";
import type { HomeRule } from "../model/rule/rule.ts";
import { isSwitching } from "../model/rule/step.ts";
import { silentAfterS } from "../model/sleep.ts";
import type { Store } from "../ports.ts";
import { ruleStepsIn } from "../rules/check/switching.ts";
import { attributesOf, type Reads, readsOf } from "../rules/dry-run/reads.ts";
import type { PastView } from "../rules/dry-run/view.ts";
import { selectFrom } from "../rules/select.ts";
import { sunElevation } from "../rules/time/elevation.ts";
import { holidaySpans } from "../rules/time/holidays.ts";
import type { InUse } from "../step/dry-run/devices.ts";
import { levelOf, type Switched } from "../step/dry-run/energy.ts";
import type { Found } from "../step/dry-run/report.ts";
import type { Trial } from "../step/dry-run/trial.ts";
import { controlsOf } from "../step/dry-run/warmth.ts";
import { keyNow, nodeNow } from "../step/identity/names.ts";
import type { CoreState } from "../step.ts";
import { deedsOf, houseThen } from "./dry-run-audit.ts";
import { type WarmthParts, warmedBy } from "./dry-run-warmth.ts";
import type { FacadeParts } from "./facade.ts";

const DAY = 86_400_000;
const HOUR = 3_600_000;
/** Rules that start rules that start rules. */
const MAX_DEPTH = 5;

export interface Prepared {
  readonly trial: Trial;
  readonly switched: ReadonlyMap<string, Switched>;
  readonly grains: Found["grains"];
  /** Of what it heats: why nothing can be told of how warm it would have been. */
  readonly untold: readonly string[];
}

export type PastParts = Pick<FacadeParts, "state" | "store" | "clock"> & {
  /** What people want of their rooms and their water. */
  readonly goals: () => WarmthParts["goals"];
  readonly drive: WarmthParts["drive"];
};

/** Rejects with a RangeError for more than fits. */
export async function prepare(parts: PastParts, rule: HomeRule, days: number): Promise<Prepared> {
  const [one] = await prepareAll(parts, [rule], days);
  if (!one) throw new RangeError("draft: there is no rule");
  return one;
}

/** The same of several rules, each to be tried for itself; what they need is read once. */
export async function prepareAll(given: PastParts, written: readonly HomeRule[], days: number): Promise<Prepared[]> {
  const { state, store, clock } = given;
  const { home } = state;
  const select: PastView["select"] = (target, capability) =>
    selectFrom(home, target, capability, (id) => nodeNow(state, id));
  const tried = written.map((as) => {
    const rule = asMeant(state, as);
    const called = calledBy(rule, state);
    const reads = withScenes([rule, ...called].map((r) => readsOf(r, home, select)).reduce(merged), state);
    return { rule, called, reads, switched: switchedBy([rule, ...called], state) };
  });
  const all = tried.map(({ reads }) => reads).reduce(merged);
  const to = clock.now();
  const asked = to - days * DAY;
  const mode = houseThen(state.house, store, asked);
  const wanted = Math.max(asked, all.mode ? mode.modeFrom : 0);
  const parts = partsOf(home);
  const switched = switchedOf(parts, all.written);
  const { grid } = parts;
  const house = grid?.meter.power && (all.surplus || switched.size > 0) ? grid.meter : undefined;
  const powers = [...switched.values()].flatMap(({ power }) => power ?? []);
  const keys = [...new Set([...all.keys, ...all.written, ...powers, ...(house?.power ? [house.power] : [])])];
  const nodes = new Map(keys.flatMap((key) => nodeOf(state, key)));
  const past = await store.past({ keys, every: all.events, from: wanted, to, silent: silentOf(nodes) });
  // A time before anything was heard is no time in which it could have been tried.
  const from = past.off[0] && past.off[0].from - wanted < HOUR ? past.off[0].to : wanted;
  if (from >= to - HOUR) throw new RangeError("days: nothing is kept of that time");
  const view: PastView = {
    ...{ from, to, timeZone: home.settings.timeZone, select, almanac: new Map() },
    columns: new Map(past.columns.map((column) => [column.key, column])),
    silences: new Map(past.silences.map(({ node, stretches }) => [node, stretches])),
    ...outside(state, from, to),
    house: mode.house,
    grid: house?.power ? { key: house.power, reversed: house.reversed === true } : undefined,
  };
  const off = past.off.filter((o) => o.from >= from);
  const heat = { home, store, now: to, goals: given.goals(), drive: given.drive };
  const { warmed, untold } = await warmedBy(heat, all.written, from, to);
  const uses = usesOf(parts, switched, view);
  const { settings } = home;
  return tried.map(({ rule, called, reads, switched: inert }): Prepared => {
    const own = new Map([...nodes].filter(([id]) => concerns(id, reads, view)));
    const deeds = deedsOf(store, reads.writes, rule.id, from);
    const heats = (keys: readonly string[]): boolean => keys.some((key) => reads.written.has(key));
    const lives = { uses, deeds, warmed: warmed.filter((w) => heats(controlsOf(w))) };
    return {
      trial: {
        rule,
        called,
        switched: inert,
        scenes: state.scenes,
        reads,
        view,
        nodes: own,
        settings,
        tariff: state.tariff,
        off,
        ...lives,
      },
      switched,
      grains: { exactFrom: past.exactFrom, fineFrom: past.fineFrom, asked },
      untold: untold.filter((u) => heats(u.controls)).map((u) => u.why),
    };
  });
}

/** A device that the rule has to do with: fewer devices are lived through faster. */
function concerns(id: string, reads: Reads, { grid }: PastView): boolean {
  const is = (key: string): boolean => key.startsWith(`${id}/`);
  if (grid && reads.surplus && is(grid.key)) return true;
  return [...reads.keys].some(is) || [...reads.written].some(is);
}

/** What it switches and what is known of the power of each. */
function switchedOf(parts: ReturnType<typeof partsOf>, written: ReadonlySet<string>): Map<string, Switched> {
  const { appliances, corners, lights, others, tanks, heatPumps, evses } = parts;
  const found = new Map<string, Switched>();
  const add = (list: readonly Part[], makesUp: boolean): void => {
    for (const { relay, meter } of list)
      if (relay !== undefined && written.has(relay))
        found.set(relay, { relay, power: meter.power, watts: meter.estimate?.watts, makesUp });
  };
  add([...corners, ...lights, ...others], false);
  add([...appliances, ...tanks, ...heatPumps, ...evses], true);
  return found;
}

/** What people use: above its mean it is in use, below it stands by. */
function usesOf({ corners }: ReturnType<typeof partsOf>, switched: ReadonlyMap<string, Switched>, view: PastView) {
  const uses = new Map<string, InUse>();
  for (const { relay } of corners) {
    const own = relay === undefined ? undefined : switched.get(relay);
    const power = own?.power === undefined ? undefined : view.columns.get(own.power);
    const mean = own && levelOf(own, power, view);
    if (own && power && mean !== undefined) uses.set(own.relay, { power, idleW: mean, useW: 1.5 * mean });
  }
  return uses;
}

/** Prices and sky as rules see them. A price holds for its quarter hour, and is worked out once. */
function outside(
  state: CoreState,
  from: number,
  to: number,
): Pick<PastView, "price" | "exportPrice" | "co2" | "sunElevation" | "isHoliday"> {
  const { home, tariff } = state;
  const { settings } = home;
  const { timeZone, holidays } = settings;
  return {
    price: byQuarter(from, to, (at) => priceAt(tariff, at, timeZone)),
    exportPrice: byQuarter(from, to, (at) => exportPriceAt(tariff, at, timeZone)),
    co2: byQuarter(from, to, (at) => co2At(tariff, at, timeZone)),
    sunElevation: (at) => sunElevation(at, settings),
    isHoliday: (at) => holidays !== undefined && holidaySpans(holidays, at, at + 1, timeZone).length > 0,
  };
}

const QUARTER = 900_000;

/** Beyond the two times it is worked out each time. */
function byQuarter(from: number, to: number, of: (at: number) => number): (at: number) => number {
  const first = Math.floor(from / QUARTER);
  const known = new Float64Array(Math.ceil(to / QUARTER) - first + 1).fill(Number.NaN);
  return (at) => {
    const quarter = Math.floor(at / QUARTER);
    const kept = known[quarter - first];
    if (kept !== undefined && !Number.isNaN(kept)) return kept;
    const value = of(quarter * QUARTER);
    if (kept !== undefined) known[quarter - first] = value;
    return value;
  };
}

function nodeOf(state: CoreState, key: string) {
  const id = parsePath(key)?.node ?? "";
  const node = state.home.nodes.get(id);
  return node ? [[id, node] as const] : [];
}

const silentOf = (nodes: Trial["nodes"]): Parameters<Store["past"]>[0]["silent"] =>
  [...nodes].flatMap(([node, { description }]) => {
    const s = silentAfterS(description);
    return s === undefined ? [] : [{ node, afterMs: s * 1000 }];
  });

/** The rules that it starts, and those that these start. */
function calledBy(rule: HomeRule, state: CoreState): HomeRule[] {
  const found = new Map<string, HomeRule>();
  let ids = startedBy(rule);
  for (let depth = 0; depth < MAX_DEPTH && ids.length > 0; depth++) {
    const next = state.automation.rules.filter((r) => ids.includes(r.id) && r.id !== rule.id && !found.has(r.id));
    for (const other of next) found.set(other.id, asMeant(state, other));
    ids = next.flatMap(startedBy);
  }
  return [...found.values()];
}

function startedBy(rule: HomeRule): string[] {
  return ruleStepsIn(rule).flatMap((step) => (isSwitching(step) ? [] : [step.rule]));
}

/** Other rules that these switch on or off. */
function switchedBy(rules: readonly HomeRule[], { automation }: CoreState): readonly HomeRule[] {
  const ids = new Set(rules.flatMap(ruleStepsIn).flatMap((step) => (isSwitching(step) ? [step.rule] : [])));
  return automation.rules.filter((r) => ids.has(r.id) && !rules.some((own) => own.id === r.id));
}

function merged(a: Reads, b: Reads): Reads {
  const both = <K extends "keys" | "events" | "written">(k: K) => new Set([...a[k], ...b[k]]);
  return {
    ...{ keys: both("keys"), events: both("events"), written: both("written"), writes: [...a.writes, ...b.writes] },
    ...{ surplus: a.surplus || b.surplus, mode: a.mode || b.mode, presence: a.presence || b.presence },
    ...{ scenes: [...a.scenes, ...b.scenes], rules: [...a.rules, ...b.rules], restarts: a.restarts || b.restarts },
  };
}

function withScenes(reads: Reads, { scenes, home }: CoreState): Reads {
  const actions = scenes.filter((s) => reads.scenes.includes(s.id)).flatMap((s) => s.actions);
  if (actions.length === 0) return reads;
  const writes = actions.map(({ node, endpoint, capability }) => ({ node, endpoint, capability }));
  return {
    ...reads,
    writes: [...reads.writes, ...writes],
    written: new Set([...reads.written, ...attributesOf(home, writes)]),
  };
}

/** Devices that became part of others are called by what they are now. */
function asMeant<T extends object>(state: CoreState, written: T): T {
  if (state.identity.formerly.size === 0) return written;
  const meant = (value: unknown, key: string): unknown => {
    if (Array.isArray(value))
      return value.map((v) =>
        key === "nodes" || key === "except" ? (nodeNow(state, String(v))?.description.id ?? v) : meant(v, ""),
      );
    if (key === "path" && typeof value === "string") return keyNow(state, value);
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([k, v]) => [k, meant(v, k)]));
  };
  return meant(written, "") as T;
}
