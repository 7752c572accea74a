import { useEffect, useRef, useState } from "preact/hooks";
import type { RuleTrial } from "../../../hub/http/schemas.ts";

type Day = RuleTrial["days"][number];

interface Props {
  readonly days: readonly Day[];
  readonly worst: string | undefined;
  readonly chosen: string | undefined;
  readonly onChoose: (day: string) => void;
}

export const WEEKDAYS = ["Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"];
const DEPTHS = 4;

const dateOf = (day: string): Date => new Date(`${day}T12:00:00Z`);
/** 0 is Monday. */
export const weekdayOf = (day: string): number => (dateOf(day).getUTCDay() + 6) % 7;
const words = (day: string, options: Intl.DateTimeFormatOptions): string =>
  new Intl.DateTimeFormat("en-GB", { ...options, timeZone: "UTC" }).format(dateOf(day));

/** With the year: the past year begins and ends on days of one name. */
export const dayInWords = (day: string): string =>
  words(day, { weekday: "long", day: "numeric", month: "long", year: "numeric" });

/** `month`: YYYY-MM. */
export const monthInWords = (month: string): string => words(`${month}-01`, { month: "long", year: "numeric" });

export const timesInWords = (n: number): string => (n === 1 ? "once" : `${n} times`);

/** What a day says to whoever can't see its colour. */
function label(day: Day, isWorst: boolean): string {
  const parts = [
    `${dayInWords(day.day)}: ${day.firings === 0 ? "it would not have come" : timesInWords(day.firings)}`,
    day.changes > 0 ? `${day.changes} ${day.changes === 1 ? "change" : "changes"}` : "",
    day.fights > 0 ? `${timesInWords(day.fights)} against something else` : "",
    isWorst ? "the worst day" : "",
  ];
  return parts.filter(Boolean).join(", ");
}

/** The days month by month, the darker the oftener it would have come. Arrow keys go from day to day. */
export function DryRunCalendar({ days, worst, chosen, onChoose }: Props) {
  const [at, setAt] = useState(chosen ?? days.at(-1)?.day);
  const months = useRef<HTMLDivElement>(null);
  // On a phone the months lie side by side: that of the day which is told below is the one in sight.
  useEffect(() => {
    const row = months.current;
    const own = document.getElementById(`tried-${chosen}`)?.closest<HTMLElement>(".dry-run-month");
    if (row && own) row.scrollLeft += own.getBoundingClientRect().left - row.getBoundingClientRect().left;
  }, [chosen]);
  const most = Math.max(1, ...days.map((d) => d.firings));
  const byMonth = new Map<string, Day[]>();
  for (const day of days) byMonth.set(day.day.slice(0, 7), [...(byMonth.get(day.day.slice(0, 7)) ?? []), day]);
  const step: Readonly<Record<string, number>> = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7 };
  const move = (event: KeyboardEvent): void => {
    const by = step[event.key];
    const i = days.findIndex((d) => d.day === at);
    const next = by === undefined ? undefined : days[i + by];
    if (!next) return;
    event.preventDefault();
    setAt(next.day);
    document.getElementById(`tried-${next.day}`)?.focus();
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the days in it are buttons; the keys go from one to the next.
    <div class="dry-run-months" ref={months} onKeyDown={move}>
      {[...byMonth].map(([month, list]) => (
        <div key={month} class="dry-run-month">
          <h3>{monthInWords(month)}</h3>
          <div class="dry-run-grid">
            {WEEKDAYS.map((name) => (
              <span key={name} class="dry-run-name" aria-hidden="true">
                {name}
              </span>
            ))}
            {list.map((day, i) => (
              <button
                key={day.day}
                id={`tried-${day.day}`}
                type="button"
                class={`dry-run-day${day.day === worst ? " dry-run-worst" : ""}${day.fights > 0 ? " dry-run-fought" : ""}`}
                data-depth={day.firings === 0 ? 0 : Math.max(1, Math.ceil((day.firings / most) * DEPTHS))}
                style={i === 0 ? { gridColumnStart: weekdayOf(day.day) + 1 } : undefined}
                aria-label={label(day, day.day === worst)}
                aria-pressed={day.day === chosen}
                tabIndex={day.day === at ? 0 : -1}
                onClick={() => {
                  setAt(day.day);
                  onChoose(day.day);
                }}
              >
                {Number(day.day.slice(8))}
              </button>
            ))}
          </div>
        </div>
      ))}
    </div>
  );
}
