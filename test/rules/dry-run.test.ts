import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Value } from "../../hub/model/capability.ts";
import type { Reading } from "../../hub/model/reading.ts";
import type { HomeRule } from "../../hub/model/rule/rule.ts";
import type { Trace } from "../../hub/model/trace.ts";
import { actionInWords } from "../../hub/rules/explain.ts";
import type { CoreState } from "../../hub/step.ts";
import { lived, rule, trialOf } from "./dry-run-support.ts";
import { anyRules, homeOf, play, START, told } from "./random-rules.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const LAMPS = 4;
const SENSORS = 2;
const SETS = Number(process.env.INGLENOOK_DRY_RUNS ?? 40);

const says = (node: string, at: number, value: Value): Reading => ({
  path:
    typeof value === "boolean"
      ? { node, endpoint: 1, capability: "onOff", attribute: "onOff" }
      : { node, endpoint: 1, capability: "temperatureMeasurement", attribute: "measuredValue" },
  ...{ value, at, source: "t" },
});
const warm = (above: number) => ({
  kind: "crosses",
  target: { nodes: ["sensor-0"] },
  of: "temperatureMeasurement.measuredValue",
  above,
});
const lamp = (command: string, id = "lamp-0") => ({
  kind: "command",
  target: { nodes: [id] },
  capability: "onOff",
  command,
});
const clock = (at: number) => new Date(at).toISOString().slice(11, 16);

describe("a rule tried on a known past", () => {
  const state = homeOf(LAMPS, SENSORS);
  const day = (readings: readonly Reading[], tried: HomeRule, more: object = {}) =>
    lived(trialOf(tried, { state, readings, from: START, to: START + 24 * HOUR, ...more }));

  test("comes exactly when it would have, with the values seen, and each time the limit is crossed", () => {
    const readings = [18, 21, 22, 19, 20.5, 17].map((v, i) => says("sensor-0", START + i * HOUR, v));
    const { traces, asks } = day(
      [says("lamp-0", START - HOUR, false), ...readings],
      rule({ form: "when", on: [warm(20)], do: [lamp("on")] }),
    );
    expect(traces.map((t) => [t.at - START, t.cause])).toEqual([
      [HOUR, "sensor-0's temperature is 21 °C, was 18 °C"],
      [4 * HOUR, "sensor-0's temperature is 20.5 °C, was 19 °C"],
    ]);
    // The lamp follows the rule from the first time on: there is nothing left to switch.
    expect(asks.map((a) => a.at - START)).toEqual([HOUR]);
    expect(traces[1]?.lines.map((l) => l.text)).toEqual([expect.stringContaining("it is so already")]);
  });

  test("has its way until the past changes the device by itself", () => {
    const tried = rule({ form: "when", on: [{ kind: "time", at: "12:00" }], do: [lamp("on")] });
    const { otherwise } = day(
      [
        says("lamp-0", START - HOUR, false),
        // It says again that it is off: that is what it was recorded to say, no change.
        says("lamp-0", START + 2 * HOUR, false),
        says("lamp-0", START + 5 * HOUR, true),
        says("lamp-0", START + 6 * HOUR, false),
      ],
      tried,
    );
    // 12:00 in Berlin is 11:00 UTC, an hour after the start of the day.
    expect(otherwise).toEqual([
      { key: "lamp-0/1/onOff.onOff", from: START + HOUR, to: START + 5 * HOUR, was: false, is: true, endedBy: "past" },
    ]);
  });

  test("keeps something so while a condition holds, and knows for how long nobody knows", () => {
    const tried = rule({
      ...{
        form: "while",
        while: {
          kind: "state",
          target: { nodes: ["sensor-0"] },
          of: "temperatureMeasurement.measuredValue",
          op: ">",
          value: 20,
        },
      },
      ...{ keep: [lamp("on")], otherwise: [lamp("off")] },
    });
    const readings = [
      says("lamp-0", START, false),
      says("sensor-0", START + 2 * HOUR, 25),
      says("sensor-0", START + 5 * HOUR, 15),
    ];
    const found = day(readings, tried);
    expect(found.unknownMs).toBe(2 * HOUR);
    expect(found.heldMs).toBe(3 * HOUR);
    expect(found.asks.map((a) => [a.at - START, actionInWords(a.action, (id) => id)])).toEqual([
      [2 * HOUR, "turn on lamp-0"],
      [5 * HOUR, "turn off lamp-0"],
    ]);
  });

  test("is held up by a person's hand as it would have been", () => {
    const tried = rule({
      form: "when",
      on: [
        { kind: "time", at: "12:00" },
        { kind: "time", at: "12:30" },
      ],
      do: [lamp("on")],
    });
    const deed = {
      ...{ at: START + 40 * MINUTE, by: "Anna", kind: "person", target: "lamp-0/1/onOff", node: "lamp-0" },
      ...{ wants: { "lamp-0/1/onOff.onOff": false }, words: "off" },
    } as const;
    const { traces, asks } = day([says("lamp-0", START - HOUR, false)], tried, { trial: { deeds: [deed] } });
    expect(asks).toEqual([]);
    expect(traces.map((t) => t.lines.map((l) => l.text))).toEqual([
      [expect.stringContaining("Anna set it by hand; that holds for another 40 minutes")],
      [expect.stringContaining("Anna set it by hand; that holds for another 10 minutes")],
    ]);
  });

  test("waits as long as it says, and a limit that is held only briefly is a near miss", () => {
    const tried = rule({
      form: "when",
      on: [{ ...warm(20), forMinutes: 30 }],
      do: [lamp("on"), { kind: "wait", minutes: 10 }, lamp("off")],
    });
    const readings = [
      says("lamp-0", START - HOUR, false),
      ...[
        [0, 18],
        [60, 21],
        [70, 19],
        [120, 22],
      ].map(([m = 0, v = 0]) => says("sensor-0", START + m * MINUTE, v)),
    ];
    const { traces, asks } = day(readings, tried);
    expect(traces.map((t) => [t.kind, (t.at - START) / MINUTE])).toEqual([
      ["nearMiss", 70],
      ["run", 150],
    ]);
    expect(asks.map((a) => [(a.at - START) / MINUTE, actionInWords(a.action, (id) => id)])).toEqual([
      [150, "turn on lamp-0"],
      [160, "turn off lamp-0"],
    ]);
  });

  test("a question counts as not answered: what is done without an answer is done at the end of its time", () => {
    const tried = rule({
      form: "when",
      on: [{ kind: "time", at: "12:00" }],
      do: [
        {
          ...{ kind: "ask", title: "Light?", atMostMinutes: 30 },
          answers: [{ name: "Yes", do: [lamp("on", "lamp-1")] }],
          otherwise: [lamp("on")],
        },
      ],
    });
    const { traces, asks } = day([says("lamp-0", START - HOUR, false)], tried);
    expect(traces.map((t) => [t.kind, clock(t.at), t.lines[1]?.text])).toEqual([
      ["run", "11:00", "nobody answered within 30 min"],
    ]);
    expect(asks.map((a) => [clock(a.at), actionInWords(a.action, (id) => id)])).toEqual([["11:30", "turn on lamp-0"]]);
  });

  test("comes once at the hour that the clock jumps over, and once at the one it shows twice", () => {
    const tried = rule({ form: "when", on: [{ kind: "time", at: "02:30" }], do: [lamp("toggle")] });
    const at = (from: number) =>
      lived(trialOf(tried, { state, readings: [says("lamp-0", from, false)], from, to: from + 24 * HOUR })).traces.map(
        (t) => clock(t.at),
      );
    expect(at(Date.UTC(2026, 2, 28, 12))).toEqual(["01:00"]);
    expect(at(Date.UTC(2026, 9, 24, 12))).toEqual(["00:30"]);
  });

  test("does nothing while the hub was off", () => {
    const tried = rule({ form: "when", on: [{ kind: "every", minutes: 60 }], do: [lamp("toggle")] });
    const off = [{ from: START + 4 * HOUR, to: START + 20 * HOUR }];
    const { traces } = day([says("lamp-0", START, false)], tried, { trial: { off } });
    expect(traces.filter((t) => t.kind === "run").map((t) => (t.at - START) / HOUR)).toEqual([1, 2, 3, 20, 21, 22, 23]);
  });
});

/** Some minutes of a house with one rule, the way the hub lives them: a tick a second, and devices that do as they are told. */
function live(
  own: HomeRule | undefined,
  minutes: number,
  seed: number,
): { traces: Trace[]; record: Reading[]; state: CoreState } {
  const state = homeOf(LAMPS, SENSORS);
  const all: ReturnType<typeof play> = [];
  const put = (input: Parameters<typeof play>[1], now: number) => all.push(...play(state, input, now));
  for (let i = 0; i < LAMPS; i++) put(told(`lamp-${i}`, "onOff", "onOff", i % 2 === 0, START), START);
  for (let i = 0; i < SENSORS; i++)
    put(told(`sensor-${i}`, "temperatureMeasurement", "measuredValue", 18, START), START);
  if (own) put({ kind: "homeRulesSet", rules: [own] }, START);
  put({ kind: "tick", at: START }, START);
  for (let s = 1; s < minutes * 60; s++) {
    const now = START + s * 1000;
    if (s % 20 === 0)
      put(
        told(
          `sensor-${(s / 20) % SENSORS}`,
          "temperatureMeasurement",
          "measuredValue",
          18 + (((seed * s) / 20) % 5),
          now,
        ),
        now,
      );
    put({ kind: "tick", at: now }, now);
  }
  return {
    state,
    traces: all.flatMap((e) => (e.kind === "trace" ? [e.trace] : [])),
    record: all.flatMap((e) => (e.kind === "record" ? e.readings : [])),
  };
}

const gist = (traces: readonly Trace[]) =>
  traces
    .filter((t) => t.kind === "run")
    .map(
      (t) =>
        `${(t.at - START) / 1000} ${t.cause}: ${t.lines.map((l) => l.text.replace(/(asked|done, confirmed.*|unconfirmed.*)$/, "asked")).join("; ")}`,
    );

test("a day lived again is the day as it was lived, for any rule", () => {
  fc.assert(
    fc.property(anyRules(LAMPS, SENSORS, 1), fc.integer({ min: 1, max: 4 }), ([tried], seed) => {
      if (!tried) return;
      const { keys, written } = trialOf(tried, {
        state: homeOf(LAMPS, SENSORS),
        readings: [],
        from: START,
        to: START + 1,
      }).reads;
      // Of what a rule itself switched, the past can't tell whether it would have been so without it.
      fc.pre([...written].every((key) => !keys.has(key)));
      const minutes = 12;
      const before = live(tried, minutes, seed);
      const own: HomeRule = { ...tried, changedAt: 0 };
      const to = START + minutes * MINUTE;
      const { traces } = lived(trialOf(own, { state: before.state, readings: before.record, from: START, to }));
      const ended = (list: readonly Trace[]) =>
        gist(list.filter((t) => t.outcome !== "it still runs at the end of this time"));
      expect(ended(traces)).toEqual(gist(before.traces));
    }),
    { numRuns: SETS, seed: 7, endOnFailure: true },
  );
});
