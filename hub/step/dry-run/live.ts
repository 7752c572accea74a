/** Lives a past again with one rule more: the same code that runs the house, moment by moment. */
import { capabilities } from "../../model/capabilities/index.ts";
import type { Value } from "../../model/capability.ts";
import type { Command } from "../../model/command.ts";
import { knownOf, type NodeState } from "../../model/home.ts";
import { parsePath } from "../../model/path.ts";
import type { Trace } from "../../model/trace.ts";
import { targetOf } from "../../rules/arbitrate.ts";
import { houseAt, toldAt } from "../../rules/dry-run/view.ts";
import { actionInWords } from "../../rules/explain.ts";
import type { Run } from "../../rules/run/run.ts";
import { step } from "../../step.ts";
import { placeOf } from "../automation/due.ts";
import { traceOf } from "../automation/tracing.ts";
import { nameNow } from "../identity/names.ts";
import { alreadySo } from "../rules.ts";
import { type CoreState, type Effect, emptyState } from "../state.ts";
import { Devices, type Otherwise } from "./devices.ts";
import { type Feed, momentsOf } from "./moments.ts";
import type { Trial } from "./trial.ts";

/** Something that the rule would have asked for and that was not so already. */
export interface Ask {
  readonly at: number;
  readonly target: string;
  readonly node: string;
  readonly words: string;
  readonly wants: Readonly<Record<string, Value>>;
}

export interface Lived {
  readonly traces: readonly Trace[];
  readonly asks: readonly Ask[];
  readonly otherwise: readonly Otherwise[];
  /** Of the form "while": how long (ms) it held, and how long nobody knew. */
  readonly heldMs: number;
  readonly unknownMs: number;
  /** How often the rule was looked at. */
  readonly looks: number;
  /** Judged up to here, epoch ms. */
  readonly to: number;
}

/** Kept of one trial; further ones are left out of the list and of the figures. */
const MAX_KEPT = 50_000;
/** Moments between two rests. */
const CHUNK = 64;
const RETRY_MS = 60_000;
const TURN_MS = 1_000;
const CLOCKED = /"kind":"(between|cheapest|priceBelow|date|sun|mode|presence|calendar|formula)"/;

/** Yields the share done, 0..1, so that a caller may let others run. */
export function* living(trial: Trial): Generator<number, Lived> {
  const { rule, view } = trial;
  const state = homeOf(trial);
  const place = placeOf(state, view.to);
  const { ats, feeds, cutAt } = yield* resting(momentsOf(trial, place));
  const columns = [...trial.reads.keys, ...trial.reads.written].flatMap((key) => view.columns.get(key) ?? []);
  if (view.grid && trial.reads.surplus)
    columns.push(...[view.columns.get(view.grid.key)].filter((c) => c !== undefined));
  const life = new Life(
    trial,
    state,
    new Devices(state, [...new Set(columns)], view.silences, trial.reads.written, trial.uses),
  );
  const end = cutAt ?? view.to;
  let [i, f, looks] = [0, 0, 0];
  for (let now = Number.NEGATIVE_INFINITY; ; ) {
    const next = Math.min(ats[i] ?? Number.POSITIVE_INFINITY, life.wakesAt(now));
    if (!(next < end)) break;
    life.count(now, next);
    now = next;
    while ((ats[i] ?? Number.POSITIVE_INFINITY) <= now) i += 1;
    const here: Feed[] = [];
    for (let feed = feeds[f]; feed && feed.at <= now; feed = feeds[++f]) here.push(feed);
    life.at(now, here);
    looks += 1;
    if (looks % CHUNK === 0) yield (now - view.from) / (end - view.from);
  }
  life.count(Math.max(view.from, life.now), end);
  life.devices.bring(end, false);
  life.devices.close(end);
  const { traces, asks, heldMs, unknownMs } = life;
  const running = [...state.automation.runs.values()].map((run) =>
    traceOf(run, rule.title, "it still runs at the end of this time"),
  );
  return {
    traces: [...traces, ...running],
    asks,
    otherwise: life.devices.otherwise,
    heldMs,
    unknownMs,
    looks,
    to: end,
  };
}

/** Work of which nobody knows how much is left. */
function* resting<T>(work: Generator<undefined, T>): Generator<number, T> {
  for (;;) {
    const { value, done } = work.next();
    if (done) return value;
    yield 0;
  }
}

/** The home of now, emptied of all that it knows of now. */
function homeOf({ rule, called, scenes, view, nodes, settings, tariff }: Trial): CoreState {
  const state = emptyState(settings, tariff);
  for (const [id, { description, settings: own }] of nodes)
    state.home.nodes.set(id, { description, settings: own, reachable: true, heardAt: 0, values: new Map() });
  state.scenes = scenes;
  state.house = houseAt(view, view.from) ?? state.house;
  const asked = called.map((other) => (other.form === "when" ? { ...other, on: [], enabled: true } : other));
  const { until: _, ...lasting } = rule;
  const rules = [{ ...lasting, enabled: true, changedAt: view.from - 1 }, ...asked];
  step(state, { kind: "homeRulesSet", rules }, view.from - 1);
  return state;
}

class Life {
  readonly traces: Trace[] = [];
  readonly asks: Ask[] = [];
  readonly devices: Devices;
  heldMs = 0;
  unknownMs = 0;
  now = Number.NEGATIVE_INFINITY;
  readonly #state: CoreState;
  readonly #trial: Trial;
  #deed = 0;
  #house = 0;
  #off = 0;
  /** What it waits for may come by the clock or a price, without a word of any device. */
  readonly #byClock: boolean;

  constructor(trial: Trial, state: CoreState, devices: Devices) {
    this.#trial = trial;
    this.#state = state;
    this.devices = devices;
    const { rule } = trial;
    this.#byClock = rule.form === "when" && CLOCKED.test(JSON.stringify(rule.do));
  }

  /** Lives through one moment. */
  at(now: number, feeds: readonly Feed[]): void {
    this.now = now;
    this.#awaken(now);
    this.#houseAt(now);
    this.#hands(now);
    this.devices.bring(now, feeds.length === 0);
    for (const feed of feeds) this.#hear(feed, now);
    if (feeds.length > 0) this.devices.bring(now, true);
    this.#take(step(this.#state, { kind: "tick", at: now }, now), now);
  }

  /** After a time in which the hub was off it knows as little of what was before as it does after a start. */
  #awaken(now: number): void {
    const { off } = this.#trial;
    const { automation, memory } = this.#state;
    for (let gap = off[this.#off]; gap && gap.to <= now; gap = off[++this.#off])
      for (const map of [automation.truths, automation.lasting, memory]) map.clear();
  }

  #houseAt(now: number): void {
    const { house } = this.#trial.view;
    for (let one = house[this.#house]; one && one.at <= now; one = house[++this.#house]) this.#state.house = one.state;
  }

  /** What people did by hand holds against rules, as it did. */
  #hands(now: number): void {
    const { deeds } = this.#trial;
    const { holds, limits } = this.#state;
    for (let deed = deeds[this.#deed]; deed && deed.at <= now; deed = deeds[++this.#deed]) {
      if (deed.kind !== "person") continue;
      if (deed.target !== undefined) holds.set(deed.target, { by: deed.by, until: deed.at + limits.holdMs });
      else for (const target of [...holds.keys()]) if (target.startsWith(`${deed.node}/`)) holds.delete(target);
    }
  }

  #hear({ column, index, at }: Feed, now: number): void {
    const path = parsePath(column.key);
    if (!path || !this.devices.hears(column, index)) return;
    const reading = { path, value: toldAt(column, index), at, source: "history" };
    this.#take(step(this.#state, { kind: "readings", readings: [reading] }, now), now);
  }

  #take(effects: readonly Effect[], now: number): void {
    const queue = [...effects];
    for (let n = 0; n < queue.length && n < MAX_KEPT; n++) {
      const effect = queue[n];
      if (effect?.kind === "trace" && this.traces.length < MAX_KEPT) this.traces.push(effect.trace);
      if (effect?.kind === "send") queue.push(...this.#sent(effect.id, effect.command, now));
    }
  }

  /** The device takes it and says so. */
  #sent(id: string, command: Command, now: number): Effect[] {
    const state = this.#state;
    const wants = wantsOf(state, command, now);
    const action = { ...command.target, ...command };
    if (this.asks.length < MAX_KEPT)
      this.asks.push({
        ...{ at: now, target: targetOf(action), node: command.target.node, wants },
        words: actionInWords(action, (node) => nameNow(state, node)),
      });
    const taken = step(state, { kind: "answered", id, result: { ok: true }, at: now }, now);
    const readings = Object.entries(wants).flatMap(([key, value]) => {
      const path = parsePath(key);
      this.devices.follow(key, value, now);
      return path ? [{ path, value, at: now, source: "trial" }] : [];
    });
    return [...taken, ...step(state, { kind: "readings", readings }, now)];
  }

  /** When the rule's own waits, or what holds it up, are over; epoch ms. */
  wakesAt(now: number): number {
    const { automation, holds } = this.#state;
    let next = Number.POSITIVE_INFINITY;
    const note = (at: number): void => {
      if (at > now && at < next) next = at;
    };
    for (const lasting of automation.lasting.values()) note(lasting.since + lasting.forMs);
    for (const run of automation.runs.values()) {
      if (run.wakeAt === undefined) note(now + TURN_MS);
      else {
        note(run.wakeAt);
        if (this.#isWatching(run)) note(this.devices.nextAt(now));
        if (this.#isWatching(run) && this.#byClock) note((Math.floor(now / RETRY_MS) + 1) * RETRY_MS);
      }
    }
    if (this.#trial.rule.form === "while") for (const at of this.#retries(now)) note(at);
    for (const { until } of holds.values()) note(until);
    return next;
  }

  /** It waits until something is so. */
  #isWatching(run: Run): boolean {
    const op = this.#state.automation.programs.get(run.rule)?.[run.place];
    return op?.op === "do" && op.step.kind === "waitUntil";
  }

  /** When a device that is not as it is wanted is asked again. */
  *#retries(now: number): Generator<number> {
    const { automation, tries } = this.#state;
    for (const [target, { action }] of automation.wants) {
      const last = tries.get(target);
      const { node, endpoint, capability, command, args } = action;
      if (last && !alreadySo(this.#state, { target: { node, endpoint }, capability, command, args }, now))
        yield last.at + RETRY_MS * 2 ** Math.min(last.failures, 4);
    }
  }

  /** What the rule came to since the last moment. */
  count(since: number, to: number): void {
    const { rule, view } = this.#trial;
    const holds = rule.form === "while" && since >= view.from ? this.#state.verdicts.get(rule.id)?.holds : undefined;
    if (holds === true) this.heldMs += to - since;
    if (holds === "unknown") this.unknownMs += to - since;
  }
}

/** What a device will show once it has done this, by text path. */
function wantsOf(state: CoreState, { target, capability, command, args }: Command, now: number): Record<string, Value> {
  const node: NodeState | undefined = state.home.nodes.get(target.node);
  const prefix = `${target.node}/${target.endpoint}/${capability}.`;
  const said = (attribute: string): Value | undefined => {
    const known = node && knownOf(node, prefix + attribute, now);
    return known && known.status !== "unknown" ? known.value : undefined;
  };
  const has = node?.description.endpoints.find((e) => e.number === target.endpoint)?.capabilities[capability];
  const wants = command === "set" ? args : (capabilities[capability]?.commands[command]?.wants(args, said) ?? {});
  const own = Object.entries(wants).filter(([attribute]) => has && Object.hasOwn(has.attributes, attribute));
  return Object.fromEntries(own.map(([attribute, value]) => [prefix + attribute, value]));
}
