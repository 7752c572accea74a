/** Doors that anything but a person opens. */

import { parsePath } from "../../../model/path.ts";
import type { Condition } from "../../../model/rule/condition.ts";
import { isTimed } from "../../../model/rule/time.ts";
import type { Trigger } from "../../../model/rule/trigger.ts";
import type { Ask } from "../asks.ts";
import { splitName } from "../desk.ts";
import { type Change, type Found, listed, warn } from "../found.ts";
import { solve } from "../space/solve.ts";
import { triggerTree } from "../space/trigger.ts";
import type { Danger } from "./danger.ts";
import { isGate } from "./devices.ts";

const UNLOCKING: readonly string[] = ["unlockDoor", "unlockWithTimeout", "unboltDoor"];
const OPENING: readonly string[] = ["moveToFullyOpen", "moveToPedestrianPosition"];
/** Capabilities that say nothing of who stands at the door. */
const ANYONES: ReadonlySet<string> = new Set([
  ...["occupancySensing", "switch", "illuminanceMeasurement", "temperatureMeasurement", "relativeHumidityMeasurement"],
  ...[
    "doorLock",
    "closureControl",
    "windowCovering",
    "onOff",
    "levelControl",
    "powerSource",
    "electricalPowerMeasurement",
  ],
]);
const MOVING: ReadonlySet<string> = new Set(["occupancySensing", "switch"]);

export function entryFaults(danger: Danger): readonly Found[] {
  const { desk, asks, draft } = danger;
  const open = asks.filter((a) => isOpening(danger, a) && a.conditions.every(isAnyones) && !isGuarded(danger, a));
  return [...new Set(open.map((a) => a.field))].map((field) => {
    const nodes = [...new Set(open.flatMap((a) => (a.field === field && a.spot ? [a.spot.node] : [])))];
    const who = draft.form === "while" ? "whenever that is so" : causeInWords(draft.on);
    const text = `${listed(nodes.map(desk.name), 3)} opens ${who}, whoever stands before it.`;
    return warn("opened-for-anyone", field, text, { about: nodes, fix: fixOf(danger) });
  });
}

function isOpening({ desk }: Danger, { spot, capability, command, args, value }: Ask): boolean {
  if (!spot) return false;
  if (capability === "doorLock") return UNLOCKING.includes(command);
  if (capability === "closureControl") return command === "moveTo" && OPENING.includes(String(args.position));
  if (capability !== "windowCovering" || !isGate(desk, spot)) return false;
  return command === "upOrOpen" || (command === "goToLiftPercentage" && typeof value === "number" && value > 0);
}

/** Whether no part of a condition says who is there: the time, the light and movement are anyone's. */
function isAnyones(c: Condition): boolean {
  switch (c.kind) {
    case "all":
    case "any":
      return c.of.every(isAnyones);
    case "not":
      return isAnyones(c.of);
    case "state":
      return ANYONES.has(splitName(c.of)[0]);
    case "compare":
      return ANYONES.has(parsePath(c.path)?.capability ?? "");
    case "presence":
    case "mode":
    case "formula":
      return false;
    default:
      return true;
  }
}

/** A rule that is started by somebody who comes, by a mode, by another device: there is a reason beyond movement and time. */
function isGuarded({ desk, draft, id, limits }: Danger, ask: Ask): boolean {
  if (draft.form === "while") return !looksAtMovement(draft.while);
  const guards = ask.guards.map((guard) => guard());
  return !draft.on.some((t) => isWeak(t) && solve([triggerTree(t, desk, id), ...guards], limits) !== "none");
}

function looksAtMovement(c: Condition): boolean {
  if (c.kind === "all" || c.kind === "any") return c.of.some(looksAtMovement);
  if (c.kind === "state") return MOVING.has(splitName(c.of)[0]);
  if (c.kind === "compare") return MOVING.has(parsePath(c.path)?.capability ?? "");
  return c.kind === "between" || c.kind === "sun" || c.kind === "sunBetween";
}

function isWeak(t: Trigger): boolean {
  if (isTimed(t) || t.kind === "started") return true;
  if (t.kind === "becomes" || t.kind === "crosses" || t.kind === "event") return MOVING.has(splitName(t.of)[0]);
  return t.kind === "holds" && isAnyones(t.condition) && looksAtMovement(t.condition);
}

function causeInWords(on: readonly Trigger[]): string {
  const t = on.find(isWeak);
  if (!t || isTimed(t) || t.kind === "started") return "by the clock alone";
  return t.kind === "event" ? "at the press of a button" : "when something moves";
}

function fixOf({ draft, desk }: Danger): { text: string; change: Change } {
  const people = desk.context.house.people.length > 0;
  const only: Condition = people ? { kind: "presence", who: "anyone", home: true } : { kind: "mode", in: ["home"] };
  const before = draft.form === "while" ? draft.while : draft.if;
  const value: Condition = before ? { kind: "all", of: [before, only] } : only;
  const text = people ? "only while somebody is home" : "only while the house is in mode home";
  return { text, change: [{ at: draft.form === "while" ? "while" : "if", value }] };
}
