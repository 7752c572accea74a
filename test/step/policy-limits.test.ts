/** What a policy may do in a day, as the core keeps it whatever the planner comes to. */
import { expect, test } from "vitest";
import type { Value } from "../../hub/model/capability.ts";
import { parsePath } from "../../hub/model/path.ts";
import type { Rule } from "../../hub/model/plan.ts";
import type { Steered } from "../../hub/planner/policy/devices.ts";
import { wayBack } from "../../hub/planner/policy/enact.ts";
import { withLimits } from "../../hub/planner/policy/limits.ts";
import { ALWAYS, act, rule } from "../../hub/planner/strategies/strategy.ts";
import { type CoreState, type Effect, emptyState, step } from "../../hub/step.ts";
import { demoHome, demoTariff, idOf, pathOf } from "../planner/demo-home.ts";
import { battery as stored } from "../planner/policy/steered.ts";

const HOUR = 3_600_000;
/** Midnight in Berlin. */
const MIDNIGHT = Date.parse("2026-11-22T23:00:00Z");
const MODE = pathOf("Home battery", "batteryControl.mode");
const CHARGE = pathOf("Home battery", "powerSource.batPercentRemaining");
if (stored.kind !== "battery") throw new TypeError(stored.kind);
const part = { ...stored.part, node: idOf("Home battery"), name: "Home battery", stateOfCharge: CHARGE, control: MODE };
const device: Steered = { ...stored, part };

class House {
  readonly state: CoreState = emptyState(demoHome().settings, demoTariff);
  readonly sent: string[] = [];
  readonly audit: string[] = [];
  #at = MIDNIGHT;

  constructor() {
    const node = demoHome().nodes.get(idOf("Home battery"));
    if (node) this.#take(step(this.state, { kind: "nodeFound", node: node.description, at: this.#at }, this.#at));
  }

  #take(effects: readonly Effect[]): void {
    for (const e of effects) {
      if (e.kind === "audit" && e.entry.what === "policy-limit") this.audit.push(e.entry.detail);
      if (e.kind !== "send") continue;
      const { mode } = e.command.args;
      this.sent.push(String(mode));
      if (mode !== undefined) this.tell(MODE, mode, this.#at);
    }
  }

  /** The device says something; it does what it is told at once. */
  tell(path: string, value: Value, at: number): void {
    this.#at = at;
    const parsed = parsePath(path);
    if (!parsed) throw new RangeError(path);
    const readings = [{ path: parsed, value, at, source: "test" }];
    this.#take(step(this.state, { kind: "readings", readings }, this.#at));
  }

  /** A planner that wants this from now on, as a policy's rules. */
  plan(mode: string, at: number, limits: Parameters<typeof withLimits>[1]): void {
    this.#at = at;
    const block: Rule = {
      ...rule(`p-block-${at}`, `It wants ${mode}`, ALWAYS, [act(part, "batteryControl", "set", { mode })]),
      ...{ plan: "p", rank: 1 },
    };
    const rules = withLimits([block, wayBack("p", "Spend least", device)], limits, [device]);
    this.#take(step(this.state, { kind: "policyRulesSet", rules }, this.#at));
    this.#take(step(this.state, { kind: "tick", at }, this.#at));
  }
}

test("a planner that flutters is stopped at its commands a day, and the battery goes its own way until midnight", () => {
  const house = new House();
  const limits = { noGridCharging: false, commandsPerDay: 5 };
  house.tell(CHARGE, 50, MIDNIGHT);
  house.tell(MODE, "followLoad", MIDNIGHT);
  for (let k = 0; k < 20; k++) house.plan(k % 2 ? "chargeFromGrid" : "hold", MIDNIGHT + (k + 1) * 20 * 60_000, limits);
  expect(house.sent).toEqual(["hold", "chargeFromGrid", "hold", "chargeFromGrid", "hold", "followLoad"]);
  expect(house.audit).toEqual([expect.stringContaining("5 commands")]);
  house.plan("chargeFromGrid", MIDNIGHT + 24.1 * HOUR, limits);
  expect(house.sent.at(-1)).toBe("chargeFromGrid");
});

test("a battery is charged no more often than its full cycles a day, however its charge wanders", () => {
  const house = new House();
  const limits = { noGridCharging: false, cyclesPerDay: 1 };
  house.tell(CHARGE, 20, MIDNIGHT);
  house.plan("chargeFromGrid", MIDNIGHT + 1, limits);
  let at = MIDNIGHT + 1;
  const moves = (from: number, to: number) => {
    for (let p = from; p !== to; p += Math.sign(to - from) * 5) {
      at += 10 * 60_000;
      house.tell(CHARGE, p, at);
      house.tell(CHARGE, p + 0.9, at + 1);
      house.plan("chargeFromGrid", at + 2, limits);
    }
  };
  moves(20, 90);
  moves(90, 40);
  expect(house.sent).toEqual(["chargeFromGrid"]);
  moves(40, 90);
  expect(house.sent.at(-1)).toBe("followLoad");
  expect(house.audit).toEqual([expect.stringContaining("1 full charges")]);
  house.plan("chargeFromGrid", MIDNIGHT + 24.1 * HOUR, limits);
  expect(house.sent.at(-1)).toBe("chargeFromGrid");
});

test("the way back is free of every limit", () => {
  const house = new House();
  house.tell(CHARGE, 50, MIDNIGHT);
  expect(
    withLimits([wayBack("p", "Spend least", device)], { noGridCharging: false, commandsPerDay: 1 }, [device])[0]
      ?.budget,
  ).toBeUndefined();
});
