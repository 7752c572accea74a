import { useState } from "preact/hooks";
import type { RuleStatus } from "../../hub/http/schemas.ts";
import { inWords, patch } from "../api.ts";
import { Notice } from "../parts/notice.tsx";
import { RuleCard } from "../parts/rule-card.tsx";
import { now, plans, readRules, rules, settings } from "../store.ts";
import "../styles/rules.css";

/** What runs by itself: each rule in words, whether it holds now, and why. */
export function RulesView() {
  const all = rules.value;
  const [problem, setProblem] = useState("");
  const enable = async (status: RuleStatus, enabled: boolean) => {
    setProblem("");
    try {
      await patch(`/rules/${encodeURIComponent(status.rule.id)}`, { enabled });
      await readRules();
    } catch (error) {
      setProblem(inWords(error));
    }
  };
  return (
    <>
      <header class="view-head">
        <h1 tabIndex={-1}>Rules</h1>
        <p class="quiet">What this home does by itself. Your hand on a switch always goes first.</p>
      </header>
      {problem ? <Notice tone="bad">{problem}</Notice> : null}
      {all === undefined ? <p class="quiet loading">Reading the rules …</p> : null}
      {all?.length === 0 ? (
        <section class="empty">
          <h2>No rules run</h2>
          <p>
            A plan that you approve runs as rules, and they show up here. <a href="#/plans">State a wish</a>
          </p>
        </section>
      ) : null}
      <ul class="stack">
        {all?.map((status) => (
          <RuleCard
            key={status.rule.id}
            status={status}
            plan={plans.value?.find((p) => p.id === status.rule.plan)?.proposal.title}
            now={now.value}
            timeZone={settings.value?.timeZone}
            onEnable={(enabled) => void enable(status, enabled)}
          />
        ))}
      </ul>
    </>
  );
}
