import type { Candidate, Miner, Nothing } from "./miner.ts";
import { bySun, movedFind } from "./moved.ts";
import { movesIn } from "./moves.ts";

/** Sun that is given away while something that was run later could have had it. */
export const unusedSun: Miner = {
  kind: "unusedSun",
  label: "sun given away",
  *mine(m) {
    if (m.parts.solar.length === 0) return [];
    if (!m.parts.grid?.power) return [{ why: "no house meter tells what is given away" }];
    const { movable } = yield* movesIn(m);
    const found: (Candidate | Nothing)[] = [];
    for (const one of movable) {
      const made = movedFind(m, one, one.moves.filter(bySun), {
        title: "could run on the sun",
        better: "Enough sun for them was given away at about",
        because: "what was given away is metered; how sunny the rest of the year is was reckoned from the place",
        what: "import",
        year: m.sunDays,
      });
      if (made) found.push(made);
      yield 0;
    }
    return found;
  },
};
