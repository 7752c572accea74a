/** Trials of policies on the home's past, one after the other, with progress and a way to stop them. */
import { asIfAlways } from "../../energy/bill/as-if-always.ts";
import type { Policy } from "../../model/policy.ts";
import { comfortOf } from "../../planner/facts.ts";
import { assumptionsOf } from "../../planner/policy/assumptions.ts";
import { devicesOf, steeredBy } from "../../planner/policy/devices.ts";
import type { Policies, PolicyAnswer } from "../../ports/policies.ts";
import type { Twin } from "../../twin/fit.ts";
import { Cancelled } from "../drive.ts";
import type { PolicyBook } from "./book.ts";
import { demandsIn, fuseKwOf } from "./demands.ts";
import type { Doors } from "./doors.ts";
import { type PolicyParts, paceOf } from "./parts.ts";
import { tryPolicy } from "./trial.ts";

export interface Trials {
  readonly tryOut: Policies["tryOut"];
  /** False where none is under way. */
  stop(id: string): boolean;
  idle(): Promise<void>;
}

const inWords = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** Those whose reason a trial may renew: where it was decided what becomes of them, that reason stands. */
const UNDECIDED: readonly Policy["state"][] = ["proposed", "suspended"];

/** Keeps what came of a trial; the policy may have been decided on meanwhile. `stale`: the verdict of before says nothing any more. */
function close(book: PolicyBook, id: string, change: Partial<Policy>, stale = false): void {
  const policy = book.policies.get(id);
  if (!policy) return;
  const { trying: _, verdict, ...now } = policy;
  book.keep({
    ...now,
    ...(verdict && !stale ? { verdict } : {}),
    ...change,
    reason: UNDECIDED.includes(now.state) ? (change.reason ?? now.reason) : now.reason,
  });
}

async function attempt(
  policy: Policy,
  parts: PolicyParts,
  book: PolicyBook,
  twin: Twin,
  doors: Doors,
  signal: AbortSignal,
): Promise<void> {
  const wrong = await doors.passed(policy, twin);
  const devices = wrong ?? steeredBy(policy, devicesOf(twin.parts, twin));
  if (typeof devices === "string") return close(book, policy.id, { reason: devices }, true);
  const progress = (share: number) => {
    const now = book.policies.get(policy.id);
    const trying = Math.round(share * 100) / 100;
    if (now && now.trying !== trying) book.keep({ ...now, trying });
  };
  const { currency, timeZone } = parts.home().settings;
  const assumptions = assumptionsOf(parts.tariff(), twin, parts.sha256);
  const verdict = await tryPolicy(
    {
      ...{ policy, devices, twin, others: parts.planRules().filter((r) => r.enabled) },
      tariff: asIfAlways(parts.tariff(), parts.now(), timeZone),
      demands: demandsIn(parts.home(), policy.goals),
      comfort: comfortOf(policy.goals, twin.parts),
      ...{ schedule: parts.schedule, solve: parts.solve, fuseKw: fuseKwOf(parts.home()) },
      currency,
    },
    paceOf(parts, signal),
    progress,
  );
  const reason = verdict.ok
    ? "it stood the trial on this home's past and waits for a person"
    : verdict.reasons.join("; ");
  close(book, policy.id, { verdict, reason, assumptions });
  book.note("hub", "policy-tried", policy, reason);
}

/** Trials wait for each other: each wants the whole solver. */
export function createTrials(parts: PolicyParts, book: PolicyBook, twinNow: () => Promise<Twin>, doors: Doors): Trials {
  const open = new Map<string, AbortController>();
  let tail: Promise<void> = Promise.resolve();
  const run = async (id: string, signal: AbortSignal): Promise<void> => {
    const policy = book.policies.get(id);
    if (!policy || signal.aborted) throw new Cancelled("cancelled");
    await attempt(policy, parts, book, await twinNow(), doors, signal);
  };
  const tryOut = (id: string, by: string): PolicyAnswer => {
    const policy = book.policies.get(id);
    if (!policy) return { ok: false, reason: `there is no policy ${id}` };
    if (open.has(id)) return { ok: false, reason: "it is being tried already" };
    const stop = new AbortController();
    open.set(id, stop);
    book.keep({ ...policy, trying: 0 });
    book.note(by, "policy-trial", policy, "is tried on the home's past");
    tail = tail
      .then(() => run(id, stop.signal))
      .catch((error: unknown) => {
        const cancelled = error instanceof Cancelled || stop.signal.aborted;
        close(book, id, { reason: cancelled ? "the trial was cancelled" : `the trial failed: ${inWords(error)}` });
      })
      .finally(() => open.delete(id));
    return { ok: true, policy: book.policies.get(id) ?? policy };
  };
  const stop = (id: string): boolean => {
    const found = open.get(id);
    found?.abort();
    return found !== undefined;
  };
  return { tryOut, stop, idle: () => tail };
}
