import { useState } from "preact/hooks";
import type { PolicyView, PolicyWeek } from "../../hub/http/schemas/policies.ts";
import { dayOf } from "../words/days.ts";
import { dayWords, money } from "../words/format.ts";
import { Notice } from "./notice.tsx";

interface Props {
  readonly policy: PolicyView;
  readonly currency: string | undefined;
  readonly timeZone: string | undefined;
}

const WIDTH = 600;
const HEIGHT = 150;
/** Weeks in the picture; those before them are in the list. */
const SHOWN = 26;
/** So that a single week is no wall. */
const LEAST_COLUMNS = 8;

const OUTCOMES: Readonly<Record<PolicyWeek["outcome"], string>> = {
  beaten: "week-good",
  kept: "week-good",
  short: "week-short",
  missed: "week-bad",
  cantTell: "week-unknown",
};

/** The promise of a policy beside what the meter says, week by week. Nothing where it never ran. */
export function PolicyWeeks({ policy, currency, timeZone }: Props) {
  const { weeks = [], runningSince, state } = policy;
  const [chosen, choose] = useState<number | undefined>(undefined);
  if (weeks.length === 0)
    return state === "running" && runningSince !== undefined ? (
      <p class="quiet small-text">What it saves is measured from its first whole day on, week by week.</p>
    ) : null;
  const shown = weeks.slice(-SHOWN);
  const week = shown.find((w) => w.from === chosen) ?? shown.at(-1);
  const kept = weeks.filter((w) => w.whole && (w.outcome === "kept" || w.outcome === "beaten")).length;
  const whole = weeks.filter((w) => w.whole).length;
  return (
    <section class="stack" aria-label="Promised and measured">
      <h4>Promised and measured</h4>
      <Bars weeks={shown} week={week} choose={choose} currency={currency} timeZone={timeZone} />
      {week ? (
        <p class="week-words" role="status">
          <strong>{spanWords(week, timeZone)}</strong> {capital(week.words)}.
          {week.note && week.outcome !== "cantTell" ? (
            <span class="quiet small-text"> {capital(week.note)}.</span>
          ) : null}
        </p>
      ) : null}
      {week?.outcome === "cantTell" ? <Notice tone="calm">Of this week the meters say too little.</Notice> : null}
      <p class="quiet small-text">
        {whole === 0
          ? "No week is whole yet."
          : `Promise kept in ${kept} of ${whole} whole ${whole === 1 ? "week" : "weeks"}.`}{" "}
        Hatched: what was promised, with its doubt. Bar: what was measured, with its own. Two weeks in a row surely
        below the promise stop it by themselves.
      </p>
    </section>
  );
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

function spanWords({ from, to, whole }: PolicyWeek, timeZone: string | undefined): string {
  const last = dayWords(dayOf(to - 3_600_000, timeZone));
  return `${dayWords(dayOf(from, timeZone))} to ${last}${whole ? "" : ", so far"}:`;
}

interface BarsProps extends Omit<Props, "policy"> {
  readonly weeks: readonly PolicyWeek[];
  readonly week: PolicyWeek | undefined;
  readonly choose: (from: number) => void;
}

function Bars({ weeks, week, choose, currency, timeZone }: BarsProps) {
  const edges = weeks.flatMap(({ promised: p, measured: m }) => [
    p.mean + p.band,
    ...(m ? [m.mean + m.band, m.mean - m.band] : []),
  ]);
  // A band as wide as nothing is known must not flatten all others.
  const roof =
    3 * Math.max(0.05, ...weeks.map((w) => Math.max(w.promised.mean + w.promised.band, w.measured?.mean ?? 0)));
  const top = Math.min(roof, Math.max(0.05, ...edges));
  const bottom = Math.max(-roof, Math.min(0, ...edges));
  const y = (v: number) => ((top - Math.min(top, Math.max(bottom, v))) / (top - bottom)) * HEIGHT;
  const step = WIDTH / Math.max(LEAST_COLUMNS, weeks.length);
  return (
    <figure class="weeks">
      <div class="weeks-picture">
        <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" aria-hidden="true">
          <defs>
            <pattern id="promised" width="7" height="7" patternTransform="rotate(45)" patternUnits="userSpaceOnUse">
              <rect class="week-hatch" width="2.5" height="7" />
            </pattern>
          </defs>
          {weeks.map((w, i) => (
            <Week key={w.from} week={w} x={i * step} step={step} y={y} />
          ))}
          <line class="week-zero" x1="0" x2={WIDTH} y1={y(0)} y2={y(0)} />
        </svg>
        {weeks.map((w, i) => (
          <button
            key={w.from}
            type="button"
            class="week-button"
            style={{ left: `${((i * step) / WIDTH) * 100}%`, width: `${(step / WIDTH) * 100}%` }}
            aria-pressed={w === week}
            aria-label={`${spanWords(w, timeZone)} ${w.words}`}
            title={w.words}
            onClick={() => choose(w.from)}
          />
        ))}
      </div>
      <figcaption class="quiet small-text row spread">
        <span>{dayWords(dayOf(weeks[0]?.from ?? 0, timeZone))}</span>
        <span>up to {money(top, currency)} a day</span>
      </figcaption>
    </figure>
  );
}

interface WeekProps {
  readonly week: PolicyWeek;
  readonly x: number;
  readonly step: number;
  readonly y: (value: number) => number;
}

function Week({ week: { promised: p, measured: m, outcome, whole }, x, step, y }: WeekProps) {
  const box = (low: number, high: number) => ({ y: y(high), height: Math.max(2, y(low) - y(high)) });
  const middle = x + step / 2;
  return (
    <g class={whole ? "" : "week-under-way"}>
      <rect fill="url(#promised)" x={x + step * 0.08} width={step * 0.84} {...box(p.mean - p.band, p.mean + p.band)} />
      <line class="week-promise" x1={x + step * 0.08} x2={x + step * 0.92} y1={y(p.mean)} y2={y(p.mean)} />
      {m ? (
        <>
          <rect
            class={OUTCOMES[outcome]}
            x={x + step * 0.26}
            width={step * 0.48}
            {...box(Math.min(0, m.mean), Math.max(0, m.mean))}
          />
          <line class="week-doubt" x1={middle} x2={middle} y1={y(m.mean - m.band)} y2={y(m.mean + m.band)} />
        </>
      ) : null}
    </g>
  );
}
