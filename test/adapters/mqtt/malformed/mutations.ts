/** Messages as no device should send them: one thing broken, somewhere, the same for the same seed. */
import type { Chance } from "../../../../adapters/kit/chance.ts";

export interface Raw {
  readonly topic: string;
  readonly payload: string;
  readonly retained: boolean;
}

/** A broken message; `cut`: it was a structure and is none any more, so that nothing in it can be believed. */
export interface Broken {
  readonly topic: string;
  readonly payload: string | Uint8Array;
  readonly retained: boolean;
  readonly how: string;
  readonly cut: boolean;
}

/** JSON texts that stand where another value was. */
const extremes = [
  ...["null", '""', '"NaN"', '"nan"', '"None"', '"unavailable"', '"unknown"', '" "', '"\\u0000"', '"\\ud800"'],
  ...["1e308", "-1e308", "1e400", "-1e400", "1e-320", "-0", "0", "1", "-1", "9007199254740993", "1e21", "-273.16"],
  ...["65535", "4294967295", "-32768", "2147483648", "1e12", "1.0000001e12", "100.0001", "101", "-101", "1000000"],
  ...["true", "false", "[]", "{}", "[[]]", "[null]", "[5]", '["ON"]', '{"value":5}', "[1,2,3]", '{"0":1}'],
  ...['"ON"', '"OFF"', '"on"', '"true"', '"0x1"', '"1e3"', '"1e999"', '"Infinity"', '"-Infinity"', '"1,5"', '"5 W"'],
  ...[
    '"__proto__"',
    '"constructor"',
    '"toString"',
    '"\\u202e12"',
    '"١٢"',
    '"１２"',
    '"#"',
    '"+/x"',
    '"a/b/c"',
    '"\\n"',
  ],
  ...['{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}', `"${"x".repeat(5000)}"`],
  ...[
    `${"[".repeat(100)}${"]".repeat(100)}`,
    `${"[".repeat(500)}${"]".repeat(500)}`,
    `"${"9".repeat(60)}"`,
    "12345678901234567890123",
    '"2026-01-01T00:00:00Z"',
  ],
] as const;

const odd = ["\ud800", "\u0000", "\ufeff", "\u202e", "\uffff", "é", "😀", "\u2028"] as const;
const levels = ["", "+", "#", "__proto__", "constructor", "0", "-1", "99999999", "x", "set", "$x", "\u0000"] as const;
const keys = [
  "__proto__",
  "constructor",
  "prototype",
  "toString",
  "",
  "0",
  "value",
  "id",
  "#",
  "a.b",
  "\\u0000",
] as const;

const VALUE = /(?<=[:[,]\s*)(?:"(?:[^"\\]|\\.)*"|-?\d[\d.eE+-]*|true|false|null)(?!\s*:)/g;
const KEY = /"(?:[^"\\]|\\.)*"(?=\s*:)/g;
/** Beyond this a long list of devices is searched from a place by chance. */
const WINDOW = 6000;

interface Spot {
  readonly from: number;
  readonly to: number;
}

function spot(text: string, what: RegExp, chance: Chance): Spot | undefined {
  const start = text.length > WINDOW ? chance.below(text.length - WINDOW) : 0;
  const found = [...text.slice(start, start + WINDOW).matchAll(what)];
  const one = found[chance.below(Math.max(1, found.length))];
  return one && { from: start + one.index, to: start + one.index + one[0].length };
}

const put = (text: string, { from, to }: Spot, by: string): string => text.slice(0, from) + by + text.slice(to);
const isTree = (text: string): boolean => /^\s*[[{]/.test(text);

/** The body with one value replaced by something that it should never be. */
function extreme(text: string, chance: Chance): string {
  const by = chance.pick(extremes);
  const at = isTree(text) ? spot(text, VALUE, chance) : undefined;
  if (at) return put(text, at, by);
  return by.startsWith('"') && chance.below(2) === 0 ? by.slice(1, -1) : by;
}

/** A key twice, under another name, gone, or with its value one deeper. */
function rekeyed(text: string, chance: Chance): string {
  const key = spot(text, KEY, chance);
  if (!key) return extreme(text, chance);
  const name = text.slice(key.from, key.to);
  const value = /^\s*:\s*("(?:[^"\\]|\\.)*"|-?\d[\d.eE+-]*|true|false|null)/.exec(text.slice(key.to, key.to + 500));
  switch (chance.below(5)) {
    case 0:
      return put(text, { from: key.from, to: key.from }, `${name}:${chance.pick(extremes)},`);
    case 1:
      return value
        ? put(text, { from: key.to, to: key.to + value[0].length }, `${value[0]},${name}:${chance.pick(extremes)}`)
        : text;
    case 2:
      return put(text, key, `"${chance.pick(keys)}"`);
    case 3:
      return put(text, key, name.toUpperCase() === name ? name.toLowerCase() : name.toUpperCase());
    default: {
      if (!value) return put(text, key, '"gone"');
      const raw = value[1] ?? "null";
      const deeper = [`{${name}:${raw}}`, `[${raw}]`, `{"value":${raw},"unit":"F"}`, `[[[[[[[[${raw}]]]]]]]]`] as const;
      return put(text, { from: key.to, to: key.to + value[0].length }, `:${chance.pick(deeper)}`);
    }
  }
}

function flipped(text: string, chance: Chance): Uint8Array {
  const bytes = Buffer.from(text);
  for (let left = 1 + chance.below(3); left > 0 && bytes.length > 0; left -= 1) {
    const at = chance.below(bytes.length);
    bytes[at] = (bytes[at] ?? 0) ^ (1 << chance.below(8));
  }
  return bytes;
}

function moved(topic: string, chance: Chance): string {
  const parts = topic.split("/");
  const at = chance.below(parts.length);
  const level = chance.pick(levels);
  switch (chance.below(6)) {
    case 0:
      return parts.filter((_, i) => i !== at).join("/");
    case 1:
      return parts.flatMap((p, i) => (i === at ? [p, level] : [p])).join("/");
    case 2:
      return parts.map((p, i) => (i === at ? level : p)).join("/");
    case 3:
      return parts.flatMap((p, i) => (i === at ? [p, p] : [p])).join("/");
    case 4:
      return `${topic}${chance.pick(["/", "/set", "/get", "/config", " ", "é"])}`;
    default:
      return parts.map((p, i) => (i === at ? p.toUpperCase() : p)).join("/");
  }
}

function deep(chance: Chance): string {
  const levelsDown = 50 + chance.below(4000);
  const [open, close] = chance.pick([
    ["[", "]"],
    ['{"a":', "}"],
    ['{"value":', "}"],
  ]);
  return open.repeat(levelsDown) + (open === "[" ? "" : "1") + close.repeat(levelsDown);
}

/** One message of these, broken. */
export function breakOne(messages: readonly Raw[], chance: Chance): Broken {
  const { topic, payload, retained } = messages[chance.below(messages.length)] ?? {
    topic: "x",
    payload: "",
    retained: false,
  };
  const same = { topic, retained: chance.below(4) === 0 ? !retained : retained, cut: false };
  const at = chance.below(payload.length + 1);
  switch (chance.below(12)) {
    case 0:
      return {
        ...same,
        payload: payload.slice(0, at),
        how: "cut",
        cut: isTree(payload) && at > 0 && at < payload.trimEnd().length,
      };
    case 1:
      return { ...same, payload: flipped(payload, chance), how: "flipped" };
    case 2:
      return {
        ...same,
        payload: put(payload, { from: at, to: at + chance.below(2) }, chance.pick(odd)),
        how: "unicode",
      };
    case 3:
      return { ...same, topic: moved(topic, chance), payload, how: "topic" };
    case 4: {
      const other = messages[chance.below(messages.length)]?.payload ?? "";
      return { ...same, payload: other, how: "swapped" };
    }
    case 5:
      return { ...same, payload: chance.below(3) === 0 ? deep(chance) : chance.pick(extremes), how: "whole" };
    case 6:
    case 7:
    case 8:
      return { ...same, payload: rekeyed(payload, chance), how: "keys" };
    default:
      return { ...same, payload: extreme(payload, chance), how: "value" };
  }
}

/** In another order, the same for the same seed. */
export function shuffled<T>(list: readonly T[], chance: Chance): T[] {
  const left = [...list];
  const out: T[] = [];
  while (left.length > 0) out.push(...left.splice(chance.below(left.length), 1));
  return out;
}
