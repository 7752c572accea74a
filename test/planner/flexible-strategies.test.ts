/** Proposals for devices that manage their energy themselves: what is proposed in which home, and that it can run. */
import { describe, expect, test } from "vitest";
import { partsOf } from "../../hub/energy/parts.ts";
import { emptyHome, type Home } from "../../hub/model/home.ts";
import type { NodeDescription } from "../../hub/model/node.ts";
import type { Goal } from "../../hub/model/plan.ts";
import type { Tariff } from "../../hub/model/tariff.ts";
import { factsOf } from "../../hub/planner/facts.ts";
import { optionsOf, proposalOf } from "../../hub/planner/greedy.ts";
import { namesOf } from "../../hub/planner/names.ts";
import { releaseRule } from "../../hub/planner/release.ts";
import { staticChecks } from "../../hub/planner/static-checks.ts";

const NOW = Date.parse("2026-11-22T18:00:00Z");
const tariff: Tariff = {
  ...{ name: "Night", importBands: [{ from: "22:00", to: "06:00", perKwh: 0.18 }], importPerKwh: 0.34 },
  ...{ exportPerKwh: 0.08, standingPerDay: 0, co2Bands: [], co2GPerKwh: 300 },
};

type Has = Readonly<Record<string, readonly [attributes: readonly string[], commands: readonly string[]]>>;

const from = (names: readonly string[]) => Object.fromEntries(names.map((name) => [name, { source: `x.${name}` }]));

function device(id: string, type: string, has: Has): NodeDescription {
  const power: Has = { electricalPowerMeasurement: [["activePower"], []] };
  const capabilities = Object.entries({ ...power, ...has }).map(([name, [attributes, commands]]) => [
    name,
    { attributes: from(attributes), commands: from(commands) },
  ]);
  return {
    ...{ id, name: id, adapter: "matter", dialect: "matter", addresses: [] },
    endpoints: [{ number: 1, deviceTypes: [type], capabilities: Object.fromEntries(capabilities) }],
  };
}

const ESA = ["esaState", "optOutState"] as const;
const washer = device("washer", "laundryWasher", {
  deviceEnergyManagement: [ESA, ["startTimeAdjustRequest", "pauseRequest", "resumeRequest", "cancelRequest"]],
});
const tank = device("tank", "waterHeater", {
  waterHeaterManagement: [
    ["boostState", "estimatedHeatRequired"],
    ["boost", "cancelBoost"],
  ],
  deviceEnergyManagement: [ESA, ["powerAdjustRequest", "cancelPowerAdjustRequest"]],
});
const box = device("box", "energyEvse", {
  energyEvse: [
    ["state", "supplyState", "nextChargeTargetTime"],
    ["enableCharging", "disable"],
  ],
});

function homeOf(...nodes: readonly NodeDescription[]): Home {
  const home = emptyHome({ name: "H", timeZone: "UTC", latitude: 52, longitude: 13, currency: "EUR" });
  for (const description of nodes)
    home.nodes.set(description.id, { description, settings: {}, reachable: true, heardAt: NOW, values: new Map() });
  return home;
}

function proposed(home: Home, goals: readonly Goal[] = [{ kind: "minimise", what: "cost" }], prices = tariff) {
  const parts = partsOf(home);
  const facts = factsOf(parts, goals, { tariff: prices, timeZone: "UTC", at: NOW });
  const names = namesOf(parts);
  return optionsOf(facts).flatMap((option) => {
    const proposal = proposalOf(option, option.params[0] ?? {}, facts, names);
    return proposal ? [{ proposal, checks: staticChecks(proposal, { home, goals, names, others: [] }) }] : [];
  });
}

describe("devices that manage their energy themselves", () => {
  test("each gets what fits it, and every proposal passes the checks that need no past", () => {
    const found = proposed(homeOf(washer, tank, box));
    expect(found.map((f) => `${f.proposal.node} ${f.proposal.strategy}`).sort()).toEqual([
      "box evTarget",
      "tank flexiblePower",
      "tank waterHeaterBoost",
      "washer flexibleRun",
    ]);
    for (const { proposal, checks } of found)
      expect(checks.filter((c) => !c.ok).map((c) => `${proposal.strategy}: ${c.detail}`)).toEqual([]);
  });

  test("what each leaves behind is taken back when its plan ends", () => {
    const after = proposed(homeOf(washer, tank, box)).map(({ proposal }) =>
      releaseRule("r", proposal, NOW)?.then.map((a) => a.command),
    );
    expect(after.flat().sort()).toEqual([
      ...["cancelBoost", "cancelPowerAdjustRequest", "cancelRequest", "enableCharging", "resumeRequest"],
    ]);
  });

  test("a machine is left alone when a goal says so, and where all hours cost the same", () => {
    const never: Goal[] = [
      { kind: "minimise", what: "cost" },
      { kind: "never", node: "washer" },
    ];
    expect(proposed(homeOf(washer), never)).toEqual([]);
    expect(proposed(homeOf(washer), undefined, { ...tariff, importBands: [] })).toEqual([]);
  });

  test("CO2 is the aim where a person spoke of it and not of money", () => {
    const [found] = proposed(homeOf(washer), [{ kind: "minimise", what: "co2" }]);
    expect(found?.proposal.rules[0]?.then[0]?.computed).toEqual({ kind: "bestStart", by: "co2" });
  });
});
