/** Where the sun stands and what reaches a tilted plane. Angles in radians, irradiance in W/m2. */

export interface SunPosition {
  readonly elevation: number;
  /** From south, west positive. */
  readonly azimuth: number;
}

const radians = Math.PI / 180;

/** Spencer's series for declination and equation of time (1971); good to about a quarter of a degree. */
export function sunPosition(at: number, latitude: number, longitude: number): SunPosition {
  const yearStart = Date.UTC(new Date(at).getUTCFullYear(), 0, 1);
  const days = (at - yearStart) / 86_400_000;
  const g = (2 * Math.PI * days) / 365.25;
  const declination =
    0.006918 -
    0.399912 * Math.cos(g) +
    0.070257 * Math.sin(g) -
    0.006758 * Math.cos(2 * g) +
    0.000907 * Math.sin(2 * g) -
    0.002697 * Math.cos(3 * g) +
    0.00148 * Math.sin(3 * g);
  const equation =
    229.18 *
    (0.000075 +
      0.001868 * Math.cos(g) -
      0.032077 * Math.sin(g) -
      0.014615 * Math.cos(2 * g) -
      0.040849 * Math.sin(2 * g));
  const minutes = (days % 1) * 1440 + equation + 4 * longitude;
  const hourAngle = (minutes / 4 - 180) * radians;
  const phi = latitude * radians;
  const sinElevation =
    Math.sin(phi) * Math.sin(declination) + Math.cos(phi) * Math.cos(declination) * Math.cos(hourAngle);
  const azimuth = Math.atan2(
    Math.sin(hourAngle),
    Math.cos(hourAngle) * Math.sin(phi) - Math.tan(declination) * Math.cos(phi),
  );
  return { elevation: Math.asin(Math.max(-1, Math.min(1, sinElevation))), azimuth };
}

export interface Irradiance {
  readonly global: number;
  readonly beam: number;
  readonly diffuse: number;
}

const dark: Irradiance = { global: 0, beam: 0, diffuse: 0 };

/** Haurwitz clear sky times `clearness` (0 to about 1.05), split into beam and diffuse after Erbs (1982). */
export function irradiance(sun: SunPosition, clearness: number): Irradiance {
  const sine = Math.sin(sun.elevation);
  if (sine <= 0.005) return dark;
  const global = 1098 * sine * Math.exp(-0.057 / sine) * clearness;
  const kt = Math.min(0.85, global / (1361 * sine));
  let part: number;
  if (kt <= 0.22) part = 1 - 0.09 * kt;
  else if (kt <= 0.8) part = 0.9511 - 0.1604 * kt + 4.388 * kt ** 2 - 16.638 * kt ** 3 + 12.336 * kt ** 4;
  else part = 0.165;
  const diffuse = global * part;
  // Near the horizon a small error of the sine would make a huge beam.
  const beam = Math.min(950, (global - diffuse) / Math.max(0.05, sine));
  return { global, beam, diffuse };
}

/** On a plane tilted by `tilt` and turned by `facing` from south (west positive); isotropic sky, ground albedo 0.2. */
export function onPlane(sun: SunPosition, light: Irradiance, tilt: number, facing: number): number {
  if (light.global <= 0) return 0;
  const cosIncidence =
    Math.sin(sun.elevation) * Math.cos(tilt) +
    Math.cos(sun.elevation) * Math.sin(tilt) * Math.cos(sun.azimuth - facing);
  const sky = (light.diffuse * (1 + Math.cos(tilt))) / 2;
  const ground = (light.global * 0.2 * (1 - Math.cos(tilt))) / 2;
  return Math.max(0, cosIncidence) * light.beam + sky + ground;
}
