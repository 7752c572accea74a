/** Line charts by uPlot, read only where a chart is shown. Words beside the chart are ours: uPlot's legend is off. */
import { useEffect, useRef, useState } from "preact/hooks";
import uPlot from "uplot";
import "uplot/dist/uPlot.min.css";
import { cssColour } from "./colour.ts";

export interface Line {
  readonly label: string;
  /** A token of tokens.css, e.g. `--ember`. */
  readonly colour: string;
  readonly data: readonly (number | null)[];
  readonly stepped?: boolean;
  readonly dashed?: boolean;
  readonly width?: number;
  readonly fill?: boolean;
}

export interface PlotProps {
  /** Epoch ms, rising. */
  readonly at: readonly number[];
  readonly from: number;
  readonly to: number;
  readonly lines: readonly Line[];
  /** Two lines by index between which the area is filled: upper, lower. */
  readonly band?: readonly [number, number];
  readonly timeZone: string | undefined;
  readonly height?: number;
  /** Lowest and highest of the upright axis; without it the data decide. */
  readonly scale?: readonly [number, number];
  /** Said to those who do not see the chart. */
  readonly summary: string;
  readonly axis: (value: number) => string;
  /** The words under the chart for a point, or for none. */
  readonly readout: (index: number | undefined) => string;
}

export function Plot(props: PlotProps) {
  const place = useRef<HTMLDivElement>(null);
  const [index, setIndex] = useState<number | undefined>(undefined);
  const { at, lines, band, from, to, timeZone, height = 220 } = props;
  const scheme = useScheme();
  // The axis words are functions made anew at each draw; data and colours decide.
  useEffect(() => {
    const element = place.current;
    if (!element) return;
    const plot = new uPlot(options(props, element.clientWidth, height, setIndex), dataOf(at, lines), element);
    const observer = new ResizeObserver(() => plot.setSize({ width: element.clientWidth, height }));
    observer.observe(element);
    return () => {
      observer.disconnect();
      plot.destroy();
    };
  }, [at, lines, band, from, to, timeZone, height, scheme]);
  return (
    <figure class="plot">
      <div ref={place} class="plot-area" role="img" aria-label={props.summary} />
      <figcaption class="quiet small-text">{props.readout(index)}</figcaption>
    </figure>
  );
}

const dataOf = (at: readonly number[], lines: readonly Line[]): uPlot.AlignedData => [
  at.map((ms) => ms / 1000),
  ...lines.map((line) => [...line.data]),
];

function options(
  props: PlotProps,
  width: number,
  height: number,
  onIndex: (index: number | undefined) => void,
): uPlot.Options {
  const { lines, band, from, to, timeZone, axis, scale } = props;
  const ink = cssColour("--muted");
  const grid = { stroke: cssColour("--line"), width: 1 };
  const font = "12px system-ui, sans-serif";
  const zoned = (s: number) =>
    timeZone === undefined ? new Date(s * 1000) : uPlot.tzDate(new Date(s * 1000), timeZone);
  return {
    width,
    height,
    legend: { show: false },
    cursor: { drag: { x: false, y: false }, points: { size: 7 } },
    scales: {
      x: { time: true, range: () => [from / 1000, to / 1000] },
      ...(scale ? { y: { range: () => [scale[0], scale[1]] } } : {}),
    },
    tzDate: zoned,
    axes: [
      {
        stroke: ink,
        grid,
        ticks: grid,
        font,
        values: (_u, ticks, _axis, _space, step) => timeLabels(ticks, step, zoned),
      },
      { stroke: ink, grid, ticks: { show: false }, font, size: 58, values: (_, ticks) => ticks.map(axis) },
    ],
    series: [{}, ...lines.map(seriesOf)],
    ...(band ? { bands: [{ series: [band[0] + 1, band[1] + 1], fill: `${cssColour("--ember")}2e` }] } : {}),
    hooks: { setCursor: [(u) => onIndex(u.cursor.idx ?? undefined)] },
  };
}

function seriesOf(line: Line): uPlot.Series {
  const stroke = cssColour(line.colour);
  const steps = line.stepped ? uPlot.paths.stepped?.({ align: 1 }) : undefined;
  return {
    label: line.label,
    stroke,
    width: line.width ?? 2,
    spanGaps: false,
    ...(line.dashed ? { dash: [4, 4] } : {}),
    ...(line.fill ? { fill: `${stroke}22` } : {}),
    ...(steps ? { paths: steps } : {}),
    // A value with gaps on both sides would be no line at all: it is drawn as a point.
    points: { show: line.width !== 0 && !line.dashed, size: 4, filter: lonely },
  };
}

const lonely: uPlot.Series.Points.Filter = (u, seriesIndex) => {
  const data = u.data[seriesIndex] ?? [];
  const found: number[] = [];
  for (let i = 0; i < data.length; i++)
    if (data[i] != null && data[i - 1] == null && data[i + 1] == null) found.push(i);
  return found;
};

const DAY_S = 86_400;
const two = (n: number) => String(n).padStart(2, "0");
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

function timeLabels(ticks: readonly number[], step: number, zoned: (s: number) => Date): string[] {
  return ticks.map((s) => {
    const d = zoned(s);
    const day = `${d.getDate()} ${MONTHS[d.getMonth()] ?? ""}`;
    return step >= DAY_S || (d.getHours() === 0 && d.getMinutes() === 0)
      ? day
      : `${two(d.getHours())}:${two(d.getMinutes())}`;
  });
}

/** Changes when the person's colours change, so that the canvas is drawn again. */
function useScheme(): boolean {
  const [dark, setDark] = useState(() => matchMedia("(prefers-color-scheme: dark)").matches);
  useEffect(() => {
    const query = matchMedia("(prefers-color-scheme: dark)");
    const follow = () => setDark(query.matches);
    query.addEventListener("change", follow);
    return () => query.removeEventListener("change", follow);
  }, []);
  return dark;
}
