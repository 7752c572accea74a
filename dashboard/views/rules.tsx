import { useState } from "preact/hooks";
import type { RuleStatus } from "../../hub/http/schemas.ts";
import { inWords, patch } from "../api.ts";
import { lazy } from "../lazy.tsx";
import { Notice } from "../parts/notice.tsx";
import { RuleCard } from "../parts/rule-card.tsx";
import { route } from "../router.ts";
import { useRunningPolicies } from "../running-policies.ts";
import { now, plans, readRules, rules, settings } from "../store.ts";
import { OwnRules } from "./rules/list.tsx";
import "../styles/rules.css";

const RuleEditor = lazy(async () => (await import("./rules/editor.tsx")).RuleEditor);

/** What runs by itself: the rules of people, then those of plans; each in words, whether it holds now, and why. */
export function RulesView() {
  const { id, query } = route.value;
  if (id !== undefined) return <RuleEditor key={`${id}?${query}`} id={id} query={query} />;
  return (
    <>
      <header class="view-head">
        <h1 tabIndex={-1}>Rules</h1>
        <p class="quiet">
          What this home does by itself. Your hand on a switch always goes first.{" "}
          <a href="#/traces">What rules did, and why</a> · <a href="#/rules/past">All rules on the past</a> ·{" "}
          <a href="#/rules/exchange">Rules as files</a>
        </p>
      </header>
      <OwnRules />
      <PlansRules />
    </>
  );
}

/** Policies that steer now: what they ask changes with each plan, so they are named and shown with the plans. */
function SteeringPolicies() {
  const running = useRunningPolicies();
  return (
    <>
      {running.map(({ id, title, devices }) => (
        <p key={id}>
          <a href="#/plans">{title}</a> steers {devices.map((d) => d.name).join(", ")}, planned anew every hour.
        </p>
      ))}
      {running.length === 0 && rules.value?.length === 0 ? (
        <p class="quiet">
          None run now. A plan that you approve runs as rules, and they show up here. <a href="#/plans">State a wish</a>
        </p>
      ) : null}
    </>
  );
}

function PlansRules() {
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
    <section class="stack" aria-label="Rules of plans">
      <h2>Rules of plans</h2>
      {problem ? <Notice tone="bad">{problem}</Notice> : null}
      {all === undefined ? <p class="quiet loading">Reading the rules …</p> : null}
      <SteeringPolicies />
      <ul class="stack plain-list">
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
    </section>
  );
}
