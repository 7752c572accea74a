import type { ThermostatPart } from "../../energy/parts.ts";
import { valueAt } from "../../twin/history.ts";
import { mean, quantile } from "../../twin/numbers.ts";
import type { Candidate, Mined, Miner, Nothing } from "./miner.ts";
import { byHour, partByHour, savingOf } from "./reckon.ts";
import { degrees, named } from "./said.ts";
import { heatingOf, SEASON_OFF } from "./thermal.ts";

/** Warm enough for most who sit in a living room, degC; only well above it anything is said: warmth is a matter of taste. */
const ENOUGH_C = 21;
const TOO_WARM_C = 22.4;
const OFF = [0.7 * SEASON_OFF[0], 1.3 * SEASON_OFF[1]] as const;

function judge(m: Mined, part: ThermostatPart): Candidate | Nothing | undefined {
  const g = heatingOf(m, part);
  const heated = typeof g === "string" ? [] : g.days.flatMap((d) => Array.from(g.setpoint.subarray(d.from, d.to)));
  const setC = quantile(heated, 0.6);
  if (typeof g === "string") return { about: part.name, why: g };
  if (!(setC >= TOO_WARM_C)) return undefined;
  const reached = mean(g.days.flatMap((d) => Array.from(g.inside.subarray(d.from, d.to))));
  // A room that never gets so warm loses nothing by a lower wish.
  if (!(reached > ENOUGH_C + 0.5))
    return { about: part.name, why: `it is set to ${degrees(setC)} and does not get there` };
  const saved = g.power.map((w, i) => {
    const over = valueAt(g.setpoint, i) - ENOUGH_C;
    return over > 0 && valueAt(g.inside, i) > ENOUGH_C ? Math.min(w || 0, g.wPerK * over) : 0;
  });
  return {
    ...{ about: part.node, node: part.node, ...(part.room ? { room: part.room } : {}) },
    title: `${named(part.name)}: set to ${degrees(setC)}`,
    facts: [
      `On ${g.days.length} heated days it was set to ${degrees(setC)} most of the time, and it was ${degrees(reached)} on average.`,
      `Counted is what ${degrees(ENOUGH_C)} would have spared; ${Math.round(g.season)} heated days a year.`,
    ],
    picture: {
      caption: "Mean temperature of the room by hour; the line is what most people find warm enough",
      ...{
        unit: "°C",
        across: "hours",
        values: byHour(m.h, g.inside),
        part: partByHour(
          m.h,
          g.inside.map((t) => Math.max(0, t - ENOUGH_C)),
          g.inside,
        ),
      },
      level: ENOUGH_C,
    },
    effect: "saves",
    ...savingOf(m, saved, g.days, OFF, g.season),
    confidence: "low",
    because: "how warm is right is yours to say",
    offer: {
      kind: "advice",
      words: `Try ${degrees(ENOUGH_C)} for a week, half a degree at a time. A child, an old or a sick person may need it warmer.`,
    },
    claim: { key: g.pump.power ?? "", watts: saved },
  };
}

/** A room whose target is far above what is needed. */
export const warmRoom: Miner = {
  kind: "warmRoom",
  label: "rooms that are set very warm",
  *mine(m) {
    const [part, ...others] = m.parts.thermostats;
    yield 0;
    const judged = part && others.length === 0 ? judge(m, part) : undefined;
    if (judged) return [judged];
    return others.length > 0 ? [{ why: "several rooms share one meter, and nothing tells how much each takes" }] : [];
  },
};
