/** How a planned start reaches a machine: it is told when to begin, or its plug waits until then. */
import { clockText } from "../../energy/clock.ts";
import type { Condition, RuleAction } from "../../model/plan.ts";
import type { Block } from "../schedule/schedule.ts";
import { ALWAYS, act } from "../strategies/strategy.ts";
import type { Flexible, Plugged } from "./devices.ts";
import { heldFrom, RUNNING_W } from "./pose/machine.ts";

/** A start must reach the machine before it has passed. */
const NOTICE_MS = 60_000;

/** Minutes for which a plug waits at most, whatever is planned. */
const LONGEST = 14 * 60;
const DAY = 1440;

interface Way {
  readonly when: Condition;
  readonly then: readonly RuleAction[];
  readonly otherwise?: readonly RuleAction[];
}

/** Asks for the planned start; where none is planned, nothing. `next`: the block after this one. */
export function flexibleWay({ part }: Flexible, block: Block, next: Block | undefined, at: number): Way | undefined {
  const begins = block.mode === "off" ? next?.from : Math.max(block.from, at + NOTICE_MS);
  if (begins === undefined) return undefined;
  const args = { requestedStartTime: Math.round(begins / 1000) };
  return { when: ALWAYS, then: [act(part, "deviceEnergyManagement", "startTimeAdjustRequest", args)] };
}

/** From shortly before people usually start it until the planned start the plug waits; a machine that runs is never stopped. */
export function pluggedWay(device: Plugged, block: Block, next: Block | undefined): Way {
  const { part } = device;
  const on = [act(part, "onOff", "on")];
  const power = part.power;
  if (block.mode !== "off" || !next || power === undefined) return { when: ALWAYS, then: on };
  const from = heldFrom(device);
  const waits: Condition = {
    kind: "all",
    of: [
      { kind: "between", from: clockText(from), to: clockText((from + LONGEST) % DAY) },
      { kind: "compare", path: power, op: "<", value: RUNNING_W },
    ],
  };
  return { when: waits, then: [act(part, "onOff", "off")], otherwise: on };
}
