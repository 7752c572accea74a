/** What an appliance says of its own run, read from the values of one endpoint, for people to look at. */
import type { EndpointView, Known } from "../../hub/http/schemas.ts";

export const ESA = "deviceEnergyManagement";

/** A run as it is planned or under way; moments in epoch ms, power in W. */
export interface Run {
  readonly startAt: number;
  readonly endAt: number;
  readonly earliestAt: number | undefined;
  readonly latestEndAt: number | undefined;
  readonly slots: readonly { readonly from: number; readonly to: number; readonly watts: number }[];
}

export interface Flexible {
  readonly run: Run | undefined;
  readonly state: string | undefined;
  /** Why it takes no requests for the home's sake, or undefined when it does. */
  readonly refuses: string | undefined;
  readonly commands: ReadonlySet<string>;
  readonly pausableNow: boolean;
  readonly paused: boolean;
  /** Its power is not its own choice. */
  readonly adjusted: boolean;
  /** Its start or its run is not its own choice. */
  readonly moved: boolean;
  /** s. */
  readonly pause: { readonly least: number; readonly most: number };
  /** W and s, while its power can be adjusted. */
  readonly offer:
    | { readonly leastW: number; readonly mostW: number; readonly leastS: number; readonly mostS: number }
    | undefined;
}

const states: Readonly<Record<string, string>> = {
  online: "follows its plan",
  paused: "is paused",
  powerAdjustActive: "takes another power than usual",
  fault: "has a fault",
  offline: "takes no requests now",
};

const refusals: Readonly<Record<string, string>> = {
  optOut: "It was set to take no requests of energy management.",
  localOptOut: "It was set to take no requests for the sake of this home.",
};

/** Parts of a run one after the other; the first part that has not begun moves with a pause, so that the end is kept. */
function slotsOf(profile: string | undefined, startAt: number, endAt: number): Run["slots"] {
  const parts = (profile ?? "").split(",").flatMap((part) => {
    const [seconds, watts] = part.split("x").map(Number);
    return Number.isFinite(seconds) && Number.isFinite(watts) ? [{ seconds: seconds ?? 0, watts: watts ?? 0 }] : [];
  });
  let at = startAt;
  const slots = parts.map(({ seconds, watts }) => {
    const from = at;
    at += seconds * 1000;
    return { from, to: at, watts };
  });
  const late = endAt - at;
  return late > 60_000 ? slots.map((s) => ({ ...s, from: s.from + late, to: s.to + late })) : slots;
}

/** Undefined for an endpoint without energy management. */
export function flexibleOf(endpoint: EndpointView, known: (key: string) => Known): Flexible | undefined {
  const mine = endpoint.attributes.filter((a) => a.capability === ESA);
  if (mine.length === 0) return undefined;
  const value = (name: string) => {
    const attribute = mine.find((a) => a.attribute === name);
    const told = attribute && known(attribute.key);
    return told && told.status !== "unknown" ? told.value : undefined;
  };
  const number = (name: string): number | undefined => {
    const found = value(name);
    return typeof found === "number" ? found : undefined;
  };
  const moment = (name: string): number | undefined => {
    const found = number(name);
    return found === undefined ? undefined : found * 1000;
  };
  const [startAt, endAt] = [moment("forecastStartTime"), moment("forecastEndTime")];
  const planned = value("forecastAvailable") === true && startAt !== undefined && endAt !== undefined;
  const profile = value("forecastProfile");
  const bounds = ["MinPower", "MaxPower", "MinDuration", "MaxDuration"].map((end) => number(`powerAdjust${end}`));
  const [leastW, mostW, leastS, mostS] = bounds;
  const offered = value("powerAdjustAvailable") === true && leastW !== undefined && mostW !== undefined;
  return {
    run: planned
      ? {
          ...{ startAt, endAt, earliestAt: moment("forecastEarliestStartTime") },
          latestEndAt: moment("forecastLatestEndTime"),
          slots: slotsOf(typeof profile === "string" ? profile : undefined, startAt, endAt),
        }
      : undefined,
    state: states[String(value("esaState"))],
    refuses: refusals[String(value("optOutState"))],
    commands: new Set(endpoint.commands.filter((c) => c.capability === ESA).map((c) => c.command)),
    pausableNow: value("forecastPausableNow") === true && value("esaState") === "online",
    paused: value("esaState") === "paused",
    adjusted: value("esaState") === "powerAdjustActive",
    moved: value("forecastUpdateReason") !== undefined && value("forecastUpdateReason") !== "internalOptimization",
    pause: { least: number("forecastMinPauseDuration") ?? 60, most: number("forecastMaxPauseDuration") ?? 3600 },
    offer: offered ? { leastW, mostW, leastS: leastS ?? 0, mostS: mostS ?? 3600 } : undefined,
  };
}
