/** What was wrong with the numbers of a meter, and what they are taken for instead. The numbers themselves stay as they were told. */

/** A stand of a counter (kWh, as told by the device) at a moment (epoch ms). */
export interface Stand {
  readonly at: number;
  readonly kwh: number;
}

export type RepairKind =
  /** The counter began again at zero. */
  | "reset"
  /** It reached its highest number and went on from zero. */
  | "rollover"
  /** It fell for a while and came back. */
  | "dip"
  /** It rose for a while by more than can be and came back. */
  | "spike"
  /** It rose by more than the connection can carry, and stayed there. */
  | "jump"
  /** It went on from another stand: a new meter, or one that was set. */
  | "replaced"
  /** It counts in another unit from then on. */
  | "unit"
  /** The clock was wrong: readings of that time are not in their place. */
  | "clock"
  /** It was silent for long; what it counted meanwhile is spread over that time. */
  | "gap"
  /** Not yet clear: what it says is not used until it is. */
  | "watching"
  /** A power of more than can be. */
  | "power"
  /** A power in another unit (kW for W) from then on. */
  | "power-unit";

/**
 * A step of a counter from one good stand to the next, taken for `kwh` whatever the numbers say; what was told between the two
 * is not used. For a power: the time in which the value is not used (`kwh` 0) or multiplied by `scale`.
 */
export interface Pin {
  readonly from: Stand;
  readonly to: Stand;
  /** Null: not known; the power stands in where there is one. */
  readonly kwh: number | null;
  /** What the rises that the device told in this time come to, kWh: what counts if the repair is undone. */
  readonly told: number;
  /** What one step of the told number is in kWh from `to` on; absent: as before. */
  readonly scale?: number;
  /** From when on the energy is spread (epoch ms), where that is before `from`: a time that was lived twice. */
  readonly since?: number;
}

/** Told numbers in [from, to] (epoch ms) that are above `over` (kWh as told) are not used. */
export interface Mask {
  readonly from: number;
  readonly to: number;
  readonly over: number;
}

/** `undone`: every rise that the device told counts, as if nothing had been noticed. `adjusted`: a person said how many kWh. */
export type RepairState = "active" | "undone" | "adjusted";

export interface Repair {
  readonly id: string;
  /** Text path of the series. */
  readonly key: string;
  readonly kind: RepairKind;
  readonly state: RepairState;
  /** Epoch ms: the last good stand before, and the first after; the same while it is not over. */
  readonly from: number;
  readonly to: number;
  /** How often, where repeats were put together. */
  readonly times: number;
  /** kWh that are counted for it. */
  readonly kwh: number;
  /** kWh that it changes, against every told rise being counted. */
  readonly effectKwh: number;
  /** In words for people. */
  readonly reason: string;
  /** What was told: stands before, during and after. At most 8. */
  readonly evidence: readonly Stand[];
  readonly pins: readonly Pin[];
  readonly masks: readonly Mask[];
  /** What late readings have left of the pins, where a person has said how much it was: used once that is taken back. */
  readonly left?: readonly Pin[];
  /** kWh by a person, where adjusted. */
  readonly adjustedKwh?: number;
  /** Who undid or adjusted it. */
  readonly by?: string;
}
