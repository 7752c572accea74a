import { priceServices } from "../../../adapters/prices/index.ts";
import type { Clock, Log, PriceServiceSettings, PriceServiceStatus, PriceStore, Store } from "../../ports.ts";
import { type Ask, fetchPoints } from "./fetch.ts";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** How often it is looked whether something is due. */
const LOOK_MS = 10 * 60_000;
/** Between two questions to a service, whatever came of the first. */
const PAUSE_MS = HOUR;
/** Prices are known far enough while they reach so far ahead. */
const AHEAD_MS = 12 * HOUR;

interface Kept extends PriceServiceSettings {
  readonly key: string;
}

const off: Kept = { on: false, service: "energy-charts", zone: "DE-LU", series: "day-ahead", key: "" };

export interface WatchParts {
  readonly store: Pick<Store, "get" | "put"> & { readonly prices: PriceStore };
  readonly clock: Clock;
  readonly log: Log;
  /** After new prices came. */
  readonly changed: () => void;
  readonly ask?: Ask | undefined;
}

/** Asks the price service that a person chose, while it is on: at most once an hour, and only while prices run out. */
export class PriceWatch {
  readonly #parts: WatchParts;
  #askedAt: number | undefined;
  #problem: string | undefined;
  #timer: NodeJS.Timeout | undefined;

  constructor(parts: WatchParts) {
    this.#parts = parts;
  }

  #kept(): Kept {
    return { ...off, ...this.#parts.store.get<Partial<Kept>>("priceService", "service") };
  }

  start(): void {
    this.#timer = setInterval(() => void this.#look(), LOOK_MS);
    this.#timer.unref();
    void this.#look();
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  status(): PriceServiceStatus {
    const { key, ...settings } = this.#kept();
    const knownUntil = this.#parts.store.prices.list().find((series) => series.id === settings.series)?.to;
    return { ...settings, hasKey: key !== "", askedAt: this.#askedAt, knownUntil, problem: this.#problem };
  }

  /** Throws RangeError naming the field. */
  set(given: PriceServiceSettings & { readonly key?: string | undefined }): void {
    const service = priceServices.find((s) => s.id === given.service);
    if (!service) throw new RangeError(`service: must be one of ${priceServices.map((s) => s.id).join(", ")}`);
    if (!service.zones.some((z) => z.id === given.zone))
      throw new RangeError(`zone: must be one of ${service.zones.map((z) => z.id).join(", ")}`);
    const key = given.key ?? this.#kept().key;
    if (given.on && service.keyNeeded && key === "")
      throw new RangeError(`key: is missing; ${service.name} answers only with a key of your own`);
    const { on, zone, series } = given;
    this.#parts.store.put("priceService", "service", { on, service: service.id, zone, series, key });
    this.#problem = undefined;
    this.#askedAt = undefined;
    if (on) void this.#look();
  }

  async #look(): Promise<void> {
    const { on } = this.#kept();
    const now = this.#parts.clock.now();
    const { knownUntil } = this.status();
    if (!on || (knownUntil !== undefined && knownUntil > now + AHEAD_MS)) return;
    if (this.#askedAt !== undefined && now - this.#askedAt < PAUSE_MS) return;
    await this.fetch();
  }

  /** Asks now. What went wrong is kept as the status's problem. Throws RangeError while the service is off. */
  async fetch(): Promise<void> {
    const { store, clock, log, changed, ask } = this.#parts;
    const { on, service: id, zone, series, key } = this.#kept();
    const service = priceServices.find((s) => s.id === id);
    const where = service?.zones.find((z) => z.id === zone);
    if (!on || !service || !where) throw new RangeError("service: is turned off; nothing leaves the house");
    const now = clock.now();
    this.#askedAt = now;
    try {
      const points = await fetchPoints(service, { zone, from: now - DAY, to: now + 2 * DAY, key }, ask);
      const { unit, source, licence } = service;
      const facts = {
        id: series,
        name: `${service.name}, ${where.name}`,
        unit,
        currency: where.currency,
        source,
        licence,
      };
      store.prices.put(facts, points, now);
      this.#problem = undefined;
      log.info({ service: id, points: points.length }, "prices came");
      changed();
    } catch (error) {
      this.#problem = error instanceof Error ? error.message : "the prices could not be read";
      log.warn({ service: id, problem: this.#problem }, "no prices came");
    }
  }
}
