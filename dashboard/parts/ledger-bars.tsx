import type { LedgerRow } from "../../hub/http/schemas.ts";
import { rowWords, type Span, stackOf } from "../words/books.ts";
import { number } from "../words/format.ts";

interface Props {
  readonly rows: readonly LedgerRow[];
  readonly by: Span["rows"];
  readonly timeZone: string | undefined;
}

const WIDTH = 600;
const HEIGHT = 180;

const kwh = (n: number): string => `${number(n, 1)} kWh`;
const sum = (parts: readonly { readonly kwh: number }[]): number => parts.reduce((total, p) => total + p.kwh, 0);

/** Each stretch as a bar: upwards where the energy came from, downwards what was stored or given away. */
export function LedgerBars({ rows, by, timeZone }: Props) {
  const stacks = rows.map(stackOf);
  const top = Math.max(0.001, ...stacks.map((s) => sum(s.up)));
  const bottom = Math.max(0, ...stacks.map((s) => sum(s.down)));
  const scale = HEIGHT / (top + bottom);
  const step = WIDTH / Math.max(1, rows.length);
  const used = rows.reduce((total, row) => total + (row.usedKwh ?? 0), 0);
  const first = rows[0];
  const last = rows.at(-1);
  return (
    <figure class="bars ledger-bars">
      <svg
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={`${kwh(used)} used in ${rows.length} parts; the most in one of them came to ${kwh(top)}`}
      >
        {rows.map((row, i) => (
          <Bar key={row.from} row={row} x={i * step} width={step} zero={top * scale} scale={scale}>
            {tellOf(row, by, timeZone)}
          </Bar>
        ))}
        <line x1="0" x2={WIDTH} y1={top * scale} y2={top * scale} />
      </svg>
      <figcaption class="quiet small-text row spread">
        <span>{first ? rowWords(by, first.from, timeZone) : ""}</span>
        <span>the highest: {kwh(top)}</span>
        <span>{last ? rowWords(by, last.from, timeZone) : ""}</span>
      </figcaption>
    </figure>
  );
}

function tellOf(row: LedgerRow, by: Span["rows"], timeZone: string | undefined): string {
  const told = [
    ["used", row.usedKwh],
    ["from the grid", row.importedKwh],
    ["from the sun", row.solarKwh],
    ["to the grid", row.exportedKwh],
  ] as const;
  const words = told.flatMap(([what, n]) => (n === undefined ? [] : [`${kwh(n)} ${what}`])).join(", ");
  return `${rowWords(by, row.from, timeZone)}: ${words || "not known"}`;
}

interface BarProps {
  readonly row: LedgerRow;
  readonly x: number;
  readonly width: number;
  readonly zero: number;
  readonly scale: number;
  readonly children: string;
}

function Bar({ row, x, width, zero, scale, children }: BarProps) {
  const { up, down } = stackOf(row);
  let above = zero;
  let below = zero;
  return (
    <g>
      <title>{children}</title>
      {up.map(({ tone, kwh }) => {
        const height = kwh * scale;
        above -= height;
        return (
          <rect key={tone} class={`bar-${tone}`} x={x + width * 0.12} width={width * 0.76} y={above} height={height} />
        );
      })}
      {down.map(({ tone, kwh }) => {
        const height = kwh * scale;
        below += height;
        return (
          <rect
            key={tone}
            class={`bar-${tone} bar-away`}
            x={x + width * 0.12}
            width={width * 0.76}
            y={below - height}
            height={height}
          />
        );
      })}
      {row.coverage < 0.9 ? <rect class="bar-gap" x={x} width={width} y={0} height={HEIGHT} /> : null}
    </g>
  );
}
