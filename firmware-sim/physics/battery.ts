/** A home battery behind its own inverter. kWh, W on the AC side, positive = charging. */

export type BatteryMode = "follow_load" | "hold" | "charge_from_grid";

export const batteryModes: readonly BatteryMode[] = ["follow_load", "hold", "charge_from_grid"];

export interface BatteryParams {
  readonly capacity: number;
  readonly maxPower: number;
  /** W taken from the grid in charge_from_grid. */
  readonly gridCharge: number;
  readonly roundTrip: number;
  /** Share that is never discharged. */
  readonly reserve: number;
}

export interface BatteryStep {
  readonly kwh: number;
  readonly power: number;
  /** kWh turned to heat. */
  readonly lost: number;
}

/**
 * One step against the rest of the house. `surplus` is W that would be exported without the battery (negative: imported).
 * follow_load keeps the grid at zero; hold never discharges but takes surplus; charge_from_grid also draws from the grid.
 */
export function stepBattery(
  kwh: number,
  mode: BatteryMode,
  surplus: number,
  params: BatteryParams,
  seconds: number,
): BatteryStep {
  const oneWay = Math.sqrt(params.roundTrip);
  let wanted = surplus;
  if (mode === "hold") wanted = Math.max(0, surplus);
  if (mode === "charge_from_grid") wanted = Math.max(params.gridCharge, surplus);
  // Inverters ignore a few watts, and cells take less current when nearly full.
  if (Math.abs(wanted) < 12) wanted = 0;
  const hours = seconds / 3600;
  if (wanted > 0) {
    const full = kwh / params.capacity;
    const taper = full < 0.92 ? 1 : Math.max(0.12, 1 - (full - 0.92) * 11);
    const room = Math.max(0, ((params.capacity - kwh) * 1000) / (oneWay * hours));
    const power = Math.min(wanted, params.maxPower * taper, room);
    const taken = (power * hours) / 1000;
    return { kwh: Math.min(params.capacity, kwh + taken * oneWay), power, lost: taken * (1 - oneWay) };
  }
  const left = Math.max(0, ((kwh - params.reserve * params.capacity) * 1000 * oneWay) / hours);
  const power = Math.min(-wanted, params.maxPower, left);
  const given = (power * hours) / 1000;
  return { kwh: Math.max(0, kwh - given / oneWay), power: power === 0 ? 0 : -power, lost: given / oneWay - given };
}
