/** A switch at the device itself, which counts as a person's hand where a person has said that it does. */
import type { Value } from "../model/capability.ts";
import type { Held, NodeState } from "../model/home.ts";
import type { AttributePath } from "../model/path.ts";
import type { CoreState, Effect } from "./state.ts";

/** What comes within this time of a command of the hub or of the device's return may be their doing, ms. */
const OWN_DOING_MS = 2 * 60_000;
const BY = "Somebody at the device";

/** By what is told: the part of a target that a hand on it holds. */
const TOUCHED: ReadonlyMap<string, string> = new Map([
  ["onOff.onOff", "onOff"],
  ["levelControl.currentLevel", "levelControl"],
  ["windowCovering.currentPositionLiftPercentage", "windowCovering"],
  ["thermostat.occupiedHeatingSetpoint", "thermostat.occupiedHeatingSetpoint"],
  ["thermostat.occupiedCoolingSetpoint", "thermostat.occupiedCoolingSetpoint"],
]);

/**
 * A value was taken in live. No report tells a hand at a wall switch from the device's own timer or another controller, so this
 * counts only for devices of which a person has said so, and never for a first word, for what may be old, or for what comes within
 * two minutes of a command or of the device's return.
 */
export function touched(
  { pending, holds, limits }: CoreState,
  { settings, reachable, askedAt = 0, backAt = 0 }: NodeState,
  path: AttributePath,
  before: Held | undefined,
  value: Value,
  now: number,
): Effect[] {
  if (!settings.switchedThere || !before || before.ageUnknown || before.value === value || reachable === false)
    return [];
  const what = TOUCHED.get(`${path.capability}.${path.attribute}`);
  if (what === undefined || now - Math.max(askedAt, backAt) < OWN_DOING_MS) return [];
  for (const { command } of pending.values()) if (command.target.node === path.node) return [];
  const target = `${path.node}/${path.endpoint}/${what}`;
  const hold = { by: BY, until: now + limits.holdMs };
  holds.set(target, hold);
  const entry = { at: now, by: "hub", what: "switched-there", subject: path.node, detail: `${what}: ${String(value)}` };
  return [
    { kind: "keepHold", target, hold },
    { kind: "audit", entry },
    { kind: "tell", event: { type: "rules" } },
  ];
}
