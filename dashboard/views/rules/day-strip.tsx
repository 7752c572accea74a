import { dayInWords, timesInWords } from "./dry-run-calendar.tsx";

interface Props {
  /** YYYY-MM-DD. */
  readonly first: string;
  /** Of each day from the first on. */
  readonly counts: readonly number[];
}

const DAY = 86_400_000;
/** More are drawn as weeks: a day would be thinner than a line. */
const MAX_CELLS = 100;
const WEEK = 7;
const DEPTHS = 4;
const HEIGHT = 16;

/** How often something came, day by day from left to right (of a long time week by week), the darker the oftener. */
export function DayStrip({ first, counts }: Props) {
  const length = counts.length > MAX_CELLS ? WEEK : 1;
  const cells = Array.from({ length: Math.ceil(counts.length / length) }, (_, i) =>
    counts.slice(i * length, (i + 1) * length).reduce((a, b) => a + b, 0),
  );
  const most = Math.max(1, ...cells);
  const busiest = counts.indexOf(Math.max(...counts));
  const total = counts.reduce((a, b) => a + b, 0);
  const dayAt = (i: number): string => new Date(Date.parse(`${first}T12:00:00Z`) + i * DAY).toISOString().slice(0, 10);
  const label =
    total === 0
      ? "on no day"
      : `on ${counts.filter((n) => n > 0).length} of ${counts.length} days; most on ${dayInWords(dayAt(busiest))}, ${timesInWords(counts[busiest] ?? 0)}`;
  return (
    <svg class="day-strip" viewBox={`0 0 ${cells.length} ${HEIGHT}`} preserveAspectRatio="none" role="img">
      <title>{label}</title>
      {cells.map((n, i) => (
        <rect
          key={dayAt(i * length)}
          x={i + 0.06}
          y={0}
          width={0.88}
          height={HEIGHT}
          data-depth={n === 0 ? 0 : Math.max(1, Math.ceil((n / most) * DEPTHS))}
        />
      ))}
    </svg>
  );
}
