import type { NodeView, Wish } from "../../hub/http/schemas.ts";
import { age } from "../words/format.ts";
import { goalWords } from "../words/goal.ts";

interface Props {
  readonly wish: Wish;
  readonly open: boolean;
  readonly nodes: readonly NodeView[];
  readonly now: number;
  readonly onCancel: () => void;
}

const STATES = { reading: "being read", planning: "being planned", done: "planned", failed: "failed" } as const;
const STEPS = ["reading", "planning", "done"] as const;

/** A wish as it was said, how it was read, and how far it is. */
export function WishCard({ wish, open, nodes, now, onCancel }: Props) {
  const busy = wish.state === "reading" || wish.state === "planning";
  return (
    <details class="card wish" open={open || busy}>
      <summary>
        <span class="wish-text">“{wish.text}”</span>
        <span class={`pill ${busy ? "pill-ember" : wish.state === "failed" ? "pill-bad" : "pill-good"}`}>
          {STATES[wish.state]}
        </span>
      </summary>
      <div class="stack">
        {busy ? <Steps state={wish.state} /> : null}
        <p role={busy ? "status" : undefined} class={wish.state === "failed" ? "wanted-bad" : "quiet"}>
          {wish.progress}
        </p>
        {wish.goals.length > 0 ? (
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
            <h3>Proposals that were turned down at once</h3>
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
          {wish.readBy ? ` · read by ${wish.readBy}` : ""}
        </p>
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
