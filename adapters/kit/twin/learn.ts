/** What a recording teaches of a device: what it announces, what it repeats, how it answers, and how it leaves. Pure. */
import type { Value } from "../../../hub/model/capability.ts";
import { pathKey } from "../../../hub/model/path.ts";
import type { Recorded, Recording } from "../recording.ts";
import { type Echo, echoesIn } from "./echo.ts";
import { type Form, formsOf, wishesIn } from "./forms.ts";
import { type Leaf, leavesOf, numberIn } from "./leaves.ts";
import { type Series, seriesKey, seriesOf } from "./numbers.ts";
import { type Presence, presencesIn } from "./presence.ts";
import { Reader, type Told } from "./reader.ts";

export interface Plan {
  readonly reader: Reader;
  readonly forms: readonly Form[];
  readonly echoes: readonly Echo[];
  /** Said once, at the beginning: the last of each topic. */
  readonly announce: readonly Recorded[];
  /** Repeated, round after round. */
  readonly tape: readonly Recorded[];
  /** Length of a round. */
  readonly seconds: number;
  /** Topics that it listens to. */
  readonly hears: readonly string[];
  readonly presences: readonly Presence[];
  readonly series: ReadonlyMap<string, Series>;
  /** Values that were seen in a field, by {@link seriesKey}. */
  readonly seen: ReadonlyMap<string, ReadonlySet<Leaf>>;
  /** What orders changed, as it was before the first of them: fields of topics, and values of the house. */
  readonly before: {
    readonly leaves: readonly { readonly topic: string; readonly path: string; readonly leaf: Leaf }[];
    readonly values: ReadonlyMap<string, Value>;
  };
}

const MAX_SEEN = 24;
const DATE = /\d{4}-\d{2}-\d{2}|\d{1,2}:\d{2}/;

/** A word or switch that an order sets; what is counted, measured or dated goes its own way. */
export const isSetting = (leaf: Leaf): boolean =>
  leaf !== null && numberIn(leaf) === undefined && !DATE.test(String(leaf));

/** Where in a payload a field of the hub's stands, as far as the names tell. */
export function leafOfField(payload: string, field: string): string | undefined {
  const paths = [...leavesOf(payload).keys()];
  if (paths.length === 1) return paths[0];
  const named = paths.map((path) => [path, JSON.parse(path).join(".")] as const);
  return (named.find(([, name]) => name === field) ?? named.find(([, name]) => name.endsWith(`.${field}`)))?.[0];
}

function seenIn(messages: readonly Recorded[]): ReadonlyMap<string, ReadonlySet<Leaf>> {
  const seen = new Map<string, Set<Leaf>>();
  for (const { topic, payload } of messages)
    for (const [path, leaf] of leavesOf(payload)) {
      const key = seriesKey(topic, path);
      const known = seen.get(key) ?? new Set<Leaf>();
      if (known.size < MAX_SEEN) known.add(leaf);
      seen.set(key, known);
    }
  return seen;
}

/** State before the first order, of what orders changed. */
function beforeOrders(
  reader: Reader,
  forms: readonly Form[],
  messages: readonly Recorded[],
  echoes: readonly Echo[],
): Plan["before"] {
  const first = messages.findIndex((m) => m.dir === "to-device" && !m.kept);
  if (first < 0) return { leaves: [], values: new Map() };
  const last = new Map<string, string>();
  const values = new Map<string, Value>();
  const wanted = new Set(
    messages.flatMap((m) =>
      m.dir === "to-device"
        ? wishesIn(reader, forms, m.topic, m.payload).flatMap((w) => w.wants.map((v) => v.key))
        : [],
    ),
  );
  for (const message of messages.slice(0, first)) {
    if (message.dir === "to-device") continue;
    last.set(message.topic, message.payload);
    for (const { path, value } of reader.hear(message).told)
      if (wanted.has(pathKey(path))) values.set(pathKey(path), value);
  }
  const leaves = echoes.flatMap(({ replies }) =>
    replies.flatMap(({ topic, payload }) => {
      const was = leavesOf(last.get(topic) ?? "{}");
      return [...leavesOf(payload)].flatMap(([path, leaf]) => {
        const old = was.get(path);
        return old !== undefined && old !== leaf && isSetting(old) ? [{ topic, path, leaf: old }] : [];
      });
    }),
  );
  return { leaves, values };
}

function split(said: readonly Recorded[], answers: ReadonlySet<Recorded>): Pick<Plan, "announce" | "tape"> {
  const times = new Map<string, number>();
  for (const { topic } of said) times.set(topic, (times.get(topic) ?? 0) + 1);
  const once = (m: Recorded): boolean => m.kept === true || (m.retain && times.get(m.topic) === 1);
  // What was only ever said in answer is said once unasked: the next hub may not ask. Answers of JSON-RPC are for their asker alone.
  const other = new Set(said.filter((m) => !answers.has(m)).map((m) => m.topic));
  const onlyAnswer = (m: Recorded): boolean => answers.has(m) && !other.has(m.topic) && !m.topic.endsWith("/rpc");
  const announced = new Map(said.filter((m) => once(m) || onlyAnswer(m)).map((m) => [m.topic, m]));
  return {
    announce: said.filter((m) => announced.get(m.topic) === m),
    tape: said.filter((m) => !once(m) && !answers.has(m)),
  };
}

/** Learns from all of a recording at once. */
export function learn({ head, messages }: Recording): Plan {
  const reader = new Reader();
  for (const message of messages) reader.hear(message);
  const forms = formsOf(reader);
  const said = messages.filter((m) => m.dir !== "to-device");
  const { echoes, answers } = echoesIn(messages);
  const fields = new Map<string, Told>();
  // Once more: values that came before their description are told now.
  for (const { topic, payload, kept } of said)
    for (const told of reader.hear({ topic, payload, ...(kept ? { kept } : {}) }).told) {
      const path = leafOfField(payload, told.field);
      if (path !== undefined) fields.set(seriesKey(topic, path), told);
    }
  const { announce, tape } = split(said, answers);
  const gaps = tape.length > 1 ? ((tape.at(-1)?.at ?? 0) - (tape[0]?.at ?? 0)) / (tape.length - 1) : 1;
  const presences = presencesIn(reader, said);
  const orders = messages.flatMap((m) => (m.dir === "to-device" ? [m.topic] : []));
  return {
    reader,
    forms,
    echoes,
    announce,
    tape,
    seconds: Math.max(head.seconds, (tape.at(-1)?.at ?? 0) + Math.max(0.1, gaps)),
    hears: [...new Set([...forms.map((f) => f.topic), ...orders])],
    presences,
    series: seriesOf(tape, (topic, path) => fields.get(seriesKey(topic, path))),
    seen: seenIn(said),
    before: beforeOrders(reader, forms, messages, echoes),
  };
}
