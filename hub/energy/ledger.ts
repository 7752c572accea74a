/** The house's books: where the energy of a period came from and went, and what it cost. */
import type { EnergySlots, LedgerLoad, LedgerRow } from "../model/energy.ts";

export interface LedgerMeter {
  /** `node/endpoint`. */
  readonly key: string;
  readonly name: string;
  readonly slots: EnergySlots;
}

/** All slots of all meters begin and end alike. Prices are per kWh at the start of a slot (epoch ms), CO2 in g per kWh. */
export interface LedgerInput {
  readonly grid: EnergySlots | undefined;
  readonly solar: readonly EnergySlots[];
  readonly batteries: readonly EnergySlots[];
  readonly loads: readonly LedgerMeter[];
  price(at: number): number;
  exportPrice(at: number): number;
  co2(at: number): number;
}

interface Sums {
  imported: number;
  exported: number;
  solar: number;
  charged: number;
  discharged: number;
  used: number;
  unmetered: number;
  cost: number;
  earned: number;
  co2: number;
  gridSlots: number;
  solarSlots: number;
  batterySlots: number;
  usedSlots: number;
  coverage: number;
  slots: number;
}

const none = (): Sums => ({
  imported: 0,
  exported: 0,
  solar: 0,
  charged: 0,
  discharged: 0,
  used: 0,
  unmetered: 0,
  cost: 0,
  earned: 0,
  co2: 0,
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

function addGrid(sums: Sums, input: LedgerInput, i: number, at: number): number {
  const into = input.grid?.importedKwh[i] ?? Number.NaN;
  const out = input.grid?.exportedKwh[i] ?? Number.NaN;
  if (Number.isNaN(into + out)) return Number.NaN;
  sums.gridSlots++;
  sums.imported += into;
  sums.exported += out;
  sums.cost += into * input.price(at);
  sums.earned += out * input.exportPrice(at);
  sums.co2 += (into * input.co2(at)) / 1000;
  return into - out;
}

function addSlot(sums: Sums, input: LedgerInput, i: number, at: number): void {
  sums.slots++;
  const grid = addGrid(sums, input, i, at);
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
  sums.coverage += Math.min(...[input.grid, ...input.solar, ...input.batteries].map((m) => m?.coverage[i] ?? 1));
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

function loadOf({ key, name, slots }: LedgerMeter, first: number, end: number): LedgerLoad {
  let kwh = 0;
  let coverage = 0;
  for (let i = first; i < end; i++) {
    const net = (slots.importedKwh[i] ?? Number.NaN) - (slots.exportedKwh[i] ?? Number.NaN);
    if (Number.isNaN(net)) continue;
    kwh += net;
    coverage += slots.coverage[i] ?? 0;
  }
  return { key, name, kwh, basis: slots.basis, coverage: end > first ? coverage / (end - first) : 0 };
}

const known = (is: boolean, value: number): number | undefined => (is ? value : undefined);

function rowOf(sums: Sums, loads: readonly LedgerLoad[], from: number, to: number, has: LedgerInput): LedgerRow {
  const grid = sums.gridSlots > 0;
  const used = sums.usedSlots > 0;
  const solar = has.solar.length > 0 && sums.solarSlots > 0;
  const battery = has.batteries.length > 0 && sums.batterySlots > 0;
  return {
    ...{ from, to, loads },
    importedKwh: known(grid, sums.imported),
    exportedKwh: known(grid, sums.exported),
    solarKwh: known(solar, sums.solar),
    chargedKwh: known(battery, sums.charged),
    dischargedKwh: known(battery, sums.discharged),
    usedKwh: known(used, sums.used),
    unmeteredKwh: known(used, sums.unmetered),
    cost: known(grid, sums.cost),
    earned: known(grid, sums.earned),
    co2Kg: known(grid, sums.co2),
    coverage: sums.slots > 0 ? sums.coverage / sums.slots : 0,
  };
}

/**
 * One row for each stretch between two neighbouring edges (epoch ms, rising, on slot borders): grid = loads - sun +- battery, and
 * what is left is unmetered. Every figure is the sum of its slots, so the rows of a month's days add up to the month's.
 */
export function ledgerOf(input: LedgerInput, start: number, slotMs: number, edges: readonly number[]): LedgerRow[] {
  const rows: LedgerRow[] = [];
  for (let k = 0; k + 1 < edges.length; k++) {
    const from = edges[k] ?? 0;
    const to = edges[k + 1] ?? 0;
    const [first, end] = [Math.round((from - start) / slotMs), Math.round((to - start) / slotMs)];
    const sums = none();
    for (let i = first; i < end; i++) addSlot(sums, input, i, start + i * slotMs);
    const loads = input.loads.map((load) => loadOf(load, first, end));
    rows.push(rowOf(sums, loads, from, to, input));
  }
  return rows;
}
