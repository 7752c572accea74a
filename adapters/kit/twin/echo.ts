/** What a device answered when it was told something, by example. */
import { isObject, type JsonObject, parseJson, textOf } from "../../mqtt/json.ts";
import type { Recorded } from "../recording.ts";
import { inForm, type Leaf, leavesOf, nameOf, withLeaves } from "./leaves.ts";

export interface Reply {
  /** Seconds after the order. */
  readonly after: number;
  readonly topic: string;
  readonly payload: string;
  readonly retain: boolean;
}

export interface Echo {
  readonly topic: string;
  readonly payload: string;
  readonly replies: readonly Reply[];
}

/** What a device says within this time of an order counts as its answer, if it is news. */
export const ANSWER_S = 2;
/** Fields that tell requests apart and change nothing. */
const LABELS = ["id", "src", "transaction"] as const;

const asked = (payload: string): JsonObject | undefined => {
  const json = parseJson(payload);
  return isObject(json) ? json : undefined;
};

/** The order without what only names this request. */
function sense(payload: string): string {
  const json = asked(payload);
  if (!json) return payload;
  const rest = Object.entries(json).filter(([key]) => !LABELS.some((label) => label === key));
  return JSON.stringify(rest.sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** A reply to whoever asks now: JSON-RPC answers go to `<src>/rpc` and repeat `id` and `dst`. */
function addressed(reply: Reply, before: JsonObject | undefined, now: JsonObject | undefined): Reply {
  const [from, to] = [textOf(before, "src"), textOf(now, "src")];
  if (!before || !now) return reply;
  const topic =
    from !== undefined && to !== undefined && reply.topic.startsWith(`${from}/`)
      ? `${to}${reply.topic.slice(from.length)}`
      : reply.topic;
  const changes = new Map<string, Leaf>();
  const leaves = leavesOf(reply.payload);
  for (const [label, within] of [
    ["id", "id"],
    ["src", "dst"],
    ["transaction", "transaction"],
  ] as const) {
    const path = JSON.stringify([within]);
    const value = Object.hasOwn(now, label) ? now[label] : undefined;
    if (leaves.get(path) === before[label] && (typeof value === "string" || typeof value === "number"))
      changes.set(path, value);
  }
  return { ...reply, topic, payload: withLeaves(reply.payload, changes) };
}

/** The replies to exactly this order, as recorded. */
export function repliesTo(echoes: readonly Echo[], topic: string, payload: string): readonly Reply[] | undefined {
  const echo = echoes.find((e) => e.topic === topic && sense(e.payload) === sense(payload));
  return echo?.replies.map((reply) => addressed(reply, asked(echo.payload), asked(payload)));
}

/** The replies to a like order with other values: what repeated the order's values then repeats these now. */
export function repliesLike(echoes: readonly Echo[], topic: string, payload: string): readonly Reply[] | undefined {
  const now = leavesOf(payload);
  const echo = echoes.find((e) => {
    const before = leavesOf(e.payload);
    return e.topic === topic && before.size === now.size && [...before.keys()].every((path) => now.has(path));
  });
  if (!echo) return undefined;
  const changed = [...leavesOf(echo.payload)].flatMap(([path, before]) => {
    const value = now.get(path);
    return value === undefined || value === before ? [] : [{ name: nameOf(path), before, value }];
  });
  const replies = echo.replies.map((reply) => {
    const changes = new Map<string, Leaf>();
    for (const [path, leaf] of leavesOf(reply.payload))
      for (const { name, before, value } of changed)
        if (String(leaf) === String(before) && (name === "" || path === "[]" || nameOf(path) === name))
          changes.set(path, inForm(leaf, value));
    return { ...reply, payload: withLeaves(reply.payload, changes), touched: changes.size > 0 };
  });
  if (changed.length > 0 && !replies.some((r) => r.touched)) return undefined;
  return replies.map(({ touched: _, ...reply }) => addressed(reply, asked(echo.payload), asked(payload)));
}

/** An order that may still be answered. */
interface Open extends Echo {
  readonly at: number;
  readonly replies: Reply[];
}

const MAX_OPEN = 50;

/** Whom a message answers: who asked by JSON-RPC, who asked under the answer's own topic, else the last that was ordered. */
function orderFor(open: readonly Open[], { at, topic, payload }: Recorded): Open | undefined {
  const recent = open.filter((o) => at - o.at <= ANSWER_S);
  if (topic.endsWith("/rpc")) {
    const { id, dst } = asked(payload) ?? {};
    const asker = recent.find((o) => dst !== undefined && asked(o.payload)?.src === dst && asked(o.payload)?.id === id);
    if (asker) return asker;
  }
  return recent.findLast((o) => o.topic.startsWith(`${topic}/`)) ?? recent.at(-1);
}

/** Orders and what followed each. `answers` are the messages that the echoes took. */
export function echoesIn(messages: readonly Recorded[]): {
  readonly echoes: readonly Echo[];
  readonly answers: ReadonlySet<Recorded>;
} {
  const echoes: Echo[] = [];
  const answers = new Set<Recorded>();
  const last = new Map<string, string>();
  let open: Open[] = [];
  for (const message of messages) {
    const { at, topic, payload, retain, dir, kept } = message;
    if (dir === "to-device") {
      const order: Open = { at, topic, payload, replies: [] };
      open = [...open.filter((o) => at - o.at <= ANSWER_S).slice(-MAX_OPEN), order];
      if (!kept) echoes.push(order);
      continue;
    }
    const order = orderFor(open, message);
    if (order && (last.get(topic) !== payload || order.topic.startsWith(topic)) && !kept) {
      order.replies.push({ after: at - order.at, topic, payload, retain });
      answers.add(message);
    }
    last.set(topic, payload);
  }
  return { echoes: echoes.filter((e) => e.replies.length > 0), answers };
}
