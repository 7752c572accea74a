/** When a car has to have how much, as a week of targets. */
export interface Target {
  readonly minutes: number;
  readonly soc: number | undefined;
  readonly addedWh: number | undefined;
}

export interface Schedule {
  /** Bit 0 is Sunday. */
  readonly days: number;
  readonly targets: readonly Target[];
}

/** The next target after `now` (epoch s, days in UTC) within a week, with its moment. */
export function nextTarget(
  schedules: readonly Schedule[],
  now: number,
): { readonly at: number; readonly target: Target } | undefined {
  const midnight = Math.floor(now / 86_400) * 86_400;
  for (let day = 0; day <= 7; day += 1) {
    const start = midnight + day * 86_400;
    const bit = 1 << new Date(start * 1000).getUTCDay();
    const targets = schedules.filter(({ days }) => (days & bit) !== 0).flatMap((schedule) => schedule.targets);
    const later = targets.filter(({ minutes }) => start + minutes * 60 > now).sort((a, b) => a.minutes - b.minutes);
    if (later[0]) return { at: start + later[0].minutes * 60, target: later[0] };
  }
  return undefined;
}
