import { useState } from "preact/hooks";
import type { PolicyView } from "../../../hub/http/schemas/policies.ts";
import { announcement } from "../../acting.ts";
import { inWords, post } from "../../api.ts";
import { Notice } from "../../parts/notice.tsx";
import { useRunningPolicies } from "../../running-policies.ts";
import { nodes, plans, readPlans } from "../../store.ts";

interface Props {
  /** The device that both want, and the plan or policy that wins it. */
  readonly about: readonly string[];
  readonly onDone: () => void;
}

/** The other way to end an overlap: the plan gives the device up. A policy is proposed anew without it, and asks again. */
export function PlanFix({ about: [node = "", id = ""], onDone }: Props) {
  const policy = useRunningPolicies().find((p) => p.id === id);
  const plan = plans.value?.find((p) => p.id === id);
  const [problem, setProblem] = useState("");
  const [busy, setBusy] = useState(false);
  const name = nodes.value?.find((n) => n.id === node)?.name ?? node;
  const take = async (deed: () => Promise<unknown>, done: string) => {
    setBusy(true);
    try {
      await deed();
      announcement.value = done;
      onDone();
    } catch (error) {
      setProblem(inWords(error));
    } finally {
      setBusy(false);
    }
  };
  const path = encodeURIComponent(id);
  const deeds = policy
    ? policyDeed(policy, node, name, path)
    : plan && {
        text: `end the plan "${plan.proposal.title}"`,
        deed: () => post(`/plans/${path}/end`, {}).then(readPlans),
      };
  return (
    <>
      {problem ? <Notice tone="bad">{problem}</Notice> : null}
      <div class="row">
        {deeds ? (
          <button
            type="button"
            class="small"
            disabled={busy}
            onClick={() => void take(deeds.deed, `Done: ${deeds.text}`)}
          >
            {deeds.text}
          </button>
        ) : null}
        <a href="#/plans">See the plan</a>
      </div>
    </>
  );
}

/** What is left of a policy without its only device is nothing: it ends. */
const policyDeed = ({ devices }: PolicyView, node: string, name: string, path: string) =>
  devices.length > 1
    ? {
        text: `leave ${name} out of the plan; it is tried and asked about anew`,
        deed: () => post(`/policies/${path}/change`, { leaveOut: [node] }),
      }
    : { text: "end the plan", deed: () => post(`/policies/${path}/end`, {}) };
