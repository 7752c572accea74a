/** Fits the whole home, device by device; what no model stands for is kept as it was recorded. */
import type { Parts } from "../energy/parts.ts";
import type { Proof } from "../model/learned.ts";
import type { NodeId } from "../model/path.ts";
import { fitAppliance } from "./appliance.ts";
import { fitBattery } from "./battery.ts";
import { fitCar } from "./car.ts";
import { fittingCorner } from "./corner.ts";
import type { Model, Train } from "./device.ts";
import { type Fit, noFit } from "./fit-note.ts";
import { daysOf, type History, seriesOf, valueAt } from "./history.ts";
import { fitLight } from "./light.ts";
import { proving } from "./proof.ts";
import { fittingRoom } from "./room.ts";
import { fittingTank } from "./tank.ts";

/** A device that can not be judged, with the reason; the proof where the model is there but misses too much. */
export interface Unfit {
  readonly node: NodeId;
  readonly name: string;
  readonly note: string;
  /** What would help. */
  readonly help?: string;
  readonly proof?: Proof;
}

export interface Twin {
  readonly history: History;
  readonly parts: Parts;
  /** Batteries last: they answer to everything else. */
  readonly models: readonly Model[];
  /** Devices that the past says too little of. */
  readonly unfit: readonly Unfit[];
  /** W by step of all that no model stands for; NaN where it is not known. */
  readonly rest: Float64Array;
  /** Grid power by step as recorded, W. */
  readonly grid: Float64Array;
  /** First step of the held-out days. */
  readonly heldOutFrom: number;
}

/** Of a model that is there but misses too much. */
export const TESTED_AGAIN = "it is learned and tested again as days go by; more days like those it missed settle it";

/** Share of the whole days that is kept back to test on. */
const HELD_OUT = 0.25;

/** Every text path that the twin would like to know the past of. */
export function pathsOf(parts: Parts): string[] {
  const all = [
    parts.grid,
    ...[parts.solar, parts.batteries, parts.evses, parts.tanks, parts.heatPumps].flat(),
    ...[parts.appliances, parts.corners, parts.lights].flat(),
  ];
  const paths = [
    ...all.flatMap((part) => [part?.power, part?.relay]),
    ...[...parts.batteries, ...parts.evses].map((p) => p.stateOfCharge),
    ...parts.tanks.map((p) => p.temperature),
    ...parts.thermostats.flatMap((p) => [p.temperature, p.setpoint]),
    ...parts.occupancy.map((p) => p.path),
    parts.outdoor,
    parts.light,
  ];
  return [...new Set(paths.filter((path) => path !== undefined))];
}

interface Attempt {
  readonly node: NodeId;
  readonly name: string;
  /** Yields where it may be interrupted. */
  learn(): Generator<number, Model | Fit>;
}

/** Why the warmth of a room can't be learned. */
function unheated(name: string, pump: boolean, outdoor: boolean): Fit {
  if (!pump)
    return noFit(`${name}: nothing measures what its heating takes`, "a meter on the heat pump or the heating");
  if (!outdoor) return noFit(`${name}: nothing tells how cold it is outside`, "a thermometer outdoors");
  return noFit(`${name}: the heat of one meter goes to several rooms, and nothing tells how much to which`);
}

/** One attempt a device, so that a caller may rest between them. */
function attempts(h: History, parts: Parts, train: Train): Attempt[] {
  const each = <P extends { node: NodeId; name: string }>(
    list: readonly P[],
    learn: (p: P) => Generator<number, Model | Fit>,
  ): Attempt[] => list.map((part) => ({ node: part.node, name: part.name, learn: () => learn(part) }));
  const atOnce = <P extends { node: NodeId; name: string }>(list: readonly P[], learn: (p: P) => Model | Fit) =>
    // biome-ignore lint/correctness/useYield: it is done in one go.
    each(list, function* (part) {
      return learn(part);
    });
  const [pump, ...morePumps] = parts.heatPumps;
  const { outdoor, solar } = parts;
  const occupancy = parts.occupancy.map((o) => o.path);
  const heated = pump && outdoor && morePumps.length === 0 && parts.thermostats.length === 1 ? parts.thermostats : [];
  return [
    ...atOnce(parts.evses, (p) => fitCar(h, p, train)),
    ...each(parts.tanks, (p) => fittingTank(h, p, train)),
    ...(pump && outdoor
      ? each(heated, (thermostat) => fittingRoom(h, { thermostat, pump, outdoor, solar, occupancy }, train))
      : []),
    ...atOnce(
      parts.thermostats.filter((t) => !heated.includes(t)),
      (t) => unheated(t.name, pump !== undefined, outdoor !== undefined),
    ),
    ...atOnce(parts.appliances, (p) => fitAppliance(h, p, train)),
    ...each(parts.corners, (p) => fittingCorner(h, p, train)),
    ...atOnce(
      parts.lights.filter((p) => p.power),
      (p) => fitLight(h, p, parts.occupancy.find((o) => o.room === p.room)?.path),
    ),
    ...atOnce(parts.batteries, (p) => fitBattery(h, p, train)),
  ];
}

/** What remains of the house when the modelled devices are taken out; without a house meter, the rest of the meters. */
function restOf(h: History, parts: Parts, models: readonly Model[]): Float64Array {
  const grid = seriesOf(h, parts.grid?.power);
  const rest = new Float64Array(h.steps);
  for (let i = 0; i < h.steps; i++) {
    let watts = valueAt(grid, i);
    for (const model of models) watts -= valueAt(model.recorded, i);
    rest[i] = watts;
  }
  return rest;
}

/**
 * Fits the twin on the first three quarters of the whole days; the last quarter is kept to test it on. A generator,
 * so that the caller may let others run between devices: it yields the share done, 0..1.
 */
export function* fitting(h: History, parts: Parts): Generator<number, Twin> {
  const days = daysOf(h);
  const held = days[Math.floor(days.length * (1 - HELD_OUT))];
  const train = { from: days[0]?.from ?? 0, to: held?.from ?? h.steps };
  const models: Model[] = [];
  const unfit: Unfit[] = [];
  const todo = attempts(h, parts, train);
  yield 0;
  for (const [k, attempt] of todo.entries()) {
    const { node, name } = attempt;
    const made = yield* attempt.learn();
    yield k / todo.length;
    const proof = "start" in made && made.test ? yield* proving(h, made.test, train.to) : undefined;
    if (!("start" in made)) unfit.push({ node, name, note: made.note, ...(made.help ? { help: made.help } : {}) });
    else if (proof && !proof.ok) unfit.push({ node, name, note: `${name}: ${proof.note}`, proof, help: TESTED_AGAIN });
    else models.push(proof ? { ...made, fit: { ok: true, note: made.fit.note, proof } } : made);
    yield (k + 1) / todo.length;
  }
  const grid = seriesOf(h, parts.grid?.power);
  return { history: h, parts, models, unfit, rest: restOf(h, parts, models), grid, heldOutFrom: train.to };
}

/** The same home with the same parameters on another stretch of time, asked for what was usual before control. Yields the share done. */
export function* movingTo(twin: Twin, h: History): Generator<number, Twin> {
  const models: Model[] = [];
  for (const model of twin.models) {
    models.push(model.onto(h, true));
    yield models.length / (twin.models.length + 1);
  }
  const grid = seriesOf(h, twin.parts.grid?.power);
  return { ...twin, history: h, models, rest: restOf(h, twin.parts, models), grid, heldOutFrom: 0 };
}

/**
 * The same twin in which only the given devices are modelled, and batteries, which answer to whatever the house does; all others
 * do what they were recorded to do.
 */
export function narrowTo(twin: Twin, nodes: ReadonlySet<NodeId>): Twin {
  const models = twin.models.filter((model) => model.kind === "battery" || nodes.has(model.node));
  return { ...twin, models, rest: restOf(twin.history, twin.parts, models) };
}
