/** What a run came to, in figures named as the scorer of the shared data names them. */
import type { BatteryFacts } from "../../planner/storage/battery.ts";
import type { HomeHours } from "./home.ts";
import type { Prices } from "./prices.ts";
import { bestCost, netOf, type Outcome, reckon, selfConsumed } from "./run.ts";

export interface Report {
  readonly hours: number;
  readonly unknown_hours: number;
  readonly bill: number;
  readonly none: number;
  readonly self_consumption: number;
  readonly optimum: number;
  /** Share of the saving that was possible; null where nothing could be saved. */
  readonly share: number | null;
  readonly share_self_consumption: number | null;
  readonly co2_kg: number | null;
  readonly co2_none: number | null;
  readonly co2_self_consumption: number | null;
  /** Full discharges. */
  readonly cycles: number;
  readonly wear: number;
  readonly mode_hours: Readonly<Record<string, number>>;
  readonly mode_changes: number;
  readonly solve_ms: { readonly p50: number; readonly p95: number; readonly max: number };
  readonly seconds: number;
  readonly notes: readonly string[];
}

const NOTHING = 1e-9;

/** Selling what was bought in the same hour is no battery's work, but the optimum can't be told without it. */
function odd({ price, exportPrice }: Prices): string[] {
  const hours = price.reduce((n, perKwh, t) => n + (perKwh < (exportPrice[t] ?? 0) ? 1 : 0), 0);
  return hours === 0
    ? []
    : [`export pays more than import costs in ${hours} hours: the optimum is a bound that none can reach`];
}

export function reportOf(home: HomeHours, prices: Prices, battery: BatteryFacts, wear: number, run: Outcome): Report {
  const { dispatch, solveMs } = run;
  const ours = reckon(
    home,
    prices,
    Float64Array.from(dispatch, (d) => d.gridKwh),
  );
  const none = reckon(home, prices, netOf(home));
  const self = reckon(home, prices, selfConsumed(home, battery));
  const optimum = bestCost(home, prices, battery, wear);
  const given = dispatch.reduce((sum, d) => sum + d.dischargeKwh, 0);
  const cycles = given / battery.dischargeEfficiency / battery.capacityKwh;
  const share = (bill: number) => (none.bill - optimum > NOTHING ? (none.bill - bill) / (none.bill - optimum) : null);
  const modes: Record<string, number> = { followLoad: 0, hold: 0, chargeFromGrid: 0 };
  for (const { mode } of dispatch) modes[mode] = (modes[mode] ?? 0) + 1;
  const sorted = solveMs.slice().sort();
  const point = (p: number) => sorted[Math.min(sorted.length - 1, Math.floor(p * sorted.length))] ?? 0;
  return {
    hours: dispatch.length,
    unknown_hours: home.load.reduce((n, kwh, t) => n + (Number.isFinite(kwh - (home.sun[t] ?? 0)) ? 0 : 1), 0),
    bill: ours.bill,
    none: none.bill,
    self_consumption: self.bill,
    optimum,
    share: share(ours.bill + wear * given),
    share_self_consumption: share(self.bill),
    co2_kg: ours.co2Kg,
    co2_none: none.co2Kg,
    co2_self_consumption: self.co2Kg,
    cycles,
    wear: wear * given,
    mode_hours: modes,
    mode_changes: dispatch.reduce((n, d, t) => n + (t > 0 && d.mode !== dispatch[t - 1]?.mode ? 1 : 0), 0),
    solve_ms: { p50: point(0.5), p95: point(0.95), max: sorted.at(-1) ?? 0 },
    seconds: solveMs.reduce((sum, ms) => sum + ms, 0) / 1000,
    notes: [...home.notes, ...odd(prices)],
  };
}

const percent = (share: number | null): string => (share === null ? "-" : `${(share * 100).toFixed(1)} %`);
const kg = (value: number | null): string => (value === null ? "-" : value.toFixed(0));

/** The report for a person. */
export function inWords(r: Report): string {
  const line = (name: string, bill: number, share: number | null, co2: number | null | undefined) =>
    `${name.padEnd(28)}${bill.toFixed(2).padStart(12)}${percent(share).padStart(18)}${(co2 === undefined ? "" : kg(co2)).padStart(10)}`;
  const modes = Object.entries(r.mode_hours).map(([mode, hours]) => `${mode} ${hours} h`);
  return [
    `${"".padEnd(28)}${"bill".padStart(12)}${"of the optimum".padStart(18)}${"CO2 kg".padStart(10)}`,
    line("no battery", r.none, 0, r.co2_none),
    line("battery left to itself", r.self_consumption, r.share_self_consumption, r.co2_self_consumption),
    line("planned by the hub", r.bill, r.share, r.co2_kg),
    line("everything known", r.optimum, r.share === null ? null : 1, undefined),
    `${r.hours} hours, ${r.cycles.toFixed(0)} full cycles, wear ${r.wear.toFixed(2)}; ${modes.join(", ")}; ${r.mode_changes} changes of mode`,
    `a decision takes ${r.solve_ms.p50.toFixed(1)} ms (p50), ${r.solve_ms.p95.toFixed(1)} (p95), ${r.solve_ms.max.toFixed(1)} (most); all of them ${r.seconds.toFixed(1)} s`,
    ...r.notes.map((note) => `Note: ${note}`),
  ].join("\n");
}

const kwh = (value: number): string => (value === 0 ? "0" : value.toFixed(9).replace(/\.?0+$/, ""));

/** The hours as CSV: start,mode,charge_kwh,discharge_kwh,grid_kwh. */
export function dispatchCsv(home: HomeHours, { dispatch }: Outcome): string {
  const rows = dispatch.map((d, t) =>
    [home.starts[t], d.mode, kwh(d.chargeKwh), kwh(d.dischargeKwh), kwh(d.gridKwh)].join(","),
  );
  return `${["start,mode,charge_kwh,discharge_kwh,grid_kwh", ...rows].join("\n")}\n`;
}
