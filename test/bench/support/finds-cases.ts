/**
 * What order of finds a family would want, by its goals: homes with what was found in them, goals, and pairs of which the first should come
 * before the second. Written before any order but that by saving was looked at. Where the goal does not decide a pair it is not stated.
 */
import type { Find, FindKind } from "../../../hub/model/find.ts";
import type { Goal } from "../../../hub/model/plan.ts";

/** A find as far as an order depends on it: kWh and money a year. */
export interface Row {
  readonly kind: FindKind;
  readonly node?: string;
  readonly room?: string;
  readonly effect: Find["effect"];
  readonly kwh: number;
  readonly money: number;
  readonly confidence: Find["confidence"];
  readonly offer: Find["offer"]["kind"];
  /** When it would be done instead, where it is moved. */
  readonly at?: "night" | "day";
}

const moved = (node: string, kind: "peakUse" | "unusedSun", kwh: number, money: number): Row => ({
  ...{ kind, node, effect: "moves", kwh, money, confidence: "medium", offer: "goals" },
  at: kind === "peakUse" ? "night" : "day",
});
const saved = (
  kind: FindKind,
  where: { node?: string; room?: string },
  kwh: number,
  money: number,
  confidence: Find["confidence"] = "high",
  offer: Find["offer"]["kind"] = "goals",
): Row => ({ kind, ...where, effect: "saves", kwh, money, confidence, offer });

/** Homes: what was found, by a short name. */
export const homes = {
  /** A family with sun on the roof and a car. */
  sunny: {
    carPeak: moved("car", "peakUse", 900, 140),
    washerSun: moved("washer", "unusedSun", 160, 32),
    dishSun: moved("dishwasher", "unusedSun", 210, 45),
    standbyTv: saved("standby", { node: "tv" }, 110, 33),
    tankHot: saved("hotTank", { node: "tank" }, 380, 95),
    livingWarm: saved("warmRoom", { room: "Living room" }, 420, 84),
    officeLight: saved("leftOn", { node: "officeLight" }, 60, 18),
    nightBase: saved("nightBase", {}, 300, 90, "low", "advice"),
  },
  /** A flat with dear evenings and electric heating. */
  flat: {
    awayHeat: saved("needlessHeating", { room: "Bedroom" }, 520, 160, "medium"),
    windowHeat: saved("openWindow", { room: "Bathroom" }, 180, 55, "medium", "blueprint"),
    washerPeak: moved("washer", "peakUse", 170, 60),
    dryerPeak: moved("dryer", "peakUse", 260, 75),
    fridgeCold: saved("coldBox", { node: "fridge" }, 70, 21, "medium", "advice"),
    standbyDesk: saved("standby", { node: "desk" }, 150, 46),
    hallLight: saved("leftOn", { node: "hallLight" }, 45, 14),
  },
  /** A house whose biggest find is a car that charges at dear hours. */
  commuter: {
    carPeak: moved("car", "peakUse", 1800, 310),
    carSun: moved("car", "unusedSun", 700, 120),
    tankHot: saved("hotTank", { node: "tank" }, 300, 90),
    standbyTv: saved("standby", { node: "tv" }, 90, 27),
    awayHeat: saved("needlessHeating", { room: "Living room" }, 640, 180, "medium"),
    dishPeak: moved("dishwasher", "peakUse", 200, 40),
  },
} satisfies Readonly<Record<string, Readonly<Record<string, Row>>>>;

export interface Case {
  readonly home: keyof typeof homes;
  /** As a person says it. */
  readonly wish: string;
  readonly goals: readonly Goal[];
  /** The first before the second. */
  readonly pairs: readonly (readonly [string, string])[];
}

const minimise = (what: "cost" | "co2" | "import"): Goal => ({ kind: "minimise", what });
const quiet: Goal = { kind: "quietHours", from: "22:00", to: "07:00" };

export const cases: readonly Case[] = [
  {
    home: "sunny",
    wish: "spend less money",
    goals: [minimise("cost")],
    pairs: [
      ["carPeak", "tankHot"],
      ["tankHot", "dishSun"],
      ["livingWarm", "standbyTv"],
      ["dishSun", "officeLight"],
    ],
  },
  {
    home: "flat",
    wish: "cheaper",
    goals: [minimise("cost")],
    pairs: [
      ["awayHeat", "dryerPeak"],
      ["dryerPeak", "standbyDesk"],
      ["washerPeak", "fridgeCold"],
      ["standbyDesk", "hallLight"],
    ],
  },
  // CO2: less energy before the same energy at another price.
  {
    home: "sunny",
    wish: "save CO2",
    goals: [minimise("co2")],
    pairs: [
      ["tankHot", "carPeak"],
      ["livingWarm", "carPeak"],
      ["livingWarm", "officeLight"],
      ["tankHot", "standbyTv"],
      ["dishSun", "carPeak"],
    ],
  },
  {
    home: "flat",
    wish: "less CO2, for the climate",
    goals: [minimise("co2")],
    pairs: [
      ["awayHeat", "dryerPeak"],
      ["standbyDesk", "washerPeak"],
      ["windowHeat", "dryerPeak"],
      ["fridgeCold", "washerPeak"],
    ],
  },
  {
    home: "commuter",
    wish: "save CO2",
    goals: [minimise("co2")],
    pairs: [
      ["awayHeat", "carPeak"],
      ["tankHot", "carPeak"],
      ["carSun", "carPeak"],
      ["standbyTv", "dishPeak"],
    ],
  },
  // Own sun: what uses it comes first.
  {
    home: "sunny",
    wish: "use our own solar power",
    goals: [minimise("import")],
    pairs: [
      ["dishSun", "carPeak"],
      ["washerSun", "carPeak"],
      ["dishSun", "standbyTv"],
      ["washerSun", "officeLight"],
    ],
  },
  {
    home: "commuter",
    wish: "be less dependent on the grid",
    goals: [minimise("import")],
    pairs: [
      ["carSun", "carPeak"],
      ["carSun", "dishPeak"],
      ["tankHot", "dishPeak"],
    ],
  },
  // Quiet nights: what would run at night comes last.
  {
    home: "flat",
    wish: "quiet nights, nothing loud from 22 to 7",
    goals: [quiet],
    pairs: [
      ["standbyDesk", "dryerPeak"],
      ["awayHeat", "dryerPeak"],
      ["hallLight", "washerPeak"],
      ["windowHeat", "washerPeak"],
    ],
  },
  {
    home: "commuter",
    wish: "cheaper, but quiet nights",
    goals: [minimise("cost"), quiet],
    pairs: [
      ["awayHeat", "dishPeak"],
      ["standbyTv", "dishPeak"],
      ["tankHot", "standbyTv"],
    ],
  },
  // A device that is left alone: what is about it comes last.
  {
    home: "sunny",
    wish: "never touch the car; spend less",
    goals: [{ kind: "never", node: "car" }, minimise("cost")],
    pairs: [
      ["tankHot", "carPeak"],
      ["officeLight", "carPeak"],
      ["standbyTv", "carPeak"],
      ["tankHot", "dishSun"],
    ],
  },
  {
    home: "commuter",
    wish: "don't touch the car",
    goals: [{ kind: "never", node: "car" }],
    pairs: [
      ["awayHeat", "carPeak"],
      ["dishPeak", "carPeak"],
      ["standbyTv", "carSun"],
      ["tankHot", "carSun"],
    ],
  },
  {
    home: "flat",
    wish: "keep your hands off the dryer, save money",
    goals: [{ kind: "never", node: "dryer" }, minimise("cost")],
    pairs: [
      ["hallLight", "dryerPeak"],
      ["awayHeat", "dryerPeak"],
      ["washerPeak", "dryerPeak"],
    ],
  },
  // Waste of its own kind first.
  {
    home: "sunny",
    wish: "nothing should draw power on standby",
    goals: [{ kind: "reduceStandby" }],
    pairs: [
      ["standbyTv", "carPeak"],
      ["standbyTv", "livingWarm"],
      ["nightBase", "dishSun"],
    ],
  },
  {
    home: "flat",
    wish: "turn off what runs when nobody is there",
    goals: [{ kind: "offWhenEmpty", what: "lights" }],
    pairs: [
      ["hallLight", "dryerPeak"],
      ["hallLight", "fridgeCold"],
      ["hallLight", "washerPeak"],
    ],
  },
  // Warm rooms are wanted: what would make them cooler comes last.
  {
    home: "sunny",
    wish: "the living room never below 22 degrees, otherwise cheap",
    goals: [{ kind: "comfort", room: "Living room", minC: 22 }, minimise("cost")],
    pairs: [
      ["tankHot", "livingWarm"],
      ["standbyTv", "livingWarm"],
      ["carPeak", "livingWarm"],
    ],
  },
  {
    home: "commuter",
    wish: "never more than 6 kW from the grid at once",
    goals: [{ kind: "peakLimit", limit: 6, unit: "kW" }],
    pairs: [
      ["carPeak", "awayHeat"],
      ["carPeak", "standbyTv"],
      ["dishPeak", "standbyTv"],
    ],
  },
];
