/** What the core is to hold the house's power to until it is planned anew, and which devices can take less, in the order of least harm. */
import type { Guarded, PowerGuard } from "../../model/guard.ts";
import type { Device, Problem } from "../schedule/problem.ts";
import type { Schedule } from "../schedule/schedule.ts";
import type { Steered } from "./devices.ts";
import { AHEAD_MS, LEAST_A, MAINS_V, phasesAt } from "./enact.ts";
import type { Charged } from "./pose/connection.ts";

/** Windows of a limit that people set, where no contract says otherwise; minutes. */
const USUAL_WINDOW = 15;

/** What the house is connected by. */
export interface Connected {
  /** The contract's charge on power; absent: none. */
  readonly charged?: Charged | undefined;
  /** The main fuse, A on each phase, and text paths of the power on each phase, W. */
  readonly fuse?: PowerGuard["fuse"] | undefined;
}

/** Nothing is lost by a battery that gives now, little by a car that is slow for minutes; people feel cold water and rooms last of all. */
const ORDER: readonly Steered["kind"][] = ["battery", "car", "tank", "room"];

function guardedOf(device: Steered, posed: Device | undefined): Guarded | undefined {
  const { node, name, power } = device.part;
  if (power === undefined || !posed || posed.blocked?.[0]) return undefined;
  const own = { node, name, power };
  if (device.kind === "battery" && posed.kind === "battery") {
    const percent = device.model.facts.capacityKwh ? 100 / device.model.facts.capacityKwh : undefined;
    const path = device.part.stateOfCharge;
    const floor = Math.max(posed.emptyKwh, posed.reserve?.kwh ?? 0);
    const known = percent !== undefined && path !== undefined;
    return { ...own, kind: "battery", ...(known ? { charge: { path, abovePercent: floor * percent } } : {}) };
  }
  if (device.kind === "car") {
    const { chargeKw = 0 } = device.model.facts;
    const phases = phasesAt(chargeKw);
    const mostA = Math.round((chargeKw * 1000) / (MAINS_V * phases));
    const told = device.part.current !== undefined && mostA > LEAST_A;
    return { ...own, kind: "car", phases, ...(told ? { steps: { leastA: LEAST_A, mostA } } : {}) };
  }
  if (device.kind === "tank" && posed.kind === "tank") {
    const path = device.part.temperature;
    return { ...own, kind: "tank", ...(path ? { warmth: { path, aboveC: (posed.lowC[0] ?? 0) + 1 } } : {}) };
  }
  if (device.kind === "room" && posed.kind === "room")
    return { ...own, kind: "room", lowC: Math.ceil((posed.lowC[0] ?? 0) * 2) / 2 };
  return undefined;
}

/** What a charge on power has come to already is paid for, and so is what the plan means to pay for. */
function meanOf({ house, slots }: Problem, { importKwh }: Schedule, charged: Charged | undefined): PowerGuard["mean"] {
  const limits = (house.limits ?? []).map(({ kw }) => kw);
  if (charged && house.peak) {
    const planned = slots.map(({ hours }, t) => (importKwh[t] ?? 0) / hours);
    limits.push(Math.max(charged.reachedKw, ...planned));
  }
  if (limits.length === 0) return undefined;
  return { kw: Math.min(...limits), minutes: charged?.windowMinutes ?? USUAL_WINDOW };
}

/** The guard of a policy until its schedule is planned anew; undefined where nothing limits the power, or nothing can take less. */
export function guardOf(
  policy: { readonly id: string },
  problem: Problem,
  schedule: Schedule,
  devices: readonly Steered[],
  { charged, fuse }: Connected,
): PowerGuard | undefined {
  const mean = meanOf(problem, schedule, charged);
  const found = ORDER.flatMap((kind) => devices.filter((d) => d.kind === kind)).flatMap((device) => {
    const made = guardedOf(
      device,
      problem.devices.find((d) => d.id === device.part.node),
    );
    return made ? [made] : [];
  });
  if (found.length === 0 || !(mean || fuse)) return undefined;
  return {
    ...{ plan: policy.id, until: schedule.at + AHEAD_MS, devices: found },
    ...(mean ? { mean } : {}),
    ...(fuse ? { fuse } : {}),
  };
}

/** What a guard does, as a sentence without its full stop. */
export function guardInWords({ mean, fuse, devices }: PowerGuard): string {
  const quarter =
    mean &&
    `the mean of each ${mean.minutes === 60 ? "hour" : `${mean.minutes} minutes`} below ${mean.kw.toFixed(1)} kW`;
  const limits = [...(quarter ? [quarter] : []), ...(fuse ? [`the main fuse below ${fuse.amps} A`] : [])];
  return `Keeps ${limits.join(" and ")}; where more would flow, these help in this order: ${devices.map((d) => d.name).join(", ")}`;
}
