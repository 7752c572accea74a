/** Bodies as no device should send them, and every broker will deliver. */
import type { Chance } from "./chance.ts";
import { type Said, wireText } from "./firmware.ts";

const POLLUTION =
  '"__proto__":{"kitPolluted":1},"constructor":{"prototype":{"kitPolluted":1}},"prototype":{"kitPolluted":1}';

/** The text of a body with keys in every object that reach for the prototype of all objects; undefined without objects. */
export function polluted(said: Said): string | undefined {
  const text = wireText(said.body);
  if (typeof said.body !== "object" || !text.includes("{")) return undefined;
  // Braces within texts are rare in announcements and do no harm here: the body is hostile anyway.
  return text.replaceAll("{}", `{${POLLUTION}}`).replace(/\{(?=")/g, `{${POLLUTION},`);
}

const nasty = [
  "null",
  '""',
  '"NaN"',
  '"unavailable"',
  '"\\ud800"',
  '"__proto__"',
  "1e308",
  "-1e308",
  "-0",
  "1e21",
  "9007199254740993",
  "true",
  "false",
  "[]",
  "{}",
  "[[]]",
  '"ON"',
  '"0x1"',
  "[null,null]",
  '{"__proto__":{"kitPolluted":1}}',
  `"${"x".repeat(5000)}"`,
  `${"[".repeat(2000)}${"]".repeat(2000)}`,
] as const;

const VALUE = /(?<=[:[,]\s*)(?:"(?:[^"\\]|\\.)*"|-?\d[\d.eE+-]*|true|false|null)/g;

/** The message with one thing broken, somewhere. */
export function broken({ topic, body }: Said, chance: Chance): { readonly topic: string; readonly payload: string } {
  const text = wireText(body);
  switch (chance.below(5)) {
    case 0:
      return { topic, payload: text.slice(0, chance.below(text.length + 1)) };
    case 1: {
      const at = chance.below(text.length + 1);
      return { topic, payload: text.slice(0, at) + String.fromCharCode(chance.below(128)) + text.slice(at + 1) };
    }
    case 2:
      return { topic, payload: chance.pick(nasty) };
    case 3: {
      // Never another beginning: under it the same words are a second bridge's, and not broken.
      const odd = [`${topic}/set`, `${topic}/`, `${topic}/x`, topic.slice(0, chance.below(topic.length))] as const;
      return { topic: chance.pick(odd) || "x", payload: text };
    }
    default: {
      const places = [...text.matchAll(VALUE)];
      const place = places[chance.below(Math.max(1, places.length))];
      if (!place) return { topic, payload: chance.pick(nasty) };
      const end = place.index + place[0].length;
      return { topic, payload: text.slice(0, place.index) + chance.pick(nasty) + text.slice(end) };
    }
  }
}

/** Most texts of one message that are replaced. */
const MAX_TEXTS = 40;

/** The body with each of its texts in turn replaced by a name that every object has. */
export function misnamed(said: Said): readonly string[] {
  if (typeof said.body !== "object") return [];
  const text = wireText(said.body);
  const places = [...text.matchAll(VALUE)].filter(([value]) => value.startsWith('"')).slice(0, MAX_TEXTS);
  return places.flatMap(({ 0: value, index }) =>
    ['"__proto__"', '"constructor"'].map((name) => text.slice(0, index) + name + text.slice(index + value.length)),
  );
}
