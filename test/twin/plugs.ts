/** Plugs with a known truth: W by minute, with equations of their own, and as a store gives them in steps of five minutes. */
import { localTime } from "../../hub/energy/clock.ts";
import type { Bucket } from "../../hub/twin/history.ts";
import { MONDAY, ZONE } from "../planner/bench.ts";
import { randomFrom } from "../planner/synthetic.ts";

export const FIVE = 5 * 60_000;
const MINUTE = 60_000;
const DAY_MINUTES = 1440;

export interface Use {
  /** Minute from the beginning. */
  readonly at: number;
  /** W by minute. */
  readonly watts: readonly number[];
}

type Random = () => number;
export type Plug = (
  days: number,
  random: Random,
) => { readonly rest: (minute: number) => number; readonly uses: Use[] };

const flat = (watts: number, minutes: number): number[] => new Array<number>(Math.round(minutes)).fill(watts);

/** Fill, heat, wash with pauses, rinse, spin. */
export const washing = (heat: number): number[] => [
  ...flat(30, 8),
  ...flat(2000, heat),
  ...Array.from({ length: 60 }, (_, i) => (i % 12 < 8 ? 120 : 4)),
  ...flat(3, 14),
  ...flat(40, 15),
  ...flat(420, 9),
];

const dishes = (): number[] => [
  ...flat(70, 12),
  ...flat(2100, 17),
  ...flat(60, 55),
  ...flat(2050, 15),
  ...flat(5, 20),
  ...flat(45, 10),
];

const onDays = (days: number, pick: (weekday: number, day: number) => Use[]): Use[] =>
  Array.from({ length: days }, (_, d) => pick(localTime(MONDAY + d * DAY_MINUTES * MINUTE, ZONE).weekday, d)).flat();

function cycling(
  days: number,
  random: Random,
  on: (r: number) => number,
  off: (r: number) => number,
  watts: number,
): Use[] {
  const uses: Use[] = [];
  for (let at = 10; at < days * DAY_MINUTES; ) {
    const length = Math.round(on(random()));
    uses.push({ at, watts: Array.from({ length }, (_, i) => watts * (1 + 0.6 * Math.exp(-i / 2))) });
    at += length + Math.round(off(random()));
  }
  return uses;
}

const nothing = () => 0;
const noisy = (watts: number, random: Random) => () => watts * (0.95 + 0.1 * random());

/** What may hang on a plug. */
export const PLUGS = {
  refrigerator: (days, random) => ({
    rest: nothing,
    uses: cycling(
      days,
      random,
      (r) => 14 + 8 * r,
      (r) => 26 + 14 * r,
      78,
    ),
  }),
  freezer: (days, random) => ({
    rest: noisy(2.2, random),
    uses: cycling(
      days,
      random,
      (r) => 22 + 12 * r,
      (r) => 60 + 40 * r,
      95,
    ),
  }),
  washer: (days, random) => ({
    rest: noisy(1.1, random),
    uses: onDays(days, (weekday, day) =>
      [1, 3, 6].includes(weekday)
        ? [{ at: day * DAY_MINUTES + 600 + Math.round(random() * 60), watts: washing(weekday === 6 ? 28 : 12) }]
        : [],
    ),
  }),
  dishwasher: (days, random) => ({
    rest: noisy(0.6, random),
    uses: onDays(days, (_, day) =>
      random() < 0.75 ? [{ at: day * DAY_MINUTES + 1200 + Math.round(random() * 70), watts: dishes() }] : [],
    ),
  }),
  television: (days, random) => ({
    rest: noisy(9, random),
    uses: onDays(days, (_, day) => [
      {
        at: day * DAY_MINUTES + 1080 + Math.round(random() * 60),
        watts: flat(110 + 30 * random(), 60 + 160 * random()),
      },
    ]),
  }),
  "television behind a switched strip": (days, random) => ({
    rest: (minute) => (minute % DAY_MINUTES < 420 || minute % DAY_MINUTES > 1400 ? 0 : 12 + random()),
    uses: onDays(days, (_, day) => [
      { at: day * DAY_MINUTES + 1100 + Math.round(random() * 60), watts: flat(130, 50 + 150 * random()) },
    ]),
  }),
  kettle: (days, random) => ({
    rest: nothing,
    uses: onDays(days, (_, day) =>
      [420, 960, 1140].map((m) => ({
        at: day * DAY_MINUTES + m + Math.round(random() * 50),
        watts: flat(2100, 2 + 3 * random()),
      })),
    ),
  }),
  lamp: (days, random) => ({
    rest: nothing,
    uses: onDays(days, (_, day) => [
      { at: day * DAY_MINUTES + 1050 + Math.round(random() * 90), watts: flat(38, 40 + 200 * random()) },
    ]),
  }),
  router: (_days, random) => ({ rest: noisy(11, random), uses: [] }),
  "drill that was used once": (days) => ({
    rest: nothing,
    uses: [{ at: Math.round(days / 2) * DAY_MINUTES, watts: flat(500, 8) }],
  }),
} satisfies Record<string, Plug>;

export interface Lived {
  readonly buckets: Bucket[];
  readonly uses: readonly Use[];
  readonly kwh: number;
}

/** Five-minute means of a plug; what is `silent` (by bucket) was never told. */
export function lived(
  plug: Plug,
  days: number,
  seed: number,
  silent: (bucket: number) => boolean = () => false,
): Lived {
  const random = randomFrom(seed);
  const { rest, uses } = plug(days, random);
  const watts = Float64Array.from({ length: days * DAY_MINUTES }, (_, minute) => rest(minute));
  for (const { at, watts: shape } of uses)
    shape.forEach((w, k) => {
      if (at + k < watts.length) watts[at + k] = Math.max(w, rest(at + k));
    });
  const buckets: Bucket[] = [];
  for (let i = 0; i < watts.length; i += 5) {
    const mean = watts.subarray(i, i + 5).reduce((a, b) => a + b, 0) / 5;
    if (!silent(i / 5)) buckets.push({ at: MONDAY + i * MINUTE, mean, last: watts[i + 4] ?? 0 });
  }
  return { buckets, uses, kwh: watts.reduce((a, b) => a + b, 0) / 60_000 };
}
