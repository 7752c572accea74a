/** Everything that looks for what could be saved. A miner is a file and a line here. */
import type { Find, Silence } from "../../model/find.ts";
import { coldBox } from "./cold-box.ts";
import { hotTank } from "./hot-tank.ts";
import { leftOn } from "./left-on.ts";
import type { Mined, Miner } from "./miner.ts";
import { needlessHeating } from "./needless-heating.ts";
import { nightBase } from "./night-base.ts";
import { openWindow } from "./open-window.ts";
import { peakUse } from "./peak-use.ts";
import { settled, type Told } from "./settle.ts";
import { standby } from "./standby.ts";
import { unusedSun } from "./unused-sun.ts";
import { warmRoom } from "./warm-room.ts";

export const miners: readonly Miner[] = [
  standby,
  leftOn,
  needlessHeating,
  openWindow,
  warmRoom,
  hotTank,
  coldBox,
  peakUse,
  unusedSun,
  nightBase,
];

/** Looks for all of it, one miner after the other. Yields the share done, 0..1. */
export function* mining(
  m: Mined,
  of: readonly Miner[] = miners,
): Generator<number, { readonly finds: readonly Find[]; readonly silent: readonly Silence[] }> {
  const told: Told[] = [];
  for (const [k, miner] of of.entries()) {
    const work = miner.mine(m);
    for (;;) {
      const step = work.next();
      if (step.done) {
        told.push(...step.value.map((what) => ({ kind: miner.kind, what })));
        break;
      }
      yield k / of.length;
    }
    yield (k + 1) / of.length;
  }
  return settled(m.h, told);
}
