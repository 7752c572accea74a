import { createHash } from "node:crypto";
import { describe, expect, test } from "vitest";
import type { Measured, Plan, PlanState, Verdict } from "../../hub/model/plan.ts";
import { canonical, planHash } from "../../hub/planner/hash.ts";
import { advance, type Happening } from "../../hub/planner/plan.ts";

const states: PlanState[] = [
  "proposed",
  "verified",
  "refused",
  "approved",
  "running",
  "rejected",
  "suspended",
  "ended",
];
const verdict = { ok: true, reasons: [] } as unknown;
const isVerdict = (v: unknown): v is Verdict => typeof v === "object";
const good: Verdict = isVerdict(verdict) ? verdict : ({} as never);
const measured: Measured = { from: 0, to: 1, days: 1, savedCost: 1, savedKwh: 1, band: 0, coverage: 1, note: "" };

const plan = (state: PlanState): Plan => ({
  id: "p",
  goal: "spend least",
  state,
  reason: "",
  proposal: { strategy: "s", node: "n", params: {}, title: "t", because: "", madeBy: { kind: "planner" }, rules: [] },
  hash: "abc",
  createdAt: 0,
});

const happenings: readonly (readonly [Happening, Partial<Record<PlanState, PlanState>>])[] = [
  [{ kind: "judged", verdict: good }, { proposed: "verified" }],
  [{ kind: "judged", verdict: { ...good, ok: false, reasons: ["too dear"] } }, { proposed: "refused" }],
  [{ kind: "approved", hash: "abc", by: "Ada", at: 1 }, { verified: "approved" }],
  [{ kind: "approved", hash: "other", by: "Ada", at: 1 }, {}],
  [{ kind: "started" }, { approved: "running" }],
  [
    { kind: "rejected", reason: "no", by: "Ada" },
    { proposed: "rejected", verified: "rejected", refused: "rejected" },
  ],
  [
    { kind: "suspended", reason: "gone" },
    { approved: "suspended", running: "suspended" },
  ],
  [{ kind: "resumed", by: "Ada" }, { suspended: "running" }],
  [
    { kind: "ended", by: "Ada" },
    { approved: "ended", running: "ended", suspended: "ended" },
  ],
  [
    { kind: "measured", measured },
    { running: "running", suspended: "suspended", ended: "ended" },
  ],
];

describe("a plan", () => {
  test.each(happenings)("%j leads only where it should", (happening, leads) => {
    for (const state of states) {
      const step = advance(plan(state), happening);
      expect([state, step.ok ? step.plan.state : undefined]).toEqual([state, leads[state]]);
      if (!step.ok) expect(step.reason.length).toBeGreaterThan(10);
    }
  });

  test("is approved by exactly its hash", () => {
    const step = advance(plan("verified"), { kind: "approved", hash: "abd", by: "Ada", at: 1 });
    expect(step).toEqual({ ok: false, reason: "this is not the plan that was shown: it has another hash" });
  });

  test("has another hash as soon as a limit, a rule or the goal is another", () => {
    const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");
    const { proposal } = plan("verified");
    const hash = planHash("spend least", proposal, sha256);
    expect(hash).toMatch(/^[0-9a-f]{64}$/);
    expect(planHash("spend least", { ...proposal }, sha256)).toBe(hash);
    expect(planHash("spend most", proposal, sha256)).not.toBe(hash);
    expect(planHash("spend least", { ...proposal, params: { hours: 3 } }, sha256)).not.toBe(hash);
    expect(canonical({ b: 1, a: [{ d: undefined, c: null }] })).toBe('{"a":[{"c":null}],"b":1}');
  });
});
