/** The sun's yield from the light that the home's own sensor sees, tested on days it has not seen. */
import type { Proof } from "../model/learned.ts";
import type { Test } from "./device.ts";
import { daysOf, type History, hoursOf, seriesOf, valueAt } from "./history.ts";
import { median, quantile } from "./numbers.ts";
import { proving } from "./proof.ts";

export interface ByLight {
  /** Light at which the sensor sees no more, lx; undefined where it sees all. */
  readonly blindLx: number | undefined;
  readonly proof: Proof;
}

const DAY = 86_400_000;
/** Darker than this tells of dusk, lx. */
const DUSK_LX = 500;
const LEAST_PAIRS = 6;
/** A sensor that shows its highest value for more than this share of the bright time is blind there. */
const BLIND_SHARE = 0.04;
const SHARE = 0.25;

/** Learns W per lx for each time of day, since the panels look another way than the sensor. Undefined where too little is known. */
export function* byLight(
  h: History,
  lightKey: string,
  watts: Float64Array,
  heldOutFrom: number,
): Generator<number, ByLight | undefined> {
  const light = seriesOf(h, lightKey);
  const perDay = Math.round(DAY / h.stepMs);
  const bright = Array.from(light.subarray(0, heldOutFrom)).filter((lx) => lx > DUSK_LX);
  if (bright.length < LEAST_PAIRS * 10) return undefined;
  const top = Math.max(...bright);
  const blind = bright.filter((lx) => lx >= 0.995 * top).length / bright.length > BLIND_SHARE;
  const mostW = quantile(Array.from(watts.subarray(0, heldOutFrom)), 0.998);
  const pairs: number[][] = Array.from({ length: perDay }, () => []);
  for (let i = 0; i < heldOutFrom; i++) {
    const ratio = valueAt(watts, i) / valueAt(light, i);
    if (valueAt(light, i) > DUSK_LX && Number.isFinite(ratio)) pairs[i % perDay]?.push(ratio);
  }
  const wide = Math.max(1, Math.round(1 / hoursOf(h) / 2));
  const perLx = pairs.map((_, k) => {
    const near = pairs.slice(Math.max(0, k - wide), k + wide + 1).flat();
    return near.length >= LEAST_PAIRS ? median(near) : 0;
  });
  const kwh = (w: number) => (w * hoursOf(h)) / 1000;
  const test: Test = {
    what: "a day's yield, from the light of that day,",
    unit: "kWh",
    by: "day",
    limit: { share: SHARE },
    day: (day) => ({
      predicted: light
        .slice(day.from, day.to)
        .map((lx, k) => kwh(Math.min(mostW, (lx > DUSK_LX ? lx : 0) * (perLx[(day.from + k) % perDay] ?? 0)))),
      measured: watts.slice(day.from, day.to).map(kwh),
    }),
  };
  const days = daysOf(h).some((d) => d.from >= heldOutFrom);
  return days ? { blindLx: blind ? top : undefined, proof: yield* proving(h, test, heldOutFrom) } : undefined;
}
