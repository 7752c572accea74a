import { useMemo } from "preact/hooks";
import { moment, number, power } from "../words/format.ts";
import { together } from "../words/series.ts";
import { type Line, Plot } from "./plot.tsx";

export interface DaySeries {
  readonly id: "grid" | "solar" | "battery";
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
    if (i === undefined || time === undefined) return peaks(lines);
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
        summary={`Today's powers: ${peaks(lines)}`}
        axis={(v) => `${number(v / 1000, 2)} kW`}
        readout={readout}
      />
    </>
  );
}

const wordsOf = (v: number | null | undefined): string => (v == null ? "unknown" : power(v));

/** The highest powers; energies are the books' to tell. */
function peaks(lines: readonly Line[]): string {
  const said = lines.flatMap(({ label, data }) => {
    const most = data.reduce<number>((top, v) => Math.max(top, v ?? 0), 0);
    return most > 0 ? [`${label.toLowerCase()} up to ${power(most)}`] : [];
  });
  return said.length > 0 ? said.join(", ") : "Nothing was recorded today";
}
