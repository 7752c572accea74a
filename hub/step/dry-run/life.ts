/** A home lived through with a rule: what it hears at a moment, what the rule asks for, and when it has to be looked at next. */
import type { Value } from "../../model/capability.ts";
import type { Command } from "../../model/command.ts";
import { isKeptHere } from "../../model/house-switch.ts";
import { type AttributePath, parsePath } from "../../model/path.ts";
import type { RuleAction } from "../../model/plan.ts";
import type { Reading } from "../../model/reading.ts";
import type { Run } from "../../rules/run/run.ts";
import { step } from "../../step.ts";
import { alreadySo } from "../rules.ts";
import type { CoreState, Effect } from "../state.ts";
import { Asks } from "./asks.ts";
import type { Devices } from "./devices.ts";
import type { Diary } from "./diary.ts";
import type { Feed } from "./moments.ts";
import type { Trial } from "./trial.ts";
import { Warmth } from "./warmth.ts";

/** A rule that was switched on or off. */
export interface Switchings {
  readonly title: string;
  readonly times: number;
  /** Epoch ms. */
  readonly lastAt: number;
}

/** Commands in one moment, each of which may bring about the next. */
const MAX_TURNS = 50_000;
const RETRY_MS = 60_000;
const TURN_MS = 1_000;
const CLOCKED = /"kind":"(between|cheapest|priceBelow|date|sun|sunBetween|mode|presence|calendar|formula)"/;

export class Life {
  readonly asks = new Asks();
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

  readonly #diary: Diary;
  /** By text path: one that is frozen, so that its text is made once. */
  readonly #paths = new Map<string, AttributePath>();

  constructor(trial: Trial, state: CoreState, devices: Devices, diary: Diary, always: boolean) {
    this.#diary = diary;
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
    if (this.#trial.warmed.length > 0)
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
    if (automation.lasting.size > 0)
      for (const { since, forMs } of automation.lasting.values()) if (since + forMs <= now) return true;
    if (automation.runs.size > 0)
      for (const run of automation.runs.values())
        if (run.wakeAt === undefined || run.wakeAt <= now || this.#isWatching(run)) return true;
    if (holds.size > 0) for (const { until } of holds.values()) if (until <= now) return true;
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
      if (held && isKeptHere(held)) continue;
      if (deed.target !== undefined) holds.set(deed.target, { by: deed.by, until: deed.at + limits.holdMs });
      else for (const target of [...holds.keys()]) if (target.startsWith(`${deed.node}/`)) holds.delete(target);
    }
  }

  #hear({ column, index, at }: Feed, now: number): void {
    if (this.devices.hears(column, index)) this.#told(column.key, this.devices.told(column, index), at, now);
  }

  #told(key: string, value: Value, at: number, now: number): void {
    const path = this.#trial.reads.keys.has(key) ? this.#pathOf(key) : undefined;
    if (!path) return;
    const reading = { path, value, at, source: "history" };
    this.#take(step(this.#state, { kind: "readings", readings: [reading] }, now), now);
  }

  #pathOf(key: string): AttributePath | undefined {
    let path = this.#paths.get(key);
    if (!path) {
      path = parsePath(key);
      if (path) this.#paths.set(key, Object.freeze(path));
    }
    return path;
  }

  #take(effects: readonly Effect[], now: number): void {
    const sent = this.#sort(effects);
    for (let n = 0; n < sent.length && n < MAX_TURNS; n++) {
      const { id, command } = sent[n] ?? {};
      if (id !== undefined && command) for (const one of this.#sort(this.#sent(id, command, now))) sent.push(one);
    }
  }

  /** Notes what was told; what is left are the commands. */
  #sort(effects: readonly Effect[]): Extract<Effect, { kind: "send" }>[] {
    const sent: Extract<Effect, { kind: "send" }>[] = [];
    for (const effect of effects)
      if (effect.kind === "trace") this.#diary.add(effect.trace);
      else if (effect.kind === "send") sent.push(effect);
      else if (effect.kind === "keepHomeRule") this.#switched(effect.rule);
    return sent;
  }

  #switched({ id, title }: Trial["rule"]): void {
    this.switchings.set(id, { title, times: (this.switchings.get(id)?.times ?? 0) + 1, lastAt: this.now });
  }

  /** The device takes it and shows it; what shows nothing is only taken. */
  #sent(id: string, command: Command, now: number): readonly Effect[] {
    const state = this.#state;
    this.#doneAt = now;
    const ask = this.asks.note(state, command, now);
    const readings: Reading[] = [];
    for (const [key, value] of ask.wants) {
      const path = this.#pathOf(key);
      this.devices.follow(key, value, now);
      if (path) readings.push({ path, value, at: now, source: "trial" });
    }
    if (readings.length > 0) return step(state, { kind: "readings", readings }, now);
    return step(state, { kind: "answered", id, result: { ok: true }, at: now }, now);
  }

  /** When the rule's own waits, or what holds it up, are over; epoch ms. */
  wakesAt(now: number): number {
    const { automation, holds, memory } = this.#state;
    let next = this.warmth.nextAt(now);
    const note = (at: number): void => {
      if (at > now && at < next) next = at;
    };
    if (this.#seesItself) note(this.#doneAt + TURN_MS);
    if (memory.size > 0) for (const since of memory.values()) for (const ms of this.#spans) note(since + ms);
    if (automation.lasting.size > 0)
      for (const lasting of automation.lasting.values()) note(lasting.since + lasting.forMs);
    if (automation.runs.size > 0)
      for (const run of automation.runs.values()) {
        if (run.wakeAt === undefined) note(now + TURN_MS);
        else {
          note(run.wakeAt);
          if (this.#isWatching(run)) note(this.devices.nextAt(now));
          if (this.#isWatching(run) && this.#byClock) note((Math.floor(now / RETRY_MS) + 1) * RETRY_MS);
        }
      }
    if (this.#trial.rule.form === "while" && automation.wants.size > 0) note(this.#retryAt(now));
    if (holds.size > 0) for (const { until } of holds.values()) note(until);
    return next;
  }

  /** It waits until something is so. */
  #isWatching(run: Run): boolean {
    const op = this.#state.automation.programs.get(run.rule)?.[run.place];
    return op?.op === "do" && op.step.kind === "waitUntil";
  }

  /** When a device that is not as it is wanted is asked again next. */
  #retryAt(now: number): number {
    const { automation, tries } = this.#state;
    let next = Number.POSITIVE_INFINITY;
    for (const [target, { action }] of automation.wants) {
      const last = tries.get(target);
      const at = last ? last.at + RETRY_MS * 2 ** Math.min(last.failures, 4) : now;
      if (at > now && at < next && !alreadySo(this.#state, commandOf(action), now)) next = at;
    }
    return next;
  }

  /** What the rule came to since the last moment. */
  count(since: number, to: number): void {
    const { rule, view } = this.#trial;
    const holds = rule.form === "while" && since >= view.from ? this.#state.verdicts.get(rule.id)?.holds : undefined;
    if (holds === true) this.heldMs += to - since;
    if (holds === "unknown") this.unknownMs += to - since;
  }
}

const commandOf = ({ node, endpoint, capability, command, args }: RuleAction): Command => ({
  target: { node, endpoint },
  ...{ capability, command, args },
});

function spansIn(rule: Trial["rule"]): number[] {
  const found = new Set<number>();
  JSON.stringify(rule, (key, value: unknown) => {
    if (key === "forMinutes" && typeof value === "number") found.add(value * 60_000);
    return value;
  });
  return [...found];
}
