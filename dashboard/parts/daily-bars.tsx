import { dayWords, money } from "../words/format.ts";

interface Props {
  readonly daily: readonly { readonly day: string; readonly savedCost: number }[];
  readonly currency: string | undefined;
}

const WIDTH = 600;
const HEIGHT = 120;
const SHOWN = 90;

/** The saving of each replayed day as a bar: upwards saved, downwards lost. */
export function DailyBars({ daily, currency }: Props) {
  const days = daily.slice(-SHOWN);
  if (days.length === 0) return null;
  const top = Math.max(0, ...days.map((d) => d.savedCost));
  const bottom = Math.min(0, ...days.map((d) => d.savedCost));
  const span = top - bottom || 1;
  const y = (v: number) => ((top - v) / span) * HEIGHT;
  const step = WIDTH / days.length;
  const worse = days.filter((d) => d.savedCost < 0).length;
  const summary = `Saved per day: best ${money(top, currency)}, worst ${money(Math.min(...days.map((d) => d.savedCost)), currency)}; ${worse} of ${days.length} days worse than without`;
  return (
    <figure class="bars">
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" role="img" aria-label={summary}>
        {days.map((d, i) => (
          <rect
            key={d.day}
            class={d.savedCost < 0 ? "bar-bad" : "bar-good"}
            x={i * step + step * 0.12}
            width={step * 0.76}
            y={Math.min(y(d.savedCost), y(0))}
            height={Math.max(1, Math.abs(y(d.savedCost) - y(0)))}
          >
            <title>{`${dayWords(d.day)}: ${money(d.savedCost, currency)}`}</title>
          </rect>
        ))}
        <line x1="0" x2={WIDTH} y1={y(0)} y2={y(0)} />
      </svg>
      <figcaption class="quiet small-text row spread">
        <span>{dayWords(days[0]?.day ?? "")}</span>
        <span>{dayWords(days.at(-1)?.day ?? "")}</span>
        <span class="bars-words">
          Saved per day, up to {money(top, currency)}
          {worse > 0 ? `; ${worse} of ${days.length} days worse than without it` : ""}
        </span>
      </figcaption>
    </figure>
  );
}
