import { type Finding, type Problem, problemKey } from "../model/finding.ts";
import type { CoreState, Effect } from "./state.ts";

/** Notes a problem: new ones are kept and told, repeated ones counted (kept again at each doubling, so that a flood costs little). */
export function found(state: CoreState, problem: Problem, at: number): Effect[] {
  const key = problemKey(problem);
  const known = state.findings.get(key);
  if (!known && state.findings.size >= state.limits.maxFindings) dropOldest(state);
  const finding: Finding = { ...problem, count: (known?.count ?? 0) + 1, firstAt: known?.firstAt ?? at, lastAt: at };
  state.findings.set(key, finding);
  const isPowerOfTwo = (finding.count & (finding.count - 1)) === 0;
  if (!isPowerOfTwo) return [];
  return [
    { kind: "keepFinding", key, finding },
    { kind: "tell", event: { type: "finding", key } },
  ];
}

function dropOldest(state: CoreState): void {
  let oldest: string | undefined;
  let at = Number.POSITIVE_INFINITY;
  for (const [key, f] of state.findings) if (f.lastAt < at) [oldest, at] = [key, f.lastAt];
  if (oldest !== undefined) state.findings.delete(oldest);
}
