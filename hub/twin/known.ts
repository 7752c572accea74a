/** The figures of a model that a person may overrule: what was learned, from how much of the past, and what was said. */
import type { LearnedFact } from "../model/learned.ts";
import { type ToldFact, type ToldFacts, toldKinds } from "../model/told.ts";
import type { Model } from "./device.ts";

const rounded = (value: number): number => Math.round(value * 10) / 10;

function factOf(fact: ToldFact, learned: number | undefined, source: string, told: ToldFacts): LearnedFact[] {
  if (learned === undefined || !Number.isFinite(learned)) return [];
  const said = told[fact];
  return [
    { fact, ...toldKinds[fact], learned: rounded(learned), source, ...(said === undefined ? {} : { told: said }) },
  ];
}

/** What was said of a device whose model is not used, so that it can be taken back. */
export const saidOf = (told: ToldFacts = {}): readonly LearnedFact[] =>
  (Object.keys(toldKinds) as ToldFact[]).flatMap((fact) => {
    const said = told[fact];
    return said === undefined ? [] : [{ fact, ...toldKinds[fact], source: "not learned beside it", told: said }];
  });

/** Empty for models of which nothing can be said. */
export function knownOf({ kind, facts: f }: Model, told: ToldFacts = {}): readonly LearnedFact[] {
  switch (kind) {
    case "battery": {
      const cycles = Math.max(1, Math.round(f.cycles ?? 0));
      const source = `learned from ${cycles} full ${cycles === 1 ? "cycle" : "cycles"}`;
      const back = f.learnedReturn === undefined ? undefined : f.learnedReturn * 100;
      return [...factOf("batteryKwh", f.learnedKwh, source, told), ...factOf("batteryReturn", back, source, told)];
    }
    case "car":
      return factOf("carKwh", f.learnedKwh, `learned from its charges between ${f.trips ?? 0} trips`, told);
    case "tank":
      return factOf("tankLitres", f.learnedLitres, "learned from how fast it warms", told);
    default:
      return [];
  }
}
