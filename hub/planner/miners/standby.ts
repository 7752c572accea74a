import { loadsOf, type Part, type Parts } from "../../energy/parts.ts";
import type { FindOffer } from "../../model/find.ts";
import type { LearnedLoad } from "../../model/learned.ts";
import { seriesOf, valueAt } from "../../twin/history.ts";
import type { Candidate, Mined, Miner, Nothing } from "./miner.ts";
import { byHour, daysKnown, minutesOf, partByHour, savingOf, tooYoung } from "./reckon.ts";
import { clock, named, percent, watts } from "./said.ts";

/** Less is what a switch or plug draws itself. */
const LEAST_W = 2;
/** An hour counts as unused where it was in use in so small a share of its time. */
const UNUSED = 0.02;
const LEAST_HOURS = 3;
/** What a switched plug draws itself, and habits that change; nothing more can be had than all its rest. */
const OFF = [0.8, 1.2] as const;
/** Things that must not lose their power. */
const NEVER_CUT = new Set([
  "refrigerator",
  "networkInfrastructureManager",
  "threadBorderRouter",
  "waterHeater",
  "heatPump",
]);

const cuttable = (parts: Parts): readonly Part[] =>
  loadsOf({ ...parts, evses: [], tanks: [], heatPumps: [], lights: [] }).filter(
    (p) => p.power !== undefined && !p.types.some((t) => NEVER_CUT.has(t)),
  );

/** The longest run of hours in which it is hardly ever used, around midnight too: first hour and length. */
function quietHours(m: Mined, power: Float64Array, inUseW: number): readonly [number, number] {
  const used = byHour(
    m.h,
    power.map((w) => (Number.isFinite(w) ? Number(w > inUseW) : w)),
  );
  let best: readonly [number, number] = [0, 0];
  let length = 0;
  for (let i = 0; i < 48; i++) {
    length = (used[i % 24] ?? 1) <= UNUSED ? Math.min(length + 1, 23) : 0;
    if (length > best[1]) best = [(i - length + 25) % 24, length];
  }
  return best;
}

function offerOf(parts: Parts, part: Part): FindOffer {
  if (!part.relay)
    return {
      kind: "advice",
      words: "Put it behind a switch, or a plug that the hub can switch, and turn it off there.",
    };
  return parts.corners.includes(part)
    ? { kind: "goals", goals: [{ kind: "reduceStandby", node: part.node }] }
    : { kind: "blueprint", blueprint: "standby-cut", words: "Cut its power at night and while nobody is home." };
}

function judge(m: Mined, part: Part, load: LearnedLoad): Candidate | Nothing | undefined {
  const about = part.name;
  const standbyW = load.standbyW ?? 0;
  if (load.kind === "unknown" || !load.ok) return { about, why: load.note };
  if ((load.kind !== "use" && load.kind !== "machine") || standbyW < LEAST_W) return undefined;
  const power = seriesOf(m.h, part.power);
  const days = daysKnown(m.h, power);
  const young = tooYoung(days.length, "its power");
  if (young) return { about, why: young };
  const inUseW = standbyW * 1.5 + 5;
  const [from, length] = quietHours(m, power, inUseW);
  if (length < LEAST_HOURS) return { about, why: `it draws ${watts(standbyW)} at rest, but is used at all hours` };
  const minutes = minutesOf(m.h);
  const isQuiet = (i: number) => (Math.floor(valueAt(minutes, i) / 60) - from + 24) % 24 < length;
  const saved = power.map((w, i) => (w <= inUseW && isQuiet(i) ? w : 0));
  const name = named(part.name);
  return {
    about: `${part.node}/${part.endpoint}`,
    node: part.node,
    ...(part.room ? { room: part.room } : {}),
    title: `${name}: standby for nobody`,
    facts: [
      `It draws ${watts(standbyW)} at rest.`,
      `From ${clock(from)} to ${clock(from + length)} it was hardly ever used on ${days.length} days, and had power for ${percent(share(saved, days.length, length))} of that time.`,
    ],
    picture: {
      caption: "Mean power by hour of the day; marked is what it draws in hours without use",
      ...{ unit: "W", across: "hours", values: byHour(m.h, power), part: partByHour(m.h, saved, power) },
    },
    effect: "saves",
    ...savingOf(m, saved, days, OFF),
    confidence: "high",
    because: "its standby power held on days that it was not learned from",
    offer: offerOf(m.parts, part),
    claim: { key: part.power ?? "", watts: saved },
  };
}

const share = (saved: Float64Array, days: number, length: number): number =>
  Math.min(1, saved.filter((w) => w > 0.5).length / Math.max(1, days * length * 4));

/** What draws power while nobody uses it. */
export const standby: Miner = {
  kind: "standby",
  label: "standby",
  *mine(m) {
    const found: (Candidate | Nothing)[] = [];
    for (const part of cuttable(m.parts)) {
      const load = m.loads.find((l) => l.node === part.node && l.endpoint === part.endpoint);
      const judged = load && judge(m, part, load);
      if (judged) found.push(judged);
      yield 0;
    }
    return found;
  },
};
