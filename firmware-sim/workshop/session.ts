import { acts, type Fault } from "./faults.ts";
import type { Firmware, Moment, Said } from "./firmware.ts";
import { spoil } from "./spoil.ts";

/** Messages that may wait in a device; more are lost. */
const mostWaiting = 5000;
const dropSeconds = 30;
const floodSeconds = 5;
const floodRate = 1000;
/** What a clock shows in turn when it jumps, as ms beside the truth; undefined: 1970, as before the first time server. */
const jumps = [undefined, 3_600_000, 0];

interface Waiting {
  readonly at: number;
  readonly said: Said;
}

interface Due {
  readonly fault: Fault;
  next: number;
}

/**
 * One firmware in time, without a socket: what it says when, whether it is there, and what faults make of it.
 * The same calls give the same messages.
 */
export class Session {
  readonly firmware: Firmware;
  private readonly faults: readonly Fault[];
  private readonly due: readonly Due[];
  private readonly chance: () => number;
  /** Epoch ms when the home began. */
  private readonly began: number;
  private waiting: Waiting[] = [];
  private stale: readonly Said[];
  private recent: Said[] = [];
  private elapsed = 0;
  private jumped = 0;
  private jumps = 0;
  private backAt = 0;
  private leaveAt = Number.POSITIVE_INFINITY;
  private away = { seconds: 0, orderly: false };
  private flood: { until: number; device: string } | undefined;
  private there = false;

  /** `stale`: what the broker is to hold from a former life. */
  constructor(
    firmware: Firmware,
    options: { faults: readonly Fault[]; stale: readonly Said[]; chance: () => number; began: number },
  ) {
    this.firmware = firmware;
    this.faults = options.faults.filter((fault) => firmware.names.includes(fault.device));
    this.due = this.faults.filter(({ kind }) => happens(kind)).map((fault) => ({ fault, next: fault.after }));
    this.stale = options.stale;
    this.chance = options.chance;
    this.began = options.began;
  }

  /** It wants to be on the network now. */
  get up(): boolean {
    return this.elapsed >= this.backAt;
  }

  /** How it took its last leave: with DISCONNECT, or without a word. */
  get orderly(): boolean {
    return this.away.orderly;
  }

  /** The connection stands: what is to be published at once. */
  connected(): Said[] {
    this.there = true;
    const stale = this.stale;
    this.stale = [];
    return [...stale, ...this.take(this.firmware.connected(this.now()))];
  }

  /** The connection was lost: what waited is gone. */
  disconnected(): void {
    this.there = false;
    this.waiting = [];
  }

  /** Time goes on by `seconds`; what is to be published now. */
  step(seconds: number): Said[] {
    this.elapsed += seconds;
    const out: Said[] = [];
    for (const one of this.due) if (this.elapsed >= one.next) out.push(...this.happen(one));
    const said = this.firmware.step(seconds, this.now());
    this.watchLeave();
    if (!this.there || !this.up) return [];
    // What waited was said before what is said now.
    out.push(...this.ripe(), ...this.take(said), ...this.flooding(seconds));
    if (this.elapsed >= this.leaveAt) this.leave();
    return out;
  }

  receive(topic: string, payload: string): Said[] {
    if (!this.there || !this.up) return [];
    return this.take(this.firmware.receive(topic, payload, this.now()));
  }

  /** What it says when the home is switched off in order; empty: nothing, its plug is pulled. */
  goodbye(): Said[] {
    return this.there && this.up ? this.firmware.goodbye(this.now()) : [];
  }

  private now(): Moment {
    return { elapsed: this.elapsed, wall: Math.round(this.began + this.elapsed * 1000 + this.jumped) };
  }

  /** Spoils what was said, keeps back what comes later, and gives what is to go out now. */
  private take(said: readonly Said[]): Said[] {
    const now: Said[] = [];
    for (const one of said) {
      for (const { after = 0, ...sent } of spoil(one, this.faults, this.elapsed, this.chance)) {
        if (after <= 0) now.push(sent);
        else if (this.waiting.length < mostWaiting) this.waiting.push({ at: this.elapsed + after, said: sent });
      }
    }
    // An empty payload asks or removes: no state to be told again and again.
    this.recent = [...this.recent, ...now.filter(({ payload }) => payload !== "")].slice(-20);
    this.watchLeave();
    return now;
  }

  private ripe(): Said[] {
    if (this.waiting.length === 0) return [];
    const ripe = this.waiting.filter(({ at }) => at <= this.elapsed).sort((a, b) => a.at - b.at);
    this.waiting = this.waiting.filter(({ at }) => at > this.elapsed);
    return ripe.map(({ said }) => said);
  }

  /** An absence begins when the answers that are under way are out, a second at most. */
  private watchLeave(): void {
    const asked = this.firmware.absence();
    if (!asked) return;
    this.away = asked;
    this.leaveAt = this.elapsed + (this.waiting.length > 0 ? 1 : 0);
  }

  private leave(): void {
    this.backAt = this.elapsed + this.away.seconds;
    this.leaveAt = Number.POSITIVE_INFINITY;
    this.disconnected();
  }

  private happen(one: Due): Said[] {
    const { kind, device, every } = one.fault;
    one.next = every === undefined ? Number.POSITIVE_INFINITY : one.next + every;
    if (kind === "clock") {
      const beside = jumps[this.jumps++ % jumps.length];
      this.jumped = beside ?? -(this.began + this.elapsed * 1000);
      return [];
    }
    if (kind === "flood") this.flood = { until: this.elapsed + floodSeconds, device };
    if (kind === "drop" && this.up) {
      this.away = { seconds: dropSeconds, orderly: false };
      this.leave();
    }
    const act = acts[kind];
    return act ? this.take(this.firmware.act(device, act, this.now())) : [];
  }

  private flooding(seconds: number): Said[] {
    const { flood } = this;
    if (!flood) return [];
    if (this.elapsed > flood.until) this.flood = undefined;
    const own = this.recent.filter(({ from }) => from === flood.device);
    if (own.length === 0) return [];
    const many = Math.min(mostWaiting, Math.round(floodRate * Math.min(seconds, floodSeconds)));
    return Array.from({ length: many }, (_, i) => own[i % own.length]).flatMap((said) => said ?? []);
  }
}

const happens = (kind: Fault["kind"]): boolean =>
  kind in acts || kind === "clock" || kind === "flood" || kind === "drop";
