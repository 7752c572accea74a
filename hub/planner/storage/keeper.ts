/**
 * Keeps a home's battery hour by hour: learns use and sun from what it is told, prices from what is published, and what stored energy is
 * worth a day ahead from its own earlier answers at that time of day. It can't see ahead: it knows only what it was told.
 */
import { NetPaths } from "../../twin/forecast/net-paths.ts";
import { type BatteryFacts, type StorageLimits, selfConsumption } from "./battery.ts";
import { decideStorage, type StorageDecision } from "./decide.ts";
import { PriceAhead } from "./price-ahead.ts";
import { Trust } from "./trust.ts";
import { valueAt } from "./value.ts";

/** How far it looks; what lies beyond is in the learned worth of what is left then. */
const HOURS = 24;
/** How fast that worth follows, a day. */
const FOLLOWS = 0.1;

/** What is known when an hour begins. */
export interface HourBegins {
  /** local day * 24 + hour of the clock on the wall. */
  readonly hour: number;
  /** Published prices from this hour on, currency per kWh; at least this hour's. */
  readonly price: Float64Array;
  readonly exportPrice: Float64Array;
  readonly storedKwh: number;
}

/**
 * A mode for the hour. Without `decision` the past is too short to decide; with one whose mode differs, planning has lately cost more than
 * the battery's habit (trust.ts): in both cases the battery is left to its habit.
 */
export interface Kept {
  readonly limits: StorageLimits;
  readonly decision?: StorageDecision;
}

export class StorageKeeper {
  readonly #battery: BatteryFacts;
  readonly #wear: number;
  readonly #reserveKwh: number;
  readonly #net = new NetPaths(HOURS);
  readonly #prices = new PriceAhead();
  readonly #exported = new PriceAhead();
  /** Worth of stored energy by hour of the day, as decideStorage gives it. */
  readonly #worth = new Map<number, Float64Array>();
  #trust: Trust | undefined;
  #last: { readonly hour: number; readonly decision: StorageDecision } | undefined;

  /** @param wear currency per kWh discharged */
  constructor(battery: BatteryFacts, wear = 0, reserveKwh = 0) {
    this.#battery = battery;
    this.#wear = wear;
    this.#reserveKwh = reserveKwh;
  }

  /** Tells what an hour brought, kWh; NaN when nobody knows. Each hour once, in order, after it was decided. */
  passed(hour: number, loadKwh: number, sunKwh: number): void {
    this.#net.put(hour, loadKwh, sunKwh);
    const netKwh = loadKwh - sunKwh;
    if (this.#last?.hour !== hour || !Number.isFinite(netKwh)) return;
    const { limits, worth } = this.#last.decision;
    const above = this.#battery.capacityKwh - this.#reserveKwh;
    this.#trust?.passed(
      limits,
      { netKwh, price: this.#prices.at(hour), exportPrice: this.#exported.at(hour) },
      (storedKwh) => valueAt(worth, storedKwh - this.#reserveKwh, above),
    );
  }

  /** The mode of the hour that begins. */
  decide({ hour, price, exportPrice, storedKwh }: HourBegins): Kept {
    this.#prices.publish(hour, price);
    this.#exported.publish(hour, exportPrice);
    const paths = this.#net.paths(hour);
    const ahead = (prices: PriceAhead) => Float64Array.from({ length: HOURS }, (_, k) => prices.at(hour + k));
    const [foreseen, paid] = [ahead(this.#prices), ahead(this.#exported)];
    const habit = { limits: selfConsumption(this.#battery, this.#reserveKwh) };
    if (paths.length === 0 || foreseen.some(Number.isNaN) || paid.some(Number.isNaN)) return habit;
    const clock = (hour + HOURS) % 24;
    const end = this.#worth.get(clock);
    const decision = decideStorage({
      hours: new Float64Array(HOURS).fill(1),
      price: foreseen,
      exportPrice: paid,
      paths,
      battery: this.#battery,
      storedKwh,
      reserveKwh: this.#reserveKwh,
      wear: this.#wear,
      ...(end && { end }),
    });
    this.#learn(hour % 24, decision.worth);
    this.#last = { hour, decision };
    this.#trust ??= new Trust(this.#battery, this.#wear, this.#reserveKwh, storedKwh);
    return this.#trust.earned ? { limits: decision, decision } : { ...habit, decision };
  }

  #learn(clock: number, worth: Float64Array): void {
    const before = this.#worth.get(clock);
    this.#worth.set(clock, before ? before.map((v, i) => v + FOLLOWS * ((worth[i] ?? 0) - v)) : worth);
  }
}
