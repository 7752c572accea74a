import type { ThermostatPart } from "../../energy/parts.ts";
import { type History, hoursOf, type Stretch, seriesOf, valueAt } from "../../twin/history.ts";
import { mean } from "../../twin/numbers.ts";
import type { Candidate, Contact, Mined, Miner, Nothing } from "./miner.ts";
import { byHour, daysKnown, partByHour, savingOf, tooYoung } from "./reckon.ts";
import { degrees, hours, named } from "./said.ts";
import { type Heating, heatingOf, SEASON_OFF } from "./thermal.ts";

/** Airing for a quarter of an hour is well; longer with the heating on is not. */
const LEAST_OPEN_H = 0.5;
const LEAST_TIMES = 3;
const FROST_C = 12;
/** Much of what is heated meanwhile stays in the walls, and would else be heated afterwards. */
const GONE = 0.45;
const OFF = [0.45 * SEASON_OFF[0], 2 * SEASON_OFF[1]] as const;

function openings(h: History, closed: Float64Array): readonly Stretch[] {
  const found: Stretch[] = [];
  let from = -1;
  for (let i = 0; i <= h.steps; i++) {
    const open = valueAt(closed, i) === 0;
    if (open && from < 0) from = i;
    if (!open && from >= 0) {
      if ((i - from) * hoursOf(h) >= LEAST_OPEN_H) found.push({ from, to: i });
      from = -1;
    }
  }
  return found;
}

/** What the heating drew over its usual while the window was open and it was still asked for warmth. */
function lost(g: Heating, open: readonly Stretch[]) {
  const saved = new Float64Array(g.power.length);
  const times: Stretch[] = [];
  for (const one of open) {
    let over = 0;
    for (let i = one.from; i < one.to; i++) {
      const apart = valueAt(g.inside, i) - valueAt(g.outside, i);
      if (!(valueAt(g.setpoint, i) > FROST_C) || !(apart > 3)) continue;
      const more = valueAt(g.power, i) - g.wPerK * apart;
      if (!(more > 0)) continue;
      saved[i] = GONE * more;
      over += more;
    }
    if (over > 0) times.push(one);
  }
  return { saved, times };
}

function judge(m: Mined, contact: Contact, part: ThermostatPart): Candidate | Nothing | undefined {
  const closed = seriesOf(m.h, contact.path);
  const young = tooYoung(daysKnown(m.h, closed).length, "it");
  if (young) return { about: contact.name, why: young };
  const long = openings(m.h, closed);
  if (long.length < LEAST_TIMES) return undefined;
  const g = heatingOf(m, part);
  if (typeof g === "string")
    return { about: contact.name, why: `it was open for more than half an hour ${long.length} times, but ${g}` };
  const { saved, times } = lost(g, long);
  if (times.length < LEAST_TIMES) return undefined;
  const cold = mean(times.flatMap((t) => Array.from(g.outside.subarray(t.from, t.to))));
  return {
    ...{ about: contact.path, room: contact.room, node: part.node },
    title: `${named(contact.name)}: heated while it is open`,
    facts: [
      `It was open for more than half an hour with the heating on ${times.length} times, ${hours(mean(times.map((t) => (t.to - t.from) * hoursOf(m.h))))} on average.`,
      `It was ${degrees(cold)} outside then; counted is the part that goes out of the window of what the heating took over its usual at such cold.`,
    ],
    picture: {
      caption: "Mean power of the heating by hour; marked is what it took more while the window was open",
      ...{ unit: "W", across: "hours", values: byHour(m.h, g.power), part: partByHour(m.h, saved, g.power) },
    },
    effect: "saves",
    ...savingOf(m, saved, g.days, OFF, g.season),
    confidence: "medium",
    because: "the heating's meter shows it, but other causes may be in it",
    offer: {
      kind: "blueprint",
      blueprint: "window-heating",
      words: "Turn the heating of the room back while the window is open.",
    },
    claim: { key: g.pump.power ?? "", watts: saved },
  };
}

/** Heating against an open window. */
export const openWindow: Miner = {
  kind: "openWindow",
  label: "heating with a window open",
  *mine(m) {
    const found: (Candidate | Nothing)[] = [];
    for (const contact of m.contacts) {
      const part = m.parts.thermostats.find((t) => t.room === contact.room) ?? only(m.parts.thermostats);
      const judged = part && judge(m, contact, part);
      if (judged) found.push(judged);
      yield 0;
    }
    return found;
  },
};

const only = <T>(list: readonly T[]): T | undefined => (list.length === 1 ? list[0] : undefined);
