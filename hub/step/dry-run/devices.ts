/**
 * The devices of a past: they say what they were recorded to say, until the rule asks them for something. From then on a device is as
 * the rule wants it until it is recorded to change by itself or by somebody's hand, or until the rule's next word.
 */
import type { Value } from "../../model/capability.ts";
import type { NodeState } from "../../model/home.ts";
import type { PastColumn } from "../../model/past.ts";
import { parsePath } from "../../model/path.ts";
import { indexAt, isSilentAt, type PastView, toldAt } from "../../rules/dry-run/view.ts";
import { agrees } from "../commands.ts";
import type { CoreState } from "../state.ts";

/** For so long something was other than it was recorded. Epoch ms. */
export interface Otherwise {
  readonly key: string;
  readonly from: number;
  readonly to: number;
  readonly was: Value | undefined;
  readonly is: Value;
  /** What ended it: the past itself, or the rule. Undefined: the end of the time. */
  readonly endedBy?: "past" | "rule";
}

interface Followed {
  readonly is: Value;
  readonly base: Value | undefined;
  readonly since: number;
  /** Of what people use: whether it stood by since, and up to where its power was looked at. */
  stoodBy: boolean;
  place: number;
}

/** Something that people use: when its power rises again, somebody has switched it on. W. */
export interface InUse {
  readonly power: PastColumn;
  readonly idleW: number;
  readonly useW: number;
}

/** Stretches of one rule that are kept; later ones count in no figure, and that is said. */
const MAX_STRETCHES = 50_000;

export class Devices {
  readonly otherwise: Otherwise[] = [];
  readonly #state: CoreState;
  readonly #columns: readonly PastColumn[];
  readonly #places: Int32Array;
  readonly #nodes: readonly (NodeState | undefined)[];
  readonly #followed = new Map<string, Followed>();
  readonly #silences: Pick<PastView, "silences">;
  /** By text path of what its course is asked for: stretches that are over, rising. */
  readonly #over = new Map<string, Otherwise[]>();
  /** By text path of a thermometer: so much warmer than it told, K. */
  readonly #shifts = new Map<string, number>();
  /** By column: the rule writes it. */
  readonly #isOwn: readonly boolean[];
  readonly #uses: ReadonlyMap<string, InUse>;

  /** `own`: text paths that the rule writes. `uses`: of which of them people switch on what was off, by text path. */
  constructor(
    state: CoreState,
    columns: readonly PastColumn[],
    past: Pick<PastView, "silences">,
    own: ReadonlySet<string>,
    uses: ReadonlyMap<string, InUse> = new Map(),
  ) {
    this.#uses = uses;
    this.#isOwn = columns.map((c) => own.has(c.key));
    this.#state = state;
    this.#columns = columns;
    this.#places = new Int32Array(columns.length).fill(-1);
    this.#nodes = columns.map((c) => state.home.nodes.get(parsePath(c.key)?.node ?? ""));
    this.#silences = past;
  }

  /**
   * Everything that was told before `at`, and with `included` what was told right then; of what the rule writes only what was told
   * before: what it says in the same moment may already be the answer.
   */
  bring(at: number, included: boolean): void {
    for (let k = 0; k < this.#columns.length; k++) {
      const column = this.#columns[k] as PastColumn;
      const { ats } = column;
      let place = this.#places[k] ?? -1;
      const begin = place;
      const followed = this.#followed.size > 0 && this.#followed.has(column.key);
      const upTo = included && !this.#isOwn[k];
      while (place + 1 < ats.length) {
        const next = ats[place + 1] ?? 0;
        if (upTo ? next > at : next >= at) break;
        place += 1;
        if (followed) this.#past(column, place);
      }
      this.#places[k] = place;
      if (followed) this.#usedBy(at, k, column, place);
      if (place !== begin) this.#hold(k, column, place);
    }
    // Nothing that a silent one said counts as fresh: far enough back for any device.
    for (const node of this.#state.home.nodes.values())
      node.heardAt = isSilentAt(this.#silences, node.description.id, at) ? 0 : at;
  }

  #hold(k: number, column: PastColumn, place: number): void {
    const value = this.#followed.get(column.key)?.is ?? this.told(column, place);
    const at = column.ats[place] ?? 0;
    this.#nodes[k]?.values.set(column.key, { value, at, source: "history", ageUnknown: false });
  }

  /** What a column told, as warm as it would have been. */
  told(column: PastColumn, place: number): Value {
    const value = toldAt(column, place);
    const shift = this.#shifts.get(column.key);
    return shift !== undefined && typeof value === "number" ? Math.round((value + shift) * 100) / 100 : value;
  }

  /** From now on a thermometer tells so much more, K: what it tells now; undefined: it told nothing yet. */
  shift(key: string, by: number): Value | undefined {
    this.#shifts.set(key, by);
    const k = this.#columns.findIndex((c) => c.key === key);
    const [column, place] = [this.#columns[k], this.#places[k] ?? -1];
    return column && place >= 0 ? this.told(column, place) : undefined;
  }

  /** Whether something was other than recorded at or after a moment. */
  isOtherwise(key: string, from: number): boolean {
    return this.#followed.has(key) || (this.#over.get(key)?.at(-1)?.to ?? 0) > from;
  }

  /** What it was and what it would have been from one moment to the other, piece by piece. */
  *course(
    key: string,
    from: number,
    to: number,
  ): Generator<{ was: Value | undefined; would: Value | undefined; ms: number }> {
    const column = this.#columns.find((c) => c.key === key);
    const own: Pick<Otherwise, "from" | "to" | "is">[] = [];
    const followed = this.#followed.get(key);
    if (followed) own.push({ is: followed.is, from: followed.since, to });
    const over = this.#over.get(key) ?? [];
    for (let i = over.length - 1; (over[i]?.to ?? 0) > from; i--) if (over[i]) own.push(over[i] as Otherwise);
    const cuts = new Set([from, ...own.flatMap((o) => [o.from, o.to])]);
    let place = column ? indexAt(column.ats, from) : -1;
    for (let k = place + 1; column && (column.ats[k] ?? to) < to; k++) cuts.add(column.ats[k] ?? to);
    const ats = [...cuts].filter((at) => at >= from && at < to).sort((a, b) => a - b);
    for (const [i, at] of ats.entries()) {
      while (column && (column.ats[place + 1] ?? to) <= at) place += 1;
      const was = column && place >= 0 ? toldAt(column, place) : undefined;
      const would = own.find((o) => o.from <= at && at < o.to)?.is ?? was;
      yield { was, would, ms: (ats[i + 1] ?? to) - at };
    }
  }

  /** The past goes its own way again where it is recorded to change. */
  #past(column: PastColumn, place: number): void {
    const followed = this.#followed.get(column.key);
    if (!followed) return;
    const value = toldAt(column, place);
    if (followed.base !== undefined && agrees(column.key, value, followed.base)) return;
    this.#end(column.key, followed, column.ats[place] ?? 0, "past");
  }

  /** What the rule switched off is used again: a hand has switched it on. */
  #usedBy(at: number, k: number, column: PastColumn, place: number): void {
    const followed = this.#followed.get(column.key);
    const use = this.#uses.get(column.key);
    if (!followed || !use || followed.is !== false) return;
    const { ats, values } = use.power;
    for (; (ats[followed.place] ?? at) < at; followed.place++) {
      const watts = Number(values[followed.place]);
      if (watts < use.idleW) followed.stoodBy = true;
      else if (followed.stoodBy && watts > use.useW) {
        this.#end(column.key, followed, ats[followed.place] ?? at, "past");
        if (place >= 0) this.#hold(k, column, place);
        return;
      }
    }
  }

  #end(key: string, followed: Followed, to: number, endedBy?: "past" | "rule"): void {
    this.#followed.delete(key);
    const { since: from, base: was, is } = followed;
    if (to <= from || this.otherwise.length >= MAX_STRETCHES) return;
    if (was !== undefined && agrees(key, is, was)) return;
    const stretch: Otherwise = endedBy ? { key, from, to, was, is, endedBy } : { key, from, to, was, is };
    this.otherwise.push(stretch);
    const over = this.#over.get(key);
    if (over) over.push(stretch);
    else this.#over.set(key, [stretch]);
  }

  /** The rule asked for this, and the device does it. */
  follow(key: string, is: Value, at: number): void {
    const before = this.#followed.get(key);
    if (before) this.#end(key, before, at, "rule");
    const k = this.#columns.findIndex((c) => c.key === key);
    const column = this.#columns[k];
    const place = this.#places[k] ?? -1;
    const base = column && place >= 0 ? toldAt(column, place) : undefined;
    if (base !== undefined && agrees(key, is, base)) return;
    const use = this.#uses.get(key);
    const begin = use ? indexAt(use.power.ats, at) + 1 : 0;
    this.#followed.set(key, { is, base, since: at, stoodBy: false, place: begin });
  }

  /** Whether a recorded reading is heard: not while the device does what the rule wants, and the past does not change. */
  hears(column: PastColumn, place: number): boolean {
    if (this.#followed.has(column.key)) this.#past(column, place);
    return !this.#followed.has(column.key);
  }

  /** When (epoch ms) the next recorded reading of any attribute comes. */
  nextAt(after: number): number {
    let next = Number.POSITIVE_INFINITY;
    for (let k = 0; k < this.#columns.length; k++) {
      const { ats } = this.#columns[k] as PastColumn;
      for (let place = (this.#places[k] ?? -1) + 1; place < ats.length; place++) {
        const at = ats[place] ?? 0;
        if (at <= after) continue;
        next = Math.min(next, at);
        break;
      }
    }
    return next;
  }

  close(at: number): void {
    for (const [key, followed] of [...this.#followed]) this.#end(key, followed, at);
  }
}
