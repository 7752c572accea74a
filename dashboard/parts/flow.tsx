import { power } from "../words/format.ts";
import { ICONS } from "./icons.ts";

/** One source or sink of the picture. `watts` as the house counts: positive is imported by it, undefined is unknown. */
export interface FlowPart {
  readonly id: "sun" | "grid" | "battery" | "car";
  readonly label: string;
  readonly watts: number | undefined;
  readonly extra?: string | undefined;
}

interface Props {
  readonly parts: readonly FlowPart[];
  /** What the house itself uses, W. */
  readonly house: number | undefined;
}

const PLACES = {
  sun: { x: 180, y: 52, path: "M180 92 V132" },
  grid: { x: 52, y: 176, path: "M92 176 H136" },
  battery: { x: 308, y: 176, path: "M268 176 H224" },
  car: { x: 180, y: 300, path: "M180 260 V220" },
} as const;

/** Under this nothing flows worth drawing. */
const STILL_W = 5;

/** Where energy comes from and goes to now. Widths grow with the power; a still part is a thin line. */
export function Flow({ parts, house }: Props) {
  return (
    <svg class="flow" viewBox="0 0 360 352" role="img" aria-label={inWords(parts, house)}>
      {parts.map((part) => (
        <Wire key={part.id} part={part} />
      ))}
      {parts.map((part) => (
        <Stop
          key={part.id}
          x={PLACES[part.id].x}
          y={PLACES[part.id].y}
          tone={part.id}
          icon={part.id}
          label={part.label}
          value={powerOf(part)}
          extra={part.extra}
        />
      ))}
      <Stop
        x={180}
        y={176}
        tone="house"
        icon="house"
        label="House"
        value={house === undefined ? "unknown" : power(house)}
      />
    </svg>
  );
}

const powerOf = (part: FlowPart): string => (part.watts === undefined ? "unknown" : power(Math.abs(part.watts)));

function Wire({ part }: { readonly part: FlowPart }) {
  const { path } = PLACES[part.id];
  const watts = part.watts ?? 0;
  const still = Math.abs(watts) < STILL_W;
  const width = still ? 2 : 2.5 + Math.min(7, Math.sqrt(Math.abs(watts)) / 11);
  const speed = Math.abs(watts) > 2000 ? "fast" : Math.abs(watts) > 400 ? "even" : "slow";
  // The grid's import goes into the house; what any other part imports comes out of it.
  const inwards = part.id === "grid" ? watts > 0 : watts < 0;
  return (
    <g class={`wire tone-${part.id}`}>
      <path d={path} class="wire-bed" stroke-width={width + 3} />
      {still ? null : (
        <path d={path} class={`wire-flow ${speed} ${inwards ? "inwards" : "outwards"}`} stroke-width={width} />
      )}
    </g>
  );
}

interface StopProps {
  readonly x: number;
  readonly y: number;
  readonly tone: string;
  readonly icon: string;
  readonly label: string;
  readonly value: string;
  readonly extra?: string | undefined;
}

function Stop({ x, y, tone, icon, label, value, extra }: StopProps) {
  const big = tone === "house";
  return (
    <g class={`stop tone-${tone}`} transform={`translate(${x} ${y})`}>
      <circle r={big ? 46 : 44} />
      <path class="stop-icon" d={ICONS[icon] ?? ""} transform="translate(-11 -35) scale(0.92)" />
      <text y="6" class="stop-value">
        {value}
      </text>
      <text y="21" class="stop-label">
        {label}
      </text>
      {extra ? (
        <text y="34" class="stop-label">
          {extra}
        </text>
      ) : null}
    </g>
  );
}

function inWords(parts: readonly FlowPart[], house: number | undefined): string {
  const said = parts.map((p) => `${p.label} ${powerOf(p)}${p.extra ? `, ${p.extra}` : ""}`);
  return `Energy now. House ${house === undefined ? "unknown" : power(house)}. ${said.join(". ")}.`;
}
