import type { Condition } from "../../../../model/rule/condition.ts";
import { type Desk, meantBy, miss } from "../desk.ts";
import { figureOf } from "../figures.ts";
import type { Item } from "../item.ts";
import { stateIs } from "../spoken.ts";
import { targetOf } from "../targets.ts";

const IS_STATE = /^(not\s+)?is_state\(\s*["']([\w.]+)["']\s*,\s*["']([\w .-]+)["']\s*\)$/;
const LIMIT = /^states\(\s*["']([\w.]+)["']\s*\)\s*\|\s*(?:float|int)(?:\([^)]*\))?\s*(<=|>=|<|>|==)\s*(-?[\d.]+)$/;
const TRIGGER = /^trigger\.id\s*==\s*["']([\w .-]+)["']$/;

/** The few templates that say no more than a condition does; any other is listed, and none is run. */
export function templateCondition(desk: Desk, item: Item, text: string): Condition | undefined {
  const inner = /^\{\{\s*([^{}]*?)\s*\}\}$/.exec(text.trim())?.[1] ?? "";
  const trigger = TRIGGER.exec(inner)?.[1];
  if (trigger) return { kind: "trigger", id: trigger.slice(0, 40) };
  const [, not, name, state] = IS_STATE.exec(inner) ?? [];
  if (name && state) {
    const meant = meantBy(desk, name, item);
    const is = meant && stateIs(desk, { name, at: item, meant }, state, undefined);
    return is && not ? { kind: "not", of: is } : is;
  }
  const [, entity, op, value] = LIMIT.exec(inner) ?? [];
  if (!entity || !op || !Number.isFinite(Number(value))) return miss(desk, item, "A template has no like here.");
  const meant = meantBy(desk, entity, item);
  const figure = meant?.kind === "device" ? figureOf(entity, meant) : undefined;
  if (!figure || meant?.kind !== "device")
    return meant && miss(desk, item, `${entity} is no figure that its device tells here.`);
  const comparison = op === "==" ? "=" : op === "<=" || op === ">=" || op === "<" ? op : ">";
  return { kind: "state", target: targetOf(meant), of: figure.of, op: comparison, value: Number(value) };
}
