import { settings } from "../../store.ts";
import { dayOf } from "../../words/days.ts";
import { moment } from "../../words/format.ts";
import { monthInWords, timesInWords, WEEKDAYS, weekdayOf } from "./dry-run-calendar.tsx";
import "../../styles/dry-run.css";

/** The hub tells no more moments than this. */
const TOLD = 400;
const MONTHS = 12;

const dateOf = (year: number, month: number, day: number): string =>
  new Date(Date.UTC(year, month, day)).toISOString().slice(0, 10);

interface Month {
  /** YYYY-MM. */
  readonly month: string;
  readonly days: readonly string[];
}

/** Twelve whole months from that of `first` (YYYY-MM-DD) on. */
function monthsFrom(first: string): Month[] {
  const [year = 0, month = 1] = first.split("-").map(Number);
  return Array.from({ length: MONTHS }, (_, k) => {
    const length = new Date(Date.UTC(year, month + k, 0)).getUTCDate();
    const days = Array.from({ length }, (_, i) => dateOf(year, month - 1 + k, i + 1));
    return { month: dateOf(year, month - 1 + k, 1).slice(0, 7), days };
  });
}

/** When a rule comes within the next twelve months (`next`: epoch ms, in order), month by month; folded until somebody looks. */
export function ComingMonths({ next }: { readonly next: readonly number[] }) {
  const timeZone = settings.value?.timeZone;
  const byDay = new Map<string, number[]>();
  for (const at of next) {
    const day = dayOf(at, timeZone);
    byDay.set(day, [...(byDay.get(day) ?? []), at]);
  }
  const [first] = byDay.keys();
  if (first === undefined) return null;
  return (
    <details class="fold">
      <summary>The next twelve months</summary>
      {next.length >= TOLD ? <p class="quiet small-text">Its next {TOLD} moments are shown.</p> : null}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what can be moved sideways must be reached by keys. */}
      <section class="dry-run-months coming-months" aria-label="The next twelve months" tabIndex={0}>
        {monthsFrom(first).map(({ month, days }) => {
          const comes = days.filter((day) => byDay.has(day));
          const times = comes.reduce((sum, day) => sum + (byDay.get(day)?.length ?? 0), 0);
          return (
            <div key={month} class="dry-run-month">
              <h4>
                {monthInWords(month)} <span class="quiet">{times > 0 ? timesInWords(times) : "not at all"}</span>
              </h4>
              <div
                class="dry-run-grid"
                role="img"
                aria-label={
                  comes.length > 0 ? `on ${comes.map((day) => Number(day.slice(8))).join(", ")}` : "on no day"
                }
              >
                {WEEKDAYS.map((name) => (
                  <span key={name} class="dry-run-name">
                    {name}
                  </span>
                ))}
                {days.map((day, i) => (
                  <span
                    key={day}
                    class="dry-run-day"
                    data-depth={byDay.has(day) ? 3 : 0}
                    style={i === 0 ? { gridColumnStart: weekdayOf(day) + 1 } : undefined}
                    title={byDay
                      .get(day)
                      ?.map((at) => moment(at, timeZone))
                      .join("; ")}
                  >
                    {Number(day.slice(8))}
                  </span>
                ))}
              </div>
            </div>
          );
        })}
      </section>
    </details>
  );
}
