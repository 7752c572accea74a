import type { Bill } from "../../../hub/http/schemas.ts";
import { dayWords, money, number } from "../../words/format.ts";

interface Props {
  readonly days: Bill["days"];
  readonly currency: string;
}

const WIDTH = 620;
const HEIGHT = 130;
/** Less than this of a day known is drawn as not known. */
const KNOWN = 0.999;

/** Each day's amount as a bar; days that are not wholly known are pale. */
export function BillDays({ days, currency }: Props) {
  if (days.length === 0) return <p class="quiet">No day of it is past yet.</p>;
  const top = Math.max(0.01, ...days.map((d) => d.amount));
  const bottom = Math.min(0, ...days.map((d) => d.amount));
  const y = (v: number) => ((top - v) / (top - bottom)) * HEIGHT;
  const step = WIDTH / days.length;
  const dearest = days.reduce((a, b) => (b.amount > a.amount ? b : a), days[0] as Bill["days"][number]);
  const summary = `The dearest day was ${dayWords(dearest.day)} with ${money(dearest.amount, currency)}`;
  return (
    <figure class="bars">
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" role="img" aria-label={summary}>
        {days.map((d, i) => (
          <rect
            key={d.day}
            class={d.knownHours < d.hours * KNOWN ? "price-guess" : "price-dear"}
            x={i * step + step * 0.12}
            width={step * 0.76}
            y={Math.min(y(d.amount), y(0))}
            height={Math.max(1, Math.abs(y(d.amount) - y(0)))}
          >
            <title>{`${dayWords(d.day)}: ${money(d.amount, currency)} for ${number(d.importedKwh, 1)} kWh${d.hours === 24 ? "" : ` (${d.hours} hours)`}`}</title>
          </rect>
        ))}
      </svg>
      <figcaption class="quiet small-text row spread">
        <span>{dayWords(days[0]?.day ?? "")}</span>
        <span>{summary}.</span>
        <span>{dayWords(days.at(-1)?.day ?? "")}</span>
      </figcaption>
    </figure>
  );
}
