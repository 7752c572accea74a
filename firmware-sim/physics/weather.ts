import { noise } from "../random.ts";
import { type Irradiance, irradiance, type SunPosition, sunPosition } from "./sun.ts";

export interface Site {
  readonly latitude: number;
  readonly longitude: number;
}

export interface Weather {
  /** degC */
  readonly outdoor: number;
  /** Relative, percent. */
  readonly humidity: number;
  /** 0 clear to 1 overcast. */
  readonly cloud: number;
  readonly sun: SunPosition;
  readonly light: Irradiance;
}

/** Magnus: saturation vapour pressure in hPa. */
export function saturation(celsius: number): number {
  return 6.112 * Math.exp((17.62 * celsius) / (243.12 + celsius));
}

/** Cloud cover: fronts of days, banks of hours. */
function cloudCover(seed: number, seconds: number, summer: number): number {
  const fronts = noise(seed, 11, seconds, 190_000);
  const banks = noise(seed, 12, seconds, 31_000);
  return Math.max(0, Math.min(1, 0.67 - 0.1 * summer + 0.62 * fronts + 0.3 * banks));
}

/**
 * The weather of one moment: a northern German maritime climate (mean 9.2 degC, July 17.4, January 1), fronts,
 * and single clouds that pass within minutes. A pure function of time, so a forecast is a look ahead.
 */
export function weatherAt(at: number, site: Site, seed: number): Weather {
  const seconds = at / 1000;
  const sun = sunPosition(at, site.latitude, site.longitude);
  // 1 in late July, -1 in late January.
  const summer = Math.cos((2 * Math.PI * (seconds / 86_400 - 200)) / 365.25);
  const cloud = cloudCover(seed, seconds, summer);
  const broken = 4 * cloud * (1 - cloud);
  const passing = noise(seed, 13, seconds, 420) * 0.8 + noise(seed, 14, seconds, 95) * 0.3;
  const clearness = Math.max(0.1, Math.min(1.05, 1.02 - 0.78 * cloud ** 1.6 + 0.3 * broken * passing));
  const light = irradiance(sun, clearness);

  const season = 9.2 + 8.2 * summer;
  const air = 5.4 * noise(seed, 15, seconds, 260_000) + 1.4 * noise(seed, 16, seconds, 60_000);
  const solarHour = ((seconds / 3600 + site.longitude / 15) % 24) - 15;
  const swing = (1.2 + (1 - cloud) * (2.2 + 2 * summer)) * Math.cos((2 * Math.PI * solarHour) / 24);
  const outdoor = season + air + swing + 0.25 * noise(seed, 17, seconds, 900);
  const dewPoint = season + air - 2 - 3.2 * (1 - cloud) + 1.2 * noise(seed, 18, seconds, 40_000);
  const humidity = Math.max(22, Math.min(100, (100 * saturation(dewPoint)) / saturation(outdoor)));
  return { outdoor, humidity, cloud, sun, light };
}
