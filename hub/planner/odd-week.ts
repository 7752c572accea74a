/** Whether a saving is there on all kinds of days, or hangs on a few odd ones: guests, a holiday, a week of strange prices. */
import { mean } from "../twin/numbers.ts";

const WEEK_DAYS = 7;
/** Its best days, of which none may be needed. */
const ODD_SHARE = 0.1;
/** What must be left of the mean saving without the best week: with less, what was promised is that week's. */
const LEAST_LEFT = 0.25;

/** Mean of the days without the week in which most was saved; the mean of all where there are no two weeks. */
function withoutBestWeek(daily: readonly number[]): number {
  if (daily.length < 2 * WEEK_DAYS) return mean(daily) || 0;
  const rests = daily.slice(0, daily.length - WEEK_DAYS + 1).map((_, i) => {
    return mean([...daily.slice(0, i), ...daily.slice(i + WEEK_DAYS)]);
  });
  return Math.min(...rests) || 0;
}

function withoutBestDays(daily: readonly number[]): number {
  const sorted = [...daily].sort((a, b) => a - b);
  return mean(sorted.slice(0, Math.max(1, Math.floor(sorted.length * (1 - ODD_SHARE))))) || 0;
}

/** Why a saving a day (any unit, in order of days) is no promise for other weeks; undefined when it is there without its best week. */
export function oddWeek(daily: readonly number[]): string | undefined {
  if (withoutBestDays(daily) <= 0) return "without a few odd days nothing would have been saved";
  const rest = withoutBestWeek(daily);
  if (rest <= 0) return "it hangs on one odd week: in the other days nothing would have been saved";
  if (rest < LEAST_LEFT * (mean(daily) || 0))
    return "it hangs on one odd week: in the other days hardly anything would have been saved";
  return undefined;
}
