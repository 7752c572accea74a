/** The doors that a policy passes at the desk: what is never proposed, never tried, never approved, and what ends it. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { parsePath } from "../../../hub/model/path.ts";
import type { Goal } from "../../../hub/model/plan.ts";
import type { Policy, PolicyVerdict } from "../../../hub/model/policy.ts";
import type { HomeRule } from "../../../hub/model/rule/rule.ts";
import { policyHash } from "../../../hub/planner/policy/propose.ts";
import { createPolicies } from "../../../hub/planning/policies/desk.ts";
import type { Scheduler } from "../../../hub/planning/policies/parts.ts";
import type { Store } from "../../../hub/ports.ts";
import { openStore } from "../../../hub/storage/open.ts";
import { MONDAY } from "../bench.ts";
import { demoHome, demoTariff, idOf } from "../demo-home.ts";
import { noRules } from "../no-rules.ts";
import { homeRule } from "../proposals/house.ts";
import { synthetic } from "../synthetic.ts";
import { solverThread } from "./trying.ts";

const DAYS = 21;
const NOW = MONDAY + DAYS * 86_400_000 + 9 * 3_600_000;
const GOALS: readonly Goal[] = [{ kind: "minimise", what: "cost" }];
const folder = mkdtempSync(join(tmpdir(), "inglenook-doors-"));
let store: Store;

beforeAll(() => {
  store = openStore(folder, { log: { info() {}, warn() {}, error() {} }, clock: { now: () => NOW } });
  for (const [key, buckets] of synthetic({ seed: 33, from: MONDAY, days: DAYS })) {
    const path = parsePath(key);
    if (!path) continue;
    const value = (b: (typeof buckets)[number]) =>
      path.attribute === "onOff" ? b.last > 0 : path.attribute === "activePower" ? b.mean : b.last;
    store.appendReadings(buckets.map((b) => ({ path, at: b.at, source: "test", value: value(b) })));
    store.flush();
  }
}, 540_000);

afterAll(async () => {
  await store.close();
  rmSync(folder, { recursive: true, force: true });
});

const evening = homeRule({
  ...{ form: "when", title: "Water off in the evening", on: [{ kind: "time", at: "22:30" }] },
  do: [{ kind: "command", target: { nodes: [idOf("Water heater")] }, capability: "onOff", command: "off" }],
});

const lived = {
  totals: { importedKwh: 1, exportedKwh: 0, cost: 1, co2Kg: 1, comfortMinutesLost: 0, switchings: 0 },
  cycles: 0,
};
const good: PolicyVerdict = {
  ...{ at: NOW, ok: true, reasons: [], cantJudge: false, checks: [], days: 14, daily: [] },
  ...{ nothing: lived, plain: lived, policy: lived, solves: { count: 336, fallbacks: 0, meanMs: 1 } },
  perDay: { mean: 1, band: 0.1, overPlain: 1, overPlainBand: 0.1 },
};

/** A policy for the water heater that stood its trial. */
function tried(state: Policy["state"], change: Partial<Policy> = {}): Policy {
  const content = {
    ...{ title: "Warm water when it is cheap", goals: GOALS, limits: { noGridCharging: false } },
    devices: [{ node: idOf("Water heater"), endpoint: 1, kind: "tank" as const, name: "Water heater" }],
    ...change,
  };
  return {
    ...{ id: "p", state, reason: "", createdAt: NOW, by: "Ada", leftOut: [], verdict: good },
    ...{ assumptions: { tariff: "t", loadError: 0.2 }, ...content, hash: policyHash(content, (text) => text) },
  };
}

const unplanned: Scheduler = () => Promise.reject(new Error("nothing is planned here"));

/** One desk for all: what it learns of the past is learned once. */
function opened(policies: readonly Policy[], schedule = unplanned) {
  for (const policy of policies) store.put("policy", policy.id, policy);
  const home = demoHome();
  const rules: HomeRule[] = [];
  let n = 0;
  const desk = createPolicies({
    ...{ home: () => home, store, now: () => NOW, tariff: () => demoTariff, presence: () => ({ home: true }) },
    ...{ planRules: () => [], house: () => ({ ...noRules(home, NOW), rules }), sha256: (text) => text },
    ...{ newId: () => `made-${n++}`, tell: () => undefined, audit: () => undefined, rulesChanged: () => undefined },
    yieldNow: () => new Promise((resolve) => setImmediate(resolve)),
    schedule,
  });
  const keepOut = (name: string) => {
    const node = home.nodes.get(idOf(name));
    if (node) node.settings = { ...node.settings, noPlans: true };
  };
  return { desk, rules, keepOut, now: (id: string) => desk.list().find((p) => p.id === id) };
}

const CAR = { devices: [{ node: idOf("EV charger"), endpoint: 1, kind: "car" as const, name: "EV charger" }] };

describe("a policy at the desk", () => {
  const shown = tried("proposed");
  let d: ReturnType<typeof opened>;
  beforeAll(() => {
    d = opened([
      shown,
      { ...tried("proposed", CAR), id: "car" },
      { ...tried("running", { ...CAR, title: "Another" }), id: "running" },
      { ...tried("suspended", CAR), id: "rests" },
      { ...tried("proposed"), id: "forged", title: "Warm water, and the front door" },
    ]);
  });

  test("is not proposed for goals that fit nothing here", async () => {
    const goal: Goal = { kind: "never", node: "mqtt-sauna" };
    const answer = await d.desk.propose([goal], "x", "Ada");
    expect(answer).toMatchObject({ ok: false, reason: expect.stringContaining("node:") });
  });

  test("that was written over since is neither tried nor approved", async () => {
    expect(await d.desk.approve("forged", shown.hash, "Ada")).toMatchObject({ ok: false });
    d.desk.tryOut("forged", "Ada");
    await d.desk.idle();
    expect(d.now("forged")).toMatchObject({ reason: expect.stringContaining("hash") });
    expect(d.now("forged")?.verdict).toBeUndefined();
  });

  test("is not approved beside another that steers the same device", async () => {
    const answer = await d.desk.approve("car", d.now("car")?.hash ?? "", "Ada");
    expect(answer).toMatchObject({ ok: false, reason: expect.stringContaining('planned by "Another"') });
  });

  test("is not approved once a person made a rule that it would overrule, though its trial was good", async () => {
    d.rules.push(evening);
    const answer = await d.desk.approve("p", shown.hash, "Ada");
    expect(answer).toMatchObject({ ok: false, reason: expect.stringContaining("Water off in the evening") });
    expect(d.now("p")?.state).toBe("proposed");
    expect(d.now("p")?.checks?.find((c) => c.name === "conflicts")?.ok).toBe(false);
  });

  test("leaves out what a rule or another policy steers and what is kept out of plans, and says why", async () => {
    d.keepOut("Home battery");
    const made = await d.desk.propose(
      [...GOALS, { kind: "comfort", room: "Living room", minC: 19 }],
      "Spend least",
      "Ada",
    );
    if (!made.ok) throw new Error(made.reason);
    d.desk.end(made.policy.id, "Ada");
    await d.desk.idle();
    const names = made.policy.devices.map((device) => device.name);
    expect(names).toContain("Living room thermostat");
    const why = (name: string) => !names.includes(name) && made.policy.leftOut.find((l) => l.name === name)?.reason;
    expect(why("Water heater")).toContain('your rule "Water off in the evening"');
    expect(why("EV charger")).toContain("steers it already");
    expect(why("Home battery")).toBe("it is kept out of plans on its page");
  });

  test("that was suspended does not run again beside one that took its device", async () => {
    const answer = await d.desk.resume("rests", "Ada");
    expect(answer).toMatchObject({ ok: false, reason: expect.stringContaining('planned by "Another"') });
    expect(d.now("rests")?.state).toBe("suspended");
  });

  test("that runs is suspended when its device is kept out of plans", async () => {
    d.keepOut("EV charger");
    await d.desk.look();
    const reason = "EV charger: it is kept out of plans on its page";
    expect(d.now("running")).toMatchObject({ state: "suspended", reason });
  });
});

test("a policy that was suspended because the tariff has changed runs again once it has stood its trial anew", async () => {
  const solver = solverThread();
  const reason = "the tariff has changed since it was tried: try it again under the new one";
  const d = opened([{ ...tried("suspended", CAR), id: "anew", reason }], (problem, haste) =>
    solver.schedule(problem, haste),
  );
  expect(await d.desk.resume("anew", "Ada")).toEqual({ ok: false, reason });
  d.desk.tryOut("anew", "Ada");
  await d.desk.idle();
  expect(d.now("anew")).toMatchObject({ state: "suspended", reason: expect.stringContaining("stood the trial") });
  expect(await d.desk.resume("anew", "Ada")).toMatchObject({ ok: true });
  await d.desk.look();
  expect(d.now("anew")).toMatchObject({ state: "running" });
  await solver.close();
});
