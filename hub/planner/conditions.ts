/** Walks over conditions. */
import { parseClock } from "../energy/clock.ts";
import type { Condition } from "../model/plan.ts";

const MAX_PARTS = 60;
const MAX_DEPTH = 8;

/** Every part of a condition, itself included; stops at 61 parts or 9 levels, which no honest rule has. */
function partsOfCondition(condition: Condition): Condition[] {
  const found: Condition[] = [];
  const walk = (c: Condition, depth: number): void => {
    if (found.length > MAX_PARTS || depth > MAX_DEPTH) return;
    found.push(c);
    if (c.kind === "all" || c.kind === "any") for (const part of c.of) walk(part, depth + 1);
    if (c.kind === "not") walk(c.of, depth + 1);
  };
  walk(condition, 0);
  return found;
}

/** Text paths that a condition reads. */
export const pathsRead = (condition: Condition): string[] =>
  partsOfCondition(condition).flatMap((c) => (c.kind === "compare" ? [c.path] : []));

function badClock(...times: string[]): string | undefined {
  for (const time of times)
    try {
      parseClock(time);
    } catch (error) {
      return error instanceof Error ? error.message : String(error);
    }
  return undefined;
}

/** Why a condition's own values make no sense; undefined when they do. */
export function conditionMisfit(condition: Condition): string | undefined {
  const parts = partsOfCondition(condition);
  if (parts.length > MAX_PARTS) return "the condition has too many parts";
  for (const c of parts) {
    if ((c.kind === "all" || c.kind === "any") && c.of.length === 0) return "a group of conditions is empty";
    if (c.kind === "between" || c.kind === "cheapest") {
      const bad = badClock(c.from, c.to);
      if (bad) return bad;
    }
    if (c.kind === "cheapest" && !(c.hours > 0 && c.hours <= 24)) return "the cheapest hours must be between 0 and 24";
    if (c.kind === "priceBelow" && !Number.isFinite(c.perKwh)) return "the price must be a number";
    if (c.kind === "surplusAbove" && !Number.isFinite(c.watts)) return "the surplus must be a number of watts";
    if (c.kind === "compare" && typeof c.value === "number" && !Number.isFinite(c.value))
      return "a limit must be a number";
  }
  return undefined;
}
