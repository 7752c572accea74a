/** Where the sun stands. */
import { getPosition } from "suncalc";

const RAD = Math.PI / 180;

export interface SunPosition {
  /** Radians above the horizon. */
  readonly elevation: number;
  /** Radians from north over east. */
  readonly azimuth: number;
}

/** Position at epoch ms as seen from a place in degrees, north and east positive. */
export function sunPosition(at: number, place: { readonly latitude: number; readonly longitude: number }): SunPosition {
  const { altitude, azimuth } = getPosition(new Date(at), place.latitude, place.longitude);
  return { elevation: altitude * RAD, azimuth: azimuth * RAD };
}
