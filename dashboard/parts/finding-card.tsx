import { useState } from "preact/hooks";
import type { Finding } from "../../hub/http/schemas.ts";
import { age, moment, number } from "../words/format.ts";
import { outcomeWords } from "../words/outcome.ts";
import { MakersReport } from "./makers-report.tsx";
import { Notice } from "./notice.tsx";

/** What a person can say of a finding. */
export type Say = "accept" | "ignore" | "reopen";

interface Props {
  readonly finding: Finding;
  /** The name of its device, for the words of what would be sent. */
  readonly name: string;
  readonly now: number;
  readonly timeZone: string | undefined;
  readonly onSay: (verb: Say) => Promise<void>;
  readonly onFix: () => Promise<void>;
  readonly readReport: () => Promise<string>;
}

const PILLS: Readonly<Record<Finding["state"], readonly [words: string, tone: string]>> = {
  new: ["new", "pill-warn"],
  accepted: ["accepted", ""],
  ignored: ["ignored", ""],
  fixed: ["over", "pill-good"],
};

const SAYS: readonly { readonly verb: Say; readonly label: string; readonly at: readonly Finding["state"][] }[] = [
  { verb: "accept", label: "Accept", at: ["new"] },
  { verb: "ignore", label: "Ignore", at: ["new", "accepted"] },
  { verb: "reopen", label: "Show as new again", at: ["accepted", "ignored", "fixed"] },
];

/** One thing that is wrong: where, since when, what helps, and what a person can do about it here. */
export function FindingCard(props: Props) {
  const { finding: f, now, timeZone, onSay } = props;
  const [busy, setBusy] = useState(false);
  const [open, setOpen] = useState<"remedy" | "report" | undefined>(undefined);
  const [pill, tone] = PILLS[f.state];
  const run = async (work: () => Promise<void>) => {
    setBusy(true);
    await work();
    setBusy(false);
  };
  const close = () => setOpen(undefined);
  return (
    <li class="card stack finding" data-finding={f.code}>
      <div class="finding-head">
        <h3>{f.message}</h3>
        <span class={`pill ${tone}`}>{pill}</span>
      </div>
      {f.fix ? (
        <p>
          <strong>What helps:</strong> {f.fix}
        </p>
      ) : null}
      <Facts finding={f} />
      <p class="quiet small-text">
        {number(f.count, 0)} {f.count === 1 ? "time" : "times"}
        {f.count > 1 ? `, first ${moment(f.firstAt, timeZone)}` : ""}, last {age(f.lastAt, now)}
        {settledWords(f, timeZone)}
      </p>
      {f.tried ? <Tried tried={f.tried} isOpen={f.state !== "fixed"} /> : null}
      <div class="row">
        {f.remedy && f.state !== "fixed" && open !== "remedy" ? (
          <button type="button" class="small primary" onClick={() => setOpen("remedy")}>
            Fix: {f.remedy.label} …
          </button>
        ) : null}
        {SAYS.filter((s) => s.at.includes(f.state)).map(({ verb, label }) => (
          <button key={verb} type="button" class="small" disabled={busy} onClick={() => void run(() => onSay(verb))}>
            {label}
          </button>
        ))}
        {open === "report" ? null : (
          <button type="button" class="plain small-text" onClick={() => setOpen("report")}>
            Report for the maker …
          </button>
        )}
      </div>
      {open === "remedy" ? <Remedy {...props} busy={busy} run={run} close={close} /> : null}
      {open === "report" ? <MakersReport name={`${f.code}.md`} read={props.readReport} close={close} /> : null}
    </li>
  );
}

function Facts({ finding: { topic, field, expected, sample } }: { readonly finding: Finding }) {
  const facts = [
    ["Field", field],
    ["Topic", topic],
    ["Expected", expected],
    ["Said", sample],
  ].filter(([, value]) => value);
  if (facts.length === 0) return null;
  return (
    <dl class="finding-facts small-text">
      {facts.map(([label, value]) => (
        <div key={label}>
          <dt class="quiet">{label}</dt>
          <dd class={label === "Expected" ? "" : "code"}>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

function settledWords({ settled, state }: Finding, timeZone: string | undefined): string {
  if (!settled) return "";
  const when = moment(settled.at, timeZone);
  return settled.why ? `; over since ${when}: ${settled.why}` : `; ${PILLS[state][0]} by ${settled.by}, ${when}`;
}

function Tried({ tried, isOpen }: { readonly tried: NonNullable<Finding["tried"]>; readonly isOpen: boolean }) {
  const good = tried.outcome.state === "confirmed" || tried.outcome.state === "accepted";
  return (
    <Notice tone={good ? (isOpen ? "warn" : "good") : "bad"}>
      {tried.by} let the hub try: {outcomeWords(tried.outcome)}
      {good && isOpen ? ". It was found again since." : ""}
    </Notice>
  );
}

interface RemedyProps extends Props {
  readonly busy: boolean;
  readonly run: (work: () => Promise<void>) => Promise<void>;
  readonly close: () => void;
}

/** What the hub can do itself: nothing goes out before a person has read exactly what will. */
function Remedy({ finding, name, busy, run, onFix, close }: RemedyProps) {
  if (!finding.remedy) return null;
  const { command } = finding.remedy;
  const args = Object.keys(command.args).length > 0 ? ` ${JSON.stringify(command.args)}` : "";
  return (
    <div class="remedy stack">
      <p>
        This will be sent to {name}, endpoint {command.target.endpoint}, in your name:
      </p>
      <pre class="code">{`${command.capability}.${command.command}${args}`}</pre>
      <div class="row">
        <button
          type="button"
          class="small primary"
          disabled={busy}
          aria-busy={busy}
          onClick={() => void run(onFix).then(close)}
        >
          {busy ? "Sending …" : "Send it"}
        </button>
        <button type="button" class="small" disabled={busy} onClick={close}>
          Not now
        </button>
      </div>
    </div>
  );
}
