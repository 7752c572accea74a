/** What all modelled devices have in common. */
import type { Value } from "../model/capability.ts";
import type { LearnedUnit } from "../model/learned.ts";
import type { NodeId } from "../model/path.ts";
import type { RuleAction } from "../model/plan.ts";
import type { Fit } from "./fit-note.ts";
import type { History, Stretch } from "./history.ts";
import type { Store } from "./store.ts";

/** What a person may not lose while a plan runs; each device looks at what concerns it. */
export interface Comfort {
  /** By node of the thermostat: the least temperature at each minute of the day, degC. */
  readonly room: ReadonlyMap<NodeId, (minutes: number) => number>;
  /** By node of the tank: the least temperature while water is drawn, degC. */
  readonly tank: ReadonlyMap<NodeId, number>;
  /** By node of the charger: charge (%) that must be there at a time of day (minutes). */
  readonly car: ReadonlyMap<NodeId, { readonly percent: number; readonly byMinutes: number }>;
  /** By node of the appliance: minutes of the day by which a cycle must be done. */
  readonly appliance: ReadonlyMap<NodeId, number>;
}

/** A device in motion during one replay. */
export interface Running {
  readonly node: NodeId;
  /** Puts what the device would report now under its text paths. */
  show(values: Map<string, Value>): void;
  /** Takes an action meant for this node; true when that changed something. */
  act(action: RuleAction): boolean;
  /** Lives through step i, where everything else in the house draws `rest` W; gives its own mean power, W. */
  step(i: number, rest: number): number;
  /** Minutes of comfort lost so far. */
  lost(): number;
  /** Energy in store, as kWh of electricity that it took or would save. */
  stored(): number;
}

/** A day as a model foretells it beside the day as it was, in one unit; NaN where one of them says nothing. */
export interface Foretold {
  readonly predicted: Float64Array;
  readonly measured: Float64Array;
}

/** What a model can be tested on, on days that it has not seen. */
export interface Test {
  /** What is compared, for a person: "charge through a day". */
  readonly what: string;
  readonly unit: LearnedUnit;
  /** Step by step, or only the sum of each day. */
  readonly by: "step" | "day";
  /** Mean absolute error above which the model is not used; a share is of what is usual. */
  readonly limit: { readonly value: number } | { readonly share: number };
  /** One day, from what was known at its start and what people asked of the device in it. */
  day(day: Stretch): Foretold;
}

/** A device's fitted parameters with what the past asked of it. */
export interface Model {
  readonly node: NodeId;
  readonly name: string;
  readonly kind: "battery" | "car" | "tank" | "room" | "appliance" | "corner" | "light";
  readonly fit: Fit;
  /** Recorded power, W by step; the part of the house that this model stands for. */
  readonly recorded: Float64Array;
  /** What the planner may know of it: plain numbers. */
  readonly facts: Readonly<Record<string, number>>;
  /** Where nothing is foretold (a light does what it was recorded to do) there is no test. */
  readonly test?: Test;
  /**
   * Starts it at step i in the recorded state. `sized`: a heating that never had to give its most may give what heatings are built for, not only
   * the most that was seen of it.
   */
  start(i: number, comfort: Comfort, sized?: boolean): Running;
  /** What people asked of it by step: kWh of warm water drawn from a tank, 1 while a car is gone. */
  readonly asked?: Float64Array;
  /** What it could have done at best over a stretch; absent where nothing of it can be moved. */
  store?(over: Stretch, comfort: Comfort): Store;
  /** The same parameters on another stretch of history, as after a plan began: what it asked is read anew. */
  onto(h: History, usual: boolean): Model;
}

/** The part of the past that parameters are learned from. */
export type Train = Stretch;
