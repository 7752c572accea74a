import { useEffect, useState } from "preact/hooks";
import type { RuleDraft, RuleTrial, TrialAnswer } from "../../../hub/http/schemas.ts";
import { announcement } from "../../acting.ts";
import { Notice } from "../../parts/notice.tsx";
import { TrialAsk, useTrial } from "./dry-run-asking.tsx";
import { timesInWords } from "./dry-run-calendar.tsx";
import { DryRunReport } from "./dry-run-report.tsx";

interface Props {
  readonly draft: RuleDraft;
  /** Of the rule that it would replace. */
  readonly id: string | undefined;
  /** The text does not make a rule. */
  readonly isBroken: boolean;
  /** Begin at once. */
  readonly atOnce: boolean;
}

/** What the rule would have done in this home's past: asked for by a person, worked out by the hub, nothing is switched. */
export function DryRun({ draft, id, isBroken, atOnce }: Props) {
  const [report, setReport] = useState<{ of: RuleDraft; is: RuleTrial } | undefined>(undefined);
  const asking = useTrial<TrialAnswer>("/home-rules/dry-run", "30", (answer) => {
    if (answer.state !== "done") return;
    setReport({ of: draft, is: answer.report });
    announcement.value = `It would have come ${timesInWords(answer.report.firings)}`;
  });
  const start = () => void asking.start({ draft, ...(id === undefined ? {} : { id }) });
  useEffect(() => {
    if (atOnce) start();
  }, []);
  return (
    <section class="card stack dry-run" aria-label="Try on the past" aria-busy={asking.going !== undefined}>
      <h2>Try on the past</h2>
      <p class="quiet small-text">
        What this rule would have done with what your devices really said. Nothing is switched and nothing is saved.
      </p>
      <TrialAsk asking={asking} deed="Try it" disabled={isBroken} onStart={start} />
      {report && report.of !== draft ? (
        <Notice tone="warn">The rule was changed since: this is what it would have done before the change.</Notice>
      ) : null}
      {report ? <DryRunReport key={report.is.to} report={report.is} /> : null}
    </section>
  );
}
