/** Hides what could be a secret in messages that are shown to people. */
import { isObject, type Json, jsonText, parseJson } from "./json.ts";

/** Names of fields and last parts of topics that hold secrets in makers' payloads. */
const SECRET = /pass(word|wd|phrase|code)?$|^pwd$|token|secret|(^|[_-])key$|apikey|psk|credential|^auth|cookie|^pin$/i;
export const HIDDEN = "***";
/** `password=…` and `token: …` within plain text. */
const IN_TEXT = /((?:password|passwd|pwd|token|secret|api_?key|psk)["']?\s*[=:]\s*)[^\s,;&"']+/gi;

export const isSecret = (name: string): boolean => SECRET.test(name);

function masked(json: Json, depth: number): Json {
  if (depth > 8) return HIDDEN;
  if (Array.isArray(json)) return json.map((item: Json) => masked(item, depth + 1));
  if (!isObject(json)) return json;
  return Object.fromEntries(
    Object.entries(json).map(([key, value]) => [key, isSecret(key) ? HIDDEN : masked(value, depth + 1)]),
  );
}

/** The payload without its secrets, at most so many characters. */
export function maskedSample(topic: string, payload: string, most: number): string {
  if (isSecret(topic.slice(topic.lastIndexOf("/") + 1))) return HIDDEN;
  const json = parseJson(payload);
  const text = typeof json === "object" && json !== null ? jsonText(masked(json, 0)) : payload;
  return (text ?? HIDDEN).replace(IN_TEXT, `$1${HIDDEN}`).slice(0, most);
}
