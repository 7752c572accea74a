/** The house as a whole in the programme: its balance, its connection, and the prices that look at all of it. */
import type { Grid } from "./devices/device.ts";
import type { ModelBuilder } from "./model.ts";
import type { Device, Problem, Scenario } from "./problem.ts";
import { exportWorth, importCost, type Rates } from "./weigh.ts";

export interface HouseRows {
  /** By scenario and slot. */
  readonly balance: readonly (readonly number[])[];
  readonly grid: readonly (readonly Grid[])[];
}

/** Most kW that all devices can take, and give, at once. */
function reach(devices: readonly Device[]): { takes: number; gives: number } {
  let [takes, gives] = [0, 0];
  for (const d of devices) {
    if (d.kind === "battery") {
      takes += d.chargeKw;
      gives += d.dischargeKw;
    } else if (d.kind === "appliance") takes += Math.max(0, ...d.cycle.map((part) => part.kw));
    else if (d.kind !== "solar") takes += d.maxKw;
  }
  return { takes, gives };
}

/** imported - exported - what devices take = load - sun, in every scenario; the devices add themselves. */
export function buildHouse(
  problem: Problem,
  model: ModelBuilder,
  scenarios: readonly Scenario[],
  rates: Rates,
): HouseRows {
  const { takes, gives } = reach(problem.devices);
  const sellsStored = problem.devices.some((d) => d.kind === "battery" && d.toGrid);
  const balance: number[][] = [];
  const grid: Grid[][] = [];
  for (const scenario of scenarios) {
    const rows: number[] = [];
    const columns: Grid[] = [];
    problem.slots.forEach((slot, t) => {
      const [load, pv] = [scenario.loadKwh[t] ?? slot.loadKwh, scenario.pvKwh[t] ?? slot.pvKwh];
      const [buys, sells] = [importCost(problem, slot), exportWorth(problem, slot)];
      const mostImported = Math.max(0, load) + takes * slot.hours + 1;
      // Without a battery that sells, nothing but sun that is over can be exported.
      const mostExported = Math.max(0, pv - load) + (sellsStored ? gives * slot.hours : 0);
      const imported = model.column(scenario.weight * buys, 0, mostImported);
      const exported = model.column(-scenario.weight * sells, 0, mostExported);
      if (sells > buys) neverBoth(model, imported, mostImported, exported, mostExported);
      rows.push(
        model.row(load - pv, load - pv, [
          [imported, 1],
          [exported, -1],
        ]),
      );
      columns.push({ imported, exported, mostImported, mostExported });
    });
    balance.push(rows);
    grid.push(columns);
    limitPower(problem, model, columns, scenario.weight, rates);
    tiersOf(problem, model, columns, scenario.weight);
  }
  return { balance, grid };
}

/** Where exporting brings more than importing costs, one meter still shows only one of them. */
function neverBoth(model: ModelBuilder, imported: number, mostIn: number, exported: number, mostOut: number): void {
  const buys = model.switch(0);
  model.row(Number.NEGATIVE_INFINITY, 0, [
    [imported, 1],
    [buys, -mostIn],
  ]);
  model.row(Number.NEGATIVE_INFINITY, mostOut, [
    [exported, 1],
    [buys, mostOut],
  ]);
}

function limitPower(problem: Problem, model: ModelBuilder, grid: readonly Grid[], weight: number, rates: Rates): void {
  const { fuseKw, exportKw, limits = [], peak } = problem.house;
  const most = peak && model.column(weight * peak.perKw);
  problem.slots.forEach(({ hours }, t) => {
    const { imported, exported } = grid[t] ?? { imported: 0, exported: 0 };
    const atMost = (column: number, kw: number, rate: number) => {
      const over = model.column(weight * rate);
      model.row(Number.NEGATIVE_INFINITY, kw * hours, [
        [column, 1],
        [over, -1],
      ]);
    };
    if (fuseKw !== undefined) atMost(imported, fuseKw, rates("fuse"));
    if (exportKw !== undefined) atMost(exported, exportKw, rates("fuse"));
    for (const { kw, wish } of limits) atMost(imported, kw, rates(wish));
    if (most !== undefined && peak && peak.counts?.[t] !== false)
      model.row(Number.NEGATIVE_INFINITY, peak.soFarKw, [
        [imported, 1 / hours],
        [most, -1],
      ]);
  });
}

/** Dearer tiers come by themselves; a cheaper one has to be reached first, which is a yes or no. */
function tiersOf(problem: Problem, model: ModelBuilder, grid: readonly Grid[], weight: number): void {
  const all = grid.reduce((sum, g) => sum + g.mostImported, 0);
  for (const { afterKwh, extra } of problem.house.tiers ?? []) {
    const over = model.column(weight * extra, 0, all);
    const imports = grid.map((g) => [g.imported, -1] as const);
    if (extra >= 0) model.row(-afterKwh, Number.POSITIVE_INFINITY, [[over, 1], ...imports]);
    else {
      const reached = model.switch(0);
      const most = all + Math.max(0, afterKwh);
      model.row(Number.NEGATIVE_INFINITY, most - afterKwh, [[over, 1], ...imports, [reached, most]]);
      model.row(Number.NEGATIVE_INFINITY, 0, [
        [over, 1],
        [reached, -all],
      ]);
    }
  }
}
