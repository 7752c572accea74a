import { useState } from "preact/hooks";
import type { RuleProblem } from "../../../hub/http/schemas.ts";
import { inWords } from "../../api.ts";
import { Notice } from "../../parts/notice.tsx";

interface Props {
  readonly problems: readonly RuleProblem[];
  readonly isReady: boolean;
  /** What keeps it from being saved; empty once it is. */
  readonly onSave: (sure: boolean) => Promise<readonly RuleProblem[]>;
  readonly label?: string;
}

/** Saves what was looked at: never with an error, and with what is warned of only once a person has seen it. */
export function Saving({ problems, isReady, onSave, label = "Save" }: Props) {
  const [sure, setSure] = useState(false);
  const [busy, setBusy] = useState(false);
  const [refused, setRefused] = useState<readonly string[]>([]);
  const warnings = problems.filter((p) => p.level === "warn").length;
  const isWrong = problems.some((p) => p.level === "error");
  const save = async () => {
    setBusy(true);
    try {
      setRefused((await onSave(sure)).map((p) => p.text));
    } catch (error) {
      setRefused([inWords(error)]);
    }
    setBusy(false);
  };
  return (
    <section class="stack" aria-label="Save">
      {warnings > 0 ? (
        <label class="rule-tick">
          <input type="checkbox" checked={sure} onChange={(e) => setSure(e.currentTarget.checked)} />
          <span>I have seen {warnings === 1 ? "the warning" : `the ${warnings} warnings`}; save it all the same</span>
        </label>
      ) : null}
      {refused.length > 0 ? <Notice tone="bad">It is not saved: {refused.join(" ")}</Notice> : null}
      <div class="row">
        <button type="button" class="primary" disabled={busy || isWrong || !isReady} onClick={() => void save()}>
          {label}
        </button>
        <a class="deed" href="#/rules">
          Cancel
        </a>
      </div>
    </section>
  );
}
