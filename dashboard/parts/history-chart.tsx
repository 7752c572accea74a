import { useEffect, useMemo, useState } from "preact/hooks";
import type { AttributeView, History } from "../../hub/http/schemas.ts";
import { amount, moment, number } from "../words/format.ts";
import { byCoverage, type Grid, onGrid } from "../words/series.ts";
import { switchWords } from "../words/values.ts";
import { Notice } from "./notice.tsx";
import { type Line, Plot } from "./plot.tsx";

const DAY = 86_400_000;
const RANGES = [
  { label: "Day", ms: DAY, bucket: "5m", step: "5 minutes" },
  { label: "Week", ms: 7 * DAY, bucket: "1h", step: "hours" },
  { label: "Month", ms: 30 * DAY, bucket: "1h", step: "hours" },
  { label: "Year", ms: 365 * DAY, bucket: "1d", step: "days" },
  { label: "All", ms: 3_653 * DAY, bucket: "1mo", step: "months" },
] as const;

interface Props {
  readonly attribute: AttributeView;
  readonly timeZone: string | undefined;
  readonly read: (key: string, from: number, to: number, bucket: string) => Promise<History>;
}

interface Shown {
  readonly history: History;
  readonly from: number;
  readonly to: number;
  /** What the buckets are, in words. */
  readonly step: string;
}

/** What an attribute has been over a time: mean with its band, gaps as gaps. */
export function HistoryChart({ attribute, timeZone, read }: Props) {
  const [range, setRange] = useState(0);
  const [shown, setShown] = useState<Shown | undefined>(undefined);
  const [problem, setProblem] = useState("");
  useEffect(() => {
    let current = true;
    const { ms, bucket, step } = RANGES[range] ?? RANGES[0];
    const to = Date.now();
    const from = to - ms;
    setProblem("");
    read(attribute.key, from, to, bucket).then(
      (history) => current && setShown({ history, from: startOf(history, from), to, step }),
      (error: Error) => current && setProblem(error.message),
    );
    return () => {
      current = false;
    };
  }, [attribute.key, range, read]);
  return (
    <div class="stack">
      <fieldset class="ranges">
        <legend class="heard">How far back</legend>
        {RANGES.map((r, i) => (
          <button type="button" key={r.label} class="small" aria-pressed={i === range} onClick={() => setRange(i)}>
            {r.label}
          </button>
        ))}
      </fieldset>
      {problem ? <Notice tone="bad">{problem}</Notice> : null}
      {!shown ? (
        <p class="quiet plot-empty">Reading the history …</p>
      ) : shown.history.buckets.length === 0 ? (
        <p class="quiet plot-empty">Nothing was recorded in this time.</p>
      ) : (
        <Drawn attribute={attribute} shown={shown} timeZone={timeZone} />
      )}
    </div>
  );
}

/** Of years nobody has measured yet, only what there is is shown. */
const startOf = (history: History, from: number): number =>
  history.calendar ? Math.max(from, (history.buckets[0]?.at ?? from) - history.bucketMs / 2) : from;

interface DrawnProps {
  readonly attribute: AttributeView;
  readonly shown: Shown;
  readonly timeZone: string | undefined;
}

function Drawn({ attribute, shown, timeZone }: DrawnProps) {
  const { history, from, to, step } = shown;
  const grid = useMemo(() => onGrid(history.buckets, history.bucketMs), [history]);
  const known = useMemo(() => byCoverage(grid, history.bucketMs), [grid, history]);
  const state = attribute.kind === "state";
  const lines = useMemo(() => linesOf(grid, known, state), [grid, known, state]);
  const [off = "", on] = attribute.type === "boolean" ? switchWords(attribute.words) : [];
  // The mean of a switch is its share of the time.
  const words = (n: number) =>
    on === undefined
      ? amount(n, attribute.unit, attribute.unitText)
      : n <= 0
        ? off
        : n >= 1
          ? on
          : `${on} for ${number(100 * n, 0)} % of the time`;
  const lowest = Math.min(...history.buckets.map((b) => b.min));
  const highest = Math.max(...history.buckets.map((b) => b.max));
  const readout = (i: number | undefined) => {
    const [mean, min, max] = i === undefined ? [] : [grid.mean[i], grid.min[i], grid.max[i]];
    const time = i === undefined ? undefined : grid.at[i];
    if (time === undefined && on !== undefined)
      return lowest === highest ? `Always ${words(lowest)}` : `${off} and ${on}`;
    if (time === undefined) return `Lowest ${words(lowest)}, highest ${words(highest)}`;
    if (mean == null) return `${moment(time, timeZone)}: nothing reported`;
    const spread = min == null || max == null || min === max ? "" : ` (${words(min)} to ${words(max)})`;
    const part = history.bucketMs >= DAY / 24 ? coverageWords(grid.coverage[i ?? 0]) : "";
    return `${timeWords(time, history, timeZone)}: ${words(mean)}${spread}${state ? "" : part}`;
  };
  return (
    <>
      <Plot
        at={grid.at}
        from={from}
        to={to}
        lines={lines}
        {...(state ? {} : { band: BAND })}
        timeZone={timeZone}
        summary={`${attribute.label}, lowest ${words(lowest)}, highest ${words(highest)}`}
        axis={(v) =>
          on !== undefined ? (v === 0 ? off : v === 1 ? on : "") : attribute.unit === "W" ? words(v) : number(v, 2)
        }
        {...(on === undefined ? {} : { scale: SWITCH_SCALE })}
        readout={readout}
      />
      {known.poor > 0 && !state ? (
        <p class="quiet small-text">
          Dashed: {known.poor} of {history.buckets.length} {step} of which less than three quarters are known.
        </p>
      ) : null}
    </>
  );
}

function linesOf(grid: Grid, known: ReturnType<typeof byCoverage>, state: boolean): Line[] {
  // A state is reported when it changes: between reports its last value is drawn, but dashed, as not reported.
  if (state)
    return [
      { label: "last reported", colour: "--muted", data: grid.held, stepped: true, dashed: true, width: 1 },
      { label: "mean", colour: "--ember", data: grid.mean, stepped: true },
    ];
  const whole: Line[] = [
    { label: "highest", colour: "--ember", data: grid.max, width: 0 },
    { label: "lowest", colour: "--ember", data: grid.min, width: 0 },
    { label: "mean", colour: "--ember", data: known.well },
  ];
  const part: Line = {
    label: "mean of the part that is known",
    colour: "--muted",
    data: known.poorly,
    dashed: true,
    width: 1.5,
  };
  return known.poor > 0 ? [...whole, part] : whole;
}

const coverageWords = (share: number | null | undefined): string =>
  share == null || share >= 0.995 ? "" : `, known for ${number(100 * share, 0)} % of the time`;

/** A day, week or month by its first day, a shorter step by its moment. */
function timeWords(time: number, history: History, timeZone: string | undefined): string {
  const unit = history.calendar?.unit;
  if (unit === undefined) return moment(time, timeZone);
  const zone = timeZone === undefined ? {} : { timeZone };
  const day = { day: "numeric", month: "short", year: "numeric", ...zone } as const;
  if (unit === "month")
    return new Intl.DateTimeFormat("en-GB", { month: "long", year: "numeric", ...zone }).format(time);
  const text = new Intl.DateTimeFormat("en-GB", unit === "day" ? { weekday: "short", ...day } : day).format(time);
  return unit === "week" ? `Week of ${text}` : text;
}

const BAND = [0, 1] as const;
/** Room above and below the two states of a switch. */
const SWITCH_SCALE = [-0.1, 1.1] as const;
