/** Numbers of a recording that is played again: counters go on rising, measurements stay within what was seen. */
import { capabilities } from "../../../hub/model/capabilities/index.ts";
import type { Chance } from "../chance.ts";
import type { Recorded } from "../recording.ts";
import { inForm, type Leaf, leavesOf, nameOf, numberIn } from "./leaves.ts";
import type { Told } from "./reader.ts";

export interface Series {
  readonly min: number;
  readonly max: number;
  readonly decimals: number;
  /** What one round of the recording adds; undefined: no counter. */
  readonly rise?: number;
  readonly distinct: number;
}

/** Names of what only rises, where no dialect knows the field. */
const COUNTER = /energy|total|kwh|count|import|export|uptime|yield|produced|consum|meter/i;
/** Fewer different values are states. */
const MEASURED = 3;
const STEP = 0.3;

const decimalsOf = (value: number): number => (String(value).split(".")[1] ?? "").length;

export const seriesKey = (topic: string, path: string): string => `${topic} ${path}`;

const isCounter = ({ path }: Told): boolean =>
  capabilities[path.capability]?.attributes[path.attribute]?.kind === "counter";

/** All series of numbers of the messages that are played again and again. */
export function seriesOf(
  messages: readonly Recorded[],
  toldAt: (topic: string, path: string) => Told | undefined,
): ReadonlyMap<string, Series> {
  const values = new Map<string, { readonly topic: string; readonly path: string; readonly list: number[] }>();
  for (const { topic, payload } of messages)
    for (const [path, leaf] of leavesOf(payload)) {
      const number = numberIn(leaf);
      if (number === undefined) continue;
      const key = seriesKey(topic, path);
      const known = values.get(key) ?? { topic, path, list: [] };
      known.list.push(number);
      values.set(key, known);
    }
  const found = new Map<string, Series>();
  for (const [key, { topic, path, list }] of values) {
    const [first = 0, last = 0] = [list[0], list.at(-1)];
    const rises = list.every((v, n) => n === 0 || v >= (list[n - 1] ?? v)) && last > first;
    const told = toldAt(topic, path);
    const counts =
      rises &&
      (told
        ? isCounter(told) || (told.path.capability === "vendor" && COUNTER.test(nameOf(path)))
        : COUNTER.test(nameOf(path) || topic));
    const mean = list.length > 1 ? (last - first) / (list.length - 1) : 0;
    found.set(key, {
      min: Math.min(...list.slice(0, 10_000)),
      max: Math.max(...list.slice(0, 10_000)),
      decimals: Math.max(...list.slice(0, 10_000).map(decimalsOf)),
      distinct: new Set(list).size,
      ...(counts ? { rise: last - first + mean } : {}),
    });
  }
  return found;
}

/** Where the numbers of a twin are now. */
export class Numbers {
  readonly #series: ReadonlyMap<string, Series>;
  readonly #chance: Chance | undefined;
  readonly #now = new Map<string, number>();

  /** With `chance`, measurements wander; without, they are as recorded. */
  constructor(series: ReadonlyMap<string, Series>, chance: Chance | undefined) {
    this.#series = series;
    this.#chance = chance;
  }

  /** The value of a leaf in a round, the first being 0; undefined: as it was recorded. */
  at(topic: string, path: string, leaf: Leaf, round: number): Leaf | undefined {
    const key = seriesKey(topic, path);
    const series = this.#series.get(key);
    const recorded = numberIn(leaf);
    if (!series || recorded === undefined) return undefined;
    const { min, max, decimals, rise, distinct } = series;
    const written = (value: number): Leaf => inForm(leaf, Number(value.toFixed(decimals)));
    if (rise !== undefined) return round === 0 ? undefined : written(recorded + round * rise);
    if (!this.#chance || distinct < MEASURED || max <= min) return undefined;
    const before = this.#now.get(key) ?? recorded;
    const now = before + (this.#chance.below(2001) / 1000 - 1) * STEP * (max - min);
    const within = Math.min(max, Math.max(min, now));
    this.#now.set(key, within);
    return written(within);
  }
}
