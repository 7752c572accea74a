import type { Run } from "../words/flexible.ts";
import { clockAt, money, power } from "../words/format.ts";

interface Props {
  readonly run: Run;
  readonly now: number;
  /** Each holds until the next. */
  readonly prices: readonly { readonly from: number; readonly perKwh: number }[];
  readonly currency: string | undefined;
  readonly timeZone: string | undefined;
}

const WIDTH = 400;
const HEIGHT = 150;
/** Bottom of the bars; below it stands what is allowed, and the hours. */
const FLOOR = 104;
const HOUR = 3_600_000;
/** A latest end further off would press the run into a line. */
const MOST_MS = 26 * HOUR;

/** From when to when the picture goes: all that is allowed, as far as it can be read. */
export function stretchOf(run: Run, now: number): { from: number; to: number } {
  const from = Math.min(now, run.startAt, Math.max(run.earliestAt ?? now, now - HOUR));
  const to = Math.max(run.endAt, Math.min(run.latestEndAt ?? run.endAt, from + MOST_MS));
  return { from, to: Math.max(to, from + HOUR) };
}

/** When the appliance runs, with what power, within what it allows, before the prices of those hours. */
export function RunTimeline({ run, now, prices, currency, timeZone }: Props) {
  const { from, to } = stretchOf(run, now);
  const x = (at: number) => Math.max(0, Math.min(WIDTH, ((at - from) / (to - from)) * WIDTH));
  const most = Math.max(100, ...run.slots.map((s) => s.watts));
  const height = (watts: number) => Math.max(2, (Math.max(0, watts) / most) * (FLOOR - 30));
  const bands = prices.map((p, i) => ({ ...p, to: prices[i + 1]?.from ?? to })).filter((b) => b.to > from);
  const [low, high] = [Math.min(...bands.map((b) => b.perKwh)), Math.max(...bands.map((b) => b.perKwh))];
  const clock = (at: number) => clockAt(at, timeZone);
  const step = (to - from > 8 * HOUR ? 4 : to - from > 3 * HOUR ? 2 : 1) * HOUR;
  const ticks = Array.from({ length: 16 }, (_, i) => Math.ceil(from / HOUR) * HOUR + i * step).filter((at) => at < to);
  return (
    <figure class="run-timeline">
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={inWords(run, timeZone)}>
        {bands.map((b) => (
          <g key={b.from}>
            <rect
              class="price-band"
              x={x(b.from)}
              y={0}
              width={Math.max(0, x(b.to) - x(b.from))}
              height={FLOOR}
              fill-opacity={high > low ? 0.06 + 0.24 * ((b.perKwh - low) / (high - low)) : 0.1}
            />
            {x(b.to) - x(b.from) > 45 ? (
              <text class="band-price" x={x(b.from) + 5} y={14}>
                {money(b.perKwh, currency, 2)}
              </text>
            ) : null}
          </g>
        ))}
        {run.slots.map((s) => (
          <rect
            key={s.from}
            class="slot"
            x={x(s.from)}
            y={FLOOR - height(s.watts)}
            width={Math.max(1, x(s.to) - x(s.from) - 0.5)}
            height={height(s.watts)}
          >
            <title>{`${clock(s.from)} to ${clock(s.to)}: ${power(s.watts)}`}</title>
          </rect>
        ))}
        <line class="floor" x1={0} y1={FLOOR} x2={WIDTH} y2={FLOOR} />
        {run.latestEndAt === undefined ? null : (
          <line class="allowed" x1={x(run.earliestAt ?? now)} y1={FLOOR + 8} x2={x(run.latestEndAt)} y2={FLOOR + 8} />
        )}
        <line class="now" x1={x(now)} y1={0} x2={x(now)} y2={FLOOR + 12} />
        {ticks.map((at) => (
          <text key={at} class="tick" x={x(at)} y={HEIGHT - 14} text-anchor={x(at) < 20 ? "start" : "middle"}>
            {clock(at)}
          </text>
        ))}
      </svg>
      <figcaption>
        <dl class="run-times">
          <Time label="may begin from" at={run.earliestAt} timeZone={timeZone} />
          <Time label={run.startAt > now ? "begins" : "began"} at={run.startAt} timeZone={timeZone} strong />
          <Time label="ends" at={run.endAt} timeZone={timeZone} strong />
          <Time label="must be over by" at={run.latestEndAt} timeZone={timeZone} />
        </dl>
      </figcaption>
    </figure>
  );
}

interface TimeProps {
  readonly label: string;
  readonly at: number | undefined;
  readonly timeZone: string | undefined;
  readonly strong?: boolean;
}

function Time({ label, at, timeZone, strong }: TimeProps) {
  if (at === undefined) return null;
  return (
    <div>
      <dt class="quiet small-text">{label}</dt>
      <dd>{strong ? <strong>{clockAt(at, timeZone)}</strong> : clockAt(at, timeZone)}</dd>
    </div>
  );
}

function inWords(run: Run, timeZone: string | undefined): string {
  const most = Math.max(0, ...run.slots.map((s) => s.watts));
  const bounds = run.latestEndAt === undefined ? "" : `, over by ${clockAt(run.latestEndAt, timeZone)} at the latest`;
  return `The run from ${clockAt(run.startAt, timeZone)} to ${clockAt(run.endAt, timeZone)} with up to ${power(most)}${bounds}`;
}
