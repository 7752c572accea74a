import type { TankPart } from "../../energy/parts.ts";
import { type History, hoursOf, seriesOf, valueAt } from "../../twin/history.ts";
import { median, quantile } from "../../twin/numbers.ts";
import type { Candidate, Mined, Miner, Nothing } from "./miner.ts";
import { byHour, daysKnown, kwhOf, savingOf, sumsOn, tooYoung } from "./reckon.ts";
import { degrees, kwh, named } from "./said.ts";

/** Hot enough everywhere, degC; above the second it is too hot. Below 50 legionella grow, so no less is ever advised. */
const ENOUGH_C = 55;
const TOO_HOT_C = 58;
/** Where tanks stand. */
const AROUND_C = 18;
const LEAST_SEEN = 12;
/** A tank is not as warm everywhere as where its thermometer sits. */
const OFF = [0.55, 1.6] as const;

/** kWh for a degree, from stretches in which it only heated; NaN where that was hardly seen. */
function kwhPerK(h: History, power: Float64Array, water: Float64Array, heatsW: number): number {
  const found: number[] = [];
  let from = -1;
  for (let i = 0; i <= h.steps; i++) {
    const heats = valueAt(power, i) > 0.5 * heatsW;
    if (heats && from < 0) from = i;
    if (heats || from < 0) continue;
    let taken = 0;
    for (let k = from; k <= i && k < h.steps; k++) taken += kwhOf(h, valueAt(power, k) || 0);
    const rise = valueAt(water, i) - valueAt(water, from - 1);
    if (rise > 2) found.push(taken / rise);
    from = -1;
  }
  // Draws while it heats make a rise dear: those with the fewest count.
  return found.length >= 5 ? quantile(found, 0.25) : Number.NaN;
}

/** K an hour that it loses at rest, and how warm it was then. */
function restingOf(h: History, power: Float64Array, water: Float64Array, heatsW: number) {
  const span = Math.round(2 / hoursOf(h));
  const falls: { fall: number; at: number }[] = [];
  for (let i = 0; i + span < h.steps; i++) {
    const quiet = power.subarray(i, i + span + 1).every((w) => w < 0.1 * heatsW);
    const fall = (valueAt(water, i) - valueAt(water, i + span)) / (span * hoursOf(h));
    if (quiet && fall >= 0) falls.push({ fall, at: valueAt(water, i) });
  }
  if (falls.length < LEAST_SEEN) return undefined;
  // Whoever draws water makes it fall faster: the lower third is what it loses by itself.
  const sorted = falls.sort((a, b) => a.fall - b.fall);
  const still = sorted.slice(0, Math.max(LEAST_SEEN, Math.floor(sorted.length / 3)));
  return { fall: median(still.map((f) => f.fall)), at: median(still.map((f) => f.at)) };
}

function judge(m: Mined, part: TankPart): Candidate | Nothing | undefined {
  const about = part.name;
  if (!part.power || !part.temperature) return { about, why: "its power or how hot it is are not known" };
  const [power, water] = [seriesOf(m.h, part.power), seriesOf(m.h, part.temperature)];
  const days = daysKnown(m.h, water);
  const young = tooYoung(days.length, "how hot it is");
  if (young) return { about, why: young };
  const topC = quantile(Array.from(water), 0.95);
  if (!(topC > TOO_HOT_C)) return undefined;
  const heatsW = quantile(Array.from(power.filter((w) => w > 100)), 0.8);
  const perK = kwhPerK(m.h, power, water, heatsW);
  const resting = restingOf(m.h, power, water, heatsW);
  if (!Number.isFinite(perK) || !resting) return { about, why: "it was not seen at rest and heating often enough" };
  const lossW = (perK * resting.fall * 1000) / (resting.at - AROUND_C);
  const meanC = median(Array.from(water));
  const down = topC - ENOUGH_C;
  // What it loses is put back when it heats: there it is spared.
  const lost = (days.length * 24 * lossW * down) / 1000;
  const taken = sumsOn(days, power).reduce((sum, w) => sum + kwhOf(m.h, w), 0);
  const share = Math.min(1, lost / Math.max(lost, taken));
  const saved = power.map((w) => (w > 0.1 * heatsW ? w * share : 0));
  return {
    ...{ about: part.node, node: part.node, ...(part.room ? { room: part.room } : {}) },
    title: `${named(part.name)}: hotter than needed`,
    facts: [
      `It gets ${degrees(topC)} hot, and is ${degrees(meanC)} as a rule.`,
      `It loses ${kwh((lossW * (meanC - AROUND_C) * 24) / 1000)} a day to its surroundings; at up to ${degrees(ENOUGH_C)} it would be less.`,
    ],
    picture: {
      caption: `Mean temperature of the water by hour; the line is ${degrees(ENOUGH_C)}`,
      ...{ unit: "°C", across: "hours", values: byHour(m.h, water), level: ENOUGH_C },
    },
    effect: "saves",
    ...savingOf(m, saved, days, OFF),
    confidence: "medium",
    because: "what it loses was seen at rest; its thermometer sits in one place",
    offer: {
      kind: "advice",
      words: `Lower the boiler to ${ENOUGH_C} °C at its own dial: a person has to do it. Not below 50 °C, and heat it to 60 °C once a week where the water stands long, because of legionella; ask the installer where somebody is frail.`,
    },
    claim: { key: part.power, watts: saved },
  };
}

/** A boiler that is hotter than anybody needs. */
export const hotTank: Miner = {
  kind: "hotTank",
  label: "boilers that are too hot",
  *mine(m) {
    const found: (Candidate | Nothing)[] = [];
    for (const part of m.parts.tanks) {
      const judged = judge(m, part);
      if (judged) found.push(judged);
      yield 0;
    }
    return found;
  },
};
