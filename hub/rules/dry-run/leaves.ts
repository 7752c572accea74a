/** Tracks of conditions over a past. */
import type { HouseState } from "../../model/house.ts";
import type { PastColumn, PastStretch } from "../../model/past.ts";
import { parsePath, pathKey } from "../../model/path.ts";
import type { Known } from "../../model/reading.ts";
import type { Comparison, Condition } from "../../model/rule/condition.ts";
import type { Expression } from "../../model/rule/expression.ts";
import { compares } from "../conditions/compares.ts";
import { evaluate } from "../evaluate.ts";
import type { Picture } from "../picture.ts";
import { factMarks, marksOf } from "./marks.ts";
import { flat, joined, lastingFor, MAYBE, NO, type Track, TrackBuilder, turned, UNKNOWN, YES } from "./track.ts";
import { houseAt, indexAt, isSilentAt, once, type PastView, toldAt } from "./view.ts";

const MINUTE = 60_000;

/** What a condition came to. `own`: paths that the rule itself writes: what they said depends on it. */
export function* trackOf(c: Condition, view: PastView, own: ReadonlySet<string>): Generator<undefined, Track> {
  yield;
  switch (c.kind) {
    case "all":
    case "any": {
      const parts: Track[] = [];
      for (const part of c.of) parts.push(yield* trackOf(part, view, own));
      return joined(parts, c.kind === "all", view.from);
    }
    case "not":
      return turned(yield* trackOf(c.of, view, own));
    case "compare":
      return lasting(compared([c.path], c, view, own, false), c, view);
    case "state": {
      const [capability = "", attribute = ""] = c.of.split(/\.(.*)/s);
      const keys = view.select(c.target, capability).map((spot) => pathKey({ ...spot, capability, attribute }));
      return lasting(compared(keys, c, view, own, c.every === true), c, view);
    }
    case "surplusAbove":
      return surplusTrack(c.watts, view, own);
    case "formula":
      return yield* formulaTrack(c, view, own);
    case "trigger":
      return flat(view.from, MAYBE);
    default:
      return yield* asked(c, view, (yield* marksOf(c, view)) ?? []);
  }
}

const lasting = (track: Track, c: { readonly forMinutes?: number | undefined }, view: PastView): Track =>
  c.forMinutes ? lastingFor(track, c.forMinutes * MINUTE, view.to) : track;

interface Limit {
  readonly op: Comparison;
  readonly value: number | boolean | string;
}

function compared(
  keys: readonly string[],
  { op, value }: Limit,
  view: PastView,
  own: ReadonlySet<string>,
  every: boolean,
): Track {
  if (keys.length === 0) return flat(view.from, UNKNOWN);
  const tracks = keys.map((key) =>
    own.has(key)
      ? maybeTrack([view.columns.get(key)], [], view)
      : once(view, `${key} ${op} ${typeof value} ${value}`, () => columnTrack(key, { op, value }, view)),
  );
  return joined(tracks, every, view.from);
}

function columnTrack(key: string, { op, value }: Limit, view: PastView): Track {
  const column = view.columns.get(key);
  if (!column) return flat(view.from, UNKNOWN);
  const built = new TrackBuilder();
  built.add(view.from, UNKNOWN);
  const { ats, values, kind } = column;
  const wanted = kind === "boolean" && typeof value === "boolean" ? Number(value) : value;
  for (let i = 0; i < ats.length; i++)
    built.add(Math.max(view.from, ats[i] ?? 0), compares(values[i] ?? 0, op, wanted) ? YES : NO);
  const silences = view.silences.get(parsePath(key)?.node ?? "") ?? [];
  return silences.length === 0 ? built.done() : silenced(built.done(), silences, view.from);
}

/** What a silent device said is not known. */
function silenced(track: Track, silences: readonly PastStretch[], from: number): Track {
  const built = new TrackBuilder();
  const points = [
    ...track.ats.map((at, i) => ({ at, says: track.says[i] ?? UNKNOWN, silent: undefined })),
    ...silences.flatMap((s) => [
      { at: Math.max(from, s.from), says: undefined, silent: true },
      { at: s.to, says: undefined, silent: false },
    ]),
  ].sort((a, b) => a.at - b.at);
  let says = UNKNOWN;
  let silent = false;
  for (const point of points) {
    says = point.says ?? says;
    silent = point.silent ?? silent;
    built.add(point.at, silent ? UNKNOWN : says);
  }
  return built.done();
}

function surplusTrack(watts: number, view: PastView, own: ReadonlySet<string>): Track {
  const { grid } = view;
  if (!grid) return flat(view.from, UNKNOWN);
  const limit = grid.reversed ? ({ op: ">", value: watts } as const) : ({ op: "<", value: -watts } as const);
  return compared([grid.key], limit, view, own, false);
}

/** It has to be asked at each of these moments. */
function maybeTrack(
  columns: readonly (PastColumn | undefined)[],
  marks: Iterable<readonly number[]>,
  view: PastView,
): Track {
  const ats = moments(columns, marks, view);
  return { ats, says: ats.map(() => MAYBE), musts: [] };
}

function moments(
  columns: readonly (PastColumn | undefined)[],
  marks: Iterable<readonly number[]>,
  view: PastView,
): number[] {
  const found = new Set<number>([view.from]);
  for (const column of columns)
    if (column)
      for (let i = 0; i < column.ats.length; i++)
        if (i === 0 || column.values[i] !== column.values[i - 1]) found.add(Math.max(view.from, column.ats[i] ?? 0));
  for (const list of marks) for (const at of list) found.add(at);
  return [...found].sort((a, b) => a - b);
}

/** Text paths that a formula reads, and whether it asks for what only a run knows. */
function readsIn(e: Expression, view: PastView, into: Set<string>): boolean {
  if (typeof e !== "object") return false;
  if ("variable" in e || "trigger" in e) return true;
  if ("read" in e) {
    const [capability = "", attribute = ""] = e.read.split(/\.(.*)/s);
    for (const spot of view.select(e.target, capability)) into.add(pathKey({ ...spot, capability, attribute }));
    return false;
  }
  if ("now" in e) {
    if (e.now === "surplus" && view.grid) into.add(view.grid.key);
    return false;
  }
  const parts = "op" in e ? e.of : [e.if, e.then, e.else];
  return parts.map((part) => readsIn(part, view, into)).some(Boolean);
}

function* formulaTrack(
  c: Extract<Condition, { kind: "formula" }>,
  view: PastView,
  own: ReadonlySet<string>,
): Generator<undefined, Track> {
  const keys = new Set<string>();
  const inner = readsIn(c.is, view, keys);
  const facts = new Set<readonly number[]>();
  factMarks(c.is, view, facts);
  const columns = [...keys].map((key) => view.columns.get(key));
  if (inner || [...keys].some((key) => own.has(key))) return maybeTrack(columns, facts, view);
  const edges = [...keys].flatMap((key) =>
    (view.silences.get(parsePath(key)?.node ?? "") ?? []).flatMap((s) => [Math.max(view.from, s.from), s.to]),
  );
  return yield* asked(c, view, moments(columns, [...facts, edges], view));
}

/** Marks between two rests. */
const CHUNK = 256;

/** The condition itself, asked at each mark; once for all rules that have it. */
function* asked(c: Condition, view: PastView, marks: readonly number[]): Generator<undefined, Track> {
  const key = JSON.stringify(c);
  const known = view.almanac.get(key);
  if (known) return known as Track;
  const built = new TrackBuilder();
  const picture = new LightPicture(view);
  const look = (at: number): void => {
    picture.now = at;
    const { holds } = evaluate(c, picture);
    built.add(at, holds === "unknown" ? UNKNOWN : holds ? YES : NO);
  };
  look(view.from);
  for (const [i, at] of marks.entries()) {
    if (at > view.from) look(at);
    if (i % CHUNK === CHUNK - 1) yield;
  }
  const track = built.done();
  view.almanac.set(key, track);
  return track;
}

/** The past at a moment, as far as conditions look at it. */
class LightPicture implements Picture {
  now: number;
  readonly timeZone: string;
  readonly memory = new Map<string, number>();
  readonly price: Picture["price"];
  readonly co2: (at: number) => number;
  readonly sunElevation: (at: number) => number;
  readonly sunDay: PastView["sunDay"];
  readonly select: PastView["select"];
  readonly #view: PastView;

  constructor(view: PastView) {
    this.#view = view;
    this.now = view.from;
    this.timeZone = view.timeZone;
    this.price = view.price;
    this.co2 = view.co2;
    this.sunElevation = view.sunElevation;
    this.sunDay = view.sunDay;
    this.select = view.select;
  }

  get exportPrice(): number {
    return this.#view.exportPrice(this.now);
  }

  get house(): HouseState | undefined {
    return houseAt(this.#view, this.now);
  }

  isHoliday(): boolean {
    return this.#view.isHoliday(this.now);
  }

  known(key: string): Known {
    const column = this.#view.columns.get(key);
    const i = column ? indexAt(column.ats, this.now) : -1;
    if (!column || i < 0) return { status: "unknown", reason: "never reported" };
    if (isSilentAt(this.#view, parsePath(key)?.node ?? "", this.now))
      return { status: "unknown", reason: "nothing heard" };
    return { status: "known", value: toldAt(column, i), at: column.ats[i] ?? this.now, source: "history" };
  }

  surplusW(): number | undefined {
    const { grid } = this.#view;
    const told = grid && this.known(grid.key);
    if (told?.status !== "known" || typeof told.value !== "number") return undefined;
    return grid?.reversed ? told.value : -told.value;
  }
}
