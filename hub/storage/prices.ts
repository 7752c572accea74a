import type { PricePoint, SeriesFacts, StoredSeries } from "../model/price-series.ts";
import type { PriceStore } from "../ports.ts";
import type { Connection } from "./connect.ts";
import { StoreError } from "./error.ts";

const MAX_SERIES = 16;
/** Of one series: over twenty years. The oldest go. */
const MAX_DAYS = 8_000;
const DAY = 86_400_000;
const QUARTER = 900_000;
const QUARTERS = 96;
const HOURS = 24;

/** 96 quarter hours; NaN: not known. */
type Day = Float64Array;

/** A day whose hours are even takes a quarter of the room. */
function encode(day: Day): Buffer {
  const even = day.every((value, i) => Object.is(value, day[i - (i % 4)]));
  const values = even ? day.filter((_, i) => i % 4 === 0) : day;
  const data = Buffer.alloc(values.length * 8);
  values.forEach((value, i) => {
    data.writeDoubleLE(value, i * 8);
  });
  return data;
}

function decode(data: Buffer): Day {
  const count = data.length / 8;
  const by = count === HOURS ? 4 : 1;
  return Float64Array.from({ length: QUARTERS }, (_, i) => {
    const at = Math.floor(i / by) * 8;
    return at + 8 <= data.length ? data.readDoubleLE(at) : Number.NaN;
  });
}

/** Points on quarter hours, by UTC day. One that covers less than half of a quarter hour says nothing of it. */
function daysOf(points: readonly PricePoint[]): Map<number, Day> {
  const days = new Map<number, Day>();
  for (const { from, to, value } of points) {
    const end = Math.min(to, from + 7 * DAY);
    for (let at = Math.round(from / QUARTER) * QUARTER; at + QUARTER / 2 < end; at += QUARTER) {
      const number = Math.floor(at / DAY);
      let day = days.get(number);
      if (!day) {
        if (days.size >= MAX_DAYS) throw new RangeError(`text: at most ${MAX_DAYS} days at once`);
        day = new Float64Array(QUARTERS).fill(Number.NaN);
        days.set(number, day);
      }
      day[(at - number * DAY) / QUARTER] = value;
    }
  }
  return days;
}

interface Row {
  readonly day: number;
  readonly data: Buffer;
}

/** Prices by series; each change is committed before the call returns. */
export function pricesOf(db: Connection): PriceStore {
  const rowOf = db.prepare<[string, number], Buffer>("SELECT data FROM price WHERE series = ? AND day = ?").pluck();
  const put = db.transaction((facts: SeriesFacts, points: readonly PricePoint[], publishedAt: number) => {
    const known = db.prepare<[string], number>("SELECT count(*) FROM price_series WHERE id <> ?").pluck().get(facts.id);
    if ((known ?? 0) >= MAX_SERIES)
      throw new StoreError(
        "too-many",
        `there are already ${MAX_SERIES} series of prices`,
        "remove one that is not used",
      );
    db.prepare<[string, string]>(
      "INSERT INTO price_series (id, json) VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET json = excluded.json",
    ).run(facts.id, JSON.stringify(facts));
    const write = db.prepare<[string, number, number, Buffer]>(
      `INSERT INTO price (series, day, published_at, data) VALUES (?, ?, ?, ?)
       ON CONFLICT (series, day) DO UPDATE SET published_at = excluded.published_at, data = excluded.data`,
    );
    for (const [number, day] of daysOf(points)) {
      const before = rowOf.get(facts.id, number);
      const old = before && decode(before);
      const merged = old ? day.map((value, i) => (Number.isNaN(value) ? (old[i] ?? value) : value)) : day;
      const data = encode(merged);
      if (!before?.equals(data)) write.run(facts.id, number, publishedAt, data);
    }
    db.prepare<[string, string]>(
      `DELETE FROM price WHERE series = ? AND day IN
         (SELECT day FROM price WHERE series = ? ORDER BY day DESC LIMIT -1 OFFSET ${MAX_DAYS})`,
    ).run(facts.id, facts.id);
  });
  return {
    put,
    read(id, from, to) {
      const rows = db
        .prepare<[string, number, number], Row>(
          "SELECT day, data FROM price WHERE series = ? AND day >= ? AND day < ? ORDER BY day",
        )
        .all(id, Math.floor(from / DAY), Math.ceil(to / DAY));
      return seriesOf(rows);
    },
    list: () =>
      db
        .prepare<[], string>("SELECT json FROM price_series ORDER BY id")
        .pluck()
        .all()
        .map((json) => storedOf(db, JSON.parse(json))),
    remove: db.transaction((id: string) => {
      db.prepare<[string]>("DELETE FROM price WHERE series = ?").run(id);
      return db.prepare<[string]>("DELETE FROM price_series WHERE id = ?").run(id).changes > 0;
    }),
  };
}

/** Only changes are kept: a value holds until the next one, and what is not known is NaN. */
function seriesOf(rows: readonly Row[]): { readonly starts: Float64Array; readonly values: Float64Array } {
  const starts: number[] = [];
  const values: number[] = [];
  let last = Number.NaN;
  let end = Number.NEGATIVE_INFINITY;
  const add = (at: number, value: number) => {
    if (Object.is(value, last)) return;
    starts.push(at);
    values.push(value);
    last = value;
  };
  for (const { day, data } of rows) {
    if (day * DAY > end) add(end, Number.NaN);
    decode(data).forEach((value, i) => {
      add(day * DAY + i * QUARTER, value);
    });
    end = (day + 1) * DAY;
  }
  add(end, Number.NaN);
  return { starts: Float64Array.from(starts), values: Float64Array.from(values) };
}

function storedOf(db: Connection, facts: SeriesFacts): StoredSeries {
  const edge = (order: "ASC" | "DESC") =>
    db
      .prepare<[string], Row>(`SELECT day, data FROM price WHERE series = ? ORDER BY day ${order} LIMIT 1`)
      .get(facts.id);
  const { days = 0, publishedAt = null } =
    db
      .prepare<[string], { days: number; publishedAt: number | null }>(
        "SELECT count(*) AS days, max(published_at) AS publishedAt FROM price WHERE series = ?",
      )
      .get(facts.id) ?? {};
  const [first, last] = [edge("ASC"), edge("DESC")];
  if (!first || !last || publishedAt === null) return { ...facts, days: 0 };
  const from = decode(first.data).findIndex((value) => !Number.isNaN(value));
  const to = decode(last.data).findLastIndex((value) => !Number.isNaN(value));
  return {
    ...facts,
    days,
    publishedAt,
    from: first.day * DAY + from * QUARTER,
    to: last.day * DAY + (to + 1) * QUARTER,
  };
}
