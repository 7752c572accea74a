/** The clean course of a counter: its readings, judged, with the repairs that stand. */
import type { Mask, Pin, Repair, Stand } from "../model/repair.ts";
import { judge } from "./hygiene/judge.ts";
import { type Judged, type Limits, type Memory, remember, type Step } from "./hygiene/memory.ts";
import { allowed, moved, spreadFrom } from "./hygiene/plausible.ts";

/** Sorted by time; epoch ms and kWh as told. */
export interface Stands {
  readonly ats: readonly number[];
  readonly values: readonly number[];
}

/** No hub is older: a reading from before was taken without a clock, and says nothing of its time. */
export const EARLIEST = Date.UTC(2020, 0, 1);

/** What the repairs of a series come to, as they stand: in order, none overlapping. */
export function standing(repairs: readonly Repair[]): {
  readonly pins: readonly Pin[];
  readonly masks: readonly Mask[];
} {
  // A silence is no mistake: what comes late still fills it, unless a person has said how much it was.
  const settled = repairs.filter((repair) => repair.kind !== "gap" || repair.state === "adjusted");
  const pins = settled.flatMap((repair) => repair.pins.map((pin) => pinOf(repair, pin)));
  const masks = repairs.flatMap((repair) => (repair.state === "undone" ? [] : repair.masks));
  return { pins: pins.sort((a, b) => a.from.at - b.from.at || a.to.at - b.to.at), masks };
}

function pinOf({ state, adjustedKwh, pins }: Repair, pin: Pin): Pin {
  if (state === "adjusted" && adjustedKwh !== undefined) return { ...pin, kwh: adjustedKwh / pins.length };
  if (state !== "undone") return pin;
  const { from, to, told } = pin;
  return { from, to, told, kwh: told };
}

const isMasked = (masks: readonly Mask[], at: number, kwh: number): boolean =>
  masks.some((mask) => at >= mask.from && at <= mask.to && kwh > mask.over);

/**
 * The steps of a counter, one after the other; where the judge holds readings back at the end, there is none yet. Of two readings
 * at the same moment the later counts.
 */
export function stepsOf(stands: Stands, repairs: readonly Repair[], limits: Limits): Step[] {
  const { pins, masks } = standing(repairs);
  const walk = new Walk(limits);
  let next = 0;
  for (const [i, at] of stands.ats.entries()) {
    const kwh = stands.values[i];
    if (kwh === undefined || at < EARLIEST || (kwh < 0 && !limits.net) || isMasked(masks, at, kwh)) continue;
    for (let pin = pins[next]; pin && pin.from.at <= at; pin = pins[++next]) walk.force(pin);
    walk.take({ at, kwh });
  }
  for (; next < pins.length; next++) {
    const pin = pins[next];
    if (pin) walk.force(pin);
  }
  return walk.steps;
}

class Walk {
  readonly steps: Step[] = [];
  readonly #limits: Limits;
  #memory: Memory | undefined;
  #held: Stand[] = [];
  /** What lies between the two ends of a pin is not used. */
  #after = Number.NEGATIVE_INFINITY;
  #scale = 1;

  constructor(limits: Limits) {
    this.#limits = limits;
  }

  take(stand: Stand): void {
    if (stand.at <= this.#after) return;
    if (!this.#memory) {
      this.#memory = remember(stand, this.#scale);
      return;
    }
    this.#use(judge(this.#memory, stand, this.#limits), stand, this.#memory);
  }

  #use(judged: Judged, stand: Stand, memory: Memory): void {
    if (judged.what === "held") {
      if (judged.begun) this.#held = [];
      this.#held.push(stand);
      return;
    }
    if (judged.what === "back") this.#takeBack(judged.step.from.at);
    this.steps.push(judged.step);
    if (judged.what === "turned" || judged.what === "back") {
      const first = judged.step.to;
      this.#replay(
        [...this.#held, stand].filter(({ at }) => at >= first.at),
        memory.scale,
      );
    }
    this.#held = [];
  }

  /** The readings of a new course count from its first on. */
  #replay(stands: readonly Stand[], scale: number): void {
    const [first, ...others] = stands;
    if (!first) return;
    const memory = remember(first, scale);
    for (const to of others) {
      const from = memory.good;
      const kwh = (to.kwh - from.kwh) * scale;
      const fits = Math.abs(kwh) <= allowed(memory, to, this.#limits) && (kwh >= 0 || this.#limits.net);
      this.steps.push({ from, to, since: from.at, kwh: fits ? kwh : null });
      moved(memory, to, kwh, this.#limits);
      memory.good = to;
    }
  }

  #takeBack(at: number): void {
    while ((this.steps.at(-1)?.to.at ?? at) > at) this.steps.pop();
  }

  /** A step that stands whatever the judge would say. */
  force(pin: Pin): void {
    const memory = this.#memory;
    this.#scale = pin.scale ?? this.#scale;
    if (memory && pin.from.at < memory.good.at && pin.to.at <= memory.good.at) return;
    this.#held = [];
    if (memory && pin.from.at < memory.good.at) this.#takeBack(pin.from.at);
    else if (memory && pin.from.at > memory.good.at) {
      const kwh = (pin.from.kwh - memory.good.kwh) * memory.scale;
      const fits = (kwh >= 0 || this.#limits.net) && Math.abs(kwh) <= allowed(memory, pin.from, this.#limits);
      const since = fits ? spreadFrom(memory, pin.from, kwh, this.#limits) : memory.good.at;
      this.steps.push({ from: memory.good, to: pin.from, since, kwh: fits ? kwh : null });
    }
    const scale = pin.scale ?? memory?.scale ?? this.#scale;
    this.steps.push({ from: pin.from, to: pin.to, since: pin.since ?? pin.from.at, kwh: pin.kwh });
    this.#memory = remember(pin.to, scale, memory?.step);
    this.#after = pin.to.at;
  }
}
