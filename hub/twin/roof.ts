/**
 * What the clearest days tell of the panels: which way they face, how steep, at which power the inverter cuts off, and in which hours something
 * shades them. Each time of day has its clearest value of the last month; a plane under a clear sky (direct light weakened
 * by its way through the air: Meinel and Meinel, 1976) is fitted from above, so that shade, which only ever takes, does not turn it.
 */
import { localTime } from "../energy/clock.ts";
import { type SunPosition, sunPosition } from "../energy/sun-position.ts";
import { type History, timeOf, valueAt } from "./history.ts";
import { mean, quantile } from "./numbers.ts";

export interface Roof {
  /** Degrees from north over east, and from the level. */
  readonly azimuth: number;
  readonly tilt: number;
  /** A low winter sun tells which way they face, not how steep they are. */
  readonly highSun: boolean;
  /** Most that it gives, W; and at which it is cut off, where it is. */
  readonly mostW: number;
  readonly cutW: number | undefined;
  /** Hours of the local day with the share that is missing in them. */
  readonly shaded: readonly { readonly hour: number; readonly share: number }[];
  /** Mean miss of the clear day's shape, as a share of its mean. */
  readonly miss: number;
}

const DAY = 86_400_000;
const RAD = Math.PI / 180;
const WINDOW_DAYS = 30;
/** The clearest of a month at one time of day. */
const CLEAR = 0.93;
const LEAST_DAYS = 10;
const TILTS = [0, 10, 20, 30, 40, 50, 60, 75, 90];
const AZIMUTHS = Array.from({ length: 24 }, (_, k) => k * 15);
/** Light from the whole sky, as a share of the direct light. */
const SKY = 0.12;
/** To lie under what was measured is worse than above it: shade takes, nothing adds. */
const UNDER = 3;
const SHADED = 0.25;
/** An hour in which it should give less than this share of its most says nothing of shade. */
const BRIGHT = 0.2;
/** Sun's height above which the steepness shows. */
const HIGH_SUN = 35;
/** A form that misses by more than this tells nothing. */
const MOST_MISS = 0.15;
/** Cut off: so near to its most, in so much of the bright time, on clear days. */
const AT_MOST = 0.985;
const CUT_SLOTS_H = 1;

interface Slot {
  readonly watts: number;
  readonly sun: SunPosition;
  readonly hour: number;
}

/** The clearest value of each time of day in the last month, with where the sun then stands. */
function clearDay(h: History, watts: Float64Array, place: NonNullable<History["place"]>): Slot[] {
  const perDay = Math.round(DAY / h.stepMs);
  const days = Math.min(WINDOW_DAYS, Math.floor(h.steps / perDay));
  if (days < LEAST_DAYS) return [];
  const first = h.steps - days * perDay;
  const middle = first + Math.floor(days / 2) * perDay;
  return Array.from({ length: perDay }, (_, k) => {
    const seen = Array.from({ length: days }, (_, d) => valueAt(watts, first + d * perDay + k)).filter(Number.isFinite);
    const at = timeOf(h, middle + k) + h.stepMs / 2;
    const hour = Math.floor(localTime(at, h.timeZone).minutes / 60);
    return { watts: seen.length >= LEAST_DAYS ? quantile(seen, CLEAR) : Number.NaN, sun: sunPosition(at, place), hour };
  }).filter((s) => Number.isFinite(s.watts));
}

/** Light on a plane under a clear sky, 1 is full sun straight on. */
function clearLight({ elevation, azimuth }: SunPosition, tilt: number, facing: number): number {
  const sine = Math.sin(elevation * RAD);
  if (sine <= 0.02) return 0;
  const beam = 0.7 ** ((1 / sine) ** 0.678);
  const straight =
    sine * Math.cos(tilt * RAD) + Math.cos(elevation * RAD) * Math.sin(tilt * RAD) * Math.cos((azimuth - facing) * RAD);
  return beam * (Math.max(0, straight) + SKY);
}

interface Plane {
  readonly tilt: number;
  readonly azimuth: number;
  readonly made: readonly number[];
  readonly loss: number;
}

function planeOf(slots: readonly Slot[], tilt: number, azimuth: number, cutW: number): Plane {
  const light = slots.map((s) => clearLight(s.sun, tilt, azimuth));
  const open = slots.flatMap((s, k) =>
    (light[k] ?? 0) > 0.15 && s.watts < 0.97 * cutW ? [s.watts / (light[k] ?? 1)] : [],
  );
  const scale = quantile(open, 0.75) || 0;
  const made = light.map((l) => Math.min(cutW, l * scale));
  const loss = slots.reduce((sum, s, k) => {
    const over = (made[k] ?? 0) - s.watts;
    return sum + (over > 0 ? over : -UNDER * over);
  }, 0);
  return { tilt, azimuth, made, loss };
}

function cutOf(h: History, slots: readonly Slot[], mostW: number): number | undefined {
  const near = slots.filter((s) => s.watts >= AT_MOST * mostW).length * (h.stepMs / 3_600_000);
  const bright = slots.filter((s) => s.watts >= 0.9 * mostW).length * (h.stepMs / 3_600_000);
  // A round top spends about two fifths of its upper tenth in its upper hundredth; a cut one nearly all of it.
  return near >= CUT_SLOTS_H && near >= 0.75 * bright ? mostW : undefined;
}

function shadedHours(slots: readonly Slot[], made: readonly number[], mostW: number): Roof["shaded"] {
  return Array.from({ length: 24 }, (_, hour) => {
    const mine = slots.flatMap((s, k) => (s.hour === hour ? [{ was: s.watts, could: made[k] ?? 0 }] : []));
    const [was, could] = [mean(mine.map((m) => m.was)), mean(mine.map((m) => m.could))];
    return { hour, share: could >= BRIGHT * mostW ? 1 - was / could : 0 };
  }).filter(({ share }) => share >= SHADED);
}

/** Reads the roof from a yield (W by step, positive); undefined where the days or the place say too little. */
export function roofOf(h: History, watts: Float64Array): Roof | undefined {
  const slots = h.place ? clearDay(h, watts, h.place) : [];
  const mostW = Math.max(0, ...slots.map((s) => s.watts));
  if (slots.length === 0 || !(mostW > 0)) return undefined;
  const cutW = cutOf(h, slots, mostW);
  let best: Plane | undefined;
  for (const tilt of TILTS)
    for (const azimuth of AZIMUTHS) {
      const plane = planeOf(slots, tilt, azimuth, cutW ?? mostW * 1.1);
      if (!best || plane.loss < best.loss) best = plane;
    }
  if (!best) return undefined;
  const made = best.made;
  const shaded = shadedHours(slots, made, mostW);
  const open = slots
    .map((s, k) => ({ ...s, made: made[k] ?? 0 }))
    .filter((s) => !shaded.some((x) => x.hour === s.hour));
  const highSun = Math.max(...slots.map((s) => s.sun.elevation)) >= HIGH_SUN;
  const miss = mean(open.map((s) => Math.abs(s.watts - s.made))) / mean(open.map((s) => s.watts));
  return miss <= MOST_MISS ? { azimuth: best.azimuth, tilt: best.tilt, highSun, mostW, cutW, shaded, miss } : undefined;
}

const FACES = ["north", "north-east", "east", "south-east", "south", "south-west", "west", "north-west"];

/** The roof in sentences. */
export function roofWords(roof: Roof): string[] {
  const faces = FACES[Math.round(roof.azimuth / 45) % 8];
  const steep =
    roof.tilt < 25 ? `It leans a little to the ${faces}` : `It faces about ${faces}, some ${roof.tilt}° steep`;
  const level = roof.highSun
    ? "It lies about level"
    : "It is too flat, or the sun too low now, to tell which way it faces";
  const way = roof.tilt < 10 ? level : roof.highSun ? steep : `It faces about ${faces}`;
  const cut = roof.cutW === undefined ? "" : `; the inverter cuts it off at ${(roof.cutW / 1000).toFixed(1)} kW`;
  const hours = roof.shaded.map(({ hour, share }) => `${hour} h (${Math.round(share * 100)} % less)`);
  const shade =
    hours.length > 0 ? [`Something shades it at ${hours.join(", ")}, judged by the rest of its clearest days.`] : [];
  return [`${way}, and gives up to ${(roof.mostW / 1000).toFixed(1)} kW${cut}.`, ...shade];
}
