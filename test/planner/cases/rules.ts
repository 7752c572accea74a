/** What a home does without a planner: the rules that people set up with a charger's own software (cheapest hours, surplus, a price limit). */
import type { WorldState } from "../../../firmware-sim/world-state.ts";
import { atLocalMinutes, nextLocalMinutes } from "../../../hub/energy/clock.ts";
import { marginalPrice } from "../../../hub/energy/tariff.ts";
import type { PricedTariff } from "../../../hub/model/tariff.ts";
import type { Wanted } from "./simulated.ts";
import { QUARTER } from "./simulated.ts";

/** 6 A on one phase. */
const LEAST_SUN_W = 1400;
const ROD_W = 2000;
/** Hours a day that the boiler may heat, and those in which the battery may be filled from the grid. */
const BOILER_H = 4;
const FILL_H = 3;
/** A night's price must be so far below the day's mean that the battery's losses and wear are paid. */
const WORTH = 0.75;

/** Starts of the cheapest quarter hours within [from, to), as far as they are needed; the earliest of equal ones. */
function cheapest(price: (at: number) => number, from: number, to: number, hours: number): ReadonlySet<number> {
  const first = Math.floor(from / QUARTER) * QUARTER;
  const all: number[] = [];
  for (let at = first; at < to; at += QUARTER) all.push(at);
  all.sort((a, b) => price(a) - price(b) || a - b);
  return new Set(all.slice(0, Math.ceil(hours * 4)));
}

interface Around {
  readonly at: number;
  readonly timeZone: string;
  readonly tariff: PricedTariff;
  readonly wanted: Wanted;
  readonly carKwh: number;
  readonly carFull: number;
}

/** Sets all switches as such rules would for the next minutes. */
export function byRules(s: WorldState, { at, timeZone, tariff, wanted, carKwh, carFull }: Around): void {
  const price = (when: number) => marginalPrice(tariff, when, timeZone).importPerKwh;
  const now = Math.floor(at / QUARTER) * QUARTER;
  const midnight = atLocalMinutes(at, 0, timeZone);
  const tomorrow = nextLocalMinutes(at, 0, timeZone);
  const by = nextLocalMinutes(at, wanted.byMinutes, timeZone);
  // What would leave the house without the car and the rod.
  const over = -(s.meters.grid.power - s.meters.battery.power - s.meters.charger.power - s.meters.waterHeater.power);

  const lacks = Math.max(0, (wanted.carPercent / 100) * carKwh - s.car.kwh) / 0.9;
  const planned = lacks > 0.05 && cheapest(price, at, by, lacks / 3.7).has(now);
  const sunny = over >= LEAST_SUN_W && s.car.kwh < carFull * carKwh;
  s.charger.on = planned || sunny;
  s.charger.amps = planned ? 16 : Math.max(6, Math.min(16, Math.floor(over / 230)));

  const left = over - (s.charger.on ? s.charger.amps * 230 : 0);
  s.heaterAllowed = cheapest(price, midnight, tomorrow, BOILER_H).has(now) || left >= ROD_W || s.tank.temperature < 45;

  const prices = Array.from({ length: 96 }, (_, k) => price(midnight + k * QUARTER));
  const mean = prices.reduce((a, b) => a + b, 0) / prices.length;
  const fills = price(now) < WORTH * mean && cheapest(price, midnight, tomorrow, FILL_H).has(now);
  s.battery.mode = fills ? "charge_from_grid" : planned ? "hold" : "follow_load";
}
