/** Where the sun stands: the one place that reckons it (suncalc, after Meeus, Astronomical Algorithms, chapter 25). */
import { getPosition } from "suncalc";

export interface SunPosition {
  /** Degrees above the horizon as it is seen, refraction counted; negative below it. */
  readonly elevation: number;
  /** Degrees from north over east. */
  readonly azimuth: number;
}

/** Position at epoch ms as seen from a place in degrees, north and east positive. */
export function sunPosition(at: number, place: { readonly latitude: number; readonly longitude: number }): SunPosition {
  const { altitude, azimuth } = getPosition(new Date(at), place.latitude, place.longitude);
  return { elevation: altitude, azimuth };
}
