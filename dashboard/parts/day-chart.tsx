import { useMemo } from "preact/hooks";
import { moment, number, power } from "../words/format.ts";
import { together } from "../words/series.ts";
import { type Line, Plot } from "./plot.tsx";

export interface DaySeries {
  readonly id: "grid" | "solar" | "battery";
  readonly bucketMs: number;
  /** W, positive imported by the meter, panel or battery; `at` in epoch ms. */
  readonly steps: readonly { readonly at: number; readonly mean: number }[];
}

const LOOKS = {
  solar: { label: "Sun made", colour: "--sun", sign: -1, fill: true },
  grid: { label: "From the grid", colour: "--grid", sign: 1, fill: false },
  battery: { label: "Battery charging", colour: "--battery", sign: 1, fill: false },
} as const;

interface Props {
  readonly series: readonly DaySeries[];
  readonly from: number;
  readonly to: number;
  readonly timeZone: string | undefined;
}

/** The day's powers on one axis. What the sun made is drawn upwards; grid and battery as the house counts them. */
export function DayChart({ series, from, to, timeZone }: Props) {
  const { at, means } = useMemo(() => together(series.map((s) => s.steps)), [series]);
  const lines = useMemo(
    () =>
      series.map((s, i): Line => {
        const { label, colour, sign, fill } = LOOKS[s.id];
        return { label, colour, fill, width: 2, data: (means[i] ?? []).map((v) => (v === null ? null : v * sign)) };
      }),
    [series, means],
  );
  const readout = (i: number | undefined) => {
    const time = i === undefined ? undefined : at[i];
    if (i === undefined || time === undefined) return totals(series);
    const said = lines.map((l) => `${l.label.toLowerCase()} ${wordsOf(l.data[i])}`);
    return `${moment(time, timeZone)}: ${said.join(", ")}`;
  };
  return (
    <>
      <ul class="keys">
        {series.map((s) => (
          <li key={s.id} class={`key key-${s.id}`}>
            {LOOKS[s.id].label}
          </li>
        ))}
      </ul>
      <Plot
        at={at}
        from={from}
        to={to}
        lines={lines}
        timeZone={timeZone}
        summary={`Today's powers. ${totals(series)}`}
        axis={(v) => `${number(v / 1000, 2)} kW`}
        readout={readout}
      />
    </>
  );
}

const wordsOf = (v: number | null | undefined): string => (v == null ? "unknown" : power(v));

/** The day's energies, from the means of the recorded steps: gaps are left out, hence "about". */
function totals(series: readonly DaySeries[]): string {
  const said = series.flatMap(({ id, bucketMs, steps }) => {
    const kwh = (pick: (mean: number) => number) =>
      steps.reduce((sum, b) => sum + (pick(b.mean) * bucketMs) / 3.6e9, 0);
    if (id === "solar") return [`${number(kwh((m) => Math.max(0, -m)))} kWh made by the sun`];
    if (id === "grid")
      return [
        `${number(kwh((m) => Math.max(0, m)))} kWh from the grid`,
        `${number(kwh((m) => Math.max(0, -m)))} kWh to the grid`,
      ];
    return [];
  });
  return said.length > 0 ? `So far about ${said.join(", ")}` : "Nothing was recorded today";
}
