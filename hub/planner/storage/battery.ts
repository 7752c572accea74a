/** A battery as an inverter runs it: a mode and its limits are set before a slot, and within it the mode acts on the load and the sun as they come. */

/** What a battery can do. Its efficiencies are one way, 0..1: the root of the round trip where nothing better is known. */
export interface BatteryFacts {
  readonly capacityKwh: number;
  readonly chargeKw: number;
  readonly dischargeKw: number;
  readonly chargeEfficiency: number;
  readonly dischargeEfficiency: number;
}

/** `followLoad` gives what the house lacks; `hold` gives nothing; `chargeFromGrid` gives nothing and fills. All store surplus. */
export type StorageMode = "chargeFromGrid" | "followLoad" | "hold";
export const STORAGE_MODES: readonly StorageMode[] = ["followLoad", "hold", "chargeFromGrid"];

/** A mode with its limits, kWh stored. */
export interface StorageLimits {
  readonly mode: StorageMode;
  /** `chargeFromGrid` draws from outside up to here. */
  readonly chargeToKwh: number;
  /** Surplus is stored up to here in every mode; what is beyond is sold. */
  readonly storeToKwh: number;
  /** `followLoad` gives down to here. */
  readonly dischargeToKwh: number;
}

/** What a slot did, kWh. All but the stored energy are seen from the house: what goes in, what comes out, what the meter counts. */
export interface Flow {
  readonly chargeKwh: number;
  readonly dischargeKwh: number;
  /** Positive is imported, negative exported. */
  readonly gridKwh: number;
  readonly storedKwh: number;
}

/** The mode every battery has by itself: store all surplus, give all that is lacking. */
export const selfConsumption = (b: BatteryFacts, reserveKwh = 0): StorageLimits => ({
  mode: "followLoad",
  chargeToKwh: b.capacityKwh,
  storeToKwh: b.capacityKwh,
  dischargeToKwh: reserveKwh,
});

/** kWh the battery takes in a slot of `hours` whose load less sun is `netKwh`. */
export function chargeOf(b: BatteryFacts, l: StorageLimits, storedKwh: number, netKwh: number, hours: number): number {
  const most = b.chargeKw * hours;
  const drawn = l.mode === "chargeFromGrid" ? Math.min(most, (l.chargeToKwh - storedKwh) / b.chargeEfficiency) : 0;
  const kept = netKwh < 0 ? Math.min(-netKwh, most, (l.storeToKwh - storedKwh) / b.chargeEfficiency) : 0;
  return Math.max(0, drawn, kept);
}

/** kWh the battery gives in such a slot. */
export function dischargeOf(
  b: BatteryFacts,
  l: StorageLimits,
  storedKwh: number,
  netKwh: number,
  hours: number,
): number {
  if (l.mode !== "followLoad" || netKwh <= 0) return 0;
  return Math.min(netKwh, b.dischargeKw * hours, Math.max(0, storedKwh - l.dischargeToKwh) * b.dischargeEfficiency);
}

/** What is stored after so much was taken and given. */
export function storedAfter(b: BatteryFacts, storedKwh: number, chargeKwh: number, dischargeKwh: number): number {
  const after = storedKwh + chargeKwh * b.chargeEfficiency - dischargeKwh / b.dischargeEfficiency;
  return Math.min(b.capacityKwh, Math.max(0, after));
}

/** What a mode does in a slot of `hours` whose load less sun is `netKwh`. */
export function act(b: BatteryFacts, l: StorageLimits, storedKwh: number, netKwh: number, hours: number): Flow {
  const chargeKwh = chargeOf(b, l, storedKwh, netKwh, hours);
  const dischargeKwh = dischargeOf(b, l, storedKwh, netKwh, hours);
  return {
    chargeKwh,
    dischargeKwh,
    gridKwh: netKwh + chargeKwh - dischargeKwh,
    storedKwh: storedAfter(b, storedKwh, chargeKwh, dischargeKwh),
  };
}
