/** When an appliance would refuse a request of energy management (Matter Application Clusters, 9.2.8). */
import type { CommandSpec } from "../../capability.ts";

type Refuses = NonNullable<CommandSpec["refuses"]>;
type Now = Parameters<Refuses>[1];
type Args = Parameters<Refuses>[0];

const numberOf = (now: Now, attribute: string): number | undefined => {
  const value = now(attribute);
  return typeof value === "number" ? value : undefined;
};

/** Opting out is a person's word at the appliance: for the sake of the home, of the grid, or of both. */
function optedOut(args: Args, now: Now): string | undefined {
  const state = now("optOutState");
  if (state === "optOut") return "it was set to take no requests of energy management";
  const grid = args.cause === "gridOptimization";
  if (state === "localOptOut" && !grid) return "it was set to take no requests for the sake of this home";
  return state === "gridOptOut" && grid ? "it was set to take no requests for the sake of the grid" : undefined;
}

function notInState(now: Now, fitting: readonly string[]): string | undefined {
  const state = now("esaState");
  if (typeof state !== "string" || fitting.includes(state)) return undefined;
  const words: Readonly<Record<string, string>> = {
    offline: "it is not ready for requests",
    fault: "it has a fault",
    paused: "it is paused",
    powerAdjustActive: "its power is adjusted at the moment",
  };
  return words[state] ?? `its state is ${state}`;
}

function outside(value: unknown, least: number | undefined, most: number | undefined, what: string, unit: string) {
  if (typeof value !== "number") return undefined;
  if (least !== undefined && value < least) return `${what} must be at least ${least} ${unit}`;
  return most !== undefined && value > most ? `${what} must be at most ${most} ${unit}` : undefined;
}

export const adjustRefused: Refuses = (args, now) => {
  const bounds = (name: string) =>
    [numberOf(now, `powerAdjustMin${name}`), numberOf(now, `powerAdjustMax${name}`)] as const;
  return (
    optedOut(args, now) ??
    notInState(now, ["online", "powerAdjustActive"]) ??
    (now("powerAdjustAvailable") === false ? "its power can't be adjusted now" : undefined) ??
    outside(args.power, ...bounds("Power"), "power", "W") ??
    outside(args.power, numberOf(now, "absMinPower"), numberOf(now, "absMaxPower"), "power", "W") ??
    outside(args.duration, ...bounds("Duration"), "duration", "s")
  );
};

export const startRefused: Refuses = (args, now, at) => {
  const refused = optedOut(args, now) ?? notInState(now, ["online", "powerAdjustActive"]);
  if (refused) return refused;
  if (now("forecastAvailable") === false) return "no run is planned";
  const [start, end] = [numberOf(now, "forecastStartTime"), numberOf(now, "forecastEndTime")];
  const latest = numberOf(now, "forecastLatestEndTime");
  if (start !== undefined && start * 1000 <= at) return "its run has begun";
  if (latest === undefined) return "it does not let its start be moved";
  const wanted = args.requestedStartTime;
  if (typeof wanted !== "number") return undefined;
  const earliest = numberOf(now, "forecastEarliestStartTime");
  if (earliest !== undefined && wanted < earliest) return "requestedStartTime is before the earliest that it allows";
  const length = start === undefined || end === undefined ? 0 : end - start;
  return wanted + length > latest ? "its run would not be over by the latest time that it allows" : undefined;
};

export const pauseRefused: Refuses = (args, now) =>
  optedOut(args, now) ??
  notInState(now, ["online"]) ??
  (now("forecastAvailable") === false ? "no run is planned" : undefined) ??
  (now("forecastIsPausable") === false ? "its run can't be paused" : undefined) ??
  (now("forecastPausableNow") === false ? "this part of its run can't be paused" : undefined) ??
  outside(
    args.duration,
    numberOf(now, "forecastMinPauseDuration"),
    numberOf(now, "forecastMaxPauseDuration"),
    "duration",
    "s",
  );
