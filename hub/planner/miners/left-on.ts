import type { Part } from "../../energy/parts.ts";
import type { FindOffer } from "../../model/find.ts";
import { type History, hoursOf, type Stretch, seriesOf, valueAt } from "../../twin/history.ts";
import { quantile } from "../../twin/numbers.ts";
import type { Candidate, Mined, Miner, Nothing } from "./miner.ts";
import { emptyIn, seenBy } from "./presence.ts";
import { byHour, daysKnown, partByHour, savingOf, tooYoung } from "./reckon.ts";
import { hours, named, watts } from "./said.ts";

/** Who sits still is not seen: a lamp burns for nobody after so long, what people sit before only after this. */
const LAMP_H = 1;
const SEAT_H = 2;
/** Of such a stretch the beginning does not count: a rule would wait as well. */
const GRACE_H = 0.5;
const ON_W = 3;
const LEAST_TIMES = 3;
/** Some of it is meant: a light for the cat, a film from the sofa. */
const OFF = [0.45, 1.3] as const;

/** W while on, by step: measured, or as a person has said of it. */
function powerOf(h: History, part: Part): Float64Array {
  const measured = seriesOf(h, part.power);
  if (measured.length > 0) return measured;
  const { estimate } = part.meter;
  const on = seriesOf(h, estimate?.on ?? part.relay);
  return on.map((v) => (Number.isFinite(v) ? (v > 0 ? (estimate?.watts ?? Number.NaN) : 0) : v));
}

function burning(h: History, power: Float64Array, empty: readonly Stretch[], restW: number) {
  const saved = new Float64Array(h.steps);
  const grace = Math.round(GRACE_H / hoursOf(h));
  const times: number[] = [];
  for (const { from, to } of empty) {
    let on = 0;
    for (let i = from + grace; i < to; i++) {
      const above = valueAt(power, i) - restW;
      if (!(above > ON_W)) continue;
      saved[i] = above;
      on++;
    }
    if (on > 0) times.push(on * hoursOf(h));
  }
  return { saved, times };
}

const offerOf = (m: Mined, part: Part, room: string): FindOffer =>
  m.parts.lights.includes(part)
    ? part.relay && part.power
      ? { kind: "goals", goals: [{ kind: "offWhenEmpty", what: "lights", room }] }
      : {
          kind: "blueprint",
          blueprint: "lights-empty-room",
          words: "Put the lights of the room out once nobody moves in it.",
        }
    : {
        kind: "advice",
        words:
          "Turn it off on leaving the room; a rule of your own can do it once nobody has moved there for two hours.",
      };

function judge(m: Mined, part: Part, room: string, seen: Float64Array): Candidate | Nothing | undefined {
  const lamp = m.parts.lights.includes(part);
  const about = part.name;
  const power = powerOf(m.h, part);
  if (!power.some(Number.isFinite))
    return lamp ? { about, why: "its power is not known: say in its settings how much it draws" } : undefined;
  const both = power.map((w, i) => (Number.isFinite(valueAt(seen, i)) ? w : Number.NaN));
  const days = daysKnown(m.h, both);
  const young = tooYoung(days.length, "its power and of who is in the room");
  if (young) return { about, why: young };
  const restW = quantile(Array.from(power), 0.05) || 0;
  const { saved, times } = burning(m.h, power, emptyIn(m.h, seen, lamp ? LAMP_H : SEAT_H), restW);
  if (times.length < LEAST_TIMES) return undefined;
  const onW = quantile(Array.from(saved.filter((w) => w > 0)), 0.5);
  return {
    ...{ about: `${part.node}/${part.endpoint}`, node: part.node, room },
    title: `${named(part.name)}: on in an empty room`,
    facts: [
      `On ${days.length} days it stayed on ${times.length} times with nobody in ${named(room)}, for ${hours(quantile(times, 0.5))} as a rule and up to ${hours(Math.max(...times))}.`,
      `It draws ${watts(onW)} then; the first half hour of each time is not counted.`,
    ],
    picture: {
      caption: "Mean power by hour of the day; marked is what it draws with nobody in the room",
      ...{ unit: "W", across: "hours", values: byHour(m.h, power), part: partByHour(m.h, saved, power) },
    },
    effect: "saves",
    ...savingOf(m, saved, days, OFF),
    confidence: lamp && part.power ? "medium" : "low",
    because: "a sensor sees who moves, not who sits still or what is meant to be on",
    offer: offerOf(m, part, room),
    claim: { key: part.power ?? part.relay ?? part.node, watts: saved },
  };
}

/** Lights, and what people sit before, that stay on where nobody is. */
export const leftOn: Miner = {
  kind: "leftOn",
  label: "devices on in empty rooms",
  *mine(m) {
    const used = m.loads.filter((l) => l.ok && l.kind === "use").map((l) => `${l.node}/${l.endpoint}`);
    const seats = [...m.parts.corners, ...m.parts.others].filter((p) => used.includes(`${p.node}/${p.endpoint}`));
    const found: (Candidate | Nothing)[] = [];
    const seen = new Map<string, Float64Array>();
    for (const part of [...m.parts.lights, ...seats]) {
      const sensors = m.parts.occupancy.filter((o) => o.room === part.room).map((o) => o.path);
      if (part.room === undefined || sensors.length === 0) continue;
      const here = seen.get(part.room) ?? seenBy(m.h, sensors);
      seen.set(part.room, here);
      yield 0;
      const judged = judge(m, part, part.room, here);
      if (judged) found.push(judged);
      yield 0;
    }
    if (m.parts.lights.length > 0 && found.length === 0 && m.parts.occupancy.length === 0)
      found.push({ why: "no sensor tells whether somebody is in a room" });
    return found;
  },
};
