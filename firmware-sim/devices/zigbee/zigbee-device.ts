import { hash, noise } from "../../random.ts";
import type { World } from "../../world.ts";
import type { Expose } from "./exposes.ts";

/** How one Zigbee device is joined: data of the home. */
export interface ZigbeeConfig {
  readonly name: string;
  readonly ieee: string;
}

interface ZigbeeModel {
  readonly vendor: string;
  readonly model: string;
  readonly description: string;
  readonly modelId: string;
  readonly manufacturer: string;
  readonly battery: boolean;
  readonly exposes: readonly Expose[];
}

/** One device behind the bridge. The bridge adds link quality and time, topics and answers. */
export interface ZigbeeDevice {
  readonly name: string;
  readonly ieee: string;
  readonly about: ZigbeeModel;
  /** The whole cached state, as each message carries it. */
  state(world: World): Record<string, unknown>;
  due(world: World): boolean;
  /** Applies one key of a `set`; a text says why it was refused, undefined that it was done. */
  set(key: string, value: unknown, world: World): string | undefined;
}

/** A device that takes no commands. */
export function readOnly(key: string): string {
  return `No converter available for '${key}'`;
}

/** ON, OFF and TOGGLE in any case, and booleans, as the converters accept them. */
export function switched(value: unknown, now: boolean): boolean | undefined {
  const word = typeof value === "string" ? value.toUpperCase() : value;
  if (word === "ON" || word === true) return true;
  if (word === "OFF" || word === false) return false;
  return word === "TOGGLE" ? !now : undefined;
}

/** A coin cell that lasts about three years: percent and millivolts. */
export function coinCell(world: World, ieee: string): { readonly battery: number; readonly voltage: number } {
  const key = Number.parseInt(ieee.slice(-6), 16);
  const days = world.at / 86_400_000 + (hash(world.seed, 40, key) % 1100);
  const battery = 100 - Math.floor((days % 1100) / 16);
  return { battery, voltage: 2600 + battery * 4 + Math.round(8 * noise(world.seed, 41, world.at / 1000, 40_000)) };
}
