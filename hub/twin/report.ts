/** What the twin has learned, for people: each model in sentences, with its proof or why nothing is judged by it. */
import { clockText } from "../energy/clock.ts";
import type { Learned } from "../model/learned.ts";
import type { NodeId } from "../model/path.ts";
import type { ToldFacts } from "../model/told.ts";
import { baseOf, type Flow, flowOf, sunOf } from "./base.ts";
import { byLight } from "./by-light.ts";
import type { Model } from "./device.ts";
import { TESTED_AGAIN, type Twin } from "./fit.ts";
import { knownOf, saidOf } from "./known.ts";
import { roofOf, roofWords } from "./roof.ts";

/** A day ahead may be off by so much of a usual day before nothing is planned by it. */
const BASE_SHARE = 0.4;
const SUN_SHARE = 0.6;
/** A drift smaller than this share of a day is none. */
const DRIFT_SHARE = 0.1;

const one = (value: number | undefined): string => (value ?? 0).toFixed(1);
const whole = (value: number | undefined): string => (value ?? 0).toFixed(0);
const kw = (watts: number | undefined): string => ((watts ?? 0) / 1000).toFixed(1);
const HOURS_A_YEAR = 8766;

const WORDS: Readonly<Record<Model["kind"], (f: Readonly<Record<string, number>>) => readonly string[]>> = {
  battery: (f) => [
    `Holds ${one(f.capacityKwh)} kWh; of what goes in ${whole((f.roundTrip ?? 0) * 100)} % comes back.`,
    `Takes up to ${kw(f.chargeW)} kW and gives up to ${kw(f.dischargeW)} kW, between ${whole(f.low)} and ${whole(f.high)} %.`,
  ],
  car: (f) => [
    `${whole(f.trips)} trips; it comes home at about ${clockText(f.arrivesMinutes ?? 0)} and needs up to ${one((f.tripPercent ?? 0) * (f.kwhPerPercent ?? 0))} kWh for nine trips in ten.`,
    `Charges with ${one(f.chargeKw)} kW up to ${whole(f.full)} %; one percent takes ${(f.kwhPerPercent ?? 0).toFixed(2)} kWh.`,
  ],
  tank: (f) => [
    `Holds about ${whole(((f.kwhPerK ?? 0) * 3600) / 4.186)} l and heats with ${kw(f.heatW)} kW from ${whole(f.onAt)} to ${whole(f.offAt)} °C.`,
    `Loses ${one(f.lossKwhPerDay)} kWh a day to its surroundings; people draw ${one(f.drawnKwhPerDay)} kWh a day.`,
  ],
  room: (f) => [
    `Kept at ${one(f.setC)} °C; without heating a third of its warmth is gone after ${whole(f.hoursToLoseAThird)} h.`,
    `The heating takes up to ${kw(f.mostW)} kW.`,
  ],
  appliance: (f) => [
    `${whole(f.cycles)} cycles of ${(f.kwhPerCycle ?? 0).toFixed(2)} kWh, up to ${one(f.hoursPerCycle)} h long, usually started at about ${clockText(f.usualMinutes ?? 0)}.`,
  ],
  corner: (f) => [
    `Draws ${whole(f.standbyW)} W while nobody uses it: ${whole(((f.standbyW ?? 0) * HOURS_A_YEAR) / 1000)} kWh if it did so all year.`,
  ],
  light: () => ["Does what it was recorded to do; a plan can only put it out."],
};

const RESTS: Readonly<Record<Model["kind"], string>> = {
  battery: "its power and its charge",
  car: "the charger's power and the car's charge",
  tank: "its power and its temperature",
  room: "the thermostat, the heat pump's meter, outdoor temperature, the sun's yield and presence as far as they are recorded",
  appliance: "the power of its plug",
  corner: "the power of its plug",
  light: "its power and the presence in its room",
};

/** What people say of each device that the twin may have a model of. */
const toldIn = ({ parts }: Twin): ReadonlyMap<NodeId, ToldFacts> =>
  new Map(
    [...parts.batteries, ...parts.evses, ...parts.tanks].flatMap(({ node, told }) => (told ? [[node, told]] : [])),
  );

const learnedOf = (model: Model, told: ToldFacts | undefined): Learned => ({
  kind: model.kind,
  name: model.name,
  node: model.node,
  ok: true,
  note: model.fit.proof?.note ?? model.fit.note,
  facts: WORDS[model.kind](model.facts),
  known: knownOf(model, told),
  rests: RESTS[model.kind],
  ...(model.fit.proof ? { proof: model.fit.proof } : {}),
});

function driftWords(flow: Flow): string {
  const { drift, perDay } = flow;
  if (drift === undefined || Math.abs(drift) < DRIFT_SHARE * perDay) return "It does not drift.";
  return `It ${drift > 0 ? "rises" : "falls"} by ${one(Math.abs(drift))} kWh a day within a month.`;
}

function peakWords(byHour: Flow["byHour"]): string {
  const all = byHour.flatMap((hours, day) => hours.map((kwh, hour) => ({ kwh: kwh || 0, day, hour })));
  const top = all.reduce((a, b) => (b.kwh > a.kwh ? b : a), { kwh: 0, day: 0, hour: 0 });
  const least = Math.min(...all.map((a) => a.kwh));
  const day = ["Mondays", "Tuesdays", "Wednesdays", "Thursdays", "Fridays", "Saturdays", "Sundays"][top.day];
  const most = `most on ${day} at ${clockText(top.hour * 60)} (${top.kwh.toFixed(2)} kWh in the hour)`;
  return `By hour and weekday: ${most}, least ${least.toFixed(2)} kWh.`;
}

const flowLearned = (
  kind: "base" | "sun",
  name: string,
  flow: Flow,
  facts: readonly string[],
  rests: string,
): Learned => ({
  kind,
  name,
  ok: flow.proof.ok && flow.proof.days > 0,
  note: flow.proof.days > 0 ? flow.proof.note : "no whole day of it is known yet",
  facts,
  rests,
  ...(flow.proof.ok && flow.proof.days > 0
    ? {}
    : { help: flow.proof.days > 0 ? TESTED_AGAIN : "two weeks of its readings" }),
  ...(flow.proof.days > 0 ? { proof: flow.proof, ...(flow.proof.ok ? { ahead: flow.ahead } : {}) } : {}),
});

/** The sun by its own past, and by the light that the home sees, where it has a sensor outdoors. */
function* sunLearned(twin: Twin, watts: Float64Array): Generator<number, Learned[]> {
  const { history, parts, heldOutFrom } = twin;
  const sun = yield* flowOf(twin, watts, "a day's yield, foretold the midnight before,", SUN_SHARE);
  const roof = roofOf(history, watts);
  yield 0.7;
  const facts = [
    `Gives ${one(sun.perDay)} kWh a day. ${driftWords(sun)}`,
    ...(roof ? roofWords(roof) : []),
    peakWords(sun.byHour),
  ];
  const rests = "what the inverters metered at the same hours of the last weeks; the hub asks no weather service";
  const light = parts.light === undefined ? undefined : yield* byLight(history, parts.light, watts, heldOutFrom);
  const ahead = flowLearned("sun", "The sun", sun, facts, rests);
  if (!light) return [ahead];
  const blind = light.blindLx === undefined ? [] : [`The sensor sees no more light than ${whole(light.blindLx)} lx.`];
  return [
    ahead,
    {
      kind: "sun",
      name: "The sun by the light outdoors",
      ok: light.proof.ok,
      note: light.proof.note,
      ...(light.proof.ok ? {} : { help: "a sensor that sees the open sky" }),
      facts: [
        "What the panels should give at each time of day for the light that is there; less than that is snow, dirt or a fault.",
        ...blind,
      ],
      rests: "the light sensor outdoors and what the inverters metered with it",
      proof: light.proof,
    },
  ];
}

/** Puts the twin into words. Yields the share done. */
export function* reporting(twin: Twin): Generator<number, readonly Learned[]> {
  const models: Learned[] = [];
  const base = yield* flowOf(twin, baseOf(twin), "a day's use, foretold the midnight before,", BASE_SHARE);
  models.push(
    flowLearned(
      "base",
      "The rest of the house",
      base,
      [`Uses ${one(base.perDay)} kWh a day beside the devices below. ${driftWords(base)}`, peakWords(base.byHour)],
      "the house meter, less the sun, the battery and the devices that have a model",
    ),
  );
  yield 0.4;
  const watts = sunOf(twin);
  if (watts) models.push(...(yield* sunLearned(twin, watts)));
  yield 0.8;
  const told = toldIn(twin);
  models.push(...twin.models.map((model) => learnedOf(model, told.get(model.node))));
  for (const { node, name, note, proof, help } of twin.unfit)
    models.push({
      kind: "unknown",
      name,
      node,
      ok: false,
      note: note.startsWith(`${name}: `) ? note.slice(name.length + 2) : note,
      facts: [],
      known: saidOf(told.get(node)),
      rests: "what was recorded of it",
      ...(help ? { help } : {}),
      ...(proof ? { proof } : {}),
    });
  return models;
}
