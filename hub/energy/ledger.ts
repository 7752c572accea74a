/** The house's books: where the energy of a period came from and went, and what it cost. */
import type { EnergySlots, LedgerLoad, LedgerRow } from "../model/energy.ts";

export interface LedgerMeter {
  /** `node/endpoint`. */
  readonly key: string;
  readonly name: string;
  readonly slots: EnergySlots;
}

/** All slots of all meters begin and end alike. */
interface LedgerMeters {
  readonly grid: EnergySlots | undefined;
  readonly solar: readonly EnergySlots[];
  readonly batteries: readonly EnergySlots[];
  readonly loads: readonly LedgerMeter[];
}

/** Per kWh at the start of a slot (epoch ms), CO2 in g per kWh. */
interface LedgerPrices {
  price(at: number): number;
  exportPrice(at: number): number;
  co2(at: number): number;
}

export type LedgerInput = LedgerMeters & LedgerPrices;

interface Sums {
  imported: number;
  exported: number;
  solar: number;
  charged: number;
  discharged: number;
  used: number;
  unmetered: number;
  gridSlots: number;
  solarSlots: number;
  batterySlots: number;
  usedSlots: number;
  coverage: number;
  slots: number;
}

interface Money {
  cost: number;
  earned: number;
  co2: number;
}

type Load = Pick<LedgerLoad, "key" | "name" | "kwh" | "basis" | "coverage">;

/** The energy of one stretch of time; sums of pages are the books of a longer one. */
export interface LedgerPage {
  readonly from: number;
  readonly to: number;
  readonly sums: Sums;
  /** Coverage in slots. */
  readonly loads: readonly Load[];
  readonly solar: boolean;
  readonly battery: boolean;
  /** Slot by slot: what money is reckoned from. */
  readonly slotMs: number;
  readonly importedKwh: Float64Array;
  readonly exportedKwh: Float64Array;
}

/** A page and what it cost. */
export interface PricedPage {
  readonly page: LedgerPage;
  readonly money: Money;
}

const none = (): Sums => ({
  imported: 0,
  exported: 0,
  solar: 0,
  charged: 0,
  discharged: 0,
  used: 0,
  unmetered: 0,
  gridSlots: 0,
  solarSlots: 0,
  batterySlots: 0,
  usedSlots: 0,
  coverage: 0,
  slots: 0,
});

/** Imported and exported of several meters in one slot; NaN as soon as one of them is not known. */
function together(meters: readonly EnergySlots[], i: number): { readonly in: number; readonly out: number } {
  let into = 0;
  let out = 0;
  for (const meter of meters) {
    into += meter.importedKwh[i] ?? Number.NaN;
    out += meter.exportedKwh[i] ?? Number.NaN;
  }
  return { in: into, out };
}

function addGrid(sums: Sums, grid: EnergySlots | undefined, i: number): number {
  const into = grid?.importedKwh[i] ?? Number.NaN;
  const out = grid?.exportedKwh[i] ?? Number.NaN;
  if (Number.isNaN(into + out)) return Number.NaN;
  sums.gridSlots++;
  sums.imported += into;
  sums.exported += out;
  return into - out;
}

function addSlot(sums: Sums, input: LedgerMeters, i: number): void {
  sums.slots++;
  const grid = addGrid(sums, input.grid, i);
  const sun = together(input.solar, i);
  const battery = together(input.batteries, i);
  if (!Number.isNaN(sun.out)) {
    sums.solarSlots++;
    // What an inverter takes at night is a load of the house, not negative sun.
    sums.solar += sun.out;
  }
  if (!Number.isNaN(battery.in + battery.out)) {
    sums.batterySlots++;
    sums.charged += battery.in;
    sums.discharged += battery.out;
  }
  const used = grid + sun.out + battery.out - battery.in;
  if (Number.isNaN(used)) return;
  sums.usedSlots++;
  let coverage = input.grid?.coverage[i] ?? 1;
  for (const meters of [input.solar, input.batteries])
    for (const meter of meters) coverage = Math.min(coverage, meter.coverage[i] ?? 1);
  sums.coverage += coverage;
  sums.used += used;
  sums.unmetered += used - knownLoads(input.loads, i);
}

/** What a load does not tell of a slot stays in the remainder: nobody else can say where it went. */
function knownLoads(loads: readonly LedgerMeter[], i: number): number {
  let sum = 0;
  for (const { slots } of loads) {
    const net = (slots.importedKwh[i] ?? Number.NaN) - (slots.exportedKwh[i] ?? Number.NaN);
    if (!Number.isNaN(net)) sum += net;
  }
  return sum;
}

function loadOf({ key, name, slots }: LedgerMeter, first: number, end: number): Load {
  let kwh = 0;
  let coverage = 0;
  for (let i = first; i < end; i++) {
    const net = (slots.importedKwh[i] ?? Number.NaN) - (slots.exportedKwh[i] ?? Number.NaN);
    if (Number.isNaN(net)) continue;
    kwh += net;
    coverage += slots.coverage[i] ?? 0;
  }
  return { key, name, kwh, basis: slots.basis, coverage };
}

/** The energy of [from, to), epoch ms on borders of the slots, which begin at `start`: grid = loads - sun +- battery. */
export function pageOf(input: LedgerMeters, start: number, slotMs: number, from: number, to: number): LedgerPage {
  const [first, end] = [Math.round((from - start) / slotMs), Math.round((to - start) / slotMs)];
  const sums = none();
  for (let i = first; i < end; i++) addSlot(sums, input, i);
  return {
    ...{ from, to, sums, slotMs },
    loads: input.loads.map((load) => loadOf(load, first, end)),
    solar: input.solar.length > 0,
    battery: input.batteries.length > 0,
    importedKwh: input.grid?.importedKwh.slice(first, end) ?? new Float64Array(0),
    exportedKwh: input.grid?.exportedKwh.slice(first, end) ?? new Float64Array(0),
  };
}

/** What the grid's energy of a page cost and earned, each slot at its own price. */
export function priced(page: LedgerPage, prices: LedgerPrices): PricedPage {
  const money = { cost: 0, earned: 0, co2: 0 };
  for (const [i, into] of page.importedKwh.entries()) {
    const out = page.exportedKwh[i] ?? Number.NaN;
    if (Number.isNaN(into + out)) continue;
    const at = page.from + i * page.slotMs;
    money.cost += into * prices.price(at);
    money.earned += out * prices.exportPrice(at);
    money.co2 += (into * prices.co2(at)) / 1000;
  }
  return { page, money };
}

const known = (is: boolean, value: number): number | undefined => (is ? value : undefined);

function add<T extends Sums | Money>(into: T, part: T): void {
  for (const key of Object.keys(into) as (keyof T)[]) {
    const sum = Number(into[key]) + Number(part[key]);
    Object.assign(into, { [key]: sum });
  }
}

/** Of what its energy is made in any page: a counter says more than a power. */
const RANK = { estimate: 2, counter: 1, power: 0 } as const;

function loadsOf(pages: readonly PricedPage[], slots: number): LedgerLoad[] {
  const loads = new Map<string, Load>();
  for (const { page } of pages)
    for (const load of page.loads) {
      const before = loads.get(load.key);
      if (!before) loads.set(load.key, load);
      else
        loads.set(load.key, {
          ...load,
          kwh: before.kwh + load.kwh,
          coverage: before.coverage + load.coverage,
          basis: RANK[load.basis] > RANK[before.basis] ? load.basis : before.basis,
        });
    }
  return Array.from(loads.values(), (load) => ({ ...load, coverage: slots > 0 ? load.coverage / slots : 0 }));
}

/** The books of pages that follow each other, one home's. What no meter of a load explains is unmetered. */
export function rowOf(pages: readonly PricedPage[], from: number, to: number): LedgerRow {
  const sums = none();
  const money: Money = { cost: 0, earned: 0, co2: 0 };
  for (const priced of pages) {
    add(sums, priced.page.sums);
    add(money, priced.money);
  }
  const grid = sums.gridSlots > 0;
  const used = sums.usedSlots > 0;
  const solar = sums.solarSlots > 0 && pages.some(({ page }) => page.solar);
  const battery = sums.batterySlots > 0 && pages.some(({ page }) => page.battery);
  return {
    ...{ from, to },
    loads: loadsOf(pages, sums.slots),
    importedKwh: known(grid, sums.imported),
    exportedKwh: known(grid, sums.exported),
    solarKwh: known(solar, sums.solar),
    chargedKwh: known(battery, sums.charged),
    dischargedKwh: known(battery, sums.discharged),
    usedKwh: known(used, sums.used),
    unmeteredKwh: known(used, sums.unmetered),
    cost: known(grid, money.cost),
    earned: known(grid, money.earned),
    co2Kg: known(grid, money.co2),
    coverage: sums.slots > 0 ? sums.coverage / sums.slots : 0,
  };
}

/** One row for each stretch between two neighbouring edges (epoch ms, rising, on slot borders), each a sum of its slots. */
export function ledgerOf(input: LedgerInput, start: number, slotMs: number, edges: readonly number[]): LedgerRow[] {
  return edges.slice(1).map((to, i) => {
    const from = edges[i] ?? 0;
    return rowOf([priced(pageOf(input, start, slotMs, from, to), input)], from, to);
  });
}
