import type { Candidate, Miner, Nothing } from "./miner.ts";
import { bySun, movedFind } from "./moved.ts";
import { movesIn } from "./moves.ts";
import { DAYS_A_YEAR } from "./reckon.ts";

/** Prices that differ by less than this share are all the same to a habit. */
const APART = 0.08;

/** What runs while energy is dear and could wait. */
export const peakUse: Miner = {
  kind: "peakUse",
  label: "use in dear hours that can move",
  *mine(m) {
    const prices = Array.from(m.price).filter(Number.isFinite);
    const [least, most] = [Math.min(...prices), Math.max(...prices)];
    if (!(most - least > APART * Math.abs(most))) return [{ why: "a kWh costs the same at all hours" }];
    const { movable, silent } = yield* movesIn(m);
    const found: (Candidate | Nothing)[] = [...silent];
    for (const one of movable) {
      const made = movedFind(
        m,
        one,
        one.moves.filter((v) => !bySun(v)),
        {
          title: "runs while energy is dear",
          better: "They would have been cheaper at about",
          because: "its runs and the prices of these days are known",
          what: "cost",
          year: DAYS_A_YEAR,
        },
      );
      if (made) found.push(made);
      yield 0;
    }
    return found;
  },
};
