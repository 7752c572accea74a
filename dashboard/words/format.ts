/** Numbers, times and money as people read them. English words, 24-hour clock, the home's own time zone. */

const LOCALE = "en-GB";
const formatters = new Map<string, Intl.NumberFormat>();

function numberFormat(digits: number, least: number): Intl.NumberFormat {
  const key = `${digits}/${least}`;
  let held = formatters.get(key);
  if (!held) {
    held = new Intl.NumberFormat(LOCALE, { maximumFractionDigits: digits, minimumFractionDigits: least });
    formatters.set(key, held);
  }
  return held;
}

/** At most `digits` decimals; a true minus sign. */
export const number = (n: number, digits = 1, least = 0): string => {
  const text = numberFormat(digits, least).format(n);
  return text === "-0" ? "0" : text.replace("-", "−");
};

/** A power in W, in the unit that reads best: `640 W`, `1.83 kW`. */
export function power(watts: number): string {
  const size = Math.abs(watts);
  if (size < 10 && !Number.isInteger(watts)) return `${number(watts, 1)} W`;
  return size < 1000 ? `${number(watts, 0)} W` : `${number(watts / 1000, 2, size < 10_000 ? 2 : 1)} kW`;
}

/** Decimals that make sense for a unit. */
function digitsOf(unit: string | undefined): number {
  switch (unit) {
    case "degC":
    case "K":
    case "kWh":
    case "A":
      return 1;
    case "1":
    case "1/kWh":
      return 3;
    case "W":
    case "V":
    case "%":
    case "lx":
    case "hPa":
    case "mired":
    case "ppm":
      return 0;
    default:
      return 1;
  }
}

/** An amount with its unit. */
export function amount(n: number, unit: string | undefined, unitText: string | undefined): string {
  if (unit === "W") return power(n);
  if (unit === "epoch-s") return moment(n * 1000);
  if (unit === "min-of-day") return clock(n);
  if (unit === "s" && n >= 120) return span(n);
  const text = number(n, unit === "kWh" && Math.abs(n) < 10 ? 2 : digitsOf(unit));
  if (!unitText) return text;
  return unitText === "°" ? `${text}°` : `${text} ${unitText}`;
}

/** `07:30` of minutes after midnight. */
export const clock = (minutes: number): string =>
  `${String(Math.floor(minutes / 60)).padStart(2, "0")}:${String(Math.floor(minutes % 60)).padStart(2, "0")}`;

/** How long seconds are, in the two units that say most: `3 min 20 s`, `2 h 5 min`, `4 days`. */
export function span(seconds: number): string {
  const s = Math.round(seconds);
  const two = (whole: number, unit: string, rest: number, small: string) =>
    rest === 0 ? `${whole} ${unit}` : `${whole} ${unit} ${rest} ${small}`;
  if (s < 3600) return two(Math.floor(s / 60), "min", s % 60, "s");
  const min = Math.round(s / 60);
  if (min < 48 * 60) return two(Math.floor(min / 60), "h", min % 60, "min");
  return `${number(s / 86_400, 0)} days`;
}

/** Money; two decimals, three for small prices. */
export function money(n: number, currency: string | undefined, digits = 2): string {
  try {
    return new Intl.NumberFormat(LOCALE, {
      style: "currency",
      currency: currency ?? "EUR",
      minimumFractionDigits: digits,
      maximumFractionDigits: digits,
    })
      .format(n)
      .replace("-", "−");
  } catch {
    return `${number(n, digits, digits)} ${currency}`;
  }
}

/** How long ago, in words. */
export function age(at: number, now: number): string {
  const s = Math.max(0, Math.round((now - at) / 1000));
  if (s < 10) return "just now";
  if (s < 90) return `${s} s ago`;
  const min = Math.round(s / 60);
  if (min < 90) return `${min} min ago`;
  const h = Math.round(min / 60);
  return h < 36 ? `${h} h ago` : `${Math.round(h / 24)} days ago`;
}

const zone = (timeZone: string | undefined) => (timeZone === undefined ? {} : { timeZone });

/** `Tue 4 Mar, 14:05` in the home's zone. */
export const moment = (at: number, timeZone?: string): string =>
  new Intl.DateTimeFormat(LOCALE, {
    weekday: "short",
    day: "numeric",
    month: "short",
    hour: "2-digit",
    minute: "2-digit",
    ...zone(timeZone),
  }).format(at);

/** `14:05` of a moment, in the home's zone. */
export const clockAt = (at: number, timeZone?: string): string =>
  new Intl.DateTimeFormat(LOCALE, { hour: "2-digit", minute: "2-digit", ...zone(timeZone) }).format(at);

/** `4 Mar` of an ISO day such as `2025-03-04`. */
export const dayWords = (day: string): string => {
  const at = Date.parse(`${day}T12:00:00Z`);
  if (Number.isNaN(at)) return day;
  return new Intl.DateTimeFormat(LOCALE, { weekday: "short", day: "numeric", month: "short", timeZone: "UTC" }).format(
    at,
  );
};

/** Midnight that began the day of `now` in the zone, epoch ms. */
export function startOfDay(now: number, timeZone?: string): number {
  const guess = now - sinceMidnight(now, timeZone);
  // On the day of a clock change the guess is an hour off: its own wall clock says by how much.
  const off = sinceMidnight(guess, timeZone);
  return off > 43_200_000 ? guess + (86_400_000 - off) : guess - off;
}

function sinceMidnight(at: number, timeZone: string | undefined): number {
  const parts = new Intl.DateTimeFormat("en-GB", {
    hour: "numeric",
    minute: "numeric",
    second: "numeric",
    hourCycle: "h23",
    ...zone(timeZone),
  }).formatToParts(at);
  const part = (type: string) => Number(parts.find((p) => p.type === type)?.value ?? 0);
  return ((part("hour") * 60 + part("minute")) * 60 + part("second")) * 1000 + (at % 1000);
}

/** `1.1 GB`, `491 MB`. */
export const bytes = (n: number): string =>
  n >= 1e9 ? `${number(n / 1e9, 2)} GB` : n >= 1e6 ? `${number(n / 1e6, 0)} MB` : `${number(n / 1e3, 0)} kB`;

/** `pluggedInCharging` -> `plugged in charging`: enum values are the vocabulary's own words. */
export const unCamel = (word: string): string =>
  word
    .replace(/[_-]+/g, " ")
    .replace(/([a-z0-9])([A-Z])/g, "$1 $2")
    .toLowerCase();

/** A difference: more has its plus. */
export const signed = (n: number, digits: number): string => `${n > 0 ? "+" : ""}${number(n, digits)}`;
