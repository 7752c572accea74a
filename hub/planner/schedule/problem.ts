/**
 * What a home wants of its energy in the next hours, as data: the input of the schedule. Energies in kWh, powers in kW,
 * temperatures in degC, money in the home's currency; positive is imported by the endpoint. Every list by slot has one
 * entry for each of `Problem.slots`. Nothing here is a device's own word: the caller has checked it.
 */

/** A stretch of time that is planned as one, at most 200 in a problem. Slots follow each other without gaps; they may differ in length. */
export interface Slot {
  /** Epoch ms. */
  readonly from: number;
  readonly hours: number;
  /** Currency per kWh; below zero one is paid for it. */
  readonly importPrice: number;
  readonly exportPrice: number;
  /** The supplier has published it; else it is a forecast. */
  readonly priceKnown: boolean;
  readonly co2GramsPerKwh?: number;
  /** Foreseen use of all that is not steered here. */
  readonly loadKwh: number;
  /** Foreseen yield of all panels, never negative. */
  readonly pvKwh: number;
}

/**
 * One way the load and the sun may turn out. Devices that are switched do the same in all; batteries and the grid differ. Three that are
 * equally likely (the 17th, 50th and 83rd of 100) plan better than their mean, and margins on the mean plan worse than it: a test shows both.
 */
export interface Scenario {
  /** Probability; all together 1. */
  readonly weight: number;
  readonly loadKwh: readonly number[];
  readonly pvKwh: readonly number[];
}

/** Whose wish a demand is. What can't be had is given up from the least: 5 before 1. */
export interface Wish {
  /** The goal's id, for people to find it. */
  readonly goal: string;
  readonly priority: 1 | 2 | 3 | 4 | 5;
}

interface Steered {
  readonly id: string;
  /** Slots in which it may not run (quiet hours, nobody there, "never"). */
  readonly blocked?: readonly boolean[];
}

/** It takes nothing, or a power between these; both the same: on or off. What is far ahead is only foreseen, and may lie below the least. */
interface Stepped extends Steered {
  /** Electric. */
  readonly minKw: number;
  readonly maxKw: number;
  /** Currency that each start is to count, so that it does not run in bits; absent: 0. */
  readonly startCost?: number;
}

export interface Battery extends Steered {
  readonly kind: "battery";
  /** What is stored, now; what can be, and what must always stay. */
  readonly storedKwh: number;
  readonly fullKwh: number;
  readonly emptyKwh: number;
  readonly chargeKw: number;
  readonly dischargeKw: number;
  /** One way, 0..1. */
  readonly chargeEfficiency: number;
  readonly dischargeEfficiency: number;
  /** Currency per kWh given out. */
  readonly wear: number;
  readonly fromGrid: boolean;
  readonly toGrid: boolean;
  /** Kept for an outage, a wish. */
  readonly reserve?: { readonly kwh: number; readonly wish: Wish };
  /** Currency per kWh that is stored at the end; absent: worked out from the prices. */
  readonly endValue?: number;
}

export interface Car extends Stepped {
  readonly kind: "car";
  readonly storedKwh: number;
  readonly fullKwh: number;
  /** From the wall into the car, 0..1. */
  readonly efficiency: number;
  /** Plugged in. */
  readonly present: readonly boolean[];
  /** What driving takes out of it. */
  readonly usedKwh?: readonly number[];
  readonly needs: readonly CarNeed[];
  readonly endValue?: number;
}

export interface CarNeed {
  /** Epoch ms. */
  readonly by: number;
  readonly storedKwh: number;
  readonly wish: Wish;
}

export interface Tank extends Stepped {
  readonly kind: "tank";
  readonly temperatureC: number;
  readonly kwhPerK: number;
  /** kW lost per kelvin above the surroundings. */
  readonly lossKwPerK: number;
  readonly surroundingsC: number;
  /** Heat per electric energy, by slot: 1 for a heating rod. */
  readonly cop: readonly number[];
  /** Warmth that people draw, by slot. */
  readonly drawKwh: readonly number[];
  /** Slots in which its own thermostat would not begin to heat, however much it is let; absent: none. */
  readonly rests?: readonly boolean[];
  /** Below it water is not warm, by slot; a wish. */
  readonly lowC: readonly number[];
  /** Never above. */
  readonly highC: number;
  readonly wish: Wish;
}

/** One store of warmth: T' = loss (outside - T) + kPerKwh kW + freeK. */
export interface Room extends Stepped {
  readonly kind: "room";
  readonly temperatureC: number;
  /** Share of the difference to outside that is lost in an hour. */
  readonly lossPerHour: number;
  /** Kelvin that an electric kWh brings, by slot; below zero for cooling. */
  readonly kPerKwh: readonly number[];
  readonly outsideC: readonly number[];
  /** Kelvin an hour from sun, people and all else, by slot. */
  readonly freeK: readonly number[];
  /** The comfort band by slot; a wish. */
  readonly lowC: readonly number[];
  readonly highC: readonly number[];
  readonly wish: Wish;
}

/** A machine that runs its programme once, without a break. */
export interface Appliance extends Steered {
  readonly kind: "appliance";
  /** Power over the programme. */
  readonly cycle: readonly { readonly minutes: number; readonly kw: number }[];
  /** Epoch ms: not before, and done by. */
  readonly earliest: number;
  readonly by: number;
  readonly wish: Wish;
}

/** Panels that can be told to give less. */
export interface Solar extends Steered {
  readonly kind: "solar";
  /** Its part of the foreseen yield, by slot. */
  readonly yieldKwh: readonly number[];
}

export type Runner = Car | Tank | Room;
export type Device = Battery | Car | Tank | Room | Appliance | Solar;
export type DeviceKind = Device["kind"];

export interface House {
  /** What the main fuse carries; broken only where the house can't help it. */
  readonly fuseKw?: number;
  readonly exportKw?: number;
  /** Limits that people set on what is imported. */
  readonly limits?: readonly { readonly kw: number; readonly wish: Wish }[];
  /** A charge on the highest mean power of a slot: only what is above `soFarKw` still costs. `counts`: in which slots. */
  readonly peak?: { readonly perKw: number; readonly soFarKw: number; readonly counts?: readonly boolean[] };
  /** What each imported kWh costs more (or less) once this many more have been imported. At most 6. */
  readonly tiers?: readonly { readonly afterKwh: number; readonly extra: number }[];
}

export interface Weights {
  /** Currency per kg; 0: it does not count. */
  readonly co2PerKg: number;
  /** Currency that one would give to use a kWh oneself instead of exporting it. */
  readonly ownUse: number;
  /** Times battery wear, and times what a broken wish counts. Usually 1. */
  readonly wear: number;
  readonly comfort: number;
  /** Currency per kWh that must be gained before something planned moves; usually 0.005 to 0.02. */
  readonly steadiness: number;
}

/** What the last schedule had planned: it is kept unless something is better by `Weights.steadiness`. */
export interface Before {
  /** Starts of its slots, epoch ms, rising; the last one's end. */
  readonly froms: readonly number[];
  readonly end: number;
  /** By device: mean kW in each of its slots, positive takes. */
  readonly kw: Readonly<Record<string, readonly number[]>>;
}

export interface Problem {
  /** Epoch ms of the solving; within the first slot. */
  readonly at: number;
  readonly slots: readonly Slot[];
  readonly devices: readonly Device[];
  readonly house: House;
  readonly weights: Weights;
  /** Absent: the slots' own foreseen load and yield are all that is looked at. At most 5. */
  readonly scenarios?: readonly Scenario[];
  readonly before?: Before;
}

/** The end of a slot, epoch ms. */
export const endOf = (slot: Slot): number => slot.from + Math.round(slot.hours * 3_600_000);
