import { describe, expect, test } from "vitest";
import type { Policy, PolicyVerdict } from "../../../hub/model/policy.ts";
import { lastDayOf } from "../../../hub/planner/policy/last-day.ts";
import { policyHash } from "../../../hub/planner/policy/propose.ts";
import { advancePolicy } from "../../../hub/planner/policy/states.ts";

const lived = {
  totals: { importedKwh: 1, exportedKwh: 0, cost: 1, co2Kg: 1, comfortMinutesLost: 0, switchings: 0 },
  cycles: 0,
};
const verdict = (ok: boolean): PolicyVerdict => ({
  ...{ at: 0, ok, reasons: ok ? [] : ["it would cost more"], cantJudge: false, checks: [], days: 14 },
  ...{ nothing: lived, plain: lived, policy: lived, daily: [] },
  perDay: { mean: 1, band: 0.2, overPlain: 1, overPlainBand: 0.2 },
  solves: { count: 336, fallbacks: 0, meanMs: 50 },
});
const policy = (more: Partial<Policy> = {}): Policy => ({
  ...{ id: "p", title: "Spend least", goals: [{ kind: "minimise", what: "cost" }], devices: [], leftOut: [] },
  ...{ limits: { noGridCharging: false }, assumptions: { tariff: "t", loadError: 0.2 } },
  ...{ hash: "h1", state: "proposed", reason: "", createdAt: 0, by: "anna" },
  ...more,
});
const approve = (p: Policy, hash: string) => advancePolicy(p, { kind: "approved", hash, by: "anna", at: 5 });

describe("a policy that runs", () => {
  test("is measured while it does, and counts its weeks anew after it was resumed", () => {
    const approved = approve(policy({ verdict: verdict(true) }), "h1");
    if (!approved.ok) throw new Error(approved.reason);
    expect(approved.policy.runningSince).toBe(5);
    expect(advancePolicy(approved.policy, { kind: "measured", weeks: [] })).toMatchObject({ ok: true });
    const stopped = advancePolicy(approved.policy, { kind: "suspended", reason: "it missed" });
    if (!stopped.ok) throw new Error(stopped.reason);
    expect(advancePolicy(stopped.policy, { kind: "measured", weeks: [] }).ok).toBe(false);
    expect(advancePolicy(stopped.policy, { kind: "resumed", by: "anna", at: 9 })).toMatchObject({
      ok: true,
      policy: { state: "running", runningSince: 9, approvedAt: 5 },
    });
  });
});

test("a policy has a last day where each of its goals has one", () => {
  const car = { kind: "readyBy", node: "car", what: "stateOfCharge", target: 80, by: "07:00" } as const;
  const dated = (lastDay: string) => ({ ...car, lastDay });
  expect(lastDayOf([dated("2026-12-31"), dated("2027-01-02")])).toBe("2027-01-02");
  expect(lastDayOf([dated("2026-12-31"), car])).toBeUndefined();
  expect(lastDayOf([dated("2026-12-31"), { kind: "minimise", what: "cost" }])).toBeUndefined();
});

describe("a policy is approved", () => {
  test("only when it stood its trial on the home's past", () => {
    expect(approve(policy(), "h1")).toMatchObject({ ok: false, reason: expect.stringContaining("not been tried") });
    expect(approve(policy({ verdict: verdict(false) }), "h1")).toMatchObject({
      ok: false,
      reason: expect.stringContaining("it would cost more"),
    });
    const approved = approve(policy({ verdict: verdict(true) }), "h1");
    expect(approved).toMatchObject({ ok: true, policy: { state: "running", approvedBy: "anna", approvedAt: 5 } });
  });

  test("only as it was shown: another hash is refused", () => {
    expect(approve(policy({ verdict: verdict(true) }), "h2")).toMatchObject({
      ok: false,
      reason: expect.stringContaining("another hash"),
    });
  });

  test("from watching too, but not once it has ended", () => {
    expect(approve(policy({ state: "shadow", verdict: verdict(true) }), "h1").ok).toBe(true);
    expect(approve(policy({ state: "ended", verdict: verdict(true) }), "h1").ok).toBe(false);
  });
});

test("its hash changes with every goal, device and limit, and with nothing else", () => {
  const hash = (p: Policy) => policyHash(p, (text) => text);
  const base = policy();
  expect(hash(policy({ reason: "x", state: "running", verdict: verdict(true) }))).toBe(hash(base));
  for (const change of [
    { goals: [{ kind: "minimise", what: "co2" } as const] },
    { devices: [{ node: "n", endpoint: 1, kind: "battery", name: "B" } as const] },
    { limits: { noGridCharging: true } },
    { title: "Another" },
  ])
    expect(hash(policy(change))).not.toBe(hash(base));
});
