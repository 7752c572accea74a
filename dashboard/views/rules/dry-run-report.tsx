import { useState } from "preact/hooks";
import type { RuleTrial } from "../../../hub/http/schemas.ts";
import { settings } from "../../store.ts";
import { dayOf } from "../../words/days.ts";
import { clockAt, moment, number, signed } from "../../words/format.ts";
import { DryRunCalendar, dayInWords } from "./dry-run-calendar.tsx";
import { lengthInWords } from "./dry-run-length.ts";
import { DryRunRooms } from "./dry-run-rooms.tsx";

interface Props {
  readonly report: RuleTrial;
}

/** What came of a trial: the figures, the days, what happened on a day, who wanted it otherwise, and what it rests on. */
export function DryRunReport({ report }: Props) {
  const { days, worst, runs } = report;
  const timeZone = settings.value?.timeZone;
  const last = days.findLast((d) => d.firings > 0)?.day ?? days.at(-1)?.day;
  const [chosen, setChosen] = useState(worst?.day ?? last);
  const shown = runs.filter((run) => dayOf(run.at, timeZone) === chosen);
  return (
    <div class="stack dry-run-report">
      <Figures report={report} />
      {worst ? (
        <p>
          <strong>The worst day</strong>: {dayInWords(worst.day)}: {worst.why}.
        </p>
      ) : null}
      <DryRunCalendar days={days} worst={worst?.day} chosen={chosen} onChoose={setChosen} />
      <p class="quiet small-text dry-run-legend">
        The darker a day, the oftener it would have come. <span class="dry-run-key dry-run-worst" /> the worst day{" "}
        <span class="dry-run-key dry-run-fought" /> something else wanted it otherwise
      </p>
      {chosen ? <DayRuns day={chosen} report={report} runs={shown} timeZone={timeZone} /> : null}
      {report.comfort.known && report.comfort.value.rooms.length > 0 ? (
        <DryRunRooms rooms={report.comfort.value.rooms} timeZone={timeZone} />
      ) : null}
      <Fights fights={report.fights} timeZone={timeZone} />
      <details class="small-text">
        <summary>What this rests on</summary>
        <ul class="dry-run-notes">
          {report.notes.map((note) => (
            <li key={note}>{note}</li>
          ))}
        </ul>
      </details>
    </div>
  );
}

/** The figure in a line; room by room it is told below. */
function comfortFigure(comfort: RuleTrial["comfort"]): readonly [string, string, string] {
  if (!comfort.known) return ["Comfort", "can't be told", comfort.why];
  const { rooms, untold } = comfort.value;
  if (rooms.length === 0) return ["Comfort", "as it was", "it heats nothing"];
  const more = rooms.reduce((sum, { below, above }) => sum + below.would - below.was + above.would - above.was, 0);
  const value = more === 0 ? "as it was" : `${lengthInWords(Math.abs(more))} ${more > 0 ? "less" : "more"}`;
  return [
    "Comfort",
    value,
    untold.length > 0 ? `of the rest it can't be told: ${untold.join("; ")}` : "room by room below",
  ];
}

function Figures({ report }: Props) {
  const { firings, changes, alreadySo, nearMisses, energy, comfort, form, heldMinutes, unknownMinutes } = report;
  const currency = settings.value?.currency ?? "";
  const money = energy.known ? `${signed(energy.value.money, 2)} ${currency}` : "can't be told";
  const list: (readonly [what: string, value: string, beside: string])[] = [
    [
      form === "while" ? "It would have come into force" : "It would have come",
      firings === 1 ? "once" : firings === 0 ? "never" : `${number(firings, 0)} times`,
      heldMinutes === undefined
        ? nearMisses > 0
          ? `and nearly ${number(nearMisses, 0)} more`
          : ""
        : `for ${lengthInWords(heldMinutes)} in all`,
    ],
    [
      "It would have changed something",
      changes === 0 ? "never" : changes === 1 ? "once" : `${number(changes, 0)} times`,
      alreadySo > 0 ? `${number(alreadySo, 0)} times it was so already` : "",
    ],
    [
      "Energy",
      energy.known ? `${signed(energy.value.kwh, 1)} kWh` : "can't be told",
      energy.known ? "against what was" : energy.why,
    ],
    ["Money", money, energy.known ? "at the prices of then" : ""],
    comfortFigure(comfort),
    ...(unknownMinutes > 0
      ? [["Nobody knows", lengthInWords(unknownMinutes), "what it needs was not known then"] as const]
      : []),
  ];
  return (
    <dl class="dry-run-figures">
      {list.map(([what, value, beside]) => (
        <div key={what}>
          <dt>{what}</dt>
          <dd>
            <strong>{value}</strong>
            {beside ? <span class="quiet small-text">{beside}</span> : null}
          </dd>
        </div>
      ))}
    </dl>
  );
}

interface DayProps {
  readonly day: string;
  readonly report: RuleTrial;
  readonly runs: RuleTrial["runs"];
  readonly timeZone: string | undefined;
}

function DayRuns({ day, report, runs, timeZone }: DayProps) {
  const facts = report.days.find((d) => d.day === day);
  const count = facts?.firings ?? 0;
  const energy = facts?.energy;
  const fired = runs.filter((r) => r.kind !== "nearMiss");
  const nearly = runs.filter((r) => r.kind === "nearMiss");
  const told = fired.filter((r) => r.kind === "run" || r.outcome === "it holds").length;
  return (
    <section class="stack" aria-label={dayInWords(day)} aria-live="polite">
      <h3>{dayInWords(day)}</h3>
      {energy ? (
        <p class="small-text">
          {signed(energy.kwh, 2)} kWh, {signed(energy.money, 2)} {settings.value?.currency ?? ""}
        </p>
      ) : null}
      {fired.length === 0 && count === 0 ? <p class="quiet">It would not have come.</p> : null}
      <Runs runs={fired} timeZone={timeZone} />
      {count > told ? <p class="quiet small-text">and {number(count - told, 0)} more on that day</p> : null}
      {nearly.length > 0 ? (
        <details class="small-text">
          <summary>Nearly: {number(nearly.length, 0)}</summary>
          <Runs runs={nearly} timeZone={timeZone} />
        </details>
      ) : null}
    </section>
  );
}

/** What started it with the values seen, and what it would have done; of a near miss, what spoke against it. */
function Runs({ runs, timeZone }: Pick<DayProps, "runs" | "timeZone">) {
  return (
    <ol class="plain-list dry-run-runs">
      {runs.map((run) => (
        <li key={run.id}>
          <time dateTime={new Date(run.at).toISOString()}>{clockAt(run.at, timeZone)}</time>
          <span>
            {run.cause}
            {run.kind === "run" ? "" : <span class="quiet">: {run.outcome}</span>}
            {run.lines.map((line, i) => (
              <span key={i} class={line.bad ? "dry-run-line dry-run-bad" : "dry-run-line"}>
                {line.at - run.at >= 60_000 ? `${clockAt(line.at, timeZone)} ` : ""}
                {line.text}
              </span>
            ))}
          </span>
        </li>
      ))}
    </ol>
  );
}

function Fights({ fights, timeZone }: { readonly fights: RuleTrial["fights"]; readonly timeZone: string | undefined }) {
  return (
    <section class="stack" aria-label="What would have fought it">
      <h3>What would have fought it</h3>
      {fights.length === 0 ? <p class="quiet">Nothing and nobody that is known of.</p> : null}
      <ul class="dry-run-fights">
        {fights.map((f) => (
          <li key={`${f.kind} ${f.by}`}>
            <strong>{f.by}</strong>, {f.count === 1 ? "once" : `${number(f.count, 0)} times`}, last on{" "}
            {moment(f.lastAt, timeZone)}: <span class="quiet">{f.example}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
