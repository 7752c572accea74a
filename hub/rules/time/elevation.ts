import { getPosition } from "suncalc";

/** The sun's height over the horizon in degrees as it is seen (refraction counted), at a moment (epoch ms) and a place. */
export function sunElevation(
  at: number,
  { latitude, longitude }: { readonly latitude: number; readonly longitude: number },
): number {
  return getPosition(new Date(at), latitude, longitude).altitude;
}
