import { expect, test } from "vitest";
import type { Rule } from "../../../hub/model/plan.ts";
import { rulesOf, wayBack } from "../../../hub/planner/policy/enact.ts";
import type { Block, Schedule } from "../../../hub/planner/schedule/schedule.ts";
import { decide } from "../../../hub/rules/arbitrate.ts";
import { battery, car, room, tank } from "./steered.ts";

const NOW = Date.parse("2026-11-18T02:00:00Z");
const HOUR = 3_600_000;
const policy = { id: "p", title: "Spend least" };

const block = (device: string, mode: Block["mode"], from: number, to: number, limit?: number): Block => ({
  ...{ device, first: 0, last: 0, from: NOW + from * HOUR, to: NOW + to * HOUR, mode, kwh: 1 },
  ...(limit === undefined ? {} : { limit }),
});

const scheduleOf = (blocks: readonly Block[]): Schedule => ({
  ...{ at: NOW, madeBy: "solver", froms: [], end: NOW + 24 * HOUR, devices: [], blocks, broken: [] },
  costs: { energy: 0, peak: 0, wear: 0, co2: 0, ownUse: 0, broken: 0, leftOver: 0, total: 0 },
  ...{ importKwh: [], exportKwh: [], gap: 0, solveMs: 1 },
  before: { froms: [], end: NOW, kw: {} },
});

/** What rules want at a moment, with a device's charge. */
const wanted = (rules: readonly Rule[], at: number, percent = 50, surplusW = 0) =>
  decide(rules, {
    now: at,
    timeZone: "Europe/Berlin",
    memory: new Map(),
    price: () => 0.3,
    surplusW: () => surplusW,
    known: (path) => ({
      status: "known",
      value: path.endsWith(".state") ? "pluggedInDemand" : percent,
      ...{ at, source: "test" },
    }),
  }).wants;

const asked = (...given: Parameters<typeof wanted>) =>
  wanted(...given).map((w) => `${w.action.node} ${w.action.command} ${JSON.stringify(w.action.args)}`);

const rulesFor = (blocks: readonly Block[], devices = [battery, car, tank, room]) =>
  rulesOf(policy, scheduleOf(blocks), devices, (b) => `${b.device} ${b.mode}`);

test("a battery charges from the grid up to its limit, then keeps what it has", () => {
  const rules = rulesFor([block("battery", "chargeFromGrid", 0, 1, 8)], [battery]);
  expect(asked(rules, NOW + 1, 79)).toEqual(['battery set {"mode":"chargeFromGrid"}']);
  expect(asked(rules, NOW + 1, 81)).toEqual(['battery set {"mode":"hold"}']);
});

test("a command of a policy bears the policy's name, and as its reason the block's words alone", () => {
  const [steers] = rulesFor([block("battery", "hold", 0, 1, 8)], [battery]);
  expect(steers).toMatchObject({ title: policy.title, because: "battery hold" });
  if (!steers) throw new Error("nothing is asked");
  expect(wanted([steers], NOW + 1).map((w) => w.reason)).toEqual(["battery hold"]);
});

test("a battery serves the house down to its limit", () => {
  const rules = rulesFor([block("battery", "followLoad", 0, 1, 4)], [battery]);
  expect(asked(rules, NOW + 1, 41)).toEqual(['battery set {"mode":"followLoad"}']);
  expect(asked(rules, NOW + 1, 39)).toEqual(['battery set {"mode":"hold"}']);
});

test("a charger that tells its current is asked for the planned one, never less than any car takes", () => {
  if (car.kind !== "car") throw new Error("no car");
  const told = { ...car, part: { ...car.part, current: "car/1/energyEvse.maximumChargeCurrent" } };
  const amps = (kw: number) => asked(rulesFor([block("car", "on", 0, 1, kw)], [told]), NOW + 1)[0];
  // Eleven kW are three phases of 16 A.
  expect(amps(11)).toBe('car enableCharging {"maximumChargeCurrent":16}');
  expect(amps(5.5)).toBe('car enableCharging {"maximumChargeCurrent":8}');
  expect(amps(1)).toBe('car enableCharging {"maximumChargeCurrent":6}');
});

test("a car that is off takes what sun is over where that is worth it, and nothing otherwise", () => {
  if (car.kind !== "car") throw new Error("no car");
  const state = "car/1/energyEvse.state";
  const told = { ...car, part: { ...car.part, state, current: "car/1/energyEvse.maximumChargeCurrent" } };
  const sunUpTo = (kwh: number): Block => ({ ...block("car", "off", 0, 1), sunUpTo: kwh });
  const rules = rulesFor([sunUpTo(45)], [told]);
  expect(asked(rules, NOW + 1, 0, 6000)).toEqual(['car enableCharging {"maximumChargeCurrent":8}']);
  expect(asked(rules, NOW + 1, 0, 500)).toEqual(["car disable {}"]);
  expect(asked(rulesFor([block("car", "off", 0, 1)], [told]), NOW + 1, 0, 6000)).toEqual(["car disable {}"]);
  const toSeventy = rulesFor([sunUpTo(35)], [told]);
  expect(asked(toSeventy, NOW + 1, 69, 6000)).toEqual(['car enableCharging {"maximumChargeCurrent":8}']);
  expect(asked(toSeventy, NOW + 1, 70, 6000), "people let it have no more").toEqual(["car disable {}"]);
  expect(asked(rulesFor([sunUpTo(45)], [car]), NOW + 1, 0, 6000), "nobody knows whether a car is there").toEqual([
    "car disable {}",
  ]);
});

test("when a block is over and nobody planned anew, every device goes back to its own way", () => {
  const rules = rulesFor([
    block("battery", "hold", 0, 1),
    block("car", "off", 0, 1),
    block("tank", "off", 0, 1),
    block("room", "on", 0, 1, 19.5),
  ]);
  expect(asked(rules, NOW + 1)).toEqual([
    'battery set {"mode":"hold"}',
    "car disable {}",
    "tank off {}",
    'room set {"occupiedHeatingSetpoint":19.5}',
  ]);
  expect(asked(rules, NOW + HOUR)).toEqual([
    'battery set {"mode":"followLoad"}',
    "car enableCharging {}",
    "tank on {}",
    'room set {"occupiedHeatingSetpoint":21}',
  ]);
});

test("nothing planned for later than three hours is in force, whatever becomes of the planner", () => {
  const rules = rulesFor([block("car", "off", 0, 20)], [car]);
  expect(asked(rules, NOW + 2.9 * HOUR)).toEqual(["car disable {}"]);
  expect(asked(rules, NOW + 3 * HOUR)).toEqual(["car enableCharging {}"]);
});

test("a block of a device that the policy does not name asks for nothing", () => {
  expect(rulesFor([block("freezer", "off", 0, 1)], [battery]).map((r) => r.id)).toEqual(["p-back-battery"]);
});

test("the way back ends by itself after a policy is over", () => {
  const rules = [wayBack("p", "Spend least", battery, NOW + HOUR)];
  expect(asked(rules, NOW)).toHaveLength(1);
  expect(asked(rules, NOW + HOUR)).toEqual([]);
});
