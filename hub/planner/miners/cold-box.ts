import { seriesOf, valueAt } from "../../twin/history.ts";
import { median } from "../../twin/numbers.ts";
import type { Candidate, ColdBox, Mined, Miner, Nothing } from "./miner.ts";
import { byDay, daysKnown, savingOf, tooYoung } from "./reckon.ts";
import { degrees, named, percent } from "./said.ts";

/** Below this it is a freezer, degC. */
const FREEZER_C = -8;
/** What food needs: 7 degC at most in a refrigerator, so 5; -18 degC in a freezer. */
const ENOUGH_C = { fridge: 5, freezer: -18 } as const;
/** So much colder is worth a word, K. */
const COLDER_K = 2;
/** The kitchen around it. */
const AROUND_C = 22;
const OFF = [0.5, 1.5] as const;

function judge(m: Mined, { part, temperature }: ColdBox): Candidate | Nothing | undefined {
  const about = part.name;
  const inside = seriesOf(m.h, temperature);
  const cold = median(Array.from(inside));
  const young = tooYoung(daysKnown(m.h, inside).length, "how cold it is");
  if (young) return { about, why: young };
  const kind = cold < FREEZER_C ? "freezer" : "fridge";
  const enough = ENOUGH_C[kind];
  const under = enough - cold;
  if (!(under >= COLDER_K)) return undefined;
  const power = seriesOf(m.h, part.power);
  const days = daysKnown(m.h, power);
  const unmetered = part.power ? tooYoung(days.length, "its power") : "its power is not measured";
  if (unmetered) return { about, why: `it is ${degrees(cold)} cold, but ${unmetered}` };
  const share = under / (AROUND_C - cold);
  const saved = power.map((w) => Math.max(0, w || 0) * share);
  const meanOf = (values: Float64Array) => (d: { from: number; to: number }) =>
    median(Array.from(values.subarray(d.from, d.to), (_, k) => valueAt(values, d.from + k)));
  return {
    ...{ about: `${part.node}/${part.endpoint}`, node: part.node, ...(part.room ? { room: part.room } : {}) },
    title: `${named(part.name)}: colder than needed`,
    facts: [
      `It is ${degrees(cold)} as a rule; ${degrees(enough)} is cold enough for a ${kind}.`,
      `What it draws goes with how much colder it is than around it: about ${percent(share)} less.`,
    ],
    picture: {
      caption: `Temperature inside, day by day; the line is ${degrees(enough)}`,
      ...{ unit: "°C", ...byDay(m.h, daysKnown(m.h, inside), meanOf(inside)), level: enough },
    },
    effect: "saves",
    ...savingOf(m, saved, days, OFF),
    confidence: "medium",
    because: "a thermometer near the wall reads colder than the food is",
    offer: {
      kind: "advice",
      words: `Turn its dial up a step and look after a day, until it stays at about ${degrees(enough)}: a person has to do it. Food spoils above 7 °C in a refrigerator.`,
    },
    claim: { key: part.power ?? "", watts: saved },
  };
}

/** A refrigerator or freezer that is colder than food needs. */
export const coldBox: Miner = {
  kind: "coldBox",
  label: "refrigerators that are too cold",
  *mine(m) {
    const found: (Candidate | Nothing)[] = [];
    for (const box of m.coldBoxes) {
      const judged = judge(m, box);
      if (judged) found.push(judged);
      yield 0;
    }
    return found;
  },
};
