/**
 * A schedule as rules of the core: each block of the next hours asks for a mode, a switch or a temperature while it lasts, and one rule a
 * device below them leads it back to its own way. So whatever becomes of the planner, nothing is left standing.
 */
import type { NodeId } from "../../model/path.ts";
import type { Condition, Rule, RuleAction } from "../../model/plan.ts";
import type { Block, Schedule } from "../schedule/schedule.ts";
import { ALWAYS, act, release, rule } from "../strategies/strategy.ts";
import type { Panels, Steered } from "./devices.ts";
import { flexibleWay, pluggedWay } from "./enact-machine.ts";

/** Blocks that begin later are planned anew before they come. */
export const AHEAD_MS = 3 * 3_600_000;
/** Above the way back, below nothing of a plan. */
const BLOCK_RANK = 1;
const BACK_RANK = 0;
export const MAINS_V = 230;
/** The lowest current that a car charges with (IEC 61851-1), A. */
export const LEAST_A = 6;

const battery = (part: Steered["part"], mode: "chargeFromGrid" | "followLoad" | "hold"): RuleAction[] => [
  act(part, "batteryControl", "set", { mode }),
];

const percent = (device: Extract<Steered, { kind: "battery" | "car" }>, kwh: number): number => {
  const full = device.model.facts.capacityKwh ?? 0;
  return full > 0 ? Math.round((kwh / full) * 1000) / 10 : 0;
};

type Stored = Extract<Steered, { kind: "battery" | "car" }>;

/** What stands between one action and another at a limit of the charge. */
interface Way {
  readonly when: Condition;
  readonly then: readonly RuleAction[];
  readonly otherwise?: readonly RuleAction[];
}

function batteryWay(device: Extract<Steered, { kind: "battery" | "car" }>, block: Block): Way {
  const { part } = device;
  const soc = part.stateOfCharge ?? "";
  const limit = block.limit === undefined ? undefined : percent(device, block.limit);
  switch (block.mode) {
    case "chargeFromGrid":
      if (limit === undefined) return { when: ALWAYS, then: battery(part, "chargeFromGrid") };
      return {
        when: { kind: "compare", path: soc, op: "<", value: limit },
        then: battery(part, "chargeFromGrid"),
        otherwise: battery(part, "hold"),
      };
    case "hold":
      return { when: ALWAYS, then: battery(part, "hold") };
    default:
      if (limit === undefined || limit <= 0) return { when: ALWAYS, then: battery(part, "followLoad") };
      return {
        when: { kind: "compare", path: soc, op: ">", value: limit },
        then: battery(part, "followLoad"),
        otherwise: battery(part, "hold"),
      };
  }
}

/** More than one phase carries (32 A) are three. */
export const phasesAt = (kw: number): number => (kw > (32 * MAINS_V) / 1000 ? 3 : 1);

function carWay(device: Stored, block: Block): Way {
  const { part, model } = device;
  const kw = model.facts.chargeKw ?? 0;
  const off = act(part, "energyEvse", "disable");
  // Unless it is known whether a car is there, waiting for the sun could not stop it.
  const waits = block.sunUpTo !== undefined && part.state !== undefined;
  if (part.power && (block.mode === "sun" || waits)) {
    // What is left after a need is met comes from the sun alone: a target of nothing.
    const computed = { kind: "charge", power: part.power, kw, phases: phasesAt(kw), by: "23:59", kwh: 0 } as const;
    return {
      when: hasRoom(device, block),
      then: [{ ...act(part, "energyEvse", "enableCharging"), computed }],
      otherwise: [off],
    };
  }
  if (block.mode === "off") return { when: ALWAYS, then: [off] };
  return {
    when: ALWAYS,
    then: [act(part, "energyEvse", "enableCharging", currentOf(device, block.limit ?? kw))],
  };
}

/** A car ends charging at its own limit by itself; at a lower one that people set it is stopped. */
function hasRoom({ part, model }: Stored, { sunUpTo }: Block): Condition {
  const { kwhPerPercent = 0, full = 100 } = model.facts;
  if (sunUpTo === undefined || sunUpTo >= (full - 0.5) * kwhPerPercent) return ALWAYS;
  return { kind: "compare", path: part.stateOfCharge ?? "", op: "<", value: Math.round(sunUpTo / kwhPerPercent) };
}

/** The current for a planned power, where the charger tells it: what the sun allowed an hour ago must not hold on. */
function currentOf({ part, model }: Stored, kw: number): RuleAction["args"] {
  if (part.current === undefined) return {};
  const { chargeKw = kw } = model.facts;
  const amps = (power: number) => Math.round((power * 1000) / (MAINS_V * phasesAt(chargeKw)));
  return { maximumChargeCurrent: Math.min(amps(chargeKw), Math.max(LEAST_A, amps(kw))) };
}

function tankWay(device: Extract<Steered, { kind: "tank" }>, block: Block): Way {
  const { part } = device;
  const hours = Math.max(0.25, (block.to - block.from) / 3_600_000);
  const on = part.boost
    ? act(part, "waterHeaterManagement", "boost", { duration: Math.round(hours * 3600) })
    : act(part, "onOff", "on");
  const off = part.relay ? act(part, "onOff", "off") : release(part, "waterHeaterManagement", "cancelBoost");
  if (block.mode === "off") return { when: ALWAYS, then: [off] };
  // A rod has one power: what is planned on the sun is planned whole, and what the sun lacks the grid gives.
  return { when: ALWAYS, then: part.boost && part.relay ? [act(part, "onOff", "on"), on] : [on] };
}

/** What is asked for where panels are held back: more than was foreseen to be used, since what is lacking costs more than what is over. */
const SPARE = 1.25;
const SPARE_KW = 0.2;

function solarWay({ part, mostKw }: Panels, block: Block): Way {
  const given = Math.max(0, -block.kwh) / Math.max(0.25, (block.to - block.from) / 3_600_000);
  const share = block.mode === "curtailed" ? (given * SPARE + SPARE_KW) / mostKw : 1;
  return { when: ALWAYS, then: [act(part, "solarControl", "set", { limit: Math.min(100, Math.ceil(100 * share)) })] };
}

function roomWay(device: Extract<Steered, { kind: "room" }>, block: Block): Way | undefined {
  if (block.limit === undefined) return undefined;
  // A thermostat takes half degrees; rounded down it would be colder than was asked for.
  const degrees = Math.ceil(block.limit * 2 - 0.1) / 2;
  return { when: ALWAYS, then: [act(device.part, "thermostat", "set", { occupiedHeatingSetpoint: degrees })] };
}

/** `next`: what comes after it, where the device does something then. */
function wayOf(device: Steered, block: Block, next: Block | undefined, at: number): Way | undefined {
  switch (device.kind) {
    case "solar":
      return solarWay(device, block);
    case "machine":
      return device.model ? pluggedWay(device, block, next) : flexibleWay(device, block, next, at);
    case "battery":
      return batteryWay(device, block);
    case "car":
      return carWay(device, block);
    case "tank":
      return tankWay(device, block);
    case "room":
      return roomWay(device, block);
  }
}

/** What a device does by itself; `usualC` is the temperature that a room had before anybody steered it. */
function ownWay(device: Steered): readonly RuleAction[] {
  const { part } = device;
  switch (device.kind) {
    case "battery":
      return battery(part, "followLoad");
    case "car":
      return [act(part, "energyEvse", "enableCharging", currentOf(device, device.model.facts.chargeKw ?? 0))];
    case "tank":
      return part.relay ? [act(part, "onOff", "on")] : [release(part, "waterHeaterManagement", "cancelBoost")];
    case "solar":
      return [act(part, "solarControl", "set", { limit: 100 })];
    case "machine":
      // What was moved within its own bounds stays so: it may run already.
      return device.model ? [act(part, "onOff", "on")] : [];
    case "room":
      return [act(part, "thermostat", "set", { occupiedHeatingSetpoint: device.model.facts.setC ?? 20 })];
  }
}

const BACK = "-back-";
/** Whether a rule of a policy leads a device back to its own way. */
export const isWayBack = (rule: Rule): boolean => rule.id.startsWith(`${rule.plan}${BACK}`);

/** The rule that leads a device back to its own way, until `until` (epoch ms) where it is given. */
export function wayBack(policy: string, title: string, device: Steered, until?: number): Rule {
  return {
    ...rule(`${policy}${BACK}${device.part.node}`, `${title}: ${device.part.name} by itself`, ALWAYS, ownWay(device)),
    plan: policy,
    rank: BACK_RANK,
    ...(until === undefined ? {} : { until }),
  };
}

/**
 * The rules of the next three hours and the ways back. `words` says why a block is as it is. A block of which nothing can be asked (a room
 * without a temperature to set) gives no rule.
 */
export function rulesOf(
  policy: { readonly id: string; readonly title: string },
  schedule: Pick<Schedule, "at" | "blocks">,
  devices: readonly Steered[],
  words: (block: Block) => string,
): Rule[] {
  const byNode = new Map<NodeId, Steered>(devices.map((d) => [d.part.node, d]));
  const blocks = schedule.blocks.flatMap((block): Rule[] => {
    const device = byNode.get(block.device);
    if (!device || block.from > schedule.at + AHEAD_MS || block.to <= schedule.at) return [];
    const next = schedule.blocks.find((b) => b.device === block.device && b.from === block.to);
    const way = wayOf(device, block, next, schedule.at);
    if (!way) return [];
    const made = rule(
      `${policy.id}-${device.part.node}-${block.from}`,
      policy.title,
      way.when,
      way.then,
      way.otherwise,
    );
    return [
      {
        ...made,
        plan: policy.id,
        because: words(block),
        rank: BLOCK_RANK,
        from: block.from,
        until: Math.min(block.to, schedule.at + AHEAD_MS),
      },
    ];
  });
  return [...blocks, ...devices.map((device) => wayBack(policy.id, policy.title, device))];
}
