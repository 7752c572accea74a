import type { Endpoint } from "@matter/main";
import type { Moment } from "../firmware.ts";

/** What the parent sets and what it is told, in human units. */
export type Values = Readonly<Record<string, unknown>>;

/** One device as its kind makes it: endpoints, and the physics behind them. */
export interface Product {
  readonly endpoints: readonly Endpoint[];
  /** What a person would see on it and around it now, in human units. */
  state(): Values;
  /** A hand on it or the world around it; unknown names and values of the wrong type are ignored. */
  set(values: Values): Promise<void>;
  /** Lets time go by: pure arithmetic, no attribute is written. Called only for a device that has a world of its own. */
  step?(seconds: number, now: Moment): void;
  /** Writes what its world has come to into the attributes. Called as `step` is, and after a reset. */
  show?(now: Moment): Promise<void>;
  /** Numbers that outlive a restart beside the attributes: counters, temperatures. */
  memory?(): Memory;
}

/** What a device remembers over a restart. */
export type Memory = Readonly<Record<string, number>>;

/** What a kind is made from. */
export interface Birth {
  readonly seed: number;
  /** Serial number: what a bridge derives those behind it from. */
  readonly serial: string;
  /** What it was told to keep before it restarted; empty for a new device. */
  readonly memory: Memory;
  /** The moment on the device's own clock. */
  now(): Moment;
}

/** The number under that name, or undefined for anything else. */
export const numberIn = (values: Values, name: string): number | undefined => {
  const value = values[name];
  return typeof value === "number" && Number.isFinite(value) ? value : undefined;
};

/** The truth value under that name, or undefined for anything else. */
export const truthIn = (values: Values, name: string): boolean | undefined => {
  const value = values[name];
  return typeof value === "boolean" ? value : undefined;
};

/** A scaled integer of Matter, e.g. `scaled(20.5, 100)` for 0.01 degC. */
export const scaled = (value: number, factor: number): number => Math.round(value * factor);

/** Matter's epoch-s as matter.js takes it: whole seconds since 1970. */
export const epochOf = ({ wall }: Moment): number => Math.floor(wall / 1000);
