import type { Goal, NodeView } from "../../hub/http/schemas.ts";
import { number } from "./format.ts";

const MINIMISE = {
  cost: "spend as little as possible",
  co2: "cause as little CO₂ as possible",
  import: "take as little from the grid as possible",
};

export const nameOf = (nodes: readonly NodeView[], id: string): string => nodes.find((n) => n.id === id)?.name ?? id;

const UNITS = { stateOfCharge: "%", range: "km", energy: "kWh", waterTemperature: "°C" } as const;
const DAYS = ["", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
const OFF = { lights: "no light", heating: "less heating" } as const;
const DONE = { on: "switch on", off: "switch off", any: "touch" } as const;

type Timed = Extract<
  Goal,
  { kind: "comfort" | "never" | "keepWithin" | "peakLimit" | "batteryReserve" | "neverFromGrid" }
>;
const hours = (goal: Timed): string =>
  goal.from && goal.to ? ` from ${goal.from} to ${goal.to}` : goal.from ? ` from ${goal.from}` : "";

const bounds = (min: number | undefined, max: number | undefined, unit: string): string =>
  [
    min === undefined ? "" : `never below ${number(min)} ${unit}`,
    max === undefined ? "" : `never above ${number(max)} ${unit}`,
  ]
    .filter(Boolean)
    .join(" and ");

function what(goal: Goal, nodes: readonly NodeView[]): string {
  switch (goal.kind) {
    case "readyBy":
      return `${nameOf(nodes, goal.node)} at ${number(goal.target, 0)} ${UNITS[goal.what]} by ${goal.by}`;
    case "comfort":
      return `${goal.room} ${bounds(goal.minC, goal.maxC, "°C")}${hours(goal)}`;
    case "applianceWindow":
      return `${nameOf(nodes, goal.node)} finished by ${goal.by}${goal.from ? `, not before ${goal.from}` : ""}`;
    case "minimise":
      return MINIMISE[goal.what];
    case "reduceStandby":
      return goal.node ? `no standby power for ${nameOf(nodes, goal.node)}` : "no standby power";
    case "offWhenEmpty":
      return goal.room ? `${OFF[goal.what]} while nobody is in ${goal.room}` : `${OFF[goal.what]} while nobody is home`;
    case "peakLimit":
      return `never more than ${number(goal.limit)} ${goal.unit} from the grid${hours(goal)}`;
    case "batteryReserve":
      return `keep ${number(goal.percent, 0)} % in the home battery${hours(goal)}`;
    case "quietHours":
      return `nothing loud from ${goal.from} to ${goal.to}`;
    case "never":
      return `never ${DONE[goal.act ?? "any"]} ${nameOf(nodes, goal.node)}${hours(goal)}`;
    case "neverFromGrid":
      return `never charge ${nameOf(nodes, goal.node)} from the grid${hours(goal)}`;
    case "keepWithin":
      return `${nameOf(nodes, goal.node)} ${bounds(goal.min, goal.max, UNITS[goal.what])}${hours(goal)}`;
  }
}

/** Days of the week in words: "Mon to Fri", "Sat, Sun". */
export const dayWords = (days: readonly number[]): string =>
  days.join() === "1,2,3,4,5" ? "Mon to Fri" : days.map((d) => DAYS[d]).join(", ");

/** A day of the calendar as people write it: 24 Dec 2026. */
const dayOfYear = (date: string): string =>
  new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", year: "numeric", timeZone: "UTC" }).format(
    new Date(`${date}T00:00:00Z`),
  );

function dateWords(first: string | undefined, last: string | undefined): string {
  if (first === undefined) return `until ${dayOfYear(last ?? "")}`;
  if (last === undefined) return `from ${dayOfYear(first)} on`;
  return first === last ? `on ${dayOfYear(first)}` : `from ${dayOfYear(first)} to ${dayOfYear(last)}`;
}

/** How a goal was read, in words. */
export function goalWords(goal: Goal, nodes: readonly NodeView[]): string {
  const days = "days" in goal && goal.days ? `, ${dayWords(goal.days)}` : "";
  const first = "firstDay" in goal && goal.firstDay ? goal.firstDay : undefined;
  const last = "lastDay" in goal && goal.lastDay ? goal.lastDay : undefined;
  const dates = first === undefined && last === undefined ? "" : `, ${dateWords(first, last)}`;
  const who = "presence" in goal && goal.presence ? WHO[goal.presence] : "";
  const firm =
    goal.strength === "ifPossible" ? ", as far as possible" : goal.strength === "must" ? ", without fail" : "";
  return `${what(goal, nodes)}${days}${dates}${who}${firm}`;
}

const WHO = { home: ", while somebody is home", away: ", while nobody is home" } as const;
