/** Every kind of device that a schedule steers. A kind is a file and a line here. */
import type { Device, Problem } from "../problem.ts";
import { appliance } from "./appliance.ts";
import { battery } from "./battery.ts";
import { car } from "./car.ts";
import type { Build, DeviceModel, Followed, Kwh, Reader, Surroundings } from "./device.ts";
import { room } from "./room.ts";
import { solar } from "./solar.ts";
import { tank } from "./tank.ts";

const kinds: { readonly [K in Device["kind"]]: DeviceModel<Extract<Device, { kind: K }>> } = {
  battery,
  car,
  tank,
  room,
  appliance,
  solar,
};

/** A device beside what its kind can do with it. */
export interface Modelled {
  readonly build: (b: Build) => Reader;
  readonly follow: (problem: Problem, wanted: Kwh, guarded?: boolean) => Followed;
  readonly plain: (problem: Problem, around: Surroundings) => Kwh;
  readonly greedy: (problem: Problem, around: Surroundings) => Kwh;
}

const bound = <D extends Device>(device: D, model: DeviceModel<D>): Modelled => ({
  build: (b) => model.build(device, b),
  follow: (problem, wanted, guarded) => model.follow(device, problem, wanted, guarded),
  plain: (problem, around) => model.plain(device, problem, around),
  greedy: (problem, around) => model.greedy(device, problem, around),
});

/** What a device's kind can do with it. */
export function modelled(device: Device): Modelled {
  switch (device.kind) {
    case "battery":
      return bound(device, kinds.battery);
    case "car":
      return bound(device, kinds.car);
    case "tank":
      return bound(device, kinds.tank);
    case "room":
      return bound(device, kinds.room);
    case "appliance":
      return bound(device, kinds.appliance);
    case "solar":
      return bound(device, kinds.solar);
  }
}

/** Whether a device does as the scenario turns out (battery, panels) instead of the same in all. */
export const followsScenario = (device: Device): boolean => device.kind === "battery" || device.kind === "solar";
