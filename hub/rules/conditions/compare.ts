import type { Value } from "../../model/capability.ts";
import type { Condition } from "../../model/plan.ts";
import { type Picture, type Truth, truth } from "../picture.ts";
import { opWords, subjectOfPath, valueInWords } from "../words/value.ts";
import { compares } from "./compares.ts";

type Compare = Extract<Condition, { kind: "compare" }>;

/** A value of the home against a limit, for some minutes if stated. Stale counts as unknown: nothing old drives a rule. */
export function compare(c: Compare, picture: Picture, scope: string): Truth {
  const known = picture.known(c.path);
  const key = `${scope}|${c.path}${c.op}${c.value}|${c.forMinutes ?? 0}`;
  if (known.status !== "known") {
    picture.memory.delete(key);
    return truth("unknown", `${named(c, picture)} is ${known.status}: ${known.reason}`);
  }
  const holds = compares(known.value, c.op, c.value);
  const seen = `${named(c, picture)} is ${shown(c.path, known.value)}${against(c, holds)}`;
  if (!c.forMinutes) return truth(holds, seen);
  if (!holds) {
    picture.memory.delete(key);
    return truth(false, seen);
  }
  const since = picture.memory.get(key) ?? Math.min(picture.now, known.at);
  picture.memory.set(key, since);
  const minutes = Math.floor((picture.now - since) / 60_000);
  return truth(minutes >= c.forMinutes, `${seen} for ${minutes} of ${c.forMinutes} min`);
}

/** The limit beside the value seen, where the value does not say it already. */
function against(c: Compare, holds: boolean): string {
  const limit = valueInWords(c.path, c.value);
  if (c.op === "=" || c.op === "!=") return holds === (c.op === "=") ? "" : `, not ${limit}`;
  return `, ${holds ? "" : "not "}${opWords[c.op].replace("is ", "")} ${limit}`;
}

const named = (c: Compare, picture: Picture): string =>
  picture.name ? subjectOfPath(c.path, (node) => picture.name?.(node) ?? node) : c.path;

const shown = (path: string, v: Value): string =>
  valueInWords(path, typeof v === "number" ? Math.round(v * 100) / 100 : v);
