import { createHash, randomUUID } from "node:crypto";
import type { Rule } from "../model/plan.ts";
import { createPolicies, type PolicyDesk } from "../planning/policies/desk.ts";
import type { Clock, Log, Store } from "../ports.ts";
import { whoIsHome } from "../rules/presence.ts";
import { SolverThread } from "../solver/thread.ts";
import { heldBack } from "../step/guard/index.ts";
import type { Bus } from "./bus.ts";
import { checkContextOf } from "./check-context.ts";
import type { Core } from "./core.ts";
import { entryPath } from "./entries.ts";

/** How often it is looked whether something is to be planned anew: a minute of the home's time, but no more than each second. */
const LOOK_MS = 60_000;
const LEAST_LOOK_MS = 1000;

/** A programme without whole numbers. */
const EXACTLY = { gap: 0, nodes: 1, shadowPrices: false };

export interface PolicyRoomParts {
  readonly store: Store;
  readonly clock: Clock;
  readonly bus: Bus;
  readonly log: Log;
  readonly core: Core;
  /** Times faster than the machine's clock that the home's runs. */
  readonly speed: number;
}

/** The desk of policies with its solver and its clock. */
export interface PolicyRoom extends PolicyDesk {
  stop(): Promise<void>;
}

/** Opens the desk, and looks each minute at what is to be planned. */
export function createPolicyRoom({ store, clock, bus, log, core, speed }: PolicyRoomParts): PolicyRoom {
  const solver = new SolverThread({ entry: entryPath("solver-worker") });
  const desk = createPolicies({
    home: () => core.state.home,
    store,
    now: () => clock.now(),
    tariff: () => core.state.tariff,
    presence: () => {
      const { house } = core.state;
      const { home } = whoIsHome(house, "anyone");
      return {
        home: home === "unknown" ? undefined : home,
        absences: house.spans.filter((s) => s.entry === "absence"),
      };
    },
    planRules: () => store.list<Rule>("rule"),
    house: () => checkContextOf(core.state, clock.now()),
    sha256: (text) => createHash("sha256").update(text).digest("hex"),
    newId: () => randomUUID(),
    tell: bus.tell,
    audit: (entry) => store.appendAudit(entry),
    notify: (notice) => void core.put({ kind: "noticeRaised", notice, at: clock.now() }),
    rulesChanged: () => core.put({ kind: "policyRulesSet", rules: desk.rules(), guards: desk.guards() }),
    heldBack: (plan) => heldBack(core.state, plan),
    yieldNow: () => new Promise((resolve) => setImmediate(resolve)),
    schedule: (problem, haste) => solver.schedule(problem, haste),
    solve: (model, limits) => solver.solve(model, EXACTLY, limits),
  });
  const look = () =>
    desk.look().catch((error: unknown) => log.warn({ error: String(error) }, "a policy could not be planned anew"));
  const measure = () =>
    desk.measureDue().catch((error: unknown) => log.warn({ error: String(error) }, "a policy could not be measured"));
  const timer = setInterval(() => void look().then(measure), Math.max(LEAST_LOOK_MS, LOOK_MS / speed));
  return {
    ...desk,
    async stop() {
      clearInterval(timer);
      await solver.close();
    },
  };
}
