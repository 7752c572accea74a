import type { Ledger, LedgerRow } from "../../../hub/http/schemas.ts";

const HOUR = 3_600_000;
const LENGTHS: Readonly<Record<string, number>> = {
  hour: HOUR,
  day: 24 * HOUR,
  week: 7 * 24 * HOUR,
  month: 720 * HOUR,
};

/** Rows of a house with sun and battery, the same every time; the rows of a stretch are as many as fit. */
export function fakeLedger(query: URLSearchParams): Ledger {
  const [from, to] = [Number(query.get("from")), Number(query.get("to"))];
  const length = LENGTHS[query.get("by") ?? "day"] ?? 8760 * HOUR;
  const start = Math.floor(from / length) * length;
  const count = Math.max(1, Math.min(60, Math.ceil((to - start) / length)));
  return { rows: Array.from({ length: count }, (_, i) => rowOf(start + i * length, length, i)) };
}

function rowOf(from: number, length: number, i: number): LedgerRow {
  const scale = length / HOUR;
  const sun = Math.max(0, Math.sin((i / 12) * Math.PI));
  return {
    ...{ from, to: from + length },
    importedKwh: 0.4 * scale,
    exportedKwh: 0.3 * sun * scale,
    solarKwh: sun * scale,
    chargedKwh: 0.2 * sun * scale,
    dischargedKwh: 0.1 * scale,
    usedKwh: (0.5 + 0.5 * sun) * scale,
    unmeteredKwh: (0.2 + 0.5 * sun) * scale,
    loads: [
      { key: "heater/1", name: "Water heater", kwh: 0.25 * scale, basis: "counter", coverage: 1 },
      { key: "lamp/1", name: "Hall light", kwh: 0.05 * scale, basis: "estimate", coverage: 1 },
    ],
    cost: 0.12 * scale,
    earned: 0.02 * sun * scale,
    co2Kg: 0.1 * scale,
    coverage: 0.97,
  };
}
