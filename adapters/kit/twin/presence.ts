/** How a device says that it is there, and what its broker says when it is not. */
import type { Recorded } from "../recording.ts";
import type { Reader } from "./reader.ts";

export interface Presence {
  readonly topic: string;
  readonly retain: boolean;
  readonly online?: string;
  readonly offline?: string;
  /** How many devices hang on it; 0 where only the words tell. */
  readonly nodes: number;
}

/** Makers' words for there and gone. */
const PAIRS: readonly (readonly [there: string, gone: string])[] = [
  ["online", "offline"],
  ["Online", "Offline"],
  ["ONLINE", "OFFLINE"],
  ["connected", "disconnected"],
  ["Connected", "Disconnected"],
  ["ready", "lost"],
  ["alive", "dead"],
  ["true", "false"],
  ["1", "0"],
];
const TOPIC = /(^|\/)(lwt|availability|available|online|connected|\$state|connection|status)$/i;
/** A status of 1 may be anything; one of "online" is not. */
const isPresence = (topic: string, word: string): boolean =>
  TOPIC.test(topic) && !(/status$/i.test(topic) && /^(true|false|[01])$/.test(word));
const MAX_PRESENCES = 1000;

/** The same message of a device that is gone, in every way that makers write it. */
const goneForms = (online: string): readonly string[] =>
  PAIRS.flatMap(([there, gone]) =>
    new RegExp(`\\b${there}\\b`).test(online) ? [online.replace(new RegExp(`\\b${there}\\b`), gone)] : [],
  );

/** What the reader, who knows the devices, takes for gone; else what the words say. */
function goneFor(reader: Reader, topic: string, online: string): string | undefined {
  const forms = goneForms(online);
  const found = forms.find((payload) => reader.hear({ topic, payload }).presence.some((p) => !p.reachable));
  reader.hear({ topic, payload: online });
  return found;
}

/** All topics by which devices come and go. The reader must know the devices already. */
export function presencesIn(reader: Reader, messages: readonly Recorded[]): readonly Presence[] {
  const found = new Map<string, Presence>();
  for (const { topic, payload, retain, dir } of messages) {
    if (dir === "to-device" || (found.size >= MAX_PRESENCES && !found.has(topic))) continue;
    const told = reader.hear({ topic, payload }).presence;
    const word =
      told.length === 0 && isPresence(topic, payload) ? PAIRS.find((pair) => pair.includes(payload)) : undefined;
    if (told.length === 0 && !word) continue;
    const there = word ? word[0] === payload : told.some((p) => p.reachable);
    const before = found.get(topic);
    // A device's own reports also show that it is there; only a topic that says nothing else is its availability.
    if (!word && there && !before?.offline && goneFor(reader, topic, payload) === undefined) continue;
    found.set(topic, {
      ...before,
      topic,
      retain: retain || before?.retain === true,
      nodes: Math.max(before?.nodes ?? 0, told.length),
      ...(there ? { online: payload } : { offline: payload }),
    });
  }
  return [...found.values()].map((presence): Presence => {
    const { topic, online, offline } = presence;
    const gone =
      offline ?? (online === undefined ? undefined : (goneFor(reader, topic, online) ?? goneForms(online)[0]));
    return gone === undefined ? presence : { ...presence, offline: gone };
  });
}
