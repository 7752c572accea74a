/** What the hub has learned about this home, worked out when somebody asks and kept for a while. */
import { partsOf } from "../energy/parts.ts";
import type { Home } from "../model/home.ts";
import type { LearnedHome } from "../model/learned.ts";
import { predicting } from "../planner/foreseen/index.ts";
import { fitting } from "../twin/fit.ts";
import { daysOf } from "../twin/history.ts";
import { reporting } from "../twin/report.ts";
import { drive, type Pace } from "./drive.ts";
import { pastFrom, pastOf } from "./past.ts";
import type { WorkParts } from "./work.ts";

/** A day more changes little: fitted anew no more often than this. */
const KEPT_MS = 6 * 3_600_000;

export type LearnParts = Pick<WorkParts, "home" | "store" | "now" | "yieldNow">;
type LearnHomeParts = LearnParts & Pick<WorkParts, "tariff">;

async function learn(parts: LearnHomeParts): Promise<LearnedHome> {
  const now = parts.now();
  const home = parts.home();
  const energy = partsOf(home);
  const pace: Pace = { now: parts.now, yieldNow: parts.yieldNow };
  const history = await pastOf(parts, home, energy, pastFrom(now), now);
  const twin = await drive(fitting(history, energy), pace);
  const models = await drive(reporting(twin), pace);
  const predictions = await drive(predicting(twin, parts.tariff()), pace);
  const days = daysOf(history);
  return {
    at: now,
    from: history.from,
    to: history.from + history.steps * history.stepMs,
    days: days.length,
    testedDays: days.filter((d) => d.from >= twin.heldOutFrom).length,
    models,
    predictions,
  };
}

/** All that people say of their devices, as one text: with another one all is learned anew. */
export const toldOfHome = ({ nodes }: Home): string =>
  JSON.stringify([...nodes].flatMap(([id, { settings }]) => (settings.told ? [[id, settings.told]] : [])));

/** Answers from what was worked out in the last six hours, and while `stamp` is what it was; those who ask at the same time wait for the same work. */
export function keptFor<T extends { readonly at: number }>(
  now: () => number,
  work: () => Promise<T>,
  stamp: () => string = () => "",
): () => Promise<T> {
  let kept: T | undefined;
  let stamped = "";
  let running: Promise<T> | undefined;
  return () => {
    const age = kept ? now() - kept.at : Number.POSITIVE_INFINITY;
    if (kept && age >= 0 && age < KEPT_MS && stamped === stamp()) return Promise.resolve(kept);
    if (running) return running;
    const begun = stamp();
    running = work()
      .then((made) => {
        kept = made;
        stamped = begun;
        return made;
      })
      .finally(() => {
        running = undefined;
      });
    return running;
  };
}

/** What the home has taught, kept for six hours. */
export const createLearning = (parts: LearnHomeParts): (() => Promise<LearnedHome>) =>
  keptFor(
    parts.now,
    () => learn(parts),
    () => toldOfHome(parts.home()),
  );
