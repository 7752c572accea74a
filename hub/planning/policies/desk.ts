/** The desk of policies: proposes, tries on the past, lets a person decide, and plans anew within what was approved. */
import type { PowerGuard } from "../../model/guard.ts";
import { nameIn } from "../../model/home.ts";
import type { Rule } from "../../model/plan.ts";
import { limitMisfit } from "../../planner/policy/limits.ts";
import { schedulePhrases } from "../../planner/schedule/say/index.ts";
import type { Policies } from "../../ports/policies.ts";
import { createPolicyBook } from "./book.ts";
import { createDeciding } from "./deciding.ts";
import { createDoors } from "./doors.ts";
import { createPolicyMeasuring } from "./measuring.ts";
import type { PolicyParts } from "./parts.ts";
import { createPreferences, type PreferenceBook } from "./preferences.ts";
import { createProposing } from "./proposing.ts";
import { createSight } from "./sight.ts";
import { createStanding } from "./standing.ts";
import { createTrials } from "./trials.ts";
import { createPolicyWatching } from "./watching.ts";
import { type AskedWhy, whyPlanned } from "./why.ts";

export interface PolicyDesk extends Policies {
  /** What running policies ask for now. */
  rules(): readonly Rule[];
  /** What the core is to hold the house's power to for them. */
  guards(): readonly PowerGuard[];
  /** Plans anew what is due: once an hour, on new prices, and when the home has left what was foreseen. Call it each minute. */
  look(): Promise<void>;
  /** Measures what has run for a day more. Call it now and then. */
  measureDue(): Promise<void>;
  /** Why a device does, or does not do, what a running policy has planned for it now; undefined where no policy is the cause. */
  why(asked: AskedWhy): string | undefined;
  /** Keeps what a person has shown to want elsewhere. */
  remember: PreferenceBook["remember"];
  /** Resolves when no trial is under way. */
  idle(): Promise<void>;
}

/** Opens the desk on what is stored. */
export function createPolicies(parts: PolicyParts): PolicyDesk {
  const book = createPolicyBook(parts);
  const twinNow = createSight(parts);
  const watching = createPolicyWatching(parts, book, twinNow);
  const standing = createStanding(parts, book, twinNow, watching.note);
  const doors = createDoors(parts, book);
  const trials = createTrials(parts, book, twinNow, doors);
  const preferences = createPreferences(parts, book);
  const measuring = createPolicyMeasuring(parts, book, ({ id }, reason) => {
    const answer = book.move(id, { kind: "suspended", reason }, "hub");
    if (answer.ok) standing.leave(answer.policy, true);
  });
  const all = { parts, book, doors, trials, standing, preferences, twinNow };
  const deciding = createDeciding(all);
  const why: PolicyDesk["why"] = (asked) => {
    for (const policy of book.policies.values()) {
      const held = parts.heldBack?.(policy.id).find(({ node }) => node === asked.node);
      if (held && !asked.doing) {
        const name = nameIn(parts.home(), asked.node);
        return schedulePhrases[asked.language].guarded(name, policy.title, held.why);
      }
      const plan = policy.state === "running" ? standing.plan(policy.id) : undefined;
      const told = plan && whyPlanned(asked, policy, plan, parts.now());
      if (told) return told;
    }
    return undefined;
  };
  return {
    why,
    ...deciding,
    ...createProposing({ ...all, end: deciding.end }),
    list: () => [...book.policies.values()].sort((a, b) => b.createdAt - a.createdAt),
    tryOut: trials.tryOut,
    schedule: standing.view,
    mayAsk: standing.mayAsk,
    rules: standing.rules,
    guards: standing.guards,
    look: async () => {
      await standing.look();
      preferences.lookAtHands(watching.days);
    },
    measure: measuring.measure,
    watched: watching.days,
    preferences: preferences.told,
    prefer(what, by) {
      if ("node" in what && !parts.home().nodes.has(what.node))
        return { ok: false, reason: `node: there is no ${what.node}` };
      const misfit =
        what.kind === "limit" && "most" in what
          ? limitMisfit({ noGridCharging: false, [what.limit]: what.most })
          : undefined;
      if (misfit) return { ok: false, reason: misfit };
      preferences.remember(what, "said", by);
      return { ok: true };
    },
    forget: preferences.forget,
    remember: preferences.remember,
    measureDue: async () => {
      await measuring.due();
      await watching.due();
    },
    idle: trials.idle,
  };
}
