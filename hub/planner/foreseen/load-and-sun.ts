import type { Prediction } from "../../model/learned.ts";
import type { Twin } from "../../twin/fit.ts";
import type { HourSeries } from "../../twin/hours.ts";
import { devicesOf } from "../policy/devices.ts";
import { foresightOf } from "../policy/outlook.ts";
import { predicted, scored, testedDays } from "./scored.ts";

const HOUR = 3_600_000;
const wh = (kwh: number): string => `${Math.round(kwh * 1000)} Wh`;

/** What the house uses beside all that can be steered, and what the sun gives, exactly as policies plan with it. */
export function* loadAndSun(twin: Twin): Generator<number, readonly Prediction[]> {
  const steered = devicesOf(twin.parts, twin).steered.map((d) => d.part.node);
  const { net } = foresightOf(twin, new Set(steered));
  const made = {
    load: new Float64Array(net.load.kwh.length).fill(Number.NaN),
    sun: new Float64Array(net.load.kwh.length).fill(Number.NaN),
  };
  for (const { from, to } of testedDays(net.load)) {
    const at = net.load.from + from * HOUR;
    for (const share of net.upTo(at)) yield 0.8 * share;
    const seen = net.seen(at);
    if (!seen) continue;
    made.load.set(seen.load.subarray(0, to - from), from);
    made.sun.set(seen.sun.subarray(0, to - from), from);
  }
  return [
    flow("load", net.load, made.load, "an hour's use of the house, beside what can be steered,"),
    ...(net.sun ? [flow("sun", net.sun, made.sun, "an hour's yield")] : []),
  ];
}

function flow(kind: "load" | "sun", series: HourSeries, made: Float64Array, what: string): Prediction {
  const plain = series.kwh.map((_, i) => series.kwh[i - 24] ?? Number.NaN);
  const found = scored(series, { made, plain, came: series.kwh });
  const { error, usual, better } = found;
  const off = `Foretold the midnight before, ${what} is off by ${wh(error)} of usually ${wh(usual)}; as on the day before it would be off by ${wh(found.plain)}`;
  const used = better
    ? "policies plan with it, hour by hour with what the last hours showed"
    : "policies plan with its errors in mind, and leave the battery to its own way while planning costs more than that";
  return predicted(kind, "kWh", "as on the day before", found, { used: true, note: `${off}: ${used}.` });
}
