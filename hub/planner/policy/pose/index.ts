/** A policy and the home as it is now, as a problem for the solver. */
import type { Before, Device, House, Problem, Weights } from "../../schedule/problem.ts";
import type { Steered } from "../devices.ts";
import { holdsAt, wishOf } from "../when.ts";
import { poseBattery } from "./battery.ts";
import { poseCar } from "./car.ts";
import { poseFlexible, posePlugged } from "./machine.ts";
import { ofKind, type Posed, type Posing } from "./posed.ts";
import { poseRoom } from "./room.ts";
import { poseSolar } from "./solar.ts";
import { poseTank } from "./tank.ts";

export type { Posing } from "./posed.ts";

export interface PosedProblem {
  readonly problem: Problem;
  /** Devices that go their own way for now, with the reason. */
  readonly aside: readonly { readonly node: string; readonly name: string; readonly reason: string }[];
}

/** Currency that a kg of CO2 counts where somebody asked for little of it: a kWh at its usual price weighs as much as its CO2. */
const CO2_PER_KG = 1;
const OWN_USE = 0.3;
/** What must be gained before a plan moves, currency per kWh. */
const STEADINESS = 0.01;

function posed(device: Steered, posing: Posing): Posed<Device> {
  switch (device.kind) {
    case "battery":
      return poseBattery(device, posing);
    case "car":
      return poseCar(device, posing);
    case "tank":
      return poseTank(device, posing);
    case "room":
      return poseRoom(device, posing);
    case "solar":
      return poseSolar(device, posing);
    case "machine":
      return device.model ? posePlugged(device, posing) : poseFlexible(device, posing);
  }
}

/** Slots in which a device may not be touched or not be switched on. */
function blockedOf(node: string, { demands, outlook, around }: Posing): boolean[] | undefined {
  const mine = ofKind(demands, "blocked").filter(({ demand }) => demand.nodes.includes(node) && demand.act !== "off");
  if (mine.length === 0) return undefined;
  return outlook.slots.map((slot) => mine.some((d) => holdsAt(d.when, slot.from, around)));
}

function houseOf({ demands, around, connection }: Posing): House {
  const wished = ofKind(demands, "importLimit")
    .filter((d) => holdsAt(d.when, around.at, around))
    .map((d) => ({ kw: d.demand.kw, wish: wishOf(d) }));
  return { ...connection, limits: wished };
}

function weightsOf({ demands }: Posing): Weights {
  const least = new Set(ofKind(demands, "least").map((d) => d.demand.what));
  return {
    co2PerKg: least.has("co2") ? CO2_PER_KG : 0,
    ownUse: least.has("import") ? OWN_USE : 0,
    wear: 1,
    comfort: 1,
    steadiness: STEADINESS,
  };
}

/** The problem of this moment. `before`: what the last schedule had planned, so that it does not flutter. */
export function pose(devices: readonly Steered[], posing: Posing, before?: Before): PosedProblem {
  const aside: { node: string; name: string; reason: string }[] = [];
  const planned: Device[] = [];
  for (const device of devices) {
    const made = posed(device, posing);
    const blocked = blockedOf(device.part.node, posing);
    if ("cannot" in made) aside.push({ node: device.part.node, name: device.part.name, reason: made.cannot });
    else planned.push(blocked ? { ...made, blocked } : made);
  }
  const { outlook, around } = posing;
  return {
    problem: {
      at: around.at,
      slots: outlook.slots,
      devices: planned,
      house: houseOf(posing),
      weights: weightsOf(posing),
      ...(before ? { before } : {}),
    },
    aside,
  };
}
