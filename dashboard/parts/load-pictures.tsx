import type { LearnedLoad } from "../../hub/http/schemas.ts";
import { number, power } from "../words/format.ts";

type Programme = LearnedLoad["programmes"][number];

const WIDTH = 240;
const HEIGHT = 56;

/** A usual cycle: its power from its start to its end. */
export function CycleShape({ programme: p }: { readonly programme: Programme }) {
  const top = Math.max(1, ...p.shape);
  const x = (k: number) => ((k / p.shape.length) * WIDTH).toFixed(1);
  const y = (w: number) => (HEIGHT - (w / top) * (HEIGHT - 2)).toFixed(1);
  const steps = p.shape.map((w, k) => `L${x(k)} ${y(w)}L${x(k + 1)} ${y(w)}`).join("");
  const words = `${number(p.kwh, 2)} kWh in ${number(p.hours, 1)} h, up to ${power(top)}`;
  return (
    <figure class="cycle">
      <svg
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={`A usual cycle: ${words}`}
      >
        <path d={`M0 ${HEIGHT}${steps}L${WIDTH} ${HEIGHT}Z`} />
      </svg>
      <figcaption class="quiet small-text">
        {words} · {p.count} times
      </figcaption>
    </figure>
  );
}

/** In which hours of the day it is started. */
export function StartHours({ byHour }: { readonly byHour: readonly number[] }) {
  const top = Math.max(0.01, ...byHour);
  const wide = WIDTH / 24;
  const best = byHour.indexOf(top);
  return (
    <figure class="cycle starts">
      <svg
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={`Started most often between ${best} and ${best + 1} o'clock`}
      >
        {byHour.map((share, hour) => (
          <rect
            key={`h${String(hour)}`}
            x={hour * wide + wide * 0.12}
            width={wide * 0.76}
            y={HEIGHT - Math.max(1, (share / top) * (HEIGHT - 2))}
            height={Math.max(1, (share / top) * (HEIGHT - 2))}
          >
            <title>{`${hour}:00: ${number(share * 100, 0)} % of the starts`}</title>
          </rect>
        ))}
      </svg>
      <figcaption class="quiet small-text row spread">
        <span>0</span>
        <span>6</span>
        <span>12</span>
        <span>18</span>
        <span>24 h</span>
      </figcaption>
    </figure>
  );
}
