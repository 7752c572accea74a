import { type Recorder, text, texts } from "./import-ha-open.ts";
import { addTo, type ForeignValue } from "./import-hour.ts";
import { Slots } from "./import-slots.ts";
import { HOUR } from "./summary.ts";

/**
 * Home Assistant writes a state when it changes, so an unchanged one holds on; but not longer than this, and never beyond the end of
 * the run that wrote it.
 */
const HOLD_MS = 24 * HOUR;
/** Attributes of states are looked up once; so many are remembered. */
const MAX_ATTRIBUTES = 20_000;
/** States of one entity are counted so far. */
const MOST_COUNTED = 1_000_000;

interface Attributes {
  readonly unit: string;
  readonly name: string;
  readonly stateClass: string;
  readonly deviceClass: string;
}

function attributesOf(json: unknown): Attributes {
  let found: unknown;
  try {
    found = typeof json === "string" ? JSON.parse(json) : undefined;
  } catch {
    // A row that was cut off; it then has no unit.
  }
  const own = (name: string): string =>
    found && typeof found === "object" && Object.hasOwn(found, name) ? text(Reflect.get(found, name)) : "";
  return {
    unit: own("unit_of_measurement"),
    name: own("friendly_name"),
    stateClass: own("state_class"),
    deviceClass: own("device_class"),
  };
}

interface Row {
  readonly at: unknown;
  readonly state: unknown;
  readonly attributes: unknown;
}

export interface StateLog {
  /** Entities by what the rows of their states name them by. */
  entities(): { readonly id: string; readonly ref: number | string }[];
  refOf(id: string): number | string | undefined;
  /** What is known of an entity by its last state; undefined where it has none. */
  extent(
    ref: number | string,
  ): { readonly from: number; readonly to: number; readonly rows: number; readonly attributes: Attributes } | undefined;
  /** Five minutes in which a value is known, of [from, to), by start. Rows that say nothing are counted into `refused`. */
  slots(ref: number | string, unit: string, from: number, to: number, refused: Map<string, number>): ForeignValue[];
}

/** The states of a recorder, in whatever shape its version writes them; undefined where it has none. */
export function statesOf(recorder: Recorder): StateLog | undefined {
  const { db, states } = recorder;
  if (!states) return undefined;
  const { stamp, apart, shared } = states;
  const [time, who] = [`last_updated${stamp.end}`, apart ? "metadata_id" : "entity_id"];
  const from = `FROM states WHERE ${who} = ?`;
  const row = `SELECT ${time} AS at, state, ${shared ? "attributes_id" : "attributes"} AS attributes ${from}`;
  const sharedOf = shared
    ? db.prepare<[unknown], unknown>("SELECT shared_attrs FROM state_attributes WHERE attributes_id = ?").pluck()
    : undefined;
  const known = new Map<unknown, Attributes>();
  const attributes = (of: unknown): Attributes => {
    let found = known.get(of);
    if (found) return found;
    found = attributesOf(sharedOf ? sharedOf.get(of) : of);
    if (known.size >= MAX_ATTRIBUTES) known.clear();
    known.set(of, found);
    return found;
  };
  const edge = (order: "ASC" | "DESC") =>
    db.prepare<unknown[], Row>(`${row} AND ${time} IS NOT NULL ORDER BY ${time} ${order} LIMIT 1`);
  const [first, last] = [edge("ASC"), edge("DESC")];
  const count = db
    .prepare<unknown[], number>(`SELECT count(*) FROM (SELECT 1 ${from} AND ${time} IS NOT NULL LIMIT ${MOST_COUNTED})`)
    .pluck();
  const before = db.prepare<unknown[], Row>(`${row} AND ${time} < ? ORDER BY ${time} DESC LIMIT 1`);
  const within = db.prepare<unknown[], Row>(`${row} AND ${time} >= ? AND ${time} < ? ORDER BY ${time}`);
  const list = apart
    ? "SELECT entity_id AS id, metadata_id AS ref FROM states_meta"
    : "SELECT DISTINCT entity_id AS id, entity_id AS ref FROM states";
  return {
    entities: () =>
      db
        .prepare<[], { id: unknown; ref: number | string }>(list)
        .all()
        .flatMap(({ id, ref }) => (typeof id === "string" ? [{ id, ref }] : [])),
    refOf: (id) =>
      apart
        ? db.prepare<[string], number>("SELECT metadata_id FROM states_meta WHERE entity_id = ?").pluck().get(id)
        : id,
    extent(ref) {
      const [begin, end] = [first.get(ref), last.get(ref)];
      if (!begin || !end) return undefined;
      const rows = count.get(ref) ?? 0;
      return { from: stamp.ms(begin.at), to: stamp.ms(end.at), rows, attributes: attributes(end.attributes) };
    },
    slots(ref, unit, start, to, refused) {
      const ends = endsOf(recorder, start - HOLD_MS, to);
      const slots = new Slots(start, to, (at) => Math.min(at + HOLD_MS, ends(at)));
      const take = (one: Row, counted: Map<string, number> | undefined) => {
        const value = numberIn(one.state, () => attributes(one.attributes).unit, unit);
        if (typeof value === "string" && counted) addTo(counted, value);
        slots.take(stamp.ms(one.at), typeof value === "number" ? value : undefined);
      };
      const held = before.get(ref, stamp.sql(start));
      if (held) take(held, undefined);
      for (const one of within.iterate(ref, stamp.sql(start), stamp.sql(to))) take(one, refused);
      return slots.end();
    },
  };
}

const NUMBER = /^\s*[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?\s*$/;

/** A state's number, or why it is none: text of Home Assistant's own, of a device, or of another unit. */
function numberIn(state: unknown, unitOf: () => string, unit: string): number | string {
  if (typeof state !== "string" || state === "" || state === "unavailable" || state === "unknown")
    return "was unavailable or unknown";
  const value = NUMBER.test(state) ? Number(state) : Number.NaN;
  if (!Number.isFinite(value)) return "is no number";
  const own = unitOf();
  return own === unit ? value : `was told in ${own || "no unit"} instead of ${unit || "no unit"}`;
}

/** Until when what was told at a moment can have held: the end of the run that it was told in, or of the last known. */
function endsOf({ db, states, runs }: Recorder, from: number, to: number): (at: number) => number {
  const { stamp } = states ?? { stamp: texts };
  const time = `last_updated${stamp.end}`;
  const lastBefore = db.prepare<unknown[], unknown>(`SELECT max(${time}) FROM states WHERE ${time} < ?`).pluck();
  const found: number[] = [];
  if (runs)
    for (const { end, lost } of db
      .prepare<unknown[], { end: unknown; lost: unknown }>(
        'SELECT "end", closed_incorrect AS lost FROM recorder_runs WHERE "end" >= ? AND "end" < ? ORDER BY "end" LIMIT 100000',
      )
      .iterate(texts.sql(Math.max(0, from)), texts.sql(to))) {
      const at = texts.ms(end);
      // A run that was cut off is ended by the next one's start; nobody knows more than its last state.
      const ended = lost ? stamp.ms(lastBefore.get(stamp.sql(at))) : at;
      if (Number.isFinite(ended)) found.push(ended);
    }
  const over = stamp.ms(db.prepare<[], unknown>(`SELECT max(${time}) FROM states`).pluck().get());
  found.push(Number.isFinite(over) ? over : to);
  found.sort((a, b) => a - b);
  let next = 0;
  return (at) => {
    if ((found[next - 1] ?? 0) > at) next = 0;
    while (next < found.length - 1 && (found[next] ?? 0) <= at) next++;
    return found[next] ?? at;
  };
}
