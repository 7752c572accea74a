import type { FoundThing } from "../../hub/http/schemas/finds.ts";
import { number } from "../words/format.ts";

const WIDTH = 288;
const HEIGHT = 84;

interface Props {
  readonly picture: FoundThing["picture"];
  readonly timeZone: string | undefined;
}

const day = (at: number, timeZone: string | undefined): string =>
  new Intl.DateTimeFormat(undefined, { day: "numeric", month: "short", ...(timeZone ? { timeZone } : {}) }).format(at);

const DAY_MS = 86_400_000;

/** Bars by hour or by day; the part that could be saved is marked at their foot. Temperatures stand on their own lowest value. */
export function FindPicture({ picture: p, timeZone }: Props) {
  const known = p.values.filter((v) => v !== null);
  const all = p.level === undefined ? known : [...known, p.level];
  const top = Math.max(...all, p.unit === "°C" ? Number.NEGATIVE_INFINITY : 1);
  const least = Math.min(...all);
  const foot = p.unit === "°C" ? least - Math.max(1, (top - least) * 0.25) : Math.min(0, least);
  const high = (v: number) => Math.max(0, ((v - foot) / Math.max(1e-9, top - foot)) * (HEIGHT - 3));
  const wide = WIDTH / Math.max(1, p.values.length);
  const isOnTop = p.unit === "°C";
  const bar = (v: number, k: number, name: string, upTo = v) => (
    <rect
      key={`${name}${String(k)}`}
      class={name}
      x={k * wide + wide * 0.1}
      width={wide * 0.8}
      y={HEIGHT - high(upTo)}
      height={Math.max(0, high(upTo) - (isOnTop && name === "find-part" ? high(upTo - v) : 0))}
    />
  );
  return (
    <figure class="find-picture">
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" role="img" aria-label={wordsOf(p)}>
        {p.values.map((v, k) => (v === null ? null : bar(v, k, "find-bar")))}
        {p.part?.map((v, k) => (v > 0 ? bar(v, k, "find-part", isOnTop ? (p.values[k] ?? v) : v) : null))}
        {p.level === undefined ? null : (
          <line class="find-level" x1={0} x2={WIDTH} y1={HEIGHT - high(p.level)} y2={HEIGHT - high(p.level)} />
        )}
      </svg>
      <div class="row spread quiet small-text" aria-hidden="true">
        {p.across === "hours"
          ? ["0", "6", "12", "18", "24 h"].map((t) => <span key={t}>{t}</span>)
          : [0, p.values.length - 1].map((k) => (
              <span key={k}>{day((p.from ?? 0) + k * DAY_MS + DAY_MS / 2, timeZone)}</span>
            ))}
      </div>
      <figcaption class="quiet small-text">
        {p.caption}. Up to {number(Math.max(...known, 0), p.unit === "W" ? 0 : 1)} {p.unit}.
      </figcaption>
    </figure>
  );
}

/** What is to be seen, for those who hear it. */
function wordsOf({ caption, values, unit, across, part }: FoundThing["picture"]): string {
  const list = part ?? values.map((v) => v ?? 0);
  const most = list.indexOf(Math.max(...list));
  const digits = unit === "W" ? 0 : 1;
  const where =
    across === "hours" ? `between ${most} and ${most + 1} o'clock` : `on day ${most + 1} of ${values.length}`;
  return `${caption}. Most ${where}: ${number(list[most] ?? 0, digits)} ${unit}.`;
}
