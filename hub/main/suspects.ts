import { type Part, partsOf } from "../energy/parts.ts";
import { type PowerPicture, type PowerSeries, type Suspect, suspectsOf } from "../energy/suspects/index.ts";
import type { Problem } from "../model/finding.ts";
import type { Clock, Log, Store } from "../ports.ts";
import type { CoreState, Input } from "../step.ts";

const SLOT_MS = 5 * 60_000;
const DAYS = 7;
const DAY_MS = 86_400_000;
/** The first look, once the past is in; then once a day of the home's time. */
const FIRST_MS = 15 * 60_000;
const LEAST_MS = 30_000;
/** The loads with most to tell; more would cost a small machine minutes. */
const MAX_LOADS = 24;

interface SuspectParts {
  readonly state: CoreState;
  readonly store: Pick<Store, "history">;
  readonly clock: Clock;
}

export interface WatchParts extends SuspectParts {
  readonly log: Log;
  /** How much faster the home's time runs than the wall's. */
  readonly speed: number;
  readonly put: (input: Input) => boolean;
}

/** Looks at the meters once a day, and tells what can't be right as findings; they fade when it is no longer so. */
export function watchSuspects(parts: WatchParts): { stop(): void } {
  const look = () =>
    lookForSuspects(parts).then(
      (problems) => {
        for (const problem of problems) parts.put({ kind: "problem", problem, at: parts.clock.now() });
      },
      (error: unknown) => parts.log.warn({ error: String(error) }, "the meters could not be compared"),
    );
  const every = (ms: number) => Math.max(LEAST_MS, ms / parts.speed);
  const first = setTimeout(look, every(FIRST_MS));
  const daily = setInterval(look, every(DAY_MS));
  return {
    stop() {
      clearTimeout(first);
      clearInterval(daily);
    },
  };
}

/** Meters that can't be right by the last seven days, as problems to be told. One query after another: people's own go first. */
export async function lookForSuspects({ state, store, clock }: SuspectParts): Promise<readonly Problem[]> {
  const to = Math.floor(clock.now() / SLOT_MS) * SLOT_MS;
  const from = to - DAYS * DAY_MS;
  const steps = (to - from) / SLOT_MS;
  const series = async (key: string | undefined, sign: 1 | -1): Promise<Float64Array | undefined> => {
    if (key === undefined) return undefined;
    const values = new Float64Array(steps).fill(Number.NaN);
    for (const { at, mean } of await store.history({ key, from, to, bucketMs: SLOT_MS }))
      values[(at - from) / SLOT_MS] = sign * mean;
    return values;
  };
  const powerOf = async (part: Part | undefined): Promise<PowerSeries | undefined> => {
    const watts = await series(part?.meter.power, part?.meter.reversed ? -1 : 1);
    return part && watts ? { key: `${part.node}/${part.endpoint}`, name: part.name, watts } : undefined;
  };
  const all = async (list: readonly Part[]): Promise<PowerSeries[]> => {
    const found: PowerSeries[] = [];
    for (const part of list) {
      const one = await powerOf(part);
      if (one) found.push(one);
    }
    return found;
  };
  const parts = partsOf(state.home);
  const loads = [parts.evses, parts.tanks, parts.heatPumps, parts.appliances, parts.corners, parts.others].flat();
  const batteries: PowerPicture["batteries"][number][] = [];
  for (const part of parts.batteries) {
    const power = await powerOf(part);
    if (power) batteries.push({ ...power, percent: await series(part.stateOfCharge, 1) });
  }
  const picture: PowerPicture = {
    ...{ from, slotMs: SLOT_MS, timeZone: state.home.settings.timeZone },
    grid: await powerOf(parts.grid),
    solar: await all(parts.solar),
    batteries,
    loads: await all(loads.slice(0, MAX_LOADS)),
  };
  return suspectsOf(picture).map(problemOf);
}

const problemOf = ({ code, key, message, fix }: Suspect): Problem => ({
  ...{ code, message, fix },
  node: key.slice(0, key.lastIndexOf("/")),
});
