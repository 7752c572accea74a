import type { Goal, GoalChoices } from "../../hub/http/schemas.ts";

type ThingKind = GoalChoices["things"][number]["kind"];

/** How a field of a goal is asked for. */
export type GoalField =
  | { readonly type: "thing"; readonly label: string; readonly of: readonly ThingKind[]; readonly any?: string }
  | { readonly type: "room"; readonly label: string; readonly heated: boolean; readonly any?: string }
  | { readonly type: "number"; readonly label: string; readonly min: number; readonly max: number }
  | { readonly type: "time"; readonly label: string }
  | {
      readonly type: "choice";
      readonly label: string;
      readonly options: readonly { readonly value: string; readonly label: string }[];
    };

export interface GoalForm {
  readonly label: string;
  /** A new one, as far as it can be filled in for anybody. */
  readonly fresh: (choices: GoalChoices) => Goal;
  /** By the goal's own fields, since a target in km is asked for otherwise than one in percent. */
  readonly fields: (goal: Goal) => Readonly<Record<string, GoalField>>;
  /** Whether hours, and days and presence, can be said. */
  readonly hours: boolean;
  readonly days: boolean;
}

const ANYTHING: readonly ThingKind[] = [
  "car",
  "tank",
  "battery",
  "appliance",
  "corner",
  "thermostat",
  "light",
  "other",
];

const first = ({ things }: GoalChoices, ...kinds: readonly ThingKind[]): string =>
  things.find((t) => kinds.includes(t.kind))?.node ?? "";
const room = ({ rooms }: GoalChoices, heated: boolean): string => rooms.find((r) => r.heated || !heated)?.name ?? "";

const time = (label: string): GoalField => ({ type: "time", label });
const number = (label: string, min: number, max: number): GoalField => ({ type: "number", label, min, max });
const thing = (label: string, of: readonly ThingKind[], any?: string): GoalField => ({
  ...{ type: "thing", label, of },
  ...(any ? { any } : {}),
});
const choice = (label: string, options: Readonly<Record<string, string>>): GoalField => ({
  ...{ type: "choice", label },
  options: Object.entries(options).map(([value, text]) => ({ value, label: text })),
});

const TARGETS = {
  stateOfCharge: number("Charged to (%)", 10, 100),
  range: number("Enough for (km)", 10, 1000),
  energy: number("At least charged (kWh)", 1, 200),
  waterTemperature: number("Water at (°C)", 35, 75),
} as const;

const readyFields = (goal: Goal): Readonly<Record<string, GoalField>> => {
  if (goal.kind !== "readyBy") return {};
  const by = time("By");
  if (goal.what === "waterTemperature")
    return { node: thing("Water heater", ["tank"]), target: TARGETS.waterTemperature, by };
  const what = choice("Said in", { stateOfCharge: "percent", range: "km", energy: "kWh" });
  return { node: thing("Car", ["car"]), what, target: TARGETS[goal.what], by };
};

const none = { hours: false, days: false };
const timed = { hours: true, days: true };

/** Forms of goals, in the order in which they are offered; `hotWater` is a `readyBy` of its own. */
export const GOAL_FORMS: Readonly<Record<Goal["kind"] | "hotWater", GoalForm>> = {
  readyBy: {
    ...{ label: "Car charged by a time", hours: false, days: true },
    fresh: (c) => ({ kind: "readyBy", node: first(c, "car"), what: "stateOfCharge", target: 80, by: "07:00" }),
    fields: readyFields,
  },
  hotWater: {
    ...{ label: "Hot water by a time", hours: false, days: true },
    fresh: (c) => ({ kind: "readyBy", node: first(c, "tank"), what: "waterTemperature", target: 48, by: "06:30" }),
    fields: readyFields,
  },
  comfort: {
    ...{ label: "How warm a room is", ...timed },
    fresh: (c) => ({ kind: "comfort", room: room(c, true), minC: 19 }),
    fields: () => ({
      room: { type: "room", label: "Room", heated: true },
      minC: number("Never below (°C)", 5, 35),
      maxC: number("Never above (°C)", 5, 35),
    }),
  },
  applianceWindow: {
    ...{ label: "A machine done by a time", hours: false, days: true },
    fresh: (c) => ({ kind: "applianceWindow", node: first(c, "appliance"), by: "07:00" }),
    fields: () => ({ node: thing("Machine", ["appliance"]), from: time("Not before"), by: time("Done by") }),
  },
  minimise: {
    ...{ label: "Spend less, cause less CO₂, use one's own sun", ...none },
    fresh: () => ({ kind: "minimise", what: "cost" }),
    fields: () => ({
      what: choice("As little as possible of", { cost: "money", co2: "CO₂", import: "power from the grid" }),
    }),
  },
  reduceStandby: {
    ...{ label: "No standby", ...none },
    fresh: () => ({ kind: "reduceStandby" }),
    fields: () => ({ node: thing("Of", ["corner"], "all that can be cut") }),
  },
  offWhenEmpty: {
    ...{ label: "No light or heating where nobody is", ...none },
    fresh: () => ({ kind: "offWhenEmpty", what: "lights" }),
    fields: () => ({
      what: choice("What", { lights: "lights", heating: "heating" }),
      room: { type: "room", label: "Where", heated: false, any: "the whole house" },
    }),
  },
  peakLimit: {
    ...{ label: "A limit on the power drawn", ...timed },
    fresh: () => ({ kind: "peakLimit", limit: 7, unit: "kW" }),
    fields: () => ({ limit: number("At most", 0.5, 400), unit: choice("In", { kW: "kW", A: "A per phase" }) }),
  },
  batteryReserve: {
    ...{ label: "A reserve in the battery", ...timed },
    fresh: () => ({ kind: "batteryReserve", percent: 20 }),
    fields: () => ({ percent: number("Always keep (%)", 0, 95) }),
  },
  quietHours: {
    ...{ label: "Quiet hours", hours: false, days: true },
    fresh: () => ({ kind: "quietHours", from: "22:00", to: "07:00" }),
    fields: () => ({ from: time("From"), to: time("To") }),
  },
  never: {
    ...{ label: "Something that never happens", ...timed },
    fresh: (c) => ({ kind: "never", node: first(c, ...ANYTHING) }),
    fields: () => ({
      node: thing("Device", ANYTHING),
      act: choice("Is never", { "": "touched at all", on: "switched on", off: "switched off" }),
    }),
  },
  neverFromGrid: {
    ...{ label: "Charged by the sun only", ...timed },
    fresh: (c) => ({ kind: "neverFromGrid", node: first(c, "car", "battery") }),
    fields: () => ({ node: thing("Car or battery", ["car", "battery"]) }),
  },
  keepWithin: {
    ...{ label: "Limits of a charge or of hot water", ...timed },
    fresh: (c) => ({ kind: "keepWithin", node: first(c, "car", "battery"), what: "stateOfCharge", max: 90 }),
    fields: (goal) => ({
      what: choice("Of", { stateOfCharge: "a charge (%)", waterTemperature: "hot water (°C)" }),
      node: thing(
        "Device",
        goal.kind === "keepWithin" && goal.what === "waterTemperature" ? ["tank"] : ["car", "battery"],
      ),
      min: number("Never below", 0, 100),
      max: number("Never above", 0, 100),
    }),
  },
};

/** What must be kept unless something else is said; what saves gives way by itself. */
export const strengthOf = (goal: Goal): "must" | "ifPossible" =>
  goal.strength ?? (["minimise", "reduceStandby", "offWhenEmpty"].includes(goal.kind) ? "ifPossible" : "must");
