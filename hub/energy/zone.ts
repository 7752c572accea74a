/**
 * What to add to UTC to get a time zone's clock, exact to the second, from the tables of Intl. Kept as stretches of one
 * offset: asking Intl for every moment would cost a hundred times more, and so would an object for every moment.
 */

/** From one change of the clock to the next, epoch ms, `to` excluded. The end may be nearer than the next change. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
  /** ms to add to epoch ms to get the wall clock as if it were UTC. */
  readonly offset: number;
}

interface Zone {
  readonly measure: (at: number) => number;
  readonly chunks: Map<number, readonly Stretch[]>;
  last: Stretch;
}

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** Since 1970 no zone has changed its clock twice within 6.9 days: no change hides between two looks. */
const STEP = 6 * DAY;
const CHUNK = 16 * STEP;
const MAX_ZONES = 16;
/** 500 years; then a zone's memory starts over. */
const MAX_CHUNKS = 2_000;
const NEVER: Stretch = { from: 0, to: 0, offset: 0 };

const zones = new Map<string, Zone>();

function zoneOf(timeZone: string): Zone {
  const known = zones.get(timeZone);
  if (known) return known;
  const zone: Zone = { measure: measureOf(timeZone), chunks: new Map(), last: NEVER };
  if (zones.size >= MAX_ZONES) zones.clear();
  zones.set(timeZone, zone);
  return zone;
}

const fields = ["day", "hour", "minute", "second"] as const;

/**
 * How to read a zone's offset. Asked for no more than it takes: the day of the month tells yesterday from tomorrow. Where
 * in the text each field stands is the runtime's affair, so it is looked up once; all are two digits wide.
 */
function measureOf(timeZone: string): (at: number) => number {
  const format = new Intl.DateTimeFormat("en-US", {
    timeZone,
    calendar: "gregory",
    numberingSystem: "latn",
    hourCycle: "h23",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
  });
  const parts = format.formatToParts(0);
  const [day, hour, minute, second] = fields.map((field) => {
    const index = parts.findIndex((part) => part.type === field);
    return parts.slice(0, index).reduce((sum, part) => sum + part.value.length, 0);
  });
  return (at) => {
    const text = format.format(at);
    const of = (position = 0) => Number(text.slice(position, position + 2));
    const shown = of(hour) * HOUR + of(minute) * 60_000 + of(second) * 1000;
    const whole = Math.floor(at / 1000) * 1000;
    const today = Math.floor(at / DAY) * DAY;
    const date = of(day);
    const dayShown = [today, today - DAY, today + DAY].find((midnight) => new Date(midnight).getUTCDate() === date);
    return (dayShown ?? today) + shown - whole;
  };
}

function chunkOf(zone: Zone, index: number): readonly Stretch[] {
  const known = zone.chunks.get(index);
  if (known) return known;
  const stretches: Stretch[] = [];
  let from = index * CHUNK;
  let offset = zone.measure(from);
  for (let at = from + STEP; at <= (index + 1) * CHUNK; at += STEP) {
    const next = zone.measure(at);
    if (next === offset) continue;
    const change = changeBetween(zone, at - STEP, at, offset);
    stretches.push({ from, to: change, offset });
    from = change;
    offset = next;
  }
  if (from < (index + 1) * CHUNK) stretches.push({ from, to: (index + 1) * CHUNK, offset });
  if (zone.chunks.size >= MAX_CHUNKS) zone.chunks.clear();
  zone.chunks.set(index, stretches);
  return stretches;
}

/** The first second with another offset than `before`; `low` still has it, `high` no longer. */
function changeBetween(zone: Zone, low: number, high: number, before: number): number {
  let [a, b] = [low / 1000, high / 1000];
  while (b - a > 1) {
    const middle = Math.floor((a + b) / 2);
    if (zone.measure(middle * 1000) === before) a = middle;
    else b = middle;
  }
  return b * 1000;
}

function pieceAt(zone: Zone, at: number): Stretch {
  const stretches = chunkOf(zone, Math.floor(at / CHUNK));
  return stretches.find((stretch) => at < stretch.to) ?? NEVER;
}

/**
 * The stretch of one offset that a moment lies in. It begins at the change before the moment, or where there was none
 * for 96 days. Throws RangeError for an unknown zone or for a moment outside of the years that Date knows.
 */
export function stretchAt(at: number, timeZone: string): Stretch {
  const zone = zoneOf(timeZone);
  if (at >= zone.last.from && at < zone.last.to) return zone.last;
  const piece = pieceAt(zone, at);
  const before = pieceAt(zone, piece.from - 1);
  zone.last = before.offset === piece.offset ? { ...piece, from: before.from } : piece;
  return zone.last;
}

/** What to add to epoch ms to get the wall clock as if it were UTC. Throws RangeError for an unknown zone. */
export const offsetAt = (at: number, timeZone: string): number => stretchAt(at, timeZone).offset;
