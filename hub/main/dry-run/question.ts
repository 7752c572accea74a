/** What a dry run needs to know of the home of now, as plain data: it goes to another thread. */
import { type Part, partsOf } from "../../energy/parts.ts";
import type { Goal } from "../../model/goal/index.ts";
import type { Home, NodeState } from "../../model/home.ts";
import type { HouseState, Scene } from "../../model/house.ts";
import type { NodeId } from "../../model/path.ts";
import type { HomeRule } from "../../model/rule/rule.ts";
import { isSwitching } from "../../model/rule/step.ts";
import type { PricedTariff } from "../../model/tariff.ts";
import { ruleStepsIn } from "../../rules/check/switching.ts";
import { attributesOf, type Reads, readsOf } from "../../rules/dry-run/reads.ts";
import type { PastView } from "../../rules/dry-run/view.ts";
import { selectFrom } from "../../rules/select.ts";
import type { Switched } from "../../step/dry-run/energy.ts";
import { keyNow, nodeNow } from "../../step/identity/names.ts";
import type { CoreState } from "../../step.ts";
import { heatingOf } from "./warmth.ts";

/** Rules that start rules that start rules. */
const MAX_DEPTH = 5;

/** A rule with all that it may set going, each named as its devices are called now. */
export interface AskedRule {
  readonly rule: HomeRule;
  /** Rules that it starts. */
  readonly called: readonly HomeRule[];
  /** Rules that it switches on or off. */
  readonly switched: readonly HomeRule[];
  readonly reads: Reads;
}

export interface TrialQuestion {
  readonly asked: readonly AskedRule[];
  readonly home: Home;
  readonly house: HouseState;
  readonly scenes: readonly Scene[];
  readonly tariff: PricedTariff;
  /** What people want of their rooms and their water. */
  readonly goals: readonly Goal[];
  /** What the rules switch and what is known of the power of each; by text path of onOff. */
  readonly switched: ReadonlyMap<string, Switched>;
  /** Text paths of onOff of what people use. */
  readonly used: readonly string[];
  readonly grid: PastView["grid"];
  /** Something of what is written heats: all devices are in the home then. */
  readonly heats: boolean;
  /** Titles by id, of whoever may have asked for something. */
  readonly titles: { readonly plans: ReadonlyMap<string, string>; readonly rules: ReadonlyMap<string, string> };
  readonly days: number;
  /** Epoch ms. */
  readonly now: number;
  /** Single runs and pictures are left out of the reports. */
  readonly brief: boolean;
}

interface Asking {
  readonly goals: readonly Goal[];
  readonly plans: ReadonlyMap<string, string>;
  readonly days: number;
  readonly now: number;
  readonly brief?: boolean;
}

/** Takes the rules apart on the home of now. Rests after each, so that hundreds of rules hold nobody up. */
export function* asking(
  state: CoreState,
  written: readonly HomeRule[],
  { goals, plans, days, now, brief = false }: Asking,
): Generator<number, TrialQuestion> {
  const { home, house, scenes, tariff, automation } = state;
  const asked: AskedRule[] = [];
  for (const rule of written) {
    asked.push(askedOf(state, rule));
    yield 0;
  }
  const all = asked.map(({ reads }) => reads).reduce(bothOf);
  const parts = partsOf(home);
  const switched = switchedIn(parts, all.written);
  const meter = parts.grid?.meter;
  const reckons = all.surplus || switched.size > 0;
  const grid = reckons && meter?.power ? { key: meter.power, reversed: meter.reversed === true } : undefined;
  const heats = heatingOf(parts, all.written).length > 0;
  const rules = new Map(automation.rules.map((r) => [r.id, r.title]));
  return {
    ...{
      asked,
      house,
      scenes,
      tariff,
      goals,
      switched,
      grid,
      heats,
      days,
      now,
      brief: false,
      titles: { plans, rules },
    },
    home: { settings: home.settings, nodes: heats ? home.nodes : concerned(home, keysOf(all, switched, grid)) },
    used: parts.corners.flatMap(({ relay }) => (relay !== undefined && switched.has(relay) ? [relay] : [])),
  };
}

/** All of what several rules look at and write. */
export function bothOf(a: Reads, b: Reads): Reads {
  const both = <K extends "keys" | "events" | "written">(k: K) => new Set([...a[k], ...b[k]]);
  return {
    ...{ keys: both("keys"), events: both("events"), written: both("written"), writes: [...a.writes, ...b.writes] },
    ...{ surplus: a.surplus || b.surplus, mode: a.mode || b.mode, presence: a.presence || b.presence },
    ...{ scenes: [...a.scenes, ...b.scenes], rules: [...a.rules, ...b.rules], restarts: a.restarts || b.restarts },
  };
}

/** Text paths whose past is needed. */
export function keysOf(reads: Reads, switched: TrialQuestion["switched"], grid: TrialQuestion["grid"]): string[] {
  const powers = [...switched.values()].flatMap(({ relay, power }) =>
    power !== undefined && reads.written.has(relay) ? [power] : [],
  );
  return [...new Set([...reads.keys, ...reads.written, ...powers, ...(grid ? [grid.key] : [])])];
}

function askedOf(state: CoreState, as: HomeRule): AskedRule {
  const { home } = state;
  const select: PastView["select"] = (target, capability) =>
    selectFrom(home, target, capability, (id) => nodeNow(state, id));
  const rule = asMeant(state, as);
  const called = calledBy(rule, state);
  const reads = withScenes([rule, ...called].map((r) => readsOf(r, home, select)).reduce(bothOf), state);
  return { rule, called, reads, switched: switchedBy([rule, ...called], state) };
}

/** Fewer devices are sent faster. */
function concerned({ nodes }: Home, keys: readonly string[]): Map<NodeId, NodeState> {
  const named = new Set(keys.map((key) => key.slice(0, key.indexOf("/"))));
  return new Map([...nodes].filter(([id]) => named.has(id)));
}

/** What is switched and what is known of the power of each. */
function switchedIn(parts: ReturnType<typeof partsOf>, written: ReadonlySet<string>): Map<string, Switched> {
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
