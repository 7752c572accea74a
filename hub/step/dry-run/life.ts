/** A home lived through with a rule: what it hears at a moment, what the rule asks for, and when it has to be looked at next. */
import { capabilities } from "../../model/capabilities/index.ts";
import type { Value } from "../../model/capability.ts";
import type { Command } from "../../model/command.ts";
import { knownOf, type NodeState } from "../../model/home.ts";
import { isHouseSwitch } from "../../model/house-switch.ts";
import { parsePath } from "../../model/path.ts";
import type { RuleAction } from "../../model/plan.ts";
import type { Reading } from "../../model/reading.ts";
import type { Trace } from "../../model/trace.ts";
import { targetOf } from "../../rules/arbitrate.ts";
import type { Run } from "../../rules/run/run.ts";
import { step } from "../../step.ts";
import { alreadySo } from "../rules.ts";
import type { CoreState, Effect } from "../state.ts";
import type { Devices } from "./devices.ts";
import type { Feed } from "./moments.ts";
import type { Trial } from "./trial.ts";
import { Warmth } from "./warmth.ts";

/** Something that the rule would have asked for and that was not so already. */
export interface Ask {
  readonly at: number;
  readonly target: string;
  readonly node: string;
  readonly action: RuleAction;
  /** What the device will show then, by text path. */
  readonly wants: readonly (readonly [key: string, value: Value])[];
}

/** A rule that was switched on or off. */
export interface Switchings {
  readonly title: string;
  readonly times: number;
  /** Epoch ms. */
  readonly lastAt: number;
}

/** Kept of one trial; further ones are left out of the list and of the figures. */
const MAX_KEPT = 50_000;
const RETRY_MS = 60_000;
const TURN_MS = 1_000;
const CLOCKED = /"kind":"(between|cheapest|priceBelow|date|sun|mode|presence|calendar|formula)"/;

export class Life {
  readonly traces: Trace[] = [];
  readonly asks: Ask[] = [];
  readonly switchings = new Map<string, Switchings>();
  readonly devices: Devices;
  readonly warmth: Warmth;
  heldMs = 0;
  unknownMs = 0;
  now = Number.NEGATIVE_INFINITY;
  readonly #state: CoreState;
  readonly #trial: Trial;
  #deed = 0;
  #house = 0;
  #off = 0;
  readonly #always: boolean;
  /** How long (ms) its conditions have to hold. */
  readonly #spans: readonly number[];
  /** It looks at what it writes: what it did shows with the next tick. */
  readonly #seesItself: boolean;
  #doneAt = Number.NEGATIVE_INFINITY;
  /** What it waits for may come by the clock or a price, without a word of any device. */
  readonly #byClock: boolean;

  constructor(trial: Trial, state: CoreState, devices: Devices, always: boolean) {
    this.#always = always;
    this.#trial = trial;
    this.#state = state;
    this.devices = devices;
    const { rule, reads, view } = trial;
    this.warmth = new Warmth(trial.warmed, devices, view.from, reads.keys);
    this.#spans = spansIn(rule);
    this.#seesItself = [...reads.written].some((key) => reads.keys.has(key));
    this.#byClock = rule.form === "when" && CLOCKED.test(JSON.stringify(rule.do));
  }

  /** Lives through one moment. */
  at(now: number, feeds: readonly Feed[]): void {
    this.now = now;
    this.#awaken(now);
    this.#houseAt(now);
    this.#hands(now);
    for (const [key, value] of this.warmth.advance(now))
      if (!feeds.some((f) => f.column.key === key)) this.#told(key, value, now, now);
    this.devices.bring(now, feeds.length === 0);
    for (const feed of feeds) this.#hear(feed, now);
    if (feeds.length > 0) this.devices.bring(now, true);
    if (this.#ticks(now)) this.#take(step(this.#state, { kind: "tick", at: now }, now), now);
  }

  /** Whether the clock alone has anything to bring about now: a rule that only waits for a device's word or for its time has not. */
  #ticks(now: number): boolean {
    const { automation, holds, notices, pending } = this.#state;
    if (this.#always || this.#trial.rule.form === "while" || automation.ticking.length > 0) return true;
    if (pending.size > 0 || notices.held.of.size > 0) return true;
    for (const { since, forMs } of automation.lasting.values()) if (since + forMs <= now) return true;
    for (const run of automation.runs.values())
      if (run.wakeAt === undefined || run.wakeAt <= now || this.#isWatching(run)) return true;
    for (const { until } of holds.values()) if (until <= now) return true;
    return false;
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
      const held = this.#state.home.nodes.get(deed.node)?.description;
      if (held && isHouseSwitch(held)) continue;
      if (deed.target !== undefined) holds.set(deed.target, { by: deed.by, until: deed.at + limits.holdMs });
      else for (const target of [...holds.keys()]) if (target.startsWith(`${deed.node}/`)) holds.delete(target);
    }
  }

  #hear({ column, index, at }: Feed, now: number): void {
    if (this.devices.hears(column, index)) this.#told(column.key, this.devices.told(column, index), at, now);
  }

  #told(key: string, value: Value, at: number, now: number): void {
    const path = parsePath(key);
    if (!path || !this.#trial.reads.keys.has(key)) return;
    const reading = { path, value, at, source: "history" };
    this.#take(step(this.#state, { kind: "readings", readings: [reading] }, now), now);
  }

  #take(effects: readonly Effect[], now: number): void {
    const sent: Extract<Effect, { kind: "send" }>[] = [];
    this.#sort(effects, sent);
    for (let n = 0; n < sent.length && n < MAX_KEPT; n++) {
      const { id, command } = sent[n] ?? {};
      if (id !== undefined && command) this.#sort(this.#sent(id, command, now), sent);
    }
  }

  #sort(effects: readonly Effect[], sent: Extract<Effect, { kind: "send" }>[]): void {
    for (const effect of effects) {
      if (effect.kind === "trace" && this.traces.length < MAX_KEPT) this.traces.push(effect.trace);
      if (effect.kind === "send") sent.push(effect);
      if (effect.kind === "keepHomeRule") this.#switched(effect.rule);
    }
  }

  #switched({ id, title }: Trial["rule"]): void {
    this.switchings.set(id, { title, times: (this.switchings.get(id)?.times ?? 0) + 1, lastAt: this.now });
  }

  /** The device takes it and shows it; what shows nothing is only taken. */
  #sent(id: string, command: Command, now: number): readonly Effect[] {
    const state = this.#state;
    this.#doneAt = now;
    const wants = wantsOf(state, command, now);
    const { target, capability, command: name, args } = command;
    const action = { node: target.node, endpoint: target.endpoint, capability, command: name, args };
    if (this.asks.length < MAX_KEPT)
      this.asks.push({ at: now, target: targetOf(action), node: target.node, wants, action });
    const readings: Reading[] = [];
    for (const [key, value] of wants) {
      const path = parsePath(key);
      this.devices.follow(key, value, now);
      if (path) readings.push({ path, value, at: now, source: "trial" });
    }
    if (readings.length > 0) return step(state, { kind: "readings", readings }, now);
    return step(state, { kind: "answered", id, result: { ok: true }, at: now }, now);
  }

  /** When the rule's own waits, or what holds it up, are over; epoch ms. */
  wakesAt(now: number): number {
    const { automation, holds, memory } = this.#state;
    let next = Number.POSITIVE_INFINITY;
    const note = (at: number): void => {
      if (at > now && at < next) next = at;
    };
    if (this.#seesItself) note(this.#doneAt + TURN_MS);
    for (const since of memory.values()) for (const ms of this.#spans) note(since + ms);
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
    note(this.warmth.nextAt(now));
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

function spansIn(rule: Trial["rule"]): number[] {
  const found = new Set<number>();
  JSON.stringify(rule, (key, value: unknown) => {
    if (key === "forMinutes" && typeof value === "number") found.add(value * 60_000);
    return value;
  });
  return [...found];
}

/** What a device will show once it has done this, by text path. */
function wantsOf(state: CoreState, { target, capability, command, args }: Command, now: number): [string, Value][] {
  const node: NodeState | undefined = state.home.nodes.get(target.node);
  const prefix = `${target.node}/${target.endpoint}/${capability}.`;
  const said = (attribute: string): Value | undefined => {
    const known = node && knownOf(node, prefix + attribute, now);
    return known && known.status !== "unknown" ? known.value : undefined;
  };
  const has = node?.description.endpoints.find((e) => e.number === target.endpoint)?.capabilities[capability];
  const wants = command === "set" ? args : capabilities[capability]?.commands[command]?.wants(args, said);
  const own: [string, Value][] = [];
  for (const attribute in wants)
    if (has && Object.hasOwn(has.attributes, attribute)) own.push([prefix + attribute, wants[attribute] ?? ""]);
  return own;
}
