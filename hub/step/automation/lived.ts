/** Triggers of people and of the mode of the house. */
import type { HouseState } from "../../model/house.ts";
import { whoIsHome } from "../../rules/presence.ts";
import type { CoreState } from "../state.ts";
import { start } from "./start.ts";
import { isLive } from "./state.ts";

/** Compares the house with how it was when last looked at. */
export function takeHouse(state: CoreState, now: number): void {
  const { automation, house } = state;
  const before = automation.house;
  if (before === house) return;
  automation.house = house;
  if (!before) return;
  for (const rule of automation.ticking) {
    if (!isLive(rule, now)) continue;
    for (const trigger of rule.on) {
      const cause =
        trigger.kind === "mode"
          ? modeCause(before, house, trigger.to)
          : trigger.kind === "presence"
            ? presenceCause(before, house, trigger.who, trigger.does)
            : undefined;
      if (cause) start(state, rule, { cause, started: { id: trigger.id }, depth: 0, nodes: [] }, now);
    }
  }
}

const modeCause = (before: HouseState, now: HouseState, to: readonly string[]): string | undefined =>
  before.mode !== now.mode && to.includes(now.mode)
    ? `the house changed from ${before.mode} to ${now.mode}`
    : undefined;

/** From known to known alone: whose whereabouts were not known has neither come nor left. */
function presenceCause(before: HouseState, now: HouseState, who: string, does: "comes" | "leaves"): string | undefined {
  const was = whoIsHome(before, who);
  const is = whoIsHome(now, who);
  const wanted = does === "comes";
  return was.home === !wanted && is.home === wanted ? is.reason : undefined;
}
