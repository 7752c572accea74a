/**
 * What a dry run leaves out changes nothing: each rule is tried as it is, and once more with a look at every second and every
 * reading. `INGLENOOK_DRY_SKIPS=2000 npx vitest run test/rules/dry-run-skips.test.ts` tries more of them.
 */
import fc from "fast-check";
import { expect, test } from "vitest";
import { priceAt } from "../../hub/energy/tariff.ts";
import type { Reading } from "../../hub/model/reading.ts";
import type { Looking } from "../../hub/step/dry-run/live.ts";
import type { Feed } from "../../hub/step/dry-run/moments.ts";
import type { Trial } from "../../hub/step/dry-run/trial.ts";
import { lived, rule, trialOf } from "./dry-run-support.ts";
import { homeOf, START } from "./random-rules.ts";

const SETS = Number(process.env.INGLENOOK_DRY_SKIPS ?? 20);
const SECOND = 1000;
const MINUTE = 60_000;
const LAMPS = 2;
const SENSORS = 2;
/** Over a sunset, and over the beginning of a day in Berlin. */
const FROM = START + 6.5 * 60 * MINUTE;
const LENGTH = 40 * MINUTE;

const lampOf = fc.nat(LAMPS - 1).map((i) => ({ nodes: [`lamp-${i}`] }));
const sensorOf = fc.nat(SENSORS - 1).map((i) => ({ nodes: [`sensor-${i}`] }));
const warmth = "temperatureMeasurement.measuredValue";
const clock = fc.constantFrom("17:34", "17:40", "17:52", "17:59", "18:04");
const minutes = fc.constantFrom(undefined, 1, 3, 7);
const some = <T extends object>(shape: T): Partial<T> =>
  Object.fromEntries(Object.entries(shape).filter(([, v]) => v !== undefined)) as Partial<T>;

const plain = fc.oneof(
  fc
    .record({
      ...{ kind: fc.constant("state"), target: sensorOf, of: fc.constant(warmth), forMinutes: minutes },
      ...{ op: fc.constantFrom("<", ">", "=", "!="), value: fc.integer({ min: 18, max: 23 }) },
    })
    .map(some),
  fc
    .record({
      ...{ kind: fc.constant("state"), target: lampOf, of: fc.constant("onOff.onOff"), forMinutes: minutes },
      ...{ op: fc.constant("="), value: fc.boolean() },
    })
    .map(some),
  fc.record({ kind: fc.constant("between"), from: clock, to: clock }),
  fc.record({ kind: fc.constant("cheapest"), hours: fc.constantFrom(0.25, 0.5), from: clock, to: clock }),
  fc.record({ kind: fc.constant("priceBelow"), perKwh: fc.constantFrom(0.15, 0.25, 0.35) }),
  fc.record({ kind: fc.constant("sun"), is: fc.constantFrom("up", "down") }),
  fc
    .record({
      kind: fc.constant("sunBetween"),
      from: fc.constantFrom(undefined, { event: "sunset", offsetMinutes: -45 }, { event: "dawn" }),
      to: fc.constantFrom({ event: "sunrise", offsetMinutes: 20 }, { event: "noon" }, { event: "dusk" }),
    })
    .map(some),
  fc.record({ kind: fc.constant("calendar"), entry: fc.constant("holiday") }),
  fc.record({ kind: fc.constant("surplusAbove"), watts: fc.constantFrom(200, 800) }),
  sensorOf.map((target) => ({
    kind: "formula",
    is: { op: ">", of: [{ op: "+", of: [{ read: warmth, target }, 1] }, 21.5] },
  })),
);
const condition: fc.Arbitrary<object> = fc.oneof(
  { weight: 3, arbitrary: plain },
  { weight: 1, arbitrary: plain.map((of) => ({ kind: "not", of })) },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constantFrom("all", "any"), of: fc.array(plain, { minLength: 2, maxLength: 3 }) }),
  },
);
const trigger = fc.oneof(
  fc
    .record({
      ...{ kind: fc.constant("crosses"), target: sensorOf, of: fc.constant(warmth), forMinutes: minutes },
      above: fc.integer({ min: 18, max: 23 }),
    })
    .map(some),
  fc
    .record({
      ...{ kind: fc.constant("becomes"), target: lampOf, of: fc.constant("onOff.onOff"), forMinutes: minutes },
      to: fc.constantFrom(true, false, undefined),
    })
    .map(some),
  fc.record({ kind: fc.constant("holds"), condition, forMinutes: minutes }).map(some),
  fc.record({ kind: fc.constant("time"), at: clock }),
  fc.constant({ kind: "sun", event: "sunset" }),
  fc.constant({ kind: "every", minutes: 15 }),
);
const command = fc.record({
  ...{ kind: fc.constant("command"), target: lampOf, capability: fc.constant("onOff") },
  command: fc.constantFrom("on", "off", "toggle"),
});
const steps = fc.array(
  fc.oneof(
    { weight: 4, arbitrary: command },
    { weight: 2, arbitrary: fc.record({ kind: fc.constant("wait"), minutes: fc.constantFrom(0.5, 4, 12) }) },
    {
      weight: 1,
      arbitrary: fc.record({
        ...{ kind: fc.constant("waitUntil"), condition, atMostMinutes: fc.constantFrom(2, 20) },
        otherwise: fc.constantFrom("stop", "goOn"),
      }),
    },
    {
      weight: 1,
      arbitrary: fc.record({
        kind: fc.constant("choose"),
        options: fc.array(fc.record({ if: condition, do: fc.array(command, { maxLength: 2 }) }), {
          ...{ minLength: 1, maxLength: 2 },
        }),
      }),
    },
  ),
  { minLength: 1, maxLength: 4 },
);
const anyRule = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record(
      {
        ...{
          form: fc.constant("when"),
          on: fc.array(trigger, { minLength: 1, maxLength: 2 }),
          do: steps,
          if: condition,
        },
        mode: fc.constantFrom("single", "restart", "queued", "parallel"),
      },
      { requiredKeys: ["form", "on", "do", "mode"] },
    ),
  },
  {
    weight: 2,
    arbitrary: fc.record(
      {
        ...{ form: fc.constant("while"), while: condition },
        keep: fc.array(command, { minLength: 1, maxLength: 1 }),
        otherwise: fc.array(command, { minLength: 1, maxLength: 1 }),
      },
      { requiredKeys: ["form", "while", "keep"] },
    ),
  },
);

/** Readings of the sensors and of lamps that others switch; each at a second of its own. */
const anyPast = fc
  .array(
    fc.record({
      s: fc.nat(LENGTH / SECOND - 1),
      what: fc.nat(LAMPS + SENSORS - 1),
      is: fc.boolean(),
      warm: fc.integer({ min: 36, max: 48 }),
    }),
    { minLength: 30, maxLength: 60 },
  )
  .map((list) =>
    list.sort((a, b) => a.s - b.s).map(({ s, what, is, warm }) => said(what, FROM + s * SECOND, is, warm / 2)),
  )
  .map((list) => [
    ...Array.from({ length: LAMPS + SENSORS }, (_, i) => said(i, FROM - MINUTE, false, 20)),
    ...list.filter((r, i) => r.at !== list[i - 1]?.at),
  ]);

const said = (what: number, at: number, is: boolean, warm: number): Reading => {
  const isLamp = what < LAMPS;
  const node = isLamp ? `lamp-${what}` : `sensor-${what - LAMPS}`;
  const [capability, attribute] = isLamp ? ["onOff", "onOff"] : ["temperatureMeasurement", "measuredValue"];
  return { path: { node, endpoint: 1, capability, attribute }, value: isLamp ? is : warm, at, source: "t" };
};

/** At each second, and right after each reading; every reading is heard. */
const everything: Looking = {
  ticks: "always",
  *moments({ rule: { form }, view, off, reads }: Trial) {
    const ats = new Set<number>();
    for (let at = view.from; at < view.to; at += SECOND) ats.add(at);
    const feeds: Feed[] = [];
    for (const column of view.columns.values())
      column.ats.forEach((at, index) => {
        if (at < view.from) return;
        ats.add(at + 1);
        if (reads.keys.has(column.key) && (form === "when" || !reads.written.has(column.key)))
          feeds.push({ at, column, index });
      });
    const awake = (at: number): boolean => !off.some((o) => o.from <= at && at < o.to);
    return {
      ats: [...ats].filter(awake).sort((a, b) => a - b),
      feeds: feeds.filter(({ at }) => awake(at)).sort((a, b) => a.at - b.at),
      cutAt: undefined,
    };
  },
};

/** The sun does not set on a full second, and what others did to a device of the rule is seen right after it. */
const second = (at: number): number => Math.ceil((at - FROM - 1) / SECOND) + 0;

function told(trial: Trial, looking?: Looking) {
  const { asks, otherwise, traces } = lived(trial, looking);
  const runs = traces.map((t) => ({
    ...{ at: second(t.at), kind: t.kind, cause: t.cause, outcome: t.outcome },
    lines: t.lines.map(({ at, text }) => `${second(at)} ${text}`),
  }));
  return {
    runs,
    asks: asks.map((a) => ({ ...a, at: second(a.at) })),
    otherwise: otherwise
      .map(
        ({ key, from, to, was, is, endedBy }) =>
          `${second(from)} to ${second(to)} ${key}: ${is}, was ${was}; ${endedBy}`,
      )
      .sort(),
  };
}

test("what is skipped changes nothing: the same runs, the same near misses and the same commands as with a look at everything", () => {
  const state = homeOf(LAMPS, SENSORS);
  const importBands = [
    { from: "17:30", to: "17:45", perKwh: 0.2 },
    { from: "17:45", to: "18:00", perKwh: 0.1 },
  ];
  state.tariff = { ...state.tariff, importBands };
  let runs = 0;
  fc.assert(
    fc.property(anyRule, anyPast, fc.boolean(), (written, readings, wasOff) => {
      const trial = trialOf(rule(written), {
        ...{ state, readings, from: FROM, to: FROM + LENGTH },
        price: (at) => priceAt(state.tariff, at, state.home.settings.timeZone),
        trial: { off: wasOff ? [{ from: FROM + 15 * MINUTE, to: FROM + 25 * MINUTE }] : [] },
      });
      const fast = told(trial);
      expect(fast).toEqual(told(trial, everything));
      runs += fast.runs.filter((t) => t.kind === "run").length;
    }),
    { numRuns: SETS, seed: 11, endOnFailure: true },
  );
  expect(runs).toBeGreaterThan(SETS / 4);
});
