import { useEffect, useRef, useState } from "preact/hooks";
import type { RuleDraft, RuleTrial, TrialAnswer } from "../../../hub/http/schemas.ts";
import { announcement } from "../../acting.ts";
import { del, get, post } from "../../api.ts";
import { Choice } from "../../parts/field.tsx";
import { Notice } from "../../parts/notice.tsx";
import { timesInWords } from "./dry-run-calendar.tsx";
import { DryRunReport } from "./dry-run-report.tsx";
import { refusal, wantedBy, whereOf } from "./reading.ts";
import "../../styles/dry-run.css";

const LOOK_AGAIN_MS = 250;
const SPANS = [
  { value: "7", label: "the past week" },
  { value: "30", label: "the past 30 days" },
  { value: "90", label: "the past 3 months" },
  { value: "365", label: "the past year" },
];

interface Props {
  readonly draft: RuleDraft;
  /** Of the rule that it would replace. */
  readonly id: string | undefined;
  /** The text does not make a rule. */
  readonly isBroken: boolean;
  /** Begin at once. */
  readonly atOnce: boolean;
}

type Going = { readonly id: string; readonly done: number };

/** What the rule would have done in this home's past: asked for by a person, worked out by the hub, nothing is switched. */
export function DryRun({ draft, id, isBroken, atOnce }: Props) {
  const [days, setDays] = useState("30");
  const [going, setGoing] = useState<Going | undefined>(undefined);
  const [report, setReport] = useState<{ of: RuleDraft; is: RuleTrial } | undefined>(undefined);
  const [problem, setProblem] = useState<readonly string[]>([]);
  const gone = useRef(false);
  const fail = (error: unknown) => {
    const { gaps, problem: words } = refusal(error);
    setGoing(undefined);
    setProblem(words ? [words] : wantedBy(gaps).map((g) => `${whereOf(g.field)}: ${g.message}`));
  };
  const start = async () => {
    setProblem([]);
    setGoing({ id: "", done: 0 });
    try {
      const wish = { draft, days: Number(days), ...(id === undefined ? {} : { id }) };
      const begun = await post<{ id: string }>("/home-rules/dry-run", wish);
      await follow(begun.id, gone, setGoing, (is) => setReport({ of: draft, is }), fail);
    } catch (error) {
      fail(error);
    }
  };
  useEffect(() => {
    gone.current = false;
    if (atOnce) void start();
    return () => {
      gone.current = true;
    };
  }, []);
  return (
    <section class="card stack dry-run" aria-label="Try on the past" aria-busy={going !== undefined}>
      <h2>Try on the past</h2>
      <p class="quiet small-text">
        What this rule would have done with what your devices really said. Nothing is switched and nothing is saved.
      </p>
      <div class="row dry-run-ask">
        <Choice label="Over" value={days} options={SPANS} onChange={setDays} />
        {going ? (
          <button
            type="button"
            onClick={() => void del(`/jobs/${encodeURIComponent(going.id)}`).catch(() => undefined)}
          >
            Cancel
          </button>
        ) : (
          <button type="button" class="primary" disabled={isBroken} onClick={() => void start()}>
            Try it
          </button>
        )}
      </div>
      {going ? <progress value={going.done} max={1} aria-label="How far it is" /> : null}
      {problem.length > 0 ? <Notice tone="bad">{problem.join("; ")}</Notice> : null}
      {report && report.of !== draft ? (
        <Notice tone="warn">The rule was changed since: this is what it would have done before the change.</Notice>
      ) : null}
      {report ? <DryRunReport key={report.is.to} report={report.is} /> : null}
    </section>
  );
}

async function follow(
  id: string,
  gone: { readonly current: boolean },
  onGoing: (going: Going | undefined) => void,
  onReport: (report: RuleTrial) => void,
  onProblem: (error: unknown) => void,
): Promise<void> {
  for (;;) {
    const answer = await get<TrialAnswer>(`/home-rules/dry-run/${encodeURIComponent(id)}`);
    if (gone.current) return;
    if (answer.state === "running") {
      onGoing({ id, done: answer.done });
      await new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN_MS));
      continue;
    }
    onGoing(undefined);
    if (answer.state === "done") {
      onReport(answer.report);
      announcement.value = `It would have come ${timesInWords(answer.report.firings)}`;
    } else if (answer.state === "failed") onProblem(new Error(answer.why));
    return;
  }
}
