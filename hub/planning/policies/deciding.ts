/** What a person decides about a policy. */
import type { Policy } from "../../model/policy.ts";
import { assumptionsOf, brokenAssumption } from "../../planner/policy/assumptions.ts";
import type { Policies, PolicyAnswer } from "../../ports/policies.ts";
import type { Twin } from "../../twin/fit.ts";
import type { PolicyBook } from "./book.ts";
import type { Doors } from "./doors.ts";
import type { PolicyParts } from "./parts.ts";
import type { PreferenceBook } from "./preferences.ts";
import type { Standing } from "./standing.ts";
import type { Trials } from "./trials.ts";

const MAX_REASON = 300;

export interface DecidingParts {
  readonly parts: PolicyParts;
  readonly book: PolicyBook;
  readonly doors: Doors;
  readonly trials: Trials;
  readonly standing: Standing;
  readonly preferences: PreferenceBook;
  readonly twinNow: () => Promise<Twin>;
}

type Deciding = Pick<Policies, "watch" | "approve" | "reject" | "resume" | "end">;

export function createDeciding({
  parts,
  book,
  doors,
  trials,
  standing,
  preferences,
  twinNow,
}: DecidingParts): Deciding {
  /** What was just let run is planned at once; the next look tells of a failure. */
  const planned = (answer: PolicyAnswer): PolicyAnswer => {
    if (answer.ok) standing.look().catch(() => undefined);
    return answer;
  };
  /** What is no longer as it was when it was tried: it would be suspended again at once. */
  const outdated = async (policy: Policy): Promise<string | undefined> =>
    brokenAssumption(policy, assumptionsOf(parts.tariff(), await twinNow(), parts.sha256));
  const approve: Policies["approve"] = async (id, hash, by) => {
    const shown = book.policies.get(id);
    if (shown?.hash === hash && shown.verdict?.ok) {
      const why = await doors.passed(shown, await twinNow());
      if (why) return { ok: false, reason: `since it was tried the home has changed: ${why}` };
      const broken = await outdated(shown);
      if (broken) return { ok: false, reason: broken };
    }
    return planned(book.move(id, { kind: "approved", hash, by, at: parts.now() }, by));
  };
  const watch: Policies["watch"] = (id, by) => {
    const before = book.policies.get(id);
    const answer = book.move(id, { kind: "watched", by }, by);
    if (answer.ok && before?.state === "running") standing.leave(before, true);
    return planned(answer);
  };
  const end: Policies["end"] = (id, by) => {
    const before = book.policies.get(id);
    const tried = trials.stop(id);
    if (before?.state === "proposed" && tried) return { ok: true, policy: before };
    const answer = book.move(id, { kind: "ended", by }, by);
    if (answer.ok && before) standing.leave(before, before.state === "running");
    return answer;
  };
  const reject: Policies["reject"] = (id, reason, by, because) => {
    const answer = book.move(id, { kind: "rejected", reason: reason.slice(0, MAX_REASON), by }, by);
    if (!answer.ok) return answer;
    const nodes = answer.policy.devices.map((d) => d.node);
    const isKnown = because?.kind !== "leaveAlone" || nodes.includes(because.node);
    preferences.remember(because && isKnown ? because : { kind: "notThis", nodes }, "refused", by);
    return answer;
  };
  /** Meanwhile another may have taken its devices, or a person made a rule for them. */
  const resume: Policies["resume"] = async (id, by) => {
    const before = book.policies.get(id);
    const suspended = before?.state === "suspended" ? before : undefined;
    const why = suspended && ((await doors.passed(suspended, await twinNow())) ?? (await outdated(suspended)));
    if (why) return { ok: false, reason: why };
    return planned(book.move(id, { kind: "resumed", by, at: parts.now() }, by));
  };
  return { approve, watch, end, reject, resume };
}
