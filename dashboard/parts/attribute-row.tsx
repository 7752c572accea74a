import type { ComponentChildren } from "preact";
import type { AttributeView, Known } from "../../hub/http/schemas.ts";
import { age } from "../words/format.ts";
import { knownWords } from "../words/values.ts";

export interface RowProps {
  readonly now: number;
  readonly known: (key: string) => Known;
  readonly charted: string | undefined;
  readonly onChart: (key: string) => void;
}

/** Whether the past of it is a line to look at: a moment in time is none. */
const charts = ({ type, unit }: AttributeView): boolean =>
  type === "boolean" || (type === "number" && unit !== "epoch-s" && unit !== "min-of-day");

/** One attribute: its value with its time and source, a way to its past, and below it what sets it. */
export function AttributeRow({
  attribute: a,
  now,
  known,
  charted,
  onChart,
  children,
}: RowProps & { readonly attribute: AttributeView; readonly children?: ComponentChildren }) {
  const told = known(a.key);
  const source = (told.status === "unknown" ? a.source : told.source).replace(/#$/, "");
  return (
    <li class={`attribute ${told.status}`}>
      <div>
        <span class="attribute-label">{a.label}</span>
        <span class="quiet small-text">
          {" "}
          {told.status === "unknown" ? told.reason : age(told.at, now)}
          {told.status === "stale" ? ` · ${told.reason}` : ""}
        </span>
        <span class="source small-text">{source}</span>
      </div>
      <div class="attribute-value">
        <strong>{knownWords(a, told)}</strong>
        {told.status === "stale" ? <span class="pill pill-warn">stale</span> : null}
        {charts(a) ? (
          <button
            type="button"
            class="plain small-text"
            aria-pressed={charted === a.key}
            aria-label={`Chart of ${a.label}`}
            onClick={() => onChart(a.key)}
          >
            Chart
          </button>
        ) : null}
      </div>
      {children ? <div class="attribute-set">{children}</div> : null}
    </li>
  );
}
