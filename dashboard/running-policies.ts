import { useEffect, useState } from "preact/hooks";
import type { PolicyList, PolicyView } from "../hub/http/schemas/policies.ts";
import type { PlanView } from "../hub/http/schemas.ts";
import { get } from "./api.ts";
import { policiesChanged } from "./store.ts";

/** Whether a policy that runs steers a plan's device: of one device they can't both run, so such a plan waits for nobody. */
export const isTaken = ({ proposal }: PlanView, running: readonly PolicyView[]): boolean =>
  running.some(({ devices }) => devices.some((d) => d.node === proposal.node));

/** The policies that run; none until they are read. */
export function useRunningPolicies(): readonly PolicyView[] {
  const [running, setRunning] = useState<readonly PolicyView[]>([]);
  const changed = policiesChanged.value;
  useEffect(() => {
    // What shows them says itself when they can't be read.
    get<PolicyList>("/policies").then(
      ({ policies }) => setRunning(policies.filter((p) => p.state === "running")),
      () => undefined,
    );
  }, [changed]);
  return running;
}
