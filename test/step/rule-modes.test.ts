import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { HomeRule } from "../../hub/model/rule/rule.ts";
import { type Input, step } from "../../hub/step.ts";
import { homeOf } from "../rules/random-rules.ts";
import { Memory } from "../scenarios/memory.ts";
import { homeRuleFrom } from "../scenarios/rule-lines.ts";

const LIVES = Number(process.env.INGLENOOK_RULE_LIVES ?? 30);
const START = Date.UTC(2026, 2, 2, 8);

/** What may happen to a rule: somebody starts it, some seconds pass, the hub is off for a while. */
type Happening = "start" | { readonly pass: number } | { readonly off: number };
const happening: fc.Arbitrary<Happening> = fc.oneof(
  { weight: 5, arbitrary: fc.constant("start" as const) },
  { weight: 4, arbitrary: fc.record({ pass: fc.integer({ min: 1, max: 90 }) }) },
  { weight: 1, arbitrary: fc.record({ off: fc.integer({ min: 0, max: 200 }) }) },
);
const lives = fc.record({
  most: fc.integer({ min: 1, max: 4 }),
  waits: fc.integer({ min: 1, max: 3 }),
  days: fc.array(happening, { maxLength: 40 }),
});

const ruleOf = (mode: string, most: number, waits: number): HomeRule =>
  homeRuleFrom(
    `Bell\n  form: when\n  on: []\n  mode: ${mode}\n  most: ${most}\n  do: [${"{ kind: wait, minutes: 1 }, ".repeat(waits)}{ kind: set, variable: x, to: 1 }]`,
    START,
  );

interface Run {
  readonly id: string;
  /** The how-manieth start it came from. */
  readonly start: number;
}

/** Lives through it; `see` is shown the runs under way after each input. Returns the runs in the order in which they began, and those that were told as over. */
function live(rule: HomeRule, days: readonly Happening[], see: (runs: readonly Run[], input: Input["kind"]) => void) {
  const memory = new Memory();
  let state = homeOf(1, 0);
  state.automation.rules = [rule];
  let now = START;
  let starts = 0;
  const began: Run[] = [];
  const told: string[] = [];
  const put = (input: Input): void => {
    const effects = step(state, input, now);
    memory.note(effects);
    for (const e of effects) if (e.kind === "trace" && e.trace.kind === "run") told.push(e.trace.id);
    const runs = [...state.automation.runs.values()]
      .filter((r) => r.endedAt === undefined)
      .map(({ id, cause }) => ({ id, start: Number(/\d+/.exec(cause)?.[0]) }));
    for (const run of runs) if (!began.some((b) => b.id === run.id)) began.push(run);
    see(runs, input.kind);
  };
  const pass = (seconds: number): void => {
    for (const end = now + seconds * 1000; now < end; ) {
      now = Math.min(end, now + 10_000);
      put({ kind: "tick", at: now });
    }
  };
  for (const one of days) {
    if (one === "start") {
      starts += 1;
      put({ kind: "ruleStarted", rule: rule.id, by: `Visitor ${starts}`, at: now });
    } else if ("pass" in one) pass(one.pass);
    else {
      now += one.off * 1000;
      state = memory.restarted(state);
      put({ kind: "tick", at: now });
    }
  }
  pass(1200);
  return { began, told, starts, left: state.automation.runs.size };
}

/** Whatever the mode: each run that began is told once, and none is left for ever. */
function allTold({ began, told, left }: ReturnType<typeof live>): void {
  expect(left).toBe(0);
  expect([...told].sort()).toEqual(began.map((r) => r.id).sort());
}

const always = (check: (of: { most: number; waits: number; days: Happening[] }) => void, seed: number): void =>
  fc.assert(fc.property(lives, check), { numRuns: LIVES, seed, endOnFailure: true });

describe("a rule that is started while it runs, whenever the hub is off between", () => {
  test("queued: never two at once, in the order in which they were asked for", () => {
    always(({ most, waits, days }) => {
      const lived = live(ruleOf("queued", most, waits), days, (runs) => expect(runs.length).toBeLessThanOrEqual(1));
      allTold(lived);
      const order = lived.began.map((r) => r.start);
      expect(order).toEqual([...order].sort((a, b) => a - b));
      // As many wait as may, and each that waits has its turn, whenever the hub was off between.
      if (lived.starts <= most + 1) expect(order).toHaveLength(lived.starts);
    }, 1);
  });

  test("parallel: never more side by side than it may, and none left out while there is room", () => {
    always(({ most, waits, days }) => {
      let before = 0;
      const see = (runs: readonly Run[], input: string) => {
        expect(runs.length).toBeLessThanOrEqual(most);
        if (input === "ruleStarted") expect(runs.length).toBe(Math.min(most, before + 1));
        before = runs.length;
      };
      allTold(live(ruleOf("parallel", most, waits), days, see));
    }, 2);
  });

  test("restart: the newest start alone is under way", () => {
    always(({ most, waits, days }) => {
      let newest = 0;
      const see = (runs: readonly Run[], input: string) => {
        if (input === "ruleStarted") newest += 1;
        if (input === "ruleStarted") expect(runs).toHaveLength(1);
        expect(runs.every((r) => r.start === newest)).toBe(true);
      };
      allTold(live(ruleOf("restart", most, waits), days, see));
    }, 3);
  });

  test("single: the first stays, and no other begins before it is done", () => {
    always(({ waits, days }) => {
      const ended = new Set<string>();
      let under: string | undefined;
      const see = (runs: readonly Run[]) => {
        expect(runs.length).toBeLessThanOrEqual(1);
        const now = runs[0]?.id;
        if (under !== undefined && now !== under) ended.add(under);
        under = now;
        expect(now !== undefined && ended.has(now)).toBe(false);
      };
      allTold(live(ruleOf("single", 1, waits), days, see));
    }, 4);
  });
});

describe("more than the house does at once", () => {
  const each = (n: number, rule: (i: number) => HomeRule, times: number) => {
    const state = homeOf(n, 0);
    state.automation.rules = Array.from({ length: n }, (_, i) => ({ ...rule(i), id: `bell-${i}`, title: `Bell ${i}` }));
    const effects = Array.from({ length: n * times }, (_, i) =>
      step(state, { kind: "ruleStarted", rule: `bell-${i % n}`, by: "Anna", at: START }, START),
    ).flat();
    return { runs: [...state.automation.runs.values()], effects };
  };

  test("256 runs are under way, the rest is left out, and people are told once", () => {
    const { runs, effects } = each(30, () => ruleOf("parallel", 10, 1), 10);
    expect(runs).toHaveLength(256);
    expect(effects.filter((e) => e.kind === "notify")).toHaveLength(1);
    expect(effects.some((e) => e.kind === "keepFinding" && e.finding.code === "rules-overrun")).toBe(true);
  });

  test("runs that only wait for what their lamps say hold up no other, up to as many again", () => {
    const turnOn = (i: number): HomeRule =>
      homeRuleFrom(
        `Bell\n  form: when\n  on: []\n  do: [{ kind: command, target: { nodes: [lamp-${i}] }, capability: onOff, command: on }]`,
        START,
      );
    const { runs, effects } = each(520, turnOn, 1);
    expect(effects.filter((e) => e.kind === "send")).toHaveLength(512);
    expect(runs).toHaveLength(512);
    expect(effects.filter((e) => e.kind === "notify")).toHaveLength(1);
  });
});
