/** Whether the house meter can be right: no house gives power that nothing in it makes. */
import type { Twin } from "./fit.ts";
import { type Fit, noFit } from "./fit-note.ts";
import { seriesOf, valueAt } from "./history.ts";

/** Meters do not report at the same moment: so much may be missing in a quarter hour, W. */
const SLACK_W = 300;
const MOST_SHARE = 0.05;

/** The unmetered remainder must not be negative: where it often is, a sign or a clamp is wrong and no bill can be trusted. */
export function balanceOf(twin: Twin): Fit {
  const suns = twin.parts.solar.map((part) => seriesOf(twin.history, part.power));
  let known = 0;
  let impossible = 0;
  for (let i = 0; i < twin.history.steps; i++) {
    const made = suns.reduce((sum, sun) => sum + (valueAt(sun, i) || 0), 0);
    const remainder = valueAt(twin.rest, i) - made;
    if (!Number.isFinite(remainder)) continue;
    known++;
    if (remainder < -SLACK_W) impossible++;
  }
  if (known === 0) return noFit("the house meter says nothing of the past, so no bill can be replayed");
  const share = impossible / known;
  const note = `in ${Math.round(share * 100)} % of the time the house meter shows less than its own devices draw`;
  return share <= MOST_SHARE ? { ok: true, note } : noFit(`${note}: check its sign and its clamps`);
}
