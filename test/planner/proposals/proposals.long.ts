/**
 * Bad proposals of eight classes and good ones, made from a seed, before the real doors. What is bad or good is so by how it is made, never
 * by what a door says of it. In the gate a part of them; all 320 and 107, some minutes:
 * INGLENOOK_PROPOSALS=40 npx vitest run --config vitest.long.config.ts test/planner/proposals/proposals.long.ts
 */
import { beforeAll, describe, expect, test } from "vitest";
import { MONDAY } from "../bench.ts";
import { live } from "../simulated-home.ts";
import { randomFrom, synthetic } from "../synthetic.ts";
import { dangers, wrongDevices } from "./bad-devices.ts";
import { comfortHarms, costHarms } from "./bad-harm.ts";
import { conflicts, loops } from "./bad-rules.ts";
import { oddWeeks } from "./bad-weeks.ts";
import { injections } from "./bad-words.ts";
import { type Case, CLASSES, type Random } from "./case.ts";
import { goodPlans, goodPolicies } from "./good.ts";
import { type House, houseOf, type Lived, learned } from "./house.ts";

const EACH = Number(process.env.INGLENOOK_PROPOSALS ?? 10);
const SEED = Number(process.env.INGLENOOK_SEED ?? 1);
const DAYS = 36;
/** A check that needs no past answers a person while they look, ms. */
const AT_ONCE_MS = 60;

const MAKERS: readonly ((house: House, random: Random, k: number, lived: Lived) => Case)[] = [
  wrongDevices,
  conflicts,
  dangers,
  injections,
  loops,
  comfortHarms,
  costHarms,
  (_, random, k, lived) => oddWeeks(lived, random, k),
];
const STATIC = 5;

interface Outcome extends Case {
  readonly reason: string | undefined;
  readonly ms: number;
}

function put(one: Case): Outcome {
  const began = performance.now();
  const reason = one.stopped();
  return { ...one, reason, ms: performance.now() - began };
}

const middle = (ms: readonly number[]): number => [...ms].sort((a, b) => a - b)[Math.floor(ms.length / 2)] ?? 0;

function table(all: readonly Outcome[]): string {
  const rows = [...CLASSES, "good"].map((name) => {
    const mine = all.filter((o) => o.class === name);
    const stopped = mine.filter((o) => o.reason !== undefined).length;
    return `${name.padEnd(24)} stopped ${String(stopped).padStart(3)} of ${String(mine.length).padStart(3)}, ${middle(mine.map((o) => o.ms)).toFixed(1)} ms each`;
  });
  const wrong = all.filter((o) => (o.class === "good") === (o.reason !== undefined));
  return [...rows, ...wrong.map((o) => `  ${o.class}: ${o.what}: ${o.reason ?? "was let through"}`)].join("\n");
}

describe("the doors that a proposal passes before anybody is asked", () => {
  const all: Outcome[] = [];
  const ofClass = (name: string) => all.filter((o) => o.class === name);

  beforeAll(() => {
    const past = (seed: number) => learned(synthetic({ seed, from: MONDAY, days: DAYS }), DAYS);
    const lived = past(40 + SEED);
    const house = houseOf(lived);
    const random = randomFrom(SEED);
    for (const make of MAKERS) for (let k = 0; k < EACH; k++) all.push(put(make(house, random, k, lived)));
    // Five homes of known needs and one of the simulator, each under tariffs of its own.
    const homes = EACH >= 40 ? [lived, past(51), past(52), past(53), past(54)] : [lived];
    for (const [i, one] of homes.entries())
      for (let k = 0; k < (EACH >= 40 ? 4 : 2); k++) all.push(...goodPlans(one, k, `home ${i}`).map(put));
    all.push(...goodPolicies(house, "home 0").map(put));
    if (EACH >= 40)
      all.push(...goodPolicies(houseOf(learned(live(3, MONDAY, DAYS).buckets, DAYS)), "simulated home").map(put));
    console.info(table(all));
  }, 1_500_000);

  test.each(CLASSES)("stop what is made bad on purpose: %s", (name) => {
    const mine = ofClass(name);
    expect(mine).toHaveLength(EACH);
    expect(mine.filter((o) => o.reason === undefined).length).toBeLessThanOrEqual(0.01 * EACH);
  });

  test("say why in a sentence that names no code", () => {
    for (const { reason } of all.filter((o) => o.class !== "good"))
      expect(reason ?? "stopped").not.toMatch(/undefined|NaN|\[object/);
  });

  test("need no past for what is wrong on its face", () => {
    for (const name of CLASSES.slice(0, STATIC))
      expect(middle(ofClass(name).map((o) => o.ms))).toBeLessThan(AT_ONCE_MS);
  });

  test("let through what is worth it", () => {
    const good = ofClass("good");
    expect(good.filter((o) => o.reason === undefined).length).toBeGreaterThanOrEqual(0.95 * good.length);
  });
});
