import { useState } from "preact/hooks";
import type { PlanView, Verdict } from "../../hub/http/schemas.ts";
import { moment, money } from "../words/format.ts";
import { Evidence } from "./evidence.tsx";
import { Icon } from "./icon.tsx";
import { MeasuredSaving } from "./measured-saving.tsx";
import { Notice } from "./notice.tsx";

/** What a person does to a plan. Shows its own failure; never throws. */
export type PlanDeed = (plan: PlanView, what: "approve" | "refuse" | "end" | "measure", body?: object) => Promise<void>;

interface Props {
  readonly plan: PlanView;
  /** Whether its evidence is unfolded from the start. */
  readonly open: boolean;
  readonly currency: string | undefined;
  readonly timeZone: string | undefined;
  readonly deed: PlanDeed;
}

const STATES: Readonly<Record<PlanView["state"], readonly [string, string]>> = {
  proposed: ["being checked", "pill"],
  verified: ["checked on your past", "pill-good"],
  refused: ["refused by the checks", "pill-bad"],
  approved: ["approved", "pill-good"],
  running: ["running", "pill-good"],
  rejected: ["not wanted", "pill"],
  suspended: ["suspended", "pill-warn"],
  ended: ["ended", "pill"],
};

/** A proposal with its evidence, and what a person may do with it. */
export function PlanCard({ plan, open, currency, timeZone, deed }: Props) {
  const { proposal, verdict } = plan;
  const [words, tone] = STATES[plan.state];
  // Nothing was replayed where the device's own forecast is the judge, and nothing can be promised a day.
  const replayed = (verdict?.days ?? 0) > 0;
  const state = plan.state === "verified" && !replayed ? "checked on its own forecast" : words;
  return (
    <article class="card plan stack" data-plan={plan.id}>
      <header class="stack">
        <h3 class="plan-title">{proposal.title}</h3>
        <p>{proposal.because}</p>
        <div class="row">
          <span class={`pill ${tone}`}>{state}</span>
          <MadeBy plan={plan} />
          {verdict && replayed ? <Saving perDay={verdict.perDay} currency={currency} /> : null}
        </div>
      </header>
      {plan.reason && plan.state !== "verified" ? (
        <Notice tone={plan.state === "refused" || plan.state === "suspended" ? "warn" : "calm"}>{plan.reason}</Notice>
      ) : null}
      {plan.measured ? <MeasuredSaving measured={plan.measured} currency={currency} /> : null}
      <Rules plan={plan} timeZone={timeZone} />
      {verdict ? <Evidence verdict={verdict} currency={currency} open={open && plan.state === "verified"} /> : null}
      <Deeds plan={plan} deed={deed} />
      {plan.approvedAt === undefined ? null : (
        <p class="quiet small-text">
          Approved by {plan.approvedBy ?? "someone"}, {moment(plan.approvedAt, timeZone)} · {plan.hash.slice(0, 8)}
        </p>
      )}
    </article>
  );
}

/** A saving within its own doubt, or below nothing, is not shown as a good one. */
function Saving({ perDay, currency }: { readonly perDay: Verdict["perDay"]; readonly currency: string | undefined }) {
  const { mean, band } = perDay;
  return (
    <span class={`pill plan-saving ${mean > band ? "pill-good" : mean < 0 ? "pill-warn" : ""}`}>
      {mean < 0 ? "costs about" : "saves about"} {money(Math.abs(mean), currency)} ± {money(band, currency)}
      {mean < 0 ? " more a day" : " a day"}
    </span>
  );
}

function MadeBy({ plan }: { readonly plan: PlanView }) {
  const { madeBy } = plan.proposal;
  if (madeBy.kind === "planner") return <span class="pill">proposed by the planner</span>;
  return (
    <span class="pill pill-ember">
      <Icon name="spark" /> put in order by AI · {madeBy.name}
    </span>
  );
}

function Rules({ plan, timeZone }: Pick<Props, "plan" | "timeZone">) {
  const until = plan.proposal.rules.find((r) => r.until !== undefined)?.until;
  return (
    <section class="exact" aria-label="Exactly what will run">
      <h4>Exactly what runs</h4>
      <ol>
        {plan.words.map((words) => (
          <li key={words}>{words}</li>
        ))}
      </ol>
      {until === undefined ? null : <p class="quiet small-text">Ends by itself on {moment(until, timeZone)}.</p>}
    </section>
  );
}

function Deeds({ plan, deed }: Pick<Props, "plan" | "deed">) {
  const [busy, setBusy] = useState(false);
  const [refusing, setRefusing] = useState(false);
  const [reason, setReason] = useState("");
  const run = async (...[what, body]: [Parameters<PlanDeed>[1], object?]) => {
    setBusy(true);
    await deed(plan, what, body);
    setBusy(false);
  };
  if (plan.state === "running" || plan.state === "suspended")
    return (
      <div class="row">
        <button type="button" class="small" disabled={busy} onClick={() => void run("measure")}>
          Measure now
        </button>
        <button type="button" class="small" disabled={busy} onClick={() => void run("end")}>
          End this plan
        </button>
      </div>
    );
  if (plan.state !== "verified") return null;
  if (refusing)
    return (
      <form
        class="stack"
        onSubmit={(e) => {
          e.preventDefault();
          void run("refuse", { reason: reason.trim() });
        }}
      >
        <label>
          Why not?
          <input
            type="text"
            required
            maxLength={500}
            value={reason}
            onInput={(e) => setReason(e.currentTarget.value)}
          />
        </label>
        <div class="row">
          <button type="submit" disabled={busy || reason.trim() === ""}>
            Refuse it
          </button>
          <button type="button" class="plain" onClick={() => setRefusing(false)}>
            Back
          </button>
        </div>
      </form>
    );
  return (
    <div class="row">
      <button type="button" class="primary" disabled={busy} onClick={() => void run("approve", { hash: plan.hash })}>
        Approve exactly this <code>{plan.hash.slice(0, 8)}</code>
      </button>
      <button type="button" disabled={busy} onClick={() => setRefusing(true)}>
        Refuse …
      </button>
    </div>
  );
}
