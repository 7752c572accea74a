import type { RuleStatus } from "../../hub/http/schemas.ts";
import { age, moment } from "../words/format.ts";
import { RuleSwitch } from "./rule-switch.tsx";

interface Props {
  readonly status: RuleStatus;
  /** The title of the plan it belongs to. */
  readonly plan: string | undefined;
  readonly now: number;
  readonly timeZone: string | undefined;
  readonly onEnable: (enabled: boolean) => void;
}

/** A rule in words, whether it holds now and why. */
export function RuleCard({ status, plan, now, timeZone, onEnable }: Props) {
  const { rule, words, holds, reason, lastFiredAt } = status;
  const [label, tone] = !rule.enabled
    ? ["switched off", "pill"]
    : holds === "unknown"
      ? ["cannot tell", "pill-warn"]
      : holds
        ? ["holds now", "pill-good"]
        : ["does not hold now", "pill"];
  return (
    <li class="card rule" data-rule={rule.id}>
      <div class="stack rule-words">
        <div class="row">
          <h2>{rule.title}</h2>
          <span class={`pill ${tone}`}>{label}</span>
        </div>
        <p>{words}</p>
        <p class="quiet small-text">{reason}</p>
        <p class="quiet small-text">
          {rule.origin === "plan" ? (
            <>
              from the plan <a href="#/plans">{plan ?? "it belongs to"}</a>
            </>
          ) : (
            "made by a person"
          )}
          {lastFiredAt === undefined ? " · has not acted yet" : ` · last acted ${age(lastFiredAt, now)}`}
          {rule.until === undefined ? "" : ` · until ${moment(rule.until, timeZone)}`}
        </p>
      </div>
      <RuleSwitch title={rule.title} enabled={rule.enabled} onEnable={onEnable} />
    </li>
  );
}
