/** The twin's state: what it was told to be shows in everything that it says from then on. Pure. */
import type { Value } from "../../../hub/model/capability.ts";
import { pathKey } from "../../../hub/model/path.ts";
import { type Reply, repliesLike, repliesTo } from "./echo.ts";
import { wishesIn } from "./forms.ts";
import { isSetting, leafOfField, type Plan } from "./learn.ts";
import { inForm, type Leaf, leavesOf, numberIn, withLeaves } from "./leaves.ts";
import { seriesKey } from "./numbers.ts";
import type { Told } from "./reader.ts";

interface Wanted {
  readonly value: Value;
  /** The maker's own words for it in the order. */
  readonly raw: readonly Leaf[];
}

export type Way = "as recorded" | "by its dialect" | "like a recorded one";

/** Answers that the twin gives to an order, and how it came to them; without a way it has none. */
export interface Answer {
  readonly way?: Way;
  readonly replies: readonly Reply[];
}

/** Words that makers use for two sides. */
const WORDS: readonly Leaf[] = [
  true,
  false,
  "ON",
  "OFF",
  "on",
  "off",
  1,
  0,
  "true",
  "false",
  "open",
  "closed",
  "OPEN",
  "CLOSE",
];
const SCALES = [1, 10, 100, 1000, 0.1, 0.01, 0.001, 2.54, 2.55];
/** An answer of the dialect's making comes after so many seconds. */
const AFTER_S = 0.05;
const MAX_LEAVES = 64;
const MAX_TOPICS = 10_000;

const distance = (a: Value, b: Value): number => {
  if (typeof a === "number" && typeof b === "number") return Math.abs(a - b);
  return a === b ? 0 : Number.POSITIVE_INFINITY;
};
/** A maker's steps may miss the wanted number by this. */
const tolerance = (value: Value): number => (typeof value === "number" ? Math.max(1, Math.abs(value) / 100) : 0);

export class TwinState {
  readonly #plan: Plan;
  readonly #wanted = new Map<string, Wanted>();
  readonly #held = new Map<string, Map<string, Leaf>>();
  /** The last message that carried a value, by its path. */
  readonly #carriers = new Map<
    string,
    { readonly topic: string; readonly payload: string; readonly retain: boolean }
  >();

  constructor(plan: Plan) {
    this.#plan = plan;
    for (const { topic, path, leaf } of plan.before.leaves) this.#hold(topic, path, leaf);
    for (const [key, value] of plan.before.values) this.#wanted.set(key, { value, raw: [] });
    for (const { topic, payload, retain } of [...plan.announce, ...plan.tape]) this.tell(topic, payload, retain);
  }

  /** A message of the recording as it is now. */
  tell(topic: string, recorded: string, retain: boolean): string {
    const { reader } = this.#plan;
    const present = leavesOf(recorded);
    const held = new Map([...(this.#held.get(topic) ?? [])].filter(([path]) => present.has(path)));
    let payload = withLeaves(recorded, held);
    let { told } = reader.hear({ topic, payload });
    for (const one of told) {
      const wanted = this.#wanted.get(pathKey(one.path));
      if (wanted && distance(wanted.value, one.value) > 0) payload = this.#bent(topic, payload, one, wanted);
    }
    if (payload !== recorded) told = reader.hear({ topic, payload }).told;
    for (const { path } of told) this.#carriers.set(pathKey(path), { topic, payload, retain });
    return payload;
  }

  /** Takes an order in. Topics that it does not know are answered with nothing. */
  order(topic: string, payload: string): Answer {
    const { reader, forms, echoes } = this.#plan;
    const wishes = wishesIn(reader, forms, topic, payload);
    const exact = repliesTo(echoes, topic, payload);
    for (const { wants } of wishes) for (const { key, value, raw } of wants) this.#wanted.set(key, { value, raw });
    if (exact) return { way: "as recorded", replies: this.#settled(exact) };
    const byDialect = this.#shown(wishes.flatMap(({ wants }) => wants.map((w) => w.key)));
    if (byDialect.length > 0) return { way: "by its dialect", replies: byDialect };
    const like = repliesLike(echoes, topic, payload);
    return like ? { way: "like a recorded one", replies: this.#settled(like) } : { replies: [] };
  }

  #hold(topic: string, path: string, leaf: Leaf): void {
    const held = this.#held.get(topic) ?? new Map<string, Leaf>();
    if (this.#held.size < MAX_TOPICS || this.#held.has(topic)) this.#held.set(topic, held.set(path, leaf));
  }

  /** Recorded replies: the settings in them stay. */
  #settled(replies: readonly Reply[]): readonly Reply[] {
    return replies.map((reply) => {
      for (const [path, leaf] of leavesOf(reply.payload)) if (isSetting(leaf)) this.#hold(reply.topic, path, leaf);
      return { ...reply, payload: this.tell(reply.topic, reply.payload, reply.retain) };
    });
  }

  /** The messages that show these values, as they are now. */
  #shown(keys: readonly string[]): readonly Reply[] {
    const topics = new Map(
      keys.flatMap((key) => {
        const carrier = this.#carriers.get(key);
        return carrier ? [[carrier.topic, carrier] as const] : [];
      }),
    );
    return [...topics.values()].map(({ topic, payload, retain }) => ({
      after: AFTER_S,
      topic,
      payload: this.tell(topic, payload, retain),
      retain,
    }));
  }

  /** The payload with the one field changed that makes the hub read the wanted value; as it was where none does. */
  #bent(topic: string, payload: string, told: Told, { value, raw }: Wanted): string {
    const leaves = leavesOf(payload);
    const likely = leafOfField(payload, told.field);
    const paths = [...leaves.keys()].sort((a, b) => Number(b === likely) - Number(a === likely)).slice(0, MAX_LEAVES);
    let best: { readonly payload: string; readonly miss: number; readonly value: Value } = {
      payload,
      miss: tolerance(value),
      value,
    };
    for (const path of paths) {
      const leaf = leaves.get(path) ?? null;
      for (const candidate of this.#candidates(topic, path, leaf, told.value, value, raw)) {
        const tried = withLeaves(payload, new Map([[path, inForm(leaf, candidate)]]));
        const read = this.#plan.reader
          .hear({ topic, payload: tried })
          .told.find((t) => pathKey(t.path) === pathKey(told.path));
        const miss = read ? distance(read.value, value) : Number.POSITIVE_INFINITY;
        if (miss === 0) return tried;
        if (read && miss < best.miss) best = { payload: tried, miss, value: read.value };
      }
      if (best.payload !== payload) break;
    }
    // The nearest that the device can say is what it was told to be.
    this.#wanted.set(pathKey(told.path), { value: best.value, raw });
    return best.payload;
  }

  #candidates(
    topic: string,
    path: string,
    leaf: Leaf,
    now: Value,
    value: Value,
    raw: readonly Leaf[],
  ): readonly Leaf[] {
    const seen = [...(this.#plan.seen.get(seriesKey(topic, path)) ?? [])];
    const text = String(value);
    const spelled = [text.toUpperCase(), text.slice(0, 1).toUpperCase() + text.slice(1)];
    if (typeof value !== "number") return [...new Set([...raw, ...seen, value, ...spelled, ...WORDS])];
    const number = numberIn(leaf);
    if (number === undefined) return [];
    const ratio = typeof now === "number" && now !== 0 ? [(value * number) / now] : [];
    const scaled = SCALES.map((scale) => Number((value * scale).toPrecision(8)));
    const round = [...ratio, ...scaled].map((n) => Math.round(n));
    return [...new Set([...raw, ...ratio, ...scaled, ...round, ...seen])];
  }
}
