import { type GoalOf, RANGES } from "../../model/goal/index.ts";
import type { Thing } from "../names.ts";
import { badTime, type Draft, drafting, type GoalKind, outside, thingsFor, timed, wrongKind } from "./kind.ts";
import type { Part } from "./read/part.ts";

type ReadyBy = GoalOf<"readyBy">;

const CAR = { by: "07:00", percent: 80 } as const;
const WATER = { by: "06:30", degC: 48 } as const;
const UNIT = { stateOfCharge: "%", range: "km", energy: "kWh", waterTemperature: "degC" } as const;
const SIGN = { ...UNIT, waterTemperature: "°C" } as const;
const LIMITS = {
  stateOfCharge: ["the charge", RANGES.percent],
  range: ["the distance", RANGES.km],
  energy: ["the energy", RANGES.kwh],
  waterTemperature: ["the water", RANGES.waterC],
} as const;

const amount = (part: Part, unit: string): number | undefined => part.amounts.find((a) => a.unit === unit)?.value;

function car(part: Part, thing: Thing): Draft {
  const { take, assumed } = drafting();
  const [km, kwh] = [amount(part, "km"), amount(part, "kWh")];
  const what = km !== undefined ? "range" : kwh !== undefined ? "energy" : "stateOfCharge";
  const full = part.has("full") ? 100 : undefined;
  const bare = part.bare.find((n) => n >= 20 && n <= RANGES.percent.max);
  const stated = amount(part, "%") ?? bare ?? full;
  const percent = () => take("target", stated, CAR.percent, `${CAR.percent} %, since nothing else was understood`);
  const target = km ?? kwh ?? percent();
  const by = take("by", part.by, CAR.by, `by ${CAR.by}, since no time was understood`);
  if (km === undefined && kwh === undefined && amount(part, "%") === undefined && bare !== undefined)
    assumed.push({ field: "target", words: `${bare} %, since no unit was said` });
  return { goal: { kind: "readyBy", node: thing.node, what, target, by, ...timed(part) }, assumed };
}

/** "Not before 9" is said of water that need not be hot earlier. */
const waterBy = ({ by, window }: Part): string | undefined =>
  by ?? (window && !window.vague && !window.to ? window.from : undefined);

function water(part: Part, thing: Thing): Draft {
  const { take, assumed } = drafting();
  const bare = part.bare.find((n) => n >= RANGES.waterC.min && n <= RANGES.waterC.max);
  const degC = amount(part, "degC") ?? bare;
  const target = take("target", degC, WATER.degC, `${WATER.degC} °C, since nothing else was understood`);
  const by = take("by", waterBy(part), WATER.by, `by ${WATER.by}, since no time was understood`);
  return { goal: { kind: "readyBy", node: thing.node, what: "waterTemperature", target, by, ...timed(part) }, assumed };
}

/** Only cars are spoken of in km; who drives at a time wants it ready then. */
const drives = (part: Part): boolean =>
  amount(part, "km") !== undefined || (part.has("drive") && part.by !== undefined && !part.window);

const speaks = (part: Part): boolean =>
  part.by !== undefined ||
  (part.window && !part.window.vague) ||
  part.amounts.some((a) => ["%", "km", "kWh", "degC"].includes(a.unit)) ||
  part.has("ready");

export const readyBy: GoalKind<ReadyBy> = {
  kind: "readyBy",
  beside: true,
  choices: [
    { word: "car charged", hint: "driving away by car at a time", what: "car", examples: ["I drive to work at 6"] },
    { word: "hot water ready", hint: "shower, bath at a time", what: "water", examples: ["die Kinder baden um 7"] },
  ],
  heard: (part) =>
    (part.things.some((t) => t.kind === "car" || t.kind === "tank") && speaks(part)) ||
    (part.things.length === 0 && drives(part)),
  fill(part, names, chosen) {
    if ((part.has("only") && part.has("sun")) || (part.denies && part.has("grid")))
      return "only a car or a home battery can be kept to one's own solar power";
    const cars = chosen.what === "water" ? [] : thingsFor("car", part, names);
    const tanks = chosen.what === "car" || drives(part) ? [] : thingsFor("tank", part, names);
    const asked = chosen.what !== undefined || drives(part);
    const named = (list: readonly Thing[]) => (asked ? list.slice(0, 1) : list.filter((t) => part.things.includes(t)));
    const drafts = [...named(cars).map((t) => car(part, t)), ...named(tanks).map((t) => water(part, t))];
    return drafts.length > 0 ? drafts : "it does not say which car or water heater";
  },
  misfit(goal, names) {
    const [what, range] = LIMITS[goal.what];
    return (
      wrongKind(names, goal.node, goal.what === "waterTemperature" ? ["tank"] : ["car"]) ??
      outside("target", what, goal.target, range) ??
      badTime({ by: goal.by })
    );
  },
  words: (goal, names) => `${names.nameOf(goal.node)}: ${goal.target} ${SIGN[goal.what]} by ${goal.by}`,
  demands: (goal) => [{ kind: "storedBy", node: goal.node, amount: goal.target, unit: UNIT[goal.what], by: goal.by }],
};
