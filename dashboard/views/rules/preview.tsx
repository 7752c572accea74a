import type { RuleDraft, RuleProblem, RuleReading } from "../../../hub/http/schemas.ts";
import { Notice } from "../../parts/notice.tsx";
import { settings } from "../../store.ts";
import { moment } from "../../words/format.ts";
import { ComingMonths } from "./coming.tsx";
import { PlanFix } from "./plan-fix.tsx";
import { type Read, wantedBy, whereOf } from "./reading.ts";

/** Enough to see whether it is meant so; all of them stand in the calendar below. */
const SHOWN = 6;

interface Props {
  readonly read: Read;
  readonly onFix: (draft: RuleDraft) => void;
  /** Something else of the home was changed, so that the rule is to be read again. */
  readonly onAgain?: () => void;
}

/** The rule as the hub reads it: in words, what speaks against it, and when it comes. */
export function Preview({ read: { reading, gaps, problem, isOld }, onFix, onAgain }: Props) {
  return (
    <section class="card stack rule-preview" aria-label="How the hub reads it" aria-busy={isOld}>
      <h2>In words</h2>
      <div role="status" class="stack">
        {reading && gaps.length === 0 ? <p class="rule-read">{reading.words}</p> : null}
        {!reading && gaps.length === 0 && !problem ? <p class="quiet">Reading …</p> : null}
        {problem ? <Notice tone="bad">{problem}</Notice> : null}
        {gaps.length > 0 ? <Gaps gaps={gaps} /> : null}
        {gaps.length === 0
          ? reading?.problems.map((p) => (
              <Problem key={`${p.field} ${p.code} ${p.text}`} problem={p} onFix={onFix} onAgain={onAgain} />
            ))
          : null}
        {reading && gaps.length === 0 && reading.problems.length === 0 ? (
          <p class="small-text rule-clear">Nothing speaks against it.</p>
        ) : null}
      </div>
      {reading && gaps.length === 0
        ? reading.moments.map((m, i) => <Moments key={`${i} ${m.words}`} moments={m} />)
        : null}
    </section>
  );
}

function Gaps({ gaps }: Pick<Read, "gaps">) {
  return (
    <>
      <p>As soon as this is filled in, the rule stands here in words:</p>
      <ul class="rule-gaps">
        {wantedBy(gaps).map((g) => (
          <li key={`${g.field} ${g.message}`}>
            <strong>{whereOf(g.field)}</strong>: {g.message}
          </li>
        ))}
      </ul>
    </>
  );
}

function Problem({
  problem: { level, code, field, text, fix, about = [] },
  onFix,
  onAgain,
}: {
  readonly problem: RuleProblem;
  readonly onFix: Props["onFix"];
  readonly onAgain: Props["onAgain"];
}) {
  return (
    <div class={`notice notice-${level === "error" ? "bad" : "warn"}`}>
      <div class="stack rule-problem">
        <p>
          <strong>{level === "error" ? "So it can't be saved" : "Mind"}</strong>
          {field ? ` (${whereOf(field)})` : ""}: {text}
        </p>
        {fix ? (
          <button type="button" class="small" onClick={() => onFix(fix.draft)}>
            {fix.text}
          </button>
        ) : null}
        {code === "plan" ? <PlanFix about={about} onDone={() => onAgain?.()} /> : null}
      </div>
    </div>
  );
}

function Moments({ moments: { words, meaning, next } }: { readonly moments: RuleReading["moments"][number] }) {
  const timeZone = settings.value?.timeZone;
  return (
    <div class="stack rule-moments">
      <h3>{words}</h3>
      {next.length > 0 ? (
        <ol class="plain-list rule-next" aria-label="Its next moments">
          {next.slice(0, SHOWN).map((at) => (
            <li key={at}>{moment(at, timeZone)}</li>
          ))}
        </ol>
      ) : (
        <p class="quiet">It does not come within the next twelve months.</p>
      )}
      <ComingMonths next={next} />
      {meaning.length > 0 ? (
        <ul class="rule-meaning small-text">
          {meaning.map((m) => (
            <li key={m}>{m}</li>
          ))}
        </ul>
      ) : null}
    </div>
  );
}
