/** A dishwasher, washer or dryer: one that says itself when it could run, or one behind a plug that waits for its power. */
import { localTime, nextLocalMinutes, parseClock } from "../../../energy/clock.ts";
import { startsOf } from "../../../energy/flexible.ts";
import { pathKey } from "../../../model/path.ts";
import { shut, type Told } from "../../../rules/computed/resolved.ts";
import { runOf } from "../../../rules/computed/start.ts";
import type { Appliance } from "../../schedule/problem.ts";
import type { Flexible, Plugged } from "../devices.ts";
import { USUAL, wishOf } from "../when.ts";
import { type DemandedOf, numberAt, ofKind, type Posed, type Posing } from "./posed.ts";

/** A machine that takes more than this runs, W. */
export const RUNNING_W = 8;
const MINUTE = 60_000;
const DAY = 1440;
/** A person starts it some time after this much before the earliest that was usual, minutes. */
const EARLY = 30;
/** Longer programmes are planned as if they ended here, quarter hours. */
const MOST_STEPS = 24;

/** When its plug begins to wait for the plan, minutes of the day. */
export const heldFrom = ({ model }: Plugged): number =>
  ((model.facts.firstMinutes ?? model.facts.usualMinutes ?? 0) - EARLY + DAY) % DAY;

type RunOnce = DemandedOf<"runOnce">;

const wantedOf = (node: string, { demands }: Posing): RunOnce | undefined =>
  ofKind(demands, "runOnce").find((d) => d.demand.node === node);

/** The next time of day by which it must be done, that leaves it so long after `from`; on the days that are meant. */
function dueAfter(from: number, lengthMs: number, { demand, when }: RunOnce, timeZone: string): number {
  let by = nextLocalMinutes(from, parseClock(demand.by), timeZone);
  for (let tries = 0; tries < 8; tries++) {
    const meant = !when.days || when.days.includes(localTime(by, timeZone).weekday);
    if (meant && by - lengthMs >= from) return by;
    by = nextLocalMinutes(by + MINUTE, parseClock(demand.by), timeZone);
  }
  return by;
}

/** One that forecasts its own run and lets its start be moved. */
export function poseFlexible({ part }: Flexible, posing: Posing): Posed<Appliance> {
  const { at } = posing.around;
  const value = (attribute: string) =>
    posing.now(pathKey({ node: part.node, endpoint: part.endpoint, capability: "deviceEnergyManagement", attribute }));
  const told: Told = {
    number: (attribute) => {
      const found = value(attribute);
      return typeof found === "number" ? found : undefined;
    },
    is: (attribute, wanted) => value(attribute) === wanted,
    text: (attribute) => {
      const found = value(attribute);
      return typeof found === "string" ? found : undefined;
    },
  };
  const run = runOf(told);
  const no = shut(told) ?? (typeof run === "string" ? run : undefined);
  if (no !== undefined || typeof run === "string") return { cannot: no ?? "no run is planned" };
  const may = startsOf(run, at);
  if (!may)
    return { cannot: run.startAt <= at ? "its run has begun" : "its forecast leaves no room for another start" };
  const wanted = wantedOf(part.node, posing);
  const latest = may.to + run.lengthMs;
  return {
    kind: "appliance",
    id: part.node,
    cycle: run.slots.filter((s) => s.seconds > 0).map((s) => ({ minutes: s.seconds / 60, kw: s.watts / 1000 })),
    earliest: may.from,
    by: wanted ? Math.min(latest, dueAfter(may.from, run.lengthMs, wanted, posing.around.timeZone)) : latest,
    wish: wanted ? wishOf(wanted) : USUAL,
  };
}

/** One behind a plug: people start it at about their usual time, and it runs when the plug has power. */
export function posePlugged(device: Plugged, posing: Posing): Posed<Appliance> {
  const { part, model } = device;
  const { at, timeZone } = posing.around;
  const { usualMinutes = Number.NaN, lastMinutes = usualMinutes } = model.facts;
  const watts = numberAt(posing, part.power);
  const on = part.relay === undefined ? undefined : posing.now(part.relay);
  const wanted = wantedOf(part.node, posing);
  if (!wanted) return { cannot: "no goal says by when it is to be done" };
  if (watts === undefined || on === undefined) return { cannot: "nobody knows whether it runs" };
  if (watts > RUNNING_W) return { cannot: "it runs" };
  const shape = Array.from({ length: MOST_STEPS }, (_, k) => model.facts[`w${k}`]).filter((w) => w !== undefined);
  if (shape.length === 0 || !Number.isFinite(usualMinutes)) return { cannot: "nobody knows yet how it runs" };
  const cycle = shape.map((w) => ({ minutes: 15, kw: w / 1000 }));
  const { minutes } = localTime(at, timeZone);
  const since = (minutes - heldFrom(device) + DAY) % DAY;
  const used = (lastMinutes + EARLY - heldFrom(device) + DAY) % DAY;
  const waits = on === false || on === 0;
  // Held back it may have been started already; with power it has not, or is done for today.
  const usual = nextLocalMinutes(at, usualMinutes, timeZone);
  const begin =
    waits && since < DAY / 2 ? at : since < used ? Math.min(usual, Math.max(at, usual - DAY * MINUTE)) : usual;
  const earliest =
    wanted.demand.notBefore === undefined
      ? begin
      : notBefore(begin, parseClock(wanted.demand.notBefore), wanted, timeZone);
  const lengthMs = cycle.length * 15 * MINUTE;
  return {
    kind: "appliance",
    id: part.node,
    cycle,
    earliest,
    by: dueAfter(earliest, lengthMs, wanted, timeZone),
    wish: wishOf(wanted),
  };
}

/** The first moment of the window from `notBefore` to `by` that is not before `begin`. */
function notBefore(begin: number, minutes: number, { demand }: RunOnce, timeZone: string): number {
  const now = localTime(begin, timeZone).minutes;
  const wide = (parseClock(demand.by) - minutes + DAY) % DAY;
  return (now - minutes + DAY) % DAY < wide ? begin : nextLocalMinutes(begin, minutes, timeZone);
}
