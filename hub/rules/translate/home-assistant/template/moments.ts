import type { Comparison, Condition } from "../../../../model/rule/condition.ts";
import { joined } from "../spoken.ts";
import { clockOf } from "../times.ts";
import { type Node, pathIn, textIn } from "./parse.ts";

/** `now().strftime('%H:%M')` or the state of `sensor.time`, beside a time of day. */
export function clockIs(node: Node | undefined, op: Comparison, word: string | undefined): Condition | undefined {
  const at = clockOf(word)?.slice(0, 5);
  if (!at || !node || !isClock(node)) return undefined;
  const after = minuteAfter(at);
  const from = op === ">" || op === "<=" ? after : at;
  const later: Condition | undefined = from === "00:00" ? undefined : { kind: "between", from, to: "00:00" };
  if (op === ">" || op === ">=") return later;
  if (op === "<" || op === "<=") return from === "00:00" ? undefined : { kind: "between", from: "00:00", to: from };
  const now: Condition = { kind: "between", from: at, to: after };
  return op === "=" ? now : { kind: "not", of: now };
}

function isClock(node: Node): boolean {
  if (node.type === "CallExpression" && pathIn(node.callee)?.join(".") === "now().strftime")
    return /^%(H:%M|H:%M:%S|X|R|T)$/.test(textIn(node.args?.[0]) ?? "");
  if (node.type === "CallExpression" && pathIn(node.callee)?.join(".") === "states")
    return textIn(node.args?.[0]) === "sensor.time";
  return pathIn(node)?.join(".") === "states.sensor.time.state";
}

function minuteAfter(clock: string): string {
  const minute = (Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3)) + 1) % 1440;
  return `${String(Math.floor(minute / 60)).padStart(2, "0")}:${String(minute % 60).padStart(2, "0")}`;
}

const DAYS = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
const two = (n: number) => String(n).padStart(2, "0");

/** `now().month` beside a number of a month. */
export function calendarIs(node: Node | undefined, op: Comparison, value: number): Condition | undefined {
  if (pathIn(node)?.join(".") !== "now().month" || !Number.isInteger(value) || value < 1 || value > 12)
    return undefined;
  const of = (from: number, to: number): Condition | undefined =>
    from > to ? undefined : { kind: "date", from: `${two(from)}-01`, to: `${two(to)}-${DAYS[to - 1]}` };
  if (op === "=") return of(value, value);
  if (op === ">") return of(value + 1, 12);
  if (op === ">=") return of(value, 12);
  if (op === "<") return of(1, value - 1);
  if (op === "<=") return of(1, value);
  return joined(
    "any",
    [of(1, value - 1), of(value + 1, 12)].filter((one) => one !== undefined),
  );
}
