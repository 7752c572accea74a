import { useState } from "preact/hooks";
import type { PolicyView } from "../../hub/http/schemas/policies.ts";
import type { NodeView } from "../../hub/http/schemas.ts";
import { announcement } from "../acting.ts";
import { age, moment, money } from "../words/format.ts";
import { goalWords } from "../words/goal.ts";
import { HoldLine } from "./hold-line.tsx";
import { Notice } from "./notice.tsx";
import { PolicyAsks, PolicyChange, type PolicyDeed, PolicyRefusal } from "./policy-choices.tsx";
import { PolicyDoors } from "./policy-doors.tsx";
import { PolicyEvidence } from "./policy-verdict.tsx";
import { PolicyWatched } from "./policy-watched.tsx";
import { PolicyWeeks } from "./policy-weeks.tsx";
import { ScheduleChart } from "./schedule-chart.tsx";

interface Props {
  readonly policy: PolicyView;
  readonly nodes: readonly NodeView[];
  readonly currency: string | undefined;
  readonly timeZone: string | undefined;
  /** Epoch ms. */
  readonly now: number;
  readonly deed: PolicyDeed;
}

const STATES: Readonly<Record<PolicyView["state"], readonly [string, string]>> = {
  proposed: ["waits for you", "pill-ember"],
  shadow: ["only watching", "pill"],
  running: ["running", "pill-good"],
  suspended: ["suspended", "pill-warn"],
  ended: ["ended", "pill"],
  rejected: ["not wanted", "pill"],
};

/** A policy with its trial, what is planned within it, and what a person may do with it. */
export function PolicyCard({ policy, nodes, currency, timeZone, now, deed }: Props) {
  const [words, tone] = STATES[policy.state];
  const trying = policy.trying !== undefined;
  return (
    <article class="card plan stack" data-policy={policy.id}>
      <header class="stack">
        <h3 class="plan-title">{policy.title}</h3>
        <p>Plans {policy.devices.map((d) => d.name).join(", ")} anew every hour, within what you approve.</p>
        <div class="row">
          <span class={`pill ${trying ? "pill-ember" : tone}`}>{trying ? "being tried" : words}</span>
          {policy.verdict && !policy.verdict.cantJudge ? <Saving policy={policy} currency={currency} /> : null}
        </div>
      </header>
      {trying ? (
        <p class="row" role="status">
          <progress value={policy.trying} max={1} aria-label="Trial" />
          Lives through two weeks of this home's past …
        </p>
      ) : policy.state === "running" ? null : (
        <Notice tone={toneOf(policy)}>{policy.reason}</Notice>
      )}
      <ul class="goals">
        {policy.goals.map((goal) => (
          <li key={JSON.stringify(goal)}>{goalWords(goal, nodes)}</li>
        ))}
      </ul>
      <PolicyDoors policy={policy} />
      {policy.leftOut.length > 0 ? (
        <p class="quiet small-text">
          Not steered: {policy.leftOut.map((l) => `${l.name} (${l.reason.replace(`${l.name}: `, "")})`).join("; ")}
        </p>
      ) : null}
      {policy.schedule ? (
        <Planned policy={policy} schedule={policy.schedule} currency={currency} timeZone={timeZone} now={now} />
      ) : policy.state === "running" || policy.state === "shadow" ? (
        <p class="quiet">The hub works out the next 24 hours …</p>
      ) : null}
      {policy.state === "running"
        ? policy.devices.map((d) => <HoldLine key={d.node} node={d.node} name={d.name} changed={announcement.value} />)
        : null}
      <PolicyWeeks policy={policy} currency={currency} timeZone={timeZone} />
      {policy.state === "shadow" || policy.state === "running" || policy.state === "suspended" ? (
        <PolicyWatched policy={policy} currency={currency} />
      ) : null}
      {policy.verdict ? (
        <PolicyEvidence verdict={policy.verdict} currency={currency} open={policy.state === "proposed"} />
      ) : null}
      <PolicyAsks policy={policy} deed={deed} />
      <Deeds policy={policy} deed={deed} />
      {trying ? null : <Choices policy={policy} deed={deed} />}
      {policy.approvedAt === undefined ? null : (
        <p class="quiet small-text">
          Approved by {policy.approvedBy ?? "someone"}, {moment(policy.approvedAt, timeZone)} ·{" "}
          {policy.hash.slice(0, 8)}
        </p>
      )}
    </article>
  );
}

/** What needs a person's eye stands out. */
const toneOf = ({ state, verdict }: PolicyView): "warn" | "calm" =>
  state === "suspended" || (state === "proposed" && verdict?.ok === false) ? "warn" : "calm";

function Saving({ policy, currency }: Pick<Props, "policy" | "currency">) {
  const { mean = 0, band = 0 } = policy.verdict?.perDay ?? {};
  return (
    <span class={`pill plan-saving ${mean > band ? "pill-good" : mean < 0 ? "pill-warn" : ""}`}>
      {mean < 0 ? "costs about" : "saves about"} {money(Math.abs(mean), currency)} ± {money(band, currency)}
      {mean < 0 ? " more a day" : " a day"}
    </span>
  );
}

interface PlannedProps extends Omit<Props, "deed" | "nodes"> {
  readonly schedule: NonNullable<PolicyView["schedule"]>;
}

function Planned({ policy, schedule, currency, timeZone, now }: PlannedProps) {
  const would = policy.state === "running" ? "What it does" : "What it would do";
  return (
    <section class="stack" aria-label={`${would} in the next 24 hours`}>
      <h4>{would} in the next 24 hours</h4>
      <ScheduleChart schedule={schedule} currency={currency} timeZone={timeZone} />
      {schedule.fallback ? <Notice tone="warn">{schedule.fallback}</Notice> : null}
      {schedule.broken.map((words) => (
        <Notice key={words} tone="warn">
          Can't be had: {words}.
        </Notice>
      ))}
      {schedule.guard ? <Guard guard={schedule.guard} /> : null}
      {schedule.aside.length > 0 ? (
        <p class="quiet small-text">
          On their own for now: {schedule.aside.map((a) => `${a.name} (${a.reason})`).join("; ")}
        </p>
      ) : null}
      <p class="quiet small-text">Planned {age(schedule.at, now)}; a click on a block says why.</p>
    </section>
  );
}

/** What is done between two plans so that the power stays below what is allowed. */
function Guard({ guard }: { readonly guard: NonNullable<PlannedProps["schedule"]["guard"]> }) {
  return (
    <>
      {guard.held.map((words) => (
        <Notice key={words} tone="calm">
          {words}.
        </Notice>
      ))}
      <p class="quiet small-text">{guard.words}.</p>
    </>
  );
}

/** What can be refused or changed as it stands now. */
function Choices({ policy, deed }: Pick<Props, "policy" | "deed">) {
  const { state } = policy;
  const open = state === "proposed" || state === "shadow";
  return (
    <>
      {open || state === "running" || state === "suspended" ? <PolicyChange policy={policy} deed={deed} /> : null}
      {open ? <PolicyRefusal policy={policy} deed={deed} /> : null}
    </>
  );
}

function Deeds({ policy, deed }: Pick<Props, "policy" | "deed">) {
  const [busy, setBusy] = useState(false);
  const run = async (...[what, body]: [Parameters<PolicyDeed>[1], object?]) => {
    setBusy(true);
    await deed(policy, what, body);
    setBusy(false);
  };
  const { state, verdict, trying } = policy;
  const button = (label: string, what: Parameters<PolicyDeed>[1], body?: object, primary = false) => (
    <button type="button" class={primary ? "primary" : "small"} disabled={busy} onClick={() => void run(what, body)}>
      {label}
    </button>
  );
  if (trying !== undefined) return <div class="row">{button("Stop the trial", "end")}</div>;
  const undecided = state === "proposed" || state === "shadow";
  return (
    <div class="row">
      {undecided && verdict?.ok ? (
        <button
          type="button"
          class="primary"
          disabled={busy}
          onClick={() => void run("approve", { hash: policy.hash })}
        >
          Approve exactly this <code>{policy.hash.slice(0, 8)}</code>
        </button>
      ) : null}
      {state === "proposed" || state === "running" || state === "suspended" ? button("Only watch", "watch") : null}
      {state === "suspended" ? button("Run again", "resume") : null}
      {undecided || state === "suspended" ? button("Try on the past again", "try") : null}
      {state === "running" ? button("Measure now", "measure") : null}
      {state === "running" || state === "suspended" || state === "shadow" ? button("End it", "end") : null}
    </div>
  );
}
