/** A car at a one-phase charger. */

export interface CarParams {
  readonly capacity: number;
  /** The car's own limit, share of capacity. */
  readonly full: number;
  /** From the wall into the cells. */
  readonly efficiency: number;
}

export type ChargerStatus = "not_connected" | "ready" | "charging" | "finished";

/** One step of charging; W at the wall, `lost` kWh turned to heat. */
export function stepCar(
  kwh: number,
  connected: boolean,
  charger: { readonly on: boolean; readonly amps: number },
  volts: number,
  params: CarParams,
  seconds: number,
): { readonly kwh: number; readonly power: number; readonly lost: number; readonly status: ChargerStatus } {
  if (!connected) return { kwh, power: 0, lost: 0, status: "not_connected" };
  const hours = seconds / 3600;
  const room = Math.max(0, params.full * params.capacity - kwh);
  if (room < 0.005) return { kwh, power: 0, lost: 0, status: "finished" };
  if (!charger.on) return { kwh, power: 0, lost: 0, status: "ready" };
  const power = Math.min(charger.amps * volts, (room * 1000) / (params.efficiency * hours));
  const taken = (power * hours) / 1000;
  return { kwh: kwh + taken * params.efficiency, power, lost: taken * (1 - params.efficiency), status: "charging" };
}
