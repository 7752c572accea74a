import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import type { NodeView, Wish } from "../../hub/http/schemas.ts";
import { age } from "../words/format.ts";
import { goalWords } from "../words/goal.ts";

interface Props {
  readonly wish: Wish;
  readonly open: boolean;
  readonly nodes: readonly NodeView[];
  readonly now: number;
  readonly onCancel: () => void;
  /** Asks for a policy of its goals. */
  readonly onPolicy: () => Promise<void>;
  /** The reading as a form, while it waits for the person. */
  readonly form?: ComponentChildren;
}

const STATES = {
  reading: "being read",
  read: "waits for you",
  planning: "being planned",
  done: "planned",
  failed: "failed",
  cancelled: "put aside",
} as const;
const TONES: Readonly<Record<Wish["state"], string>> = {
  ...{ reading: "pill-ember", read: "pill-ember", planning: "pill-ember" },
  ...{ done: "pill-good", failed: "pill-bad", cancelled: "" },
};
const STEPS: readonly Wish["state"][] = ["reading", "planning", "done"];

/** A wish as it was said, how it was read, and how far it is. */
export function WishCard({ wish, open, nodes, now, onCancel, onPolicy, form }: Props) {
  const busy = wish.state === "reading" || wish.state === "planning";
  return (
    <details class="card wish" open={open || busy || form !== undefined}>
      <summary>
        <span class="wish-text">{wish.text ? `“${wish.text}”` : "Goals of a form"}</span>
        <span class={`pill ${TONES[wish.state]}`}>{STATES[wish.state]}</span>
      </summary>
      <div class="stack">
        {busy ? <Steps state={wish.state} /> : null}
        <p role={busy ? "status" : undefined} class={wish.state === "failed" ? "wanted-bad" : "quiet"}>
          {form
            ? "This is how it was read. Change what you meant otherwise; nothing is planned before you say so."
            : wish.progress}
        </p>
        {form ?? null}
        {wish.goals.length > 0 && !form ? (
          <div>
            <h3>Read as</h3>
            <ul class="goals">
              {wish.goals.map((goal) => (
                <li key={JSON.stringify(goal)}>{goalWords(goal, nodes)}</li>
              ))}
            </ul>
          </div>
        ) : null}
        {wish.refused.length > 0 ? (
          <div>
            <h3>{wish.state === "done" ? "Proposals that were turned down at once" : "What was not taken over"}</h3>
            <ul class="refused">
              {wish.refused.map((r) => (
                <li key={`${r.title}${r.reason}`}>
                  {r.title}: <span class="quiet">{r.reason}</span>
                </li>
              ))}
            </ul>
          </div>
        ) : null}
        <p class="quiet small-text">
          said by {wish.by}, {age(wish.at, now)}
          {wish.readBy ? ` · read by ${wish.readBy.replace("model:", "")}` : ""}
          {wish.rankedBy ? ` · put in order by ${wish.rankedBy}` : ""}
        </p>
        {wish.goals.length > 0 && !form && !busy ? <AsPolicy onPolicy={onPolicy} /> : null}
        {busy ? (
          <div class="row">
            <button type="button" class="small" onClick={onCancel}>
              Stop planning
            </button>
          </div>
        ) : null}
      </div>
    </details>
  );
}

/** Beside the single plans: one policy over all of its devices. */
function AsPolicy({ onPolicy }: Pick<Props, "onPolicy">) {
  const [busy, setBusy] = useState(false);
  const ask = async () => {
    setBusy(true);
    await onPolicy();
    setBusy(false);
  };
  return (
    <div class="row">
      <button type="button" class="small" disabled={busy} onClick={() => void ask()}>
        {busy ? "Looking at the home …" : "Plan it as a whole, anew every hour"}
      </button>
    </div>
  );
}

function Steps({ state }: { readonly state: Wish["state"] }) {
  const at = state === "failed" ? -1 : STEPS.indexOf(state);
  return (
    <ol class="steps" aria-label="Progress">
      {["Reading the wish", "Trying proposals on the past", "Ready to decide"].map((label, i) => (
        <li
          key={label}
          class={i < at ? "step-done" : i === at ? "step-now" : ""}
          aria-current={i === at ? "step" : undefined}
        >
          {label}
        </li>
      ))}
    </ol>
  );
}
