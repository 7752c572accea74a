/** The guard of the power: a charger that would make the quarter hour too dear is slowed down in time, and goes on when there is room. */
import { expect, test } from "vitest";
import type { Value } from "../../hub/model/capability.ts";
import type { PowerGuard } from "../../hub/model/guard.ts";
import type { NodeDescription } from "../../hub/model/node.ts";
import { parsePath } from "../../hub/model/path.ts";
import type { Rule } from "../../hub/model/plan.ts";
import { ALWAYS, act, rule } from "../../hub/planner/strategies/strategy.ts";
import { type CoreState, type Effect, emptyState, step } from "../../hub/step.ts";
import { demoHome, demoTariff, idOf, pathOf } from "../planner/demo-home.ts";

const NOON = Date.parse("2026-11-22T11:00:00Z");
const POWER = "electricalPowerMeasurement.activePower";
const CAR = "EV charger";
const AMPS = pathOf(CAR, "energyEvse.maximumChargeCurrent");
const TANK = "Water heater";
const car = { node: idOf(CAR), name: CAR, power: pathOf(CAR, POWER), kind: "car", phases: 1 } as const;
const tank = { node: idOf(TANK), name: TANK, power: pathOf(TANK, POWER), kind: "tank" } as const;
const guard = (more: Partial<PowerGuard>): PowerGuard => ({
  ...{ plan: "p", until: NOON + 3 * 3_600_000 },
  devices: [{ ...car, steps: { leastA: 6, mostA: 16 } }, tank],
  ...more,
});

/** A charger that tells the current that it was set to. */
function withCurrent(node: NodeDescription): NodeDescription {
  const endpoints = node.endpoints.map((e) => {
    const { energyEvse } = e.capabilities;
    if (!energyEvse) return e;
    const attributes = { ...energyEvse.attributes, maximumChargeCurrent: { source: "test#maximumChargeCurrent" } };
    return { ...e, capabilities: { ...e.capabilities, energyEvse: { ...energyEvse, attributes } } };
  });
  return { ...node, endpoints };
}

/** A house with a car and a boiler that do as they are told, and as much else as is said. */
class House {
  readonly state: CoreState = emptyState(demoHome().settings, demoTariff);
  readonly sent: string[] = [];
  readonly told: string[] = [];
  at = NOON;
  amps = 16;
  on = true;
  heats = true;
  otherW = 0;
  /** W of each second. */
  readonly grid: number[] = [];

  constructor(guards: readonly PowerGuard[]) {
    for (const name of [CAR, TANK, "House meter"]) {
      const node = demoHome().nodes.get(idOf(name));
      if (!node) throw new RangeError(name);
      this.#take(step(this.state, { kind: "nodeFound", node: withCurrent(node.description), at: this.at }, this.at));
      const configured = { kind: "configured", node: idOf(name), settings: node.settings, at: this.at } as const;
      this.#take(step(this.state, configured, this.at));
    }
    const part = (name: string) => ({ node: idOf(name), endpoint: parsePath(pathOf(name, POWER))?.endpoint ?? 1 });
    const wants = [
      { node: part(CAR), act: ["energyEvse", "enableCharging", { maximumChargeCurrent: 16 }] },
      { node: part(TANK), act: ["onOff", "on", {}] },
    ] as const;
    const rules = wants.map(
      ({ node, act: [capability, command, args] }, k): Rule => ({
        ...rule(`p-${k}`, "As planned", ALWAYS, [act(node, capability, command, args)]),
        ...{ plan: "p", rank: 1 },
      }),
    );
    this.#take(step(this.state, { kind: "policyRulesSet", rules, guards }, this.at));
  }

  #take(effects: readonly Effect[]): void {
    for (const e of effects) {
      if (e.kind === "audit" && e.entry.what === "power-guard") this.told.push(e.entry.detail);
      if (e.kind !== "send") continue;
      const { capability, command, args } = e.command;
      if (capability === "energyEvse") {
        this.on = command === "enableCharging";
        if (typeof args.maximumChargeCurrent === "number") this.amps = args.maximumChargeCurrent;
        this.sent.push(this.on ? `car ${this.amps} A` : "car off");
      } else {
        this.heats = command === "on";
        this.sent.push(`tank ${command}`);
      }
    }
  }

  #tell(path: string, value: Value): void {
    const parsed = parsePath(path);
    if (!parsed) throw new RangeError(path);
    const readings = [{ path: parsed, value, at: this.at, source: "test" }];
    this.#take(step(this.state, { kind: "readings", readings }, this.at));
  }

  /** Lives on second by second. */
  seconds(count: number): void {
    for (let k = 0; k < count; k++) {
      const carW = this.on ? this.amps * 230 : 0;
      const tankW = this.heats ? 2000 : 0;
      this.grid.push(carW + tankW + this.otherW);
      this.#tell(pathOf(CAR, POWER), carW);
      this.#tell(AMPS, this.amps);
      this.#tell(pathOf(CAR, "energyEvse.supplyState"), this.on ? "chargingEnabled" : "disabled");
      this.#tell(pathOf(TANK, POWER), tankW);
      this.#tell(pathOf(TANK, "onOff.onOff"), this.heats);
      this.#tell(pathOf("House meter", POWER), carW + tankW + this.otherW);
      this.#take(step(this.state, { kind: "tick", at: this.at, steadyMs: this.at }, this.at));
      this.at += 1000;
    }
  }

  /** Mean kW of the quarter hour that begins with the k-th. */
  quarter(k: number): number {
    return this.grid.slice(k * 900, (k + 1) * 900).reduce((a, b) => a + b, 0) / 900_000;
  }
}

test("the quarter hour stays below what is allowed: the car is lowered, not stopped, and the reason is told", () => {
  const house = new House([guard({ mean: { kw: 4.5, minutes: 15 } })]);
  house.heats = true;
  house.otherW = 500;
  house.seconds(1800);
  expect(house.quarter(0)).toBeLessThan(4.5);
  expect(house.quarter(1)).toBeLessThan(4.5);
  expect(house.on).toBe(true);
  expect(house.heats).toBe(true);
  expect(house.told[0]).toMatch(
    /^EV charger lowered to \d A: the quarter hour would come to 6\.\d kW, allowed are 4\.5$/,
  );
  // It does not flutter.
  expect(house.sent.length).toBeLessThanOrEqual(3);
});

test("without a guard the same house takes more", () => {
  const house = new House([]);
  house.otherW = 500;
  house.seconds(900);
  expect(house.quarter(0)).toBeGreaterThan(6);
});

test("a short load asks for nothing, a long one is let go when it is over", () => {
  const house = new House([guard({ mean: { kw: 6.5, minutes: 15 } })]);
  house.otherW = 300;
  house.seconds(120);
  house.otherW = 2800;
  house.seconds(20);
  house.otherW = 300;
  house.seconds(60);
  expect(house.sent).toEqual([]);
  house.otherW = 2800;
  house.seconds(700);
  expect(house.amps).toBeLessThan(16);
  expect(house.quarter(0)).toBeLessThan(6.5);
  house.otherW = 300;
  house.seconds(900);
  expect(house.amps).toBe(16);
  expect(house.told.at(-1)).toBe("EV charger goes on as planned: there is room for it again");
});

test("what can't be had by slowing down the car is had by pausing the boiler, then the car", () => {
  const house = new House([guard({ mean: { kw: 2, minutes: 15 } })]);
  house.otherW = 1900;
  house.seconds(900);
  expect(house.on).toBe(false);
  expect(house.heats).toBe(false);
});

test("the main fuse is kept within seconds", () => {
  const house = new House([guard({ fuse: { amps: 25, phases: [] } })]);
  house.otherW = 1000;
  // 16 A of the car, 8.7 of the boiler, 4.3 of the rest.
  house.seconds(15);
  expect((house.grid.at(-1) ?? 0) / 230).toBeLessThan(25);
  expect(house.on).toBe(true);
  expect(house.told[0]).toContain("the main fuse carries 25");
});

test("a silent meter changes nothing", () => {
  const house = new House([guard({ mean: { kw: 4.5, minutes: 15 } })]);
  house.seconds(100);
  const sent = house.sent.length;
  expect(sent).toBe(1);
  for (let k = 0; k < 600; k++) step(house.state, { kind: "tick", at: house.at + k * 1000 }, house.at + k * 1000);
  expect(house.sent.length).toBe(sent);
});
