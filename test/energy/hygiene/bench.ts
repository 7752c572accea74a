import { EARLIEST, stepsOf } from "../../../hub/energy/counters.ts";
import { hear, type Meter, resumed } from "../../../hub/energy/hygiene/meter.ts";
import { slotsOf } from "../../../hub/energy/integrate.ts";
import type { EnergySlots } from "../../../hub/model/energy.ts";
import type { Repair, Stand } from "../../../hub/model/repair.ts";

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;
/** A Monday. */
export const T0 = Date.UTC(2026, 0, 5);

const KEY = "plug/1/electricalEnergyMeasurement.cumulativeEnergyImported";

/** A meter on the bench: readings go in as they come, a restart takes what is only remembered. */
export class Bench {
  readonly told: Stand[] = [];
  repairs: Repair[] = [];
  readonly limitW: number;
  #meter: Meter | undefined;
  #last: Stand | undefined;

  constructor(limitW = 3680) {
    this.limitW = limitW;
  }

  tell(...stands: readonly (readonly [at: number, kwh: number])[]): void {
    for (const [at, kwh] of stands) this.#one({ at, kwh }, at);
  }

  /** Stands of the past, heard now (epoch ms). */
  past(now: number, stands: readonly Stand[]): void {
    for (const stand of stands) this.#one(stand, now);
  }

  #one(stand: Stand, now: number): void {
    this.told.push(stand);
    this.#meter ??= resumed(KEY, this.#last ?? stand, stand, this.repairs, { limitW: this.limitW, net: false });
    for (const change of hear(this.#meter, stand, this.repairs, now)) {
      if ("drop" in change) this.repairs = this.repairs.filter((r) => r.id !== change.drop);
      else
        this.repairs = [...this.repairs.filter((r) => r.id !== change.put.id), change.put].sort(
          (a, b) => a.from - b.from,
        );
    }
    // As the store does: what is dated more than two days ahead is not the last value, nor what is in no time.
    const last = this.#last?.at ?? Number.NEGATIVE_INFINITY;
    const ahead = now + 2 * DAY;
    const isNewer = stand.at > ahead === last > ahead ? stand.at >= last : stand.at <= ahead;
    if (isNewer && (stand.at >= EARLIEST || (this.#last?.at ?? 0) < EARLIEST)) this.#last = stand;
  }

  /** The hub ends and begins again: what was written is left, and each attribute's last value. */
  restart(): void {
    this.#meter = undefined;
  }

  /** Slots from what is stored; `thin`: as rollups keep it, the last of each five minutes. */
  slots(from: number, to: number, slotMs: number, thin = false): EnergySlots {
    const sorted = this.told.map((stand, i) => ({ ...stand, i })).sort((a, b) => a.at - b.at || a.i - b.i);
    const kept = thin
      ? sorted.filter(
          (s, i) => i === 0 || Math.floor(s.at / (5 * MINUTE)) !== Math.floor((sorted[i + 1]?.at ?? 0) / (5 * MINUTE)),
        )
      : sorted;
    const stands = { ats: kept.map((s) => s.at), values: kept.map((s) => s.kwh) };
    const imported = stepsOf(stands, this.repairs, { limitW: this.limitW, net: false });
    return slotsOf({ imported }, this.limitW, from, to, slotMs);
  }

  /** kWh of a time, what is not known left out. */
  total(from: number, to: number, slotMs = 15 * MINUTE, thin = false): number {
    return this.slots(from, to, slotMs, thin).importedKwh.reduce((sum, kwh) => sum + (Number.isNaN(kwh) ? 0 : kwh), 0);
  }

  get kinds(): string[] {
    return this.repairs.map((r) => (r.times > 1 ? `${r.kind} x${r.times}` : r.kind));
  }
}

/** A plug that draws `watts`, heard every `everyMs`; the number passes through `spoil`. */
export function run(
  bench: Bench,
  { from, to, everyMs, start, watts }: { from: number; to: number; everyMs: number; start: number; watts: number },
  spoil: (kwh: number, at: number, i: number) => number | undefined = (kwh) => kwh,
): number {
  let kwh = start;
  let i = 0;
  for (let at = from; at <= to; at += everyMs, i++) {
    const told = spoil(Math.round(kwh * 1e6) / 1e6, at, i);
    if (told !== undefined) bench.tell([at, told]);
    kwh += (watts * everyMs) / 3.6e9;
  }
  return kwh - (watts * everyMs) / 3.6e9;
}
