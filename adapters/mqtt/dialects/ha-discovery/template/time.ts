/** Points in time, as templates read and write them; the zone is UTC where the text names none. */
import { float, Moment } from "./python.ts";

/** Of a moment, seconds since 1970, or ISO 8601 text; undefined for anything else. */
export function momentOf(value: unknown): Moment | undefined {
  if (value instanceof Moment) return value;
  const seconds = float(value);
  if (seconds !== undefined) return Math.abs(seconds) < 1e11 ? new Moment(seconds * 1000) : undefined;
  if (typeof value !== "string" || !/^\d{4}-\d{2}-\d{2}/.test(value) || value.length > 40) return undefined;
  const zoned = /(Z|[+-]\d{2}:?\d{2})$/.test(value) || value.length <= 10 ? value : `${value}Z`;
  const ms = Date.parse(zoned.replace(" ", "T"));
  return Number.isFinite(ms) ? new Moment(ms) : undefined;
}

const two = (value: number): string => String(value).padStart(2, "0");

/** strftime with the directives that clocks use; others stay as they are. */
export function formatted({ ms }: Moment, pattern: string): string {
  const at = new Date(ms);
  const fields: Readonly<Record<string, string>> = {
    Y: String(at.getUTCFullYear()),
    y: two(at.getUTCFullYear() % 100),
    m: two(at.getUTCMonth() + 1),
    d: two(at.getUTCDate()),
    H: two(at.getUTCHours()),
    I: two(at.getUTCHours() % 12 || 12),
    M: two(at.getUTCMinutes()),
    S: two(at.getUTCSeconds()),
    f: `${String(at.getUTCMilliseconds()).padStart(3, "0")}000`,
    p: at.getUTCHours() < 12 ? "AM" : "PM",
    z: "+0000",
    Z: "UTC",
    s: String(Math.floor(ms / 1000)),
    T: `${two(at.getUTCHours())}:${two(at.getUTCMinutes())}:${two(at.getUTCSeconds())}`,
    "%": "%",
  };
  return pattern
    .slice(0, 200)
    .replace(/%([a-zA-Z%])/g, (whole, key: string) => (Object.hasOwn(fields, key) ? (fields[key] ?? whole) : whole));
}
