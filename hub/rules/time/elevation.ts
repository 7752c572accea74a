import { sunPosition } from "../../energy/sun-position.ts";

/** The sun's height over the horizon in degrees as it is seen (refraction counted), at a moment (epoch ms) and a place. */
export const sunElevation = (at: number, place: { readonly latitude: number; readonly longitude: number }): number =>
  sunPosition(at, place).elevation;
