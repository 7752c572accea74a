import { describe, expect, test } from "vitest";
import { flatTariff, newHome } from "../../hub/main/defaults.ts";
import { type Finding, type Problem, problemKey } from "../../hub/model/finding.ts";
import { defaultLimits } from "../../hub/step/state.ts";
import { type Effect, emptyState, step } from "../../hub/step.ts";

const NOON = Date.UTC(2026, 2, 2, 12);
const problem = (field: string, node = "plug"): Problem => ({
  ...{ code: "value-not-understood", message: `${field} is wrong` },
  ...{ node, topic: `z2m/${node}`, field },
});

const kept = (effects: readonly Effect[]): Finding[] =>
  effects.flatMap((e) => (e.kind === "keepFinding" ? [e.finding] : []));

function home(maxFindings = defaultLimits.maxFindings) {
  const state = emptyState(newHome(), flatTariff, { ...defaultLimits, maxFindings });
  const report = (p: Problem, at = NOON) => step(state, { kind: "problem", problem: p, at }, at);
  const say = (p: Problem, to: "accepted" | "ignored" | "new", at = NOON) =>
    step(state, { kind: "findingSet", key: problemKey(p), state: to, by: "anna", at }, at);
  const of = (p: Problem) => state.findings.get(problemKey(p));
  return { state, report, say, of };
}

describe("a finding", () => {
  test("a field that is wrong a thousand times is one finding, counted, and written eleven times", () => {
    const { state, report } = home();
    const effects = Array.from({ length: 1000 }, (_, i) => report(problem("voltage"), NOON + i)).flat();
    expect([...state.findings.values()]).toMatchObject([{ count: 1000, firstAt: NOON, lastAt: NOON + 999 }]);
    expect(kept(effects).map((f) => f.count)).toEqual([1, 2, 4, 8, 16, 32, 64, 128, 256, 512]);
  });

  test("says what helps, even where its adapter did not", () => {
    const { report, of } = home();
    report(problem("voltage"));
    report({ ...problem("power"), fix: "Turn the plug round." });
    expect(of(problem("voltage"))?.fix).toContain("the report tells its maker");
    expect(of(problem("power"))?.fix).toBe("Turn the plug round.");
  });

  test("whatever a device sends, its texts are cut to a length", () => {
    const { state, report } = home();
    report({ ...problem("f".repeat(5000)), message: "m".repeat(5000), sample: "s".repeat(5000) });
    const [finding] = state.findings.values();
    expect([finding?.message.length, finding?.sample?.length, finding?.field?.length]).toEqual([500, 500, 200]);
  });

  test("a flood from one device pushes out its own oldest and nobody else's", () => {
    const { state, report, of } = home();
    report(problem("voltage", "lamp"));
    const effects = Array.from({ length: 500 }, (_, i) => report(problem(`field${i}`), NOON + i)).flat();
    expect(state.findings.size).toBe(101);
    expect(of(problem("voltage", "lamp"))).toBeDefined();
    expect(of(problem("field499"))).toBeDefined();
    expect(effects.filter((e) => e.kind === "dropFinding")).toHaveLength(400);
  });

  test("in a full inbox what is over goes first, and what a person decided goes last", () => {
    const { state, report, say, of } = home(3);
    const [known, old, recent] = [problem("a", "n1"), problem("b", "n2"), problem("c", "n3")];
    report(known, NOON);
    say(known, "ignored");
    report(old, NOON + 1);
    report(recent, NOON + 2);
    report(problem("d", "n4"), NOON + 3);
    expect([of(known)?.state, of(old), of(recent)?.state]).toEqual(["ignored", undefined, "new"]);
    step(state, { kind: "nodeFound", node: { ...bare, id: "n4" }, at: NOON + 4 }, NOON + 4);
    step(state, { kind: "nodeGone", node: "n4", at: NOON + 4 }, NOON + 4);
    report(problem("e", "n5"), NOON + 5);
    expect([of(problem("d", "n4")), of(recent)?.state, state.findings.size]).toEqual([undefined, "new", 3]);
  });

  test("a remedy that the device took ends it; if it was none, it is news again and says that it was tried", () => {
    const { state, report, say, of } = home();
    const p = problem("reports");
    report(p);
    say(p, "accepted");
    const outcome = { state: "confirmed", afterMs: 20 } as const;
    const tried = step(
      state,
      { kind: "findingTried", key: problemKey(p), by: "anna", outcome, at: NOON + 1 },
      NOON + 1,
    );
    expect(kept(tried)).toMatchObject([{ state: "fixed", settled: { by: "anna" }, tried: { by: "anna", outcome } }]);
    report(p, NOON + 2);
    expect(of(p)).toMatchObject({ state: "new", count: 2, tried: { outcome } });
  });

  test("a remedy that came to nothing leaves it as it was, with the reason", () => {
    const { state, report, of } = home();
    const p = problem("reports");
    report(p);
    const outcome = { state: "unconfirmed", reason: "the plug said nothing" } as const;
    step(state, { kind: "findingTried", key: problemKey(p), by: "anna", outcome, at: NOON }, NOON);
    expect(of(p)).toMatchObject({ state: "new", tried: { outcome: { reason: "the plug said nothing" } } });
  });

  test("its key fits in an address, and other fields, topics and devices have others", () => {
    const hostile = { ...problem("../../etc|passwd"), code: "a/b?c" };
    expect(problemKey(hostile)).toMatch(/^abc-[0-9a-f]{16}$/);
    const keys = Array.from({ length: 20_000 }, (_, i) =>
      problemKey(problem(`f${i % 200}`, `n${Math.floor(i / 200)}`)),
    );
    expect(new Set(keys).size).toBe(20_000);
    expect(problemKey({ ...problem("b"), topic: "a" })).not.toBe(problemKey({ ...problem(""), topic: "a|b" }));
  });
});

const bare = { id: "bare", name: "Bare", adapter: "mqtt", dialect: "test", addresses: [], endpoints: [] } as const;
