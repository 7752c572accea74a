/** Proposals that are worth it by how the homes and their tariffs are made: what can wait is moved out of dear hours, what idles is cut. */
import type { Goal } from "../../../hub/model/plan.ts";
import type { PricedTariff } from "../../../hub/model/tariff.ts";
import { type Option, tuning } from "../../../hub/planner/greedy.ts";
import { run } from "../bench.ts";
import { demoTariff, idOf } from "../demo-home.ts";
import { hourly } from "./bad-weeks.ts";
import { type Case, policyOf, policyStopped, stoppedAtLast } from "./case.ts";
import { GOALS, type House, houseOf, type Lived } from "./house.ts";

/** Tariffs under which the evening is dear and the night is cheap, day after day. */
export const TARIFFS: readonly ((days: number) => PricedTariff)[] = [
  () => demoTariff,
  () => ({
    ...demoTariff,
    importBands: [
      { from: "23:00", to: "06:00", perKwh: 0.16 },
      { from: "16:00", to: "21:00", perKwh: 0.44 },
    ],
    importPerKwh: 0.29,
  }),
  () => ({ ...demoTariff, importBands: [{ from: "22:00", to: "06:00", perKwh: 0.19 }], importPerKwh: 0.35 }),
  (days) =>
    hourly(days, (at, hour) => {
      const wobble = 0.02 * Math.sin(at / 7.3e7);
      return (hour < 6 || hour >= 22 ? 0.17 : hour >= 16 && hour < 21 ? 0.45 : 0.3) + wobble;
    }),
];

/** What always saves under such a tariff. */
const WORTH_IT = ["evCheapHours", "waterHeaterCheapHours", "batteryModes", "applianceShift", "standbyCutoff"];

const ofOption = (house: House, option: Option, home: string): Case => ({
  ...{ class: "good", what: `plan: ${home}: ${option.strategy.label}` },
  stopped: () => {
    const proposal = run(tuning(option, house.facts, house.names, house.bench));
    return proposal ? stoppedAtLast(house, proposal) : "nothing was proposed";
  },
});

export function goodPlans(lived: Lived, k: number, home: string): Case[] {
  const tariff = TARIFFS[k % TARIFFS.length]?.(lived.days);
  const house = houseOf(lived, tariff);
  return house.options
    .filter((o) => WORTH_IT.includes(o.strategy.name))
    .map((option) => ofOption(house, option, `${home}, tariff ${k % TARIFFS.length}`));
}

export const REASONABLE: readonly (readonly Goal[])[] = [
  GOALS,
  [{ kind: "minimise", what: "cost" }],
  [
    { kind: "minimise", what: "co2" },
    { kind: "batteryReserve", percent: 20 },
  ],
  [{ kind: "readyBy", node: idOf("EV charger"), what: "stateOfCharge", target: 70, by: "06:30" }],
  [
    { kind: "minimise", what: "import" },
    { kind: "never", node: idOf("Dishwasher") },
  ],
  [
    { kind: "minimise", what: "cost" },
    { kind: "neverFromGrid", node: idOf("Home battery") },
  ],
  [
    { kind: "minimise", what: "cost" },
    { kind: "comfort", room: "Living room", minC: 20, maxC: 23, from: "06:00", to: "22:00" },
  ],
];

/** Policies for reasonable goals: they pass what is looked at before a trial. */
export const goodPolicies = (house: House, home: string): Case[] =>
  REASONABLE.map((goals, i) => ({
    ...{ class: "good", what: `policy: ${home}, goals ${i}` },
    stopped: () => policyStopped({ ...house, goals }, policyOf(house, goals)),
  }));
