/** Lives the past again with each of the rules in turn, in whatever thread. */
import type { RuleTrial } from "../../model/rule-trial.ts";
import { comfortOf } from "../../step/dry-run/comfort.ts";
import { energyOf } from "../../step/dry-run/energy.ts";
import { fightsOf } from "../../step/dry-run/fights.ts";
import { living } from "../../step/dry-run/live.ts";
import { reportOf } from "../../step/dry-run/report.ts";
import { type PastStore, type Prepared, prepare } from "./past.ts";
import type { TrialQuestion } from "./question.ts";

/** Runs work to its end, resting as it likes; may throw where it is to end before. */
export type Drive = <T>(work: Generator<number, T>) => Promise<T>;

/**
 * `told` hears each report with the rule's place in the question as soon as it is there. Rejects with a RangeError for more than fits and where
 * nothing is kept of the time.
 */
export async function answer(
  question: TrialQuestion,
  store: PastStore,
  drive: Drive,
  told: (place: number, report: RuleTrial) => void,
): Promise<void> {
  // The house's mode is known for less long than what devices said: that must not shorten the time of others.
  for (const byMode of [false, true]) {
    const asked = question.asked.filter(({ reads }) => reads.mode === byMode);
    if (asked.length === 0) continue;
    for (const one of await prepare({ ...question, asked }, store, drive)) {
      const place = question.asked.findIndex(({ rule }) => rule === one.trial.rule);
      const report = await reported(one, question, drive);
      told(place, question.brief ? briefly(report) : report);
    }
  }
}

async function reported({ trial, switched, untold, grains }: Prepared, { titles }: TrialQuestion, drive: Drive) {
  const lived = await drive(living(trial));
  const energy = await drive(energyOf(lived.otherwise, switched, trial.view, lived.warmings));
  const { from, timeZone } = trial.view;
  const comfort = await drive(comfortOf(lived.warmings, untold, { from, to: lived.to, timeZone }));
  const fights = fightsOf(lived, trial.deeds, ({ by }) => whoIs(by, titles), timeZone);
  return reportOf(trial, lived, { energy, fights, comfort, grains });
}

function briefly(report: RuleTrial): RuleTrial {
  const { comfort } = report;
  if (!comfort.known) return { ...report, runs: [] };
  const rooms = comfort.value.rooms.map(({ picture: _, ...room }) => room);
  return { ...report, runs: [], comfort: { known: true, value: { ...comfort.value, rooms } } };
}

/** Who it was, in words. */
function whoIs(by: string, { plans, rules }: TrialQuestion["titles"]): string {
  const id = by.slice(by.indexOf(":") + 1);
  const [plan, rule] = [plans.get(id), rules.get(id)];
  if (by.startsWith("plan:")) return plan === undefined ? "a plan that is no more" : `the plan "${plan}"`;
  if (by.startsWith("rule:")) return rule === undefined ? "a rule that is no more" : `the rule "${rule}"`;
  return by;
}
