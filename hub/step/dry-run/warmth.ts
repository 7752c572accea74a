/** How warm what the rule heats would have been, carried along step by step while the past is lived through again. */
import type { Value } from "../../model/capability.ts";
import type { HeatAsked, WarmthLived } from "../../model/warmth.ts";
import type { Devices } from "./devices.ts";

/** A room or tank of which a model tells how warm it would have been. */
export interface Warmed {
  readonly kind: "room" | "tank";
  readonly name: string;
  /** Text paths by which it is steered: what it is set to, its mode ("off" heats nothing) and the switch in front of its heater. */
  readonly set?: string;
  readonly mode?: string;
  readonly relay?: string;
  /** Text paths of what tells its warmth. */
  readonly thermometers: ReadonlySet<string>;
  /** Its grid of time: start (epoch ms), length and number of steps. */
  readonly from: number;
  readonly stepMs: number;
  readonly steps: number;
  /** degC at the end of each step; NaN: not known. */
  readonly measured: Float64Array;
  /** What it was set to in each step where its own path tells nothing, degC. */
  readonly setC: Float64Array;
  /** How warm people want it in a step, degC; undefined: nobody minds then. */
  readonly band: (i: number) => { readonly low?: number; readonly high?: number } | undefined;
  /** That in words. */
  readonly bandWords: string;
  /** How far the model is from what was measured, in words. */
  readonly error: string;
  /** Begins at a step as it was. */
  readonly begin: (i: number) => WarmthLived;
}

export interface Warming {
  readonly of: Warmed;
  /** By step: so much warmer (K) at its end, and so much more taken (W); 0 where nothing was changed. */
  readonly shiftK: Float32Array;
  readonly extraW: Float32Array;
}

interface Life extends Warming {
  readonly controls: readonly string[];
  next: number;
  lived: WarmthLived | undefined;
}

/** Less is no news, K. */
const NEWS_K = 0.005;
const DAY = 86_400_000;

export const controlsOf = ({ set, mode, relay }: Warmed): readonly string[] =>
  [set, mode, relay].filter((key) => key !== undefined);

export class Warmth {
  readonly #lives: readonly Life[];
  readonly #devices: Devices;
  /** The rule looks at what it warms: it has to see each step. */
  readonly #isSeen: boolean;

  /** `from`: epoch ms. `seen`: text paths that the rule looks at. */
  constructor(warmed: readonly Warmed[], devices: Devices, from: number, seen: ReadonlySet<string>) {
    this.#devices = devices;
    this.#isSeen = warmed.some((w) => [...w.thermometers].some((key) => seen.has(key)));
    this.#lives = warmed.map((of) => ({
      ...{ of, controls: controlsOf(of), lived: undefined },
      ...{ shiftK: new Float32Array(of.steps), extraW: new Float32Array(of.steps) },
      next: Math.max(0, Math.ceil((from - of.from) / of.stepMs)),
    }));
  }

  get warmings(): readonly Warming[] {
    return this.#lives;
  }

  /** Lives through all steps that are over; what thermometers tell since otherwise, by text path. */
  advance(now: number): ReadonlyMap<string, Value> {
    const told = new Map<string, Value>();
    for (const life of this.#lives) {
      const before = life.shiftK[life.next - 1] ?? 0;
      const { from, stepMs, steps, thermometers } = life.of;
      const end = Math.min(steps, Math.floor((now - from) / stepMs));
      while (life.next < end && this.#isAlive(life)) this.#step(life);
      life.next = Math.max(life.next, end);
      const shift = life.shiftK[life.next - 1] ?? 0;
      if (Math.abs(shift - before) < NEWS_K) continue;
      for (const key of thermometers) {
        const value = this.#devices.shift(key, shift);
        if (value !== undefined) told.set(key, value);
      }
    }
    return told;
  }

  /** When it has to be looked at next, epoch ms. */
  nextAt(now: number): number {
    let next = Number.POSITIVE_INFINITY;
    for (const life of this.#lives) {
      if (life.next >= life.of.steps || !this.#isAlive(life)) continue;
      const end = life.of.from + (life.next + 1) * life.of.stepMs;
      next = Math.min(next, this.#isSeen ? Math.max(end, now + 1) : Math.max(end, now + DAY));
    }
    return next;
  }

  #isAlive({ lived, controls, of, next }: Life): boolean {
    const from = of.from + next * of.stepMs;
    return lived !== undefined || controls.some((key) => this.#devices.isOtherwise(key, from));
  }

  #step(life: Life): void {
    const { of, next: i } = life;
    const from = of.from + i * of.stepMs;
    life.next = i + 1;
    const { was, would, differs } = this.#asked(of, i, from, from + of.stepMs);
    if (!differs && !life.lived) return;
    life.lived ??= of.begin(i);
    const changed = life.lived.step(i, was, would);
    life.extraW[i] = changed.extraW;
    if (changed.settled && !differs) life.lived = undefined;
    else life.shiftK[i] = changed.shiftK;
  }

  #asked(of: Warmed, i: number, from: number, to: number) {
    const set =
      of.set === undefined ? undefined : this.#mean(of.set, from, to, (v) => (typeof v === "number" ? v : of.setC[i]));
    const mode = of.mode === undefined ? undefined : this.#mean(of.mode, from, to, (v) => (v === "off" ? 0 : 1));
    const relay = of.relay === undefined ? undefined : this.#mean(of.relay, from, to, (v) => (v === false ? 0 : 1));
    const side = (which: "was" | "would"): HeatAsked => {
      const setC = set?.[which];
      const on = (mode?.[which] ?? 1) >= 0.5 && (relay?.[which] ?? 1) >= 0.5;
      return setC !== undefined && Number.isFinite(setC) ? { setC, on } : { on };
    };
    const differs = [set, mode, relay].some((m) => m !== undefined && m.was !== m.would);
    return { was: side("was"), would: side("would"), differs };
  }

  #mean(key: string, from: number, to: number, number: (v: Value | undefined) => number | undefined) {
    let [was, would] = [0, 0];
    for (const piece of this.#devices.course(key, from, to)) {
      was += (number(piece.was) ?? Number.NaN) * piece.ms;
      would += (number(piece.would) ?? Number.NaN) * piece.ms;
    }
    return { was: was / (to - from), would: would / (to - from) };
  }
}
