import { useEffect, useState } from "preact/hooks";
import type { PolicyList, PolicyView } from "../../hub/http/schemas/policies.ts";
import { announcement } from "../acting.ts";
import { get, inWords, post } from "../api.ts";
import { Failed } from "../parts/notice.tsx";
import { PolicyCard } from "../parts/policy-card.tsx";
import type { PolicyDeed } from "../parts/policy-choices.tsx";
import { nodes, now, policiesChanged, settings } from "../store.ts";
import "../styles/policies.css";
import { PreferencesSection } from "./preferences.tsx";

const OVER: readonly PolicyView["state"][] = ["ended", "rejected"];
const DONE = {
  approve: "approved",
  refuse: "refused",
  watch: "only watches",
  resume: "runs again",
  end: "ended",
  try: "is being tried",
  change: "proposed anew",
  measure: "measured",
} as const;

/** Policies: approved once, planned anew every hour. Shows nothing while there are none. */
export function PoliciesSection() {
  const [policies, setPolicies] = useState<readonly PolicyView[]>([]);
  const [problem, setProblem] = useState("");
  const changed = policiesChanged.value;
  const read = async () => setPolicies((await get<PolicyList>("/policies")).policies);
  useEffect(() => {
    read().catch((error: unknown) => setProblem(inWords(error)));
  }, [changed]);
  const deed: PolicyDeed = async (policy, what, body) => {
    setProblem("");
    try {
      await post<PolicyView>(`/policies/${encodeURIComponent(policy.id)}/${what}`, body);
      announcement.value = `${policy.title}: ${DONE[what]}`;
      await read();
    } catch (error) {
      setProblem(inWords(error));
    }
  };
  const card = (policy: PolicyView) => (
    <PolicyCard
      key={policy.id}
      policy={policy}
      nodes={nodes.value ?? []}
      currency={settings.value?.currency}
      timeZone={settings.value?.timeZone}
      now={now.value}
      deed={deed}
    />
  );
  const live = policies.filter((p) => !OVER.includes(p.state));
  const over = policies.filter((p) => OVER.includes(p.state));
  if (policies.length === 0 && !problem) return <PreferencesSection always={false} />;
  return (
    <section class="stack" aria-label="Policies">
      {live.length > 0 ? <h2>Planned anew every hour</h2> : null}
      {problem ? <Failed why={problem} /> : null}
      {live.map(card)}
      {over.length > 0 ? (
        <details class="fold">
          <summary>
            <h2>
              Policies that are over <span class="quiet">({over.length})</span>
            </h2>
          </summary>
          <div class="stack">{over.map(card)}</div>
        </details>
      ) : null}
      <PreferencesSection always />
    </section>
  );
}
