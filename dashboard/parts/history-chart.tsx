import { useEffect, useMemo, useState } from "preact/hooks";
import type { AttributeView, History } from "../../hub/http/schemas.ts";
import { amount, moment, number } from "../words/format.ts";
import { onGrid } from "../words/series.ts";
import { switchWords } from "../words/values.ts";
import { Notice } from "./notice.tsx";
import { type Line, Plot } from "./plot.tsx";

const HOUR = 3_600_000;
const RANGES = [
  { label: "24 h", ms: 24 * HOUR, bucket: "5m" },
  { label: "7 d", ms: 7 * 24 * HOUR, bucket: "1h" },
  { label: "30 d", ms: 30 * 24 * HOUR, bucket: "1h" },
  { label: "60 d", ms: 60 * 24 * HOUR, bucket: "1d" },
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
}

/** What an attribute has been over a time: mean with its band, gaps as gaps. */
export function HistoryChart({ attribute, timeZone, read }: Props) {
  const [range, setRange] = useState(0);
  const [shown, setShown] = useState<Shown | undefined>(undefined);
  const [problem, setProblem] = useState("");
  useEffect(() => {
    let current = true;
    const { ms, bucket } = RANGES[range] ?? RANGES[0];
    const to = Date.now();
    const from = to - ms;
    setProblem("");
    read(attribute.key, from, to, bucket).then(
      (history) => current && setShown({ history, from, to }),
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

interface DrawnProps {
  readonly attribute: AttributeView;
  readonly shown: Shown;
  readonly timeZone: string | undefined;
}

function Drawn({ attribute, shown, timeZone }: DrawnProps) {
  const { history, from, to } = shown;
  const grid = useMemo(() => onGrid(history.buckets, history.bucketMs), [history]);
  const state = attribute.kind === "state";
  const lines = useMemo((): Line[] => {
    // A state is reported when it changes: between reports its last value is drawn, but dashed, as not reported.
    if (state)
      return [
        { label: "last reported", colour: "--muted", data: grid.held, stepped: true, dashed: true, width: 1 },
        { label: "mean", colour: "--ember", data: grid.mean, stepped: true },
      ];
    return [
      { label: "highest", colour: "--ember", data: grid.max, width: 0 },
      { label: "lowest", colour: "--ember", data: grid.min, width: 0 },
      { label: "mean", colour: "--ember", data: grid.mean },
    ];
  }, [grid, state]);
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
    return `${moment(time, timeZone)}: ${words(mean)}${spread}`;
  };
  return (
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
  );
}

const BAND = [0, 1] as const;
/** Room above and below the two states of a switch. */
const SWITCH_SCALE = [-0.1, 1.1] as const;
