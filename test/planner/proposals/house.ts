/** Homes in which proposals are made: with rules of people, some devices that must be left alone, and a past of their own. */
import { partsOf } from "../../../hub/energy/parts.ts";
import type { Home } from "../../../hub/model/home.ts";
import type { CapabilityInstance, EndpointDescription } from "../../../hub/model/node.ts";
import type { Goal, Rule } from "../../../hub/model/plan.ts";
import { type HomeRule, ruleDraft } from "../../../hub/model/rule/rule.ts";
import type { PricedTariff } from "../../../hub/model/tariff.ts";
import { comfortOf, factsOf } from "../../../hub/planner/facts.ts";
import { optionsOf, proposalOf } from "../../../hub/planner/greedy.ts";
import { namesOf } from "../../../hub/planner/names.ts";
import { preparing } from "../../../hub/planner/verify.ts";
import type { CheckContext } from "../../../hub/rules/check/index.ts";
import { fitting, type Twin } from "../../../hub/twin/fit.ts";
import { type Bucket, layOut } from "../../../hub/twin/history.ts";
import { gridOf, MONDAY, run, ZONE } from "../bench.ts";
import { demoHome, demoTariff, idOf } from "../demo-home.ts";
import { noRules } from "../no-rules.ts";

export const GOALS: readonly Goal[] = [
  { kind: "readyBy", node: idOf("EV charger"), what: "stateOfCharge", target: 80, by: "07:00" },
  { kind: "minimise", what: "cost" },
  { kind: "comfort", room: "Living room", minC: 19 },
  { kind: "reduceStandby" },
  { kind: "applianceWindow", node: idOf("Dishwasher"), by: "07:00" },
];

const does = (...names: string[]): CapabilityInstance["commands"] =>
  Object.fromEntries(names.map((name) => [name, { source: `test#${name}` }]));
const tells = (...names: string[]): CapabilityInstance["attributes"] =>
  Object.fromEntries(names.map((name) => [name, { source: `test#${name}` }]));
const onOff = { attributes: tells("onOff"), commands: does("on", "off", "toggle") };

/** Devices that no plan has any business with: name, device type, capabilities. */
const CAREFUL: readonly (readonly [string, string, EndpointDescription["capabilities"]])[] = [
  [
    "Smoke alarm",
    "smokeCoAlarm",
    { onOff, smokeCoAlarm: { attributes: tells("smokeState"), commands: does("selfTestRequest") } },
  ],
  ["Garden valve", "waterValve", { onOff }],
  ["Fan heater", "onOffPlugInUnit", { onOff }],
  ["Deep freezer", "onOffPlugInUnit", { onOff }],
  ["Oven", "oven", { onOff }],
  ["Heating pump", "pump", { onOff }],
];

/** The demo home with devices that must be left alone. */
export function carefulHome(rename?: (name: string) => string): Home {
  const home = demoHome(rename);
  for (const [name, type, capabilities] of CAREFUL)
    home.nodes.set(idOf(name), {
      description: {
        ...{ id: idOf(name), name: rename?.(name) ?? name, adapter: "mqtt", dialect: "test", addresses: [] },
        endpoints: [{ number: 1, deviceTypes: [type], capabilities }],
      },
      ...{ settings: { room: "Utility" }, reachable: true, heardAt: 0, values: new Map() },
    });
  return home;
}

let made = 0;
/** A rule of a person, as it is kept. */
export function homeRule(draft: object): HomeRule {
  const id = `home-rule-${made++}`;
  return { ...ruleDraft.parse(draft), id, origin: "person", by: "Anna", madeAt: 0, changedAt: 0 };
}

/** What people have anyway; none of it touches what is planned. */
const ORDINARY: readonly HomeRule[] = [
  homeRule({
    ...{ form: "when", title: "Light when somebody comes" },
    on: [{ kind: "becomes", target: { nodes: [idOf("Hallway motion")] }, of: "occupancySensing.occupancy", to: true }],
    do: [{ kind: "command", target: { nodes: [idOf("Office light")] }, capability: "onOff", command: "on" }],
  }),
  homeRule({
    ...{ form: "when", title: "Lock at night" },
    on: [{ kind: "time", at: "23:00" }],
    do: [{ kind: "command", target: { nodes: [idOf("Front door")] }, capability: "doorLock", command: "lockDoor" }],
  }),
  homeRule({
    ...{ form: "when", title: "Tell me of a full battery" },
    on: [
      { kind: "crosses", target: { nodes: [idOf("Home battery")] }, of: "powerSource.batPercentRemaining", above: 95 },
    ],
    do: [{ kind: "notify", title: "The battery is full" }],
  }),
];

export interface Lived {
  readonly days: number;
  readonly twin: Twin;
}

/** What the hub learns of a past. */
export const learned = (buckets: ReadonlyMap<string, readonly Bucket[]>, days: number): Lived => ({
  days,
  twin: run(fitting(layOut(buckets, gridOf(MONDAY, days)), partsOf(carefulHome()))),
});

export type House = ReturnType<typeof houseOf>;

/** A home with its past under a tariff. `rules`: what people made besides. */
export function houseOf(lived: Lived, tariff: PricedTariff = demoTariff, goals = GOALS, running: readonly Rule[] = []) {
  const home = carefulHome();
  const parts = partsOf(home);
  const names = namesOf(parts);
  const { twin, days } = lived;
  const facts = factsOf(parts, goals, { tariff, timeZone: ZONE, at: MONDAY + (days - 1) * 86_400_000 }, twin);
  const bench = run(preparing(twin, tariff, comfortOf(goals, parts), running));
  const house: CheckContext = { ...noRules(home), rules: ORDINARY };
  const options = optionsOf(facts);
  const proposals = options.flatMap((option) => {
    const params = option.params[0];
    return (params && proposalOf(option, params, facts, names)) ?? [];
  });
  return { home, parts, names, twin, facts, bench, house, goals, tariff, options, proposals, running };
}
