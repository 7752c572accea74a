/** Appliances that take requests of energy management, in the core: what is asked of them, when, and what never is. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { capabilities } from "../../hub/model/capabilities/index.ts";
import type { Value } from "../../hub/model/capability.ts";
import type { Command } from "../../hub/model/command.ts";
import type { NodeDescription } from "../../hub/model/node.ts";
import type { Rule } from "../../hub/model/plan.ts";
import type { Tariff } from "../../hub/model/tariff.ts";
import { releaseRule, ruleRelease } from "../../hub/planner/release.ts";
import { strategies } from "../../hub/planner/strategies/index.ts";
import { ruleInWords } from "../../hub/rules/explain.ts";
import { type CoreState, type Effect, emptyState, step } from "../../hub/step.ts";

const ESA = "deviceEnergyManagement";
const MINUTE = 60_000;
/** 19:00 in Berlin; the night's price begins at 22:00 there. */
const NOW = Date.parse("2026-11-22T18:00:00Z");
const S = NOW / 1000;
const home = { name: "Home", timeZone: "Europe/Berlin", latitude: 52, longitude: 13, currency: "EUR" };
const tariff: Tariff = {
  ...{ name: "Night", importBands: [{ from: "22:00", to: "06:00", perKwh: 0.18 }], importPerKwh: 0.34 },
  ...{ exportPerKwh: 0.08, standingPerDay: 0, co2Bands: [], co2GPerKwh: 300 },
};

const machine: NodeDescription = {
  ...{ id: "washer", name: "Washer", adapter: "matter", dialect: "matter", addresses: [] },
  endpoints: [
    {
      number: 1,
      deviceTypes: ["laundryWasher"],
      capabilities: {
        [ESA]: {
          attributes: Object.fromEntries(
            Object.keys(capabilities[ESA]?.attributes ?? {}).map((name) => [name, { source: `x.${name}` }]),
          ),
          commands: Object.fromEntries(
            Object.keys(capabilities[ESA]?.commands ?? {}).map((name) => [name, { source: `x.${name}` }]),
          ),
        },
      },
    },
  ],
};

/** A run of two hours that wants to begin at 20:00 and must be over at 06:00. */
const waiting: Readonly<Record<string, Value>> = {
  ...{ esaState: "online", optOutState: "noOptOut", forecastAvailable: true, forecastId: 1 },
  ...{ forecastStartTime: S + 3600, forecastEndTime: S + 3 * 3600, forecastEarliestStartTime: S },
  ...{ forecastLatestEndTime: S + 11 * 3600, forecastIsPausable: true, forecastPausableNow: false },
  ...{ forecastProfile: "1800x2000,3600x60,1800x2000", forecastUpdateReason: "internalOptimization" },
  ...{ absMinPower: 0, absMaxPower: 2500 },
};
/** The same run, begun two hours ago at 20:00 and now at 21:45 in its last part, which may be paused. */
const LATE = NOW + 165 * MINUTE;
const running: Readonly<Record<string, Value>> = {
  ...waiting,
  ...{ forecastActiveSlot: 2, forecastPausableNow: true, forecastRemainingSlotTime: 900 },
  ...{ forecastMinPauseDuration: 60, forecastMaxPauseDuration: 1800 },
};

const said = (values: Readonly<Record<string, Value>>, at: number) =>
  Object.entries(values).map(([attribute, value]) => ({
    path: { node: "washer", endpoint: 1, capability: ESA, attribute },
    ...{ value, at, source: `x.${attribute}` },
  }));

const part = { ...{ node: "washer", endpoint: 1, name: "Washer", room: undefined, types: ["laundryWasher"] } };
const flexible = { ...part, power: undefined, relay: undefined, commands: ["startTimeAdjustRequest", "pauseRequest"] };

/** The plan that the hub proposes for it. */
function planned(): readonly Rule[] {
  const facts = { parts: { flexibles: [flexible] }, goals: [] };
  // Only what this strategy looks at.
  const rules = strategies.get("flexibleRun")?.rules(facts as never, "washer", {}) ?? [];
  return rules.map((rule) => ({ ...rule, id: `p-${rule.id}`, plan: "p" }));
}

interface House {
  readonly state: CoreState;
  tell(values: Readonly<Record<string, Value>>, at: number): void;
  tick(at: number): readonly Command[];
}

function house(rules: readonly Rule[], values: Readonly<Record<string, Value>>, at: number): House {
  const state = emptyState(home, tariff);
  const sent = (effects: readonly Effect[]) => effects.flatMap((e) => (e.kind === "send" ? [e.command] : []));
  const tell = (told: Readonly<Record<string, Value>>, when: number) => {
    step(state, { kind: "readings", readings: said(told, when) }, when);
  };
  step(state, { kind: "nodeFound", node: machine, at }, at);
  step(state, { kind: "reachable", node: "washer", reachable: true, at }, at);
  tell(values, at);
  step(state, { kind: "rulesSet", rules: [...rules] }, at);
  return { state, tell, tick: (when) => sent(step(state, { kind: "tick", at: when }, when)) };
}

const reasonOf = ({ state }: House, id: string) => {
  const verdict = state.verdicts.get(id);
  return `${verdict?.reason}; ${verdict?.lost ?? ""}`;
};

describe("a plan for a machine that says when it could run", () => {
  test("moves its start into the night, once, and says why", () => {
    const h = house(planned(), waiting, NOW);
    const [command, ...more] = h.tick(NOW);
    expect(more).toEqual([]);
    expect(command).toMatchObject({ command: "startTimeAdjustRequest", args: { requestedStartTime: S + 3 * 3600 } });
    expect(reasonOf(h, "p-start")).toContain("starts at 22:00, when a kWh costs 0.18 instead of 0.34 at 20:00");
    expect(h.tick(NOW + 2000)).toEqual([]);
    h.tell({ forecastStartTime: S + 3 * 3600, forecastEndTime: S + 5 * 3600 }, NOW + 3000);
    expect(h.tick(NOW + 3 * MINUTE)).toEqual([]);
    expect(reasonOf(h, "p-start")).toContain("its own start at 22:00 is best");
  });

  test("pauses a run over the last dear quarter of an hour, and decides the same after a restart", () => {
    const first = house(planned(), running, LATE);
    const [command] = first.tick(LATE);
    expect(command).toMatchObject({ command: "pauseRequest", args: { duration: 900 } });
    expect(reasonOf(first, "p-pause")).toContain("pauses for 15 minutes until 22:00");
    // A hub that comes back in the middle finds it paused and leaves it so; or running, and pauses it.
    expect(house(planned(), { ...running, esaState: "paused" }, LATE).tick(LATE)).toEqual([]);
    expect(house(planned(), running, LATE + 60_000).tick(LATE + 60_000)).toMatchObject([
      { command: "pauseRequest", args: { duration: 840 } },
    ]);
  });

  test("asks nothing of a machine that was set to take no requests, and says so", () => {
    for (const optOutState of ["localOptOut", "optOut"]) {
      const h = house(planned(), { ...waiting, optOutState }, NOW);
      expect(h.tick(NOW)).toEqual([]);
      expect(reasonOf(h, "p-start")).toContain("it was set to take no requests for the sake of this home");
    }
    // The grid is not this home.
    expect(house(planned(), { ...waiting, optOutState: "gridOptOut" }, NOW).tick(NOW)).toHaveLength(1);
  });

  test("asks nothing while something it needs to know is unknown", () => {
    for (const missing of ["esaState", "optOutState", "forecastStartTime", "forecastLatestEndTime"]) {
      const { [missing]: _, ...rest } = waiting;
      expect(house(planned(), rest, NOW).tick(NOW), missing).toEqual([]);
    }
  });

  test("a person's hand holds against it for an hour", () => {
    const h = house(planned(), waiting, NOW);
    const command = { target: { node: "washer", endpoint: 1 }, capability: ESA, command: "cancelRequest", args: {} };
    h.tell({ forecastUpdateReason: "localOptimization" }, NOW);
    const origin = { rank: "person", by: "anna", reason: "asked" } as const;
    step(h.state, { kind: "asked", id: "a", command, origin, at: NOW }, NOW);
    expect(h.tick(NOW + 20_000)).toEqual([]);
    expect(reasonOf(h, "p-start")).toContain("anna set it by hand");
  });

  test("in words, it says what it will do and within what", () => {
    expect(planned().map((r) => ruleInWords(r, () => "Washer"))).toEqual([
      "At all times: move Washer's start to when its run costs least, within what it allows.",
      "At all times: pause Washer for as long as it allows when the rest of its run costs less later.",
    ]);
  });
});

describe("whatever a machine says of itself", () => {
  const moment = fc.integer({ min: -2 * 3600, max: 20 * 3600 }).map((s) => S + s);
  const any = fc.record(
    {
      esaState: fc.constantFrom("offline", "online", "fault", "powerAdjustActive", "paused"),
      optOutState: fc.constantFrom("noOptOut", "localOptOut", "gridOptOut", "optOut"),
      forecastAvailable: fc.boolean(),
      forecastStartTime: moment,
      forecastEndTime: moment,
      forecastEarliestStartTime: moment,
      forecastLatestEndTime: moment,
      forecastIsPausable: fc.boolean(),
      forecastPausableNow: fc.boolean(),
      forecastActiveSlot: fc.integer({ min: 0, max: 12 }),
      forecastRemainingSlotTime: fc.integer({ min: 0, max: 9000 }),
      forecastMinPauseDuration: fc.integer({ min: 0, max: 9000 }),
      forecastMaxPauseDuration: fc.integer({ min: 0, max: 9000 }),
      forecastProfile: fc.constantFrom("1800x2000,3600x60,1800x2000", "600x-500", "", "0x0", "9999999999x9999999", "x"),
    },
    { requiredKeys: [] },
  );

  test("nothing is asked that it has refused or that its own forecast rules out", () => {
    let asked = 0;
    fc.assert(
      fc.property(fc.constantFrom(waiting, running), any, fc.nat({ max: 13 }), (base, told, odd) => {
        // Sensible but for some of its words: what is odd altogether is seldom asked for anything.
        const values = { ...base, ...Object.fromEntries(Object.entries(told).slice(odd)) };
        const v: Partial<typeof told> = values;
        for (const { command, args } of house(planned(), values, NOW).tick(NOW)) {
          asked += 1;
          expect(["noOptOut", "gridOptOut"]).toContain(v.optOutState);
          if (command === "startTimeAdjustRequest") {
            const at = Number(args.requestedStartTime);
            expect(["online", "powerAdjustActive"]).toContain(v.esaState);
            expect(at).toBeGreaterThanOrEqual(Math.max(S, v.forecastEarliestStartTime ?? 0));
            const length = Math.max(7200, (v.forecastEndTime ?? 0) - (v.forecastStartTime ?? 0));
            const least = v.forecastProfile?.startsWith("1800") ? length : 0;
            expect(at + least).toBeLessThanOrEqual(v.forecastLatestEndTime ?? 0);
          } else {
            expect(command).toBe("pauseRequest");
            expect([v.esaState, v.forecastPausableNow]).toEqual(["online", true]);
            expect(args.duration).toBeGreaterThanOrEqual(v.forecastMinPauseDuration ?? 0);
            expect(args.duration).toBeLessThanOrEqual(v.forecastMaxPauseDuration ?? 0);
          }
        }
      }),
      { numRuns: 3000 },
    );
    expect(asked).toBeGreaterThan(20);
  });
});

describe("what stands when a plan or a rule is over", () => {
  const proposal = {
    ...{ strategy: "flexibleRun", node: "washer", params: {}, title: "Washer", because: "" },
    ...{ madeBy: { kind: "planner" } as const, rules: planned() },
  };
  const release = () => releaseRule("p-release", proposal, NOW + 30 * MINUTE) as Rule;

  test("a pause is resumed, a moved start goes back, and nothing is asked where nothing stands", () => {
    expect(house([release()], { ...running, esaState: "paused" }, NOW).tick(NOW)).toMatchObject([
      { command: "resumeRequest", args: {} },
    ]);
    expect(house([release()], { ...waiting, forecastUpdateReason: "localOptimization" }, NOW).tick(NOW)).toMatchObject([
      { command: "cancelRequest" },
    ]);
    expect(house([release()], waiting, NOW).tick(NOW)).toEqual([]);
    expect(house([release()], { ...running, esaState: "paused" }, NOW).tick(NOW + 31 * MINUTE)).toEqual([]);
  });

  test("an adjustment of power ends, but not one that the grid asked for", () => {
    const [rule] =
      strategies.get("flexiblePower")?.rules(
        {
          parts: {
            flexibles: [{ ...flexible, commands: ["powerAdjustRequest", "cancelPowerAdjustRequest"] }],
            evses: [],
            batteries: [],
          },
        } as never,
        "washer",
        { abovePerKwh: 0.25 },
      ) ?? [];
    if (!rule) throw new Error("there is a rule");
    const adjusted = { ...waiting, esaState: "powerAdjustActive" };
    const off = ruleRelease("r", rule, NOW + MINUTE) as Rule;
    expect(house([off], adjusted, NOW).tick(NOW)).toMatchObject([{ command: "cancelPowerAdjustRequest" }]);
    const byGrid = { ...adjusted, powerAdjustReason: "gridOptimizationAdjustment" };
    expect(house([off], byGrid, NOW).tick(NOW)).toEqual([]);
    // The rule itself asks for the least on offer until the night.
    const offer = {
      ...{ powerAdjustAvailable: true, powerAdjustMinPower: 200, powerAdjustMaxPower: 2000 },
      ...{ powerAdjustMinDuration: 60, powerAdjustMaxDuration: 7200 },
    };
    const h = house([rule], { ...waiting, ...offer }, NOW);
    expect(h.tick(NOW)).toMatchObject([{ command: "powerAdjustRequest", args: { power: 200, duration: 7200 } }]);
    // In the night it is taken back.
    const night = NOW + 3.5 * 60 * MINUTE;
    const late = house([rule], { ...adjusted, ...offer }, night);
    expect(late.tick(night)).toMatchObject([{ command: "cancelPowerAdjustRequest" }]);
  });
});

describe("a person's own rule and a person's own hand", () => {
  const action = (command: string, args = {}) => ({ node: "washer", endpoint: 1, capability: ESA, command, args });
  const mine: Rule = {
    ...{ id: "mine", title: "Mine", origin: "person", enabled: true },
    when: { kind: "not", of: { kind: "priceBelow", perKwh: 0.3 } },
    then: [action("pauseRequest", { duration: 600 })],
    otherwise: [action("resumeRequest")],
  };

  test("a plain rule pauses and resumes, and is silent where the machine would refuse", () => {
    expect(house([mine], running, LATE).tick(LATE)).toMatchObject([{ command: "pauseRequest" }]);
    const h = house([mine], waiting, NOW);
    expect(h.tick(NOW)).toEqual([]);
    expect(reasonOf(h, "mine")).toContain("Washer would refuse: this part of its run can't be paused");
    const night = LATE + 30 * MINUTE;
    expect(house([mine], { ...running, esaState: "paused" }, night).tick(night)).toMatchObject([
      { command: "resumeRequest" },
    ]);
  });

  test.each([
    ["startTimeAdjustRequest", { requestedStartTime: S - 60 }, {}, "before the earliest"],
    ["startTimeAdjustRequest", { requestedStartTime: S + 10 * 3600 }, {}, "would not be over by the latest"],
    ["startTimeAdjustRequest", { requestedStartTime: S + 7200 }, { optOutState: "optOut" }, "take no requests"],
    ["pauseRequest", { duration: 7200 }, running, "duration must be at most 1800 s"],
    ["resumeRequest", {}, {}, "it is not paused"],
    ["powerAdjustRequest", { power: 9000, duration: 60 }, {}, "power must be at most 2500 W"],
  ])("%s %o is refused by a person's hand as well, with the reason", (command, args, values, reason) => {
    const h = house([], { ...waiting, ...values }, NOW);
    const asked = { target: { node: "washer", endpoint: 1 }, capability: ESA, command, args };
    const origin = { rank: "person", by: "anna", reason: "asked" } as const;
    const effects = step(h.state, { kind: "asked", id: "a", command: asked, origin, at: NOW }, NOW);
    const outcome = effects.find((e) => e.kind === "settle");
    expect(outcome).toMatchObject({ outcome: { state: "refused", reason: expect.stringContaining(reason) } });
  });
});
