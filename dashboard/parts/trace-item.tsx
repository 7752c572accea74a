import type { Trace } from "../../hub/http/schemas.ts";
import { clockAt } from "../words/format.ts";

interface Props {
  readonly trace: Trace;
  readonly timeZone: string | undefined;
  readonly nameOf: (node: string) => string | undefined;
  /** The only one shown: open from the start. */
  readonly open: boolean;
}

const KINDS = {
  run: ["ran", "pill"],
  nearMiss: ["did nothing", "pill pill-warn"],
  steady: ["changed its mind", "pill"],
} as const;

/** One thing that a rule did, or nearly did; it opens to its lines with their times. */
export function TraceItem({ trace, timeZone, nameOf, open }: Props) {
  const { at, endedAt, title, kind, cause, outcome, nodes, lines, rule } = trace;
  const isBad = lines.some((l) => l.bad);
  const [label, tone] =
    endedAt === undefined
      ? ["runs now", "pill pill-good"]
      : isBad
        ? ["ran, not all came of it", "pill pill-warn"]
        : KINDS[kind];
  return (
    <li class="card trace" data-trace={trace.id}>
      <details open={open}>
        <summary>
          <span class="trace-at">{clockAt(at, timeZone)}</span>
          <span class="trace-head">
            <strong>{title}</strong>
            <span class={tone}>{label}</span>
            <span class="trace-outcome">{kind === "nearMiss" ? outcome : cause}</span>
          </span>
        </summary>
        <div class="trace-body">
          <p>
            <span class="quiet">{kind === "nearMiss" ? "What spoke for it: " : "Why: "}</span>
            {cause}
          </p>
          {lines.length > 0 ? (
            <ol class="trace-lines">
              {lines.map((line, i) => (
                <li key={i} class={line.bad ? "trace-bad" : undefined}>
                  <time class="quiet" dateTime={new Date(line.at).toISOString()}>
                    {withSeconds(line.at, timeZone)}
                  </time>
                  <span>
                    {line.bad ? <span class="heard">Not as wanted: </span> : null}
                    {line.text}
                  </span>
                </li>
              ))}
            </ol>
          ) : null}
          <p>
            <span class="quiet">{kind === "nearMiss" ? "What spoke against it: " : "What came of it: "}</span>
            {outcome}
            {endedAt !== undefined && endedAt - at > 60_000 ? `, at ${clockAt(endedAt, timeZone)}` : ""}
          </p>
          <p class="row small-text">
            <a href={`#/traces?rule=${encodeURIComponent(rule)}`}>Only this rule</a>
            {nodes.map((node) => {
              const name = nameOf(node);
              return name === undefined ? null : (
                <a key={node} href={`#/node/${encodeURIComponent(node)}`}>
                  {name}
                </a>
              );
            })}
          </p>
        </div>
      </details>
    </li>
  );
}

const withSeconds = (at: number, timeZone: string | undefined): string =>
  new Intl.DateTimeFormat("en-GB", { timeStyle: "medium", ...(timeZone === undefined ? {} : { timeZone }) }).format(at);
