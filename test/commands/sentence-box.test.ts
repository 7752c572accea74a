import { describe, expect, test } from "vitest";
import { stepsOf } from "../../hub/energy/counters.ts";
import { slotsOf } from "../../hub/energy/integrate.ts";
import type { Command, Outcome } from "../../hub/model/command.ts";
import type { Home } from "../../hub/model/home.ts";
import type { Choice, SentenceAnswer } from "../../hub/ports.ts";
import { createSentences } from "../../hub/sentences.ts";
import { demoHome, report } from "./demo-home.ts";

/** 14:00 in Berlin. */
const NOW = Date.parse("2026-07-10T12:00:00Z");
const MIDNIGHT = Date.parse("2026-07-09T22:00:00Z");

function box(
  home: Home,
  outcome: Outcome = { state: "confirmed", afterMs: 10 },
  counters: Record<string, readonly [at: number, kwh: number][]> = {},
) {
  const sent: Command[] = [];
  const say = createSentences({
    home,
    clock: { now: () => NOW },
    command: async (command) => {
      sent.push(command);
      return { id: String(sent.length), outcome };
    },
    why: async () => undefined,
    energy: async (meters, from, to, slotMs) =>
      meters.map(({ imported = "" }) => {
        const told = counters[imported] ?? [];
        const stands = { ats: told.map(([at]) => at), values: told.map(([, kwh]) => kwh) };
        return slotsOf({ imported: stepsOf(stands, [], { limitW: 1e6, net: false }) }, 1e6, from, to, slotMs);
      }),
  });
  return {
    sent,
    say: async (text: string, room?: string, choice?: Choice): Promise<SentenceAnswer> =>
      say(text, "Ada", choice, room),
  };
}

const textOf = async (home: Home, question: string): Promise<string> => {
  const { say, sent } = box(home);
  const { text } = await say(question);
  expect(sent).toEqual([]);
  return text;
};

describe("the sentence box", () => {
  test("does what is said, in the person's name, and says so", async () => {
    const { say, sent } = box(demoHome());
    expect(await say("turn on the kitchen light")).toMatchObject({
      kind: "done",
      text: "Turning on Kitchen light.",
      results: [{ id: "1" }],
    });
    expect(sent).toEqual([
      { target: { node: "kitchen-light", endpoint: 1 }, capability: "onOff", command: "on", args: {} },
    ]);
  });

  test("tells which thing did not do it, and why", async () => {
    const { say } = box(demoHome(), { state: "unconfirmed", reason: "no reading within 5 s" });
    expect((await say("turn on the kitchen light")).text).toBe(
      "Turning on Kitchen light. Kitchen light: unconfirmed, no reading within 5 s.",
    );
  });

  test("answers from what is known, and says when something is stale or unknown", async () => {
    const home = demoHome();
    report(home, "kitchen-light", "1/onOff.onOff", true);
    report(home, "living-climate", "1/temperatureMeasurement.measuredValue", 21.37, NOW);
    expect(await textOf(home, "is the kitchen light on?")).toBe("Yes, Kitchen light is on.");
    expect(await textOf(home, "is the office light on?")).toBe(
      "It is not known whether Office light is on: never reported.",
    );
    expect(await textOf(home, "how warm is it in the living room?")).toBe(
      "Living room climate: 21.4 °C; Living room thermostat: not known (never reported).",
    );
    expect(await textOf(home, "which lights are on?")).toBe(
      "Kitchen light. Not known: Living room light, Bedroom light and Office light.",
    );
    const node = home.nodes.get("kitchen-light");
    if (node) node.reachable = false;
    expect(await textOf(home, "is the kitchen light on?")).toBe(
      "Yes, Kitchen light is on as last heard (the device is not reachable).",
    );
  });

  test("a contact that is closed is not open, blinds half up are", async () => {
    const home = demoHome();
    report(home, "kitchen-window", "1/booleanState.stateValue", true, NOW);
    report(home, "blinds", "1/windowCovering.currentPositionLiftPercentage", 50);
    expect(await textOf(home, "is the kitchen window open?")).toBe("No, Kitchen window is not open.");
    expect(await textOf(home, "are any windows open?")).toBe("No, none is open.");
    expect(await textOf(home, "are the blinds open?")).toBe("Yes, Living room blinds is open.");
  });

  test("power: who delivers is said to deliver, and the house uses what the grid, the sun and the battery give", async () => {
    const home = demoHome();
    const power = "1/electricalPowerMeasurement.activePower";
    report(home, "house-meter", power, -500, NOW);
    report(home, "solar", power, -2600, NOW);
    report(home, "battery", power, 700, NOW);
    report(home, "fridge", power, 82.4, NOW);
    expect(await textOf(home, "how much power does the fridge use?")).toBe("Fridge plug uses 82 W.");
    expect(await textOf(home, "how much power is the solar producing?")).toBe("Solar inverter meter delivers 2.6 kW.");
    // -500 = use - 2600 + 700
    expect(await textOf(home, "how much power are we using?")).toBe(
      "The house uses 1.4 kW; 500 W goes to the grid; 2.6 kW from the sun.",
    );
  });

  test("energy today counts from local midnight, by the counter's stand then", async () => {
    const key = "dishwasher/1/electricalEnergyMeasurement.cumulativeEnergyImported";
    const minutes = (n: number): number => MIDNIGHT + n * 60_000;
    const readings: [number, number][] = [
      [minutes(-600), 98],
      [minutes(0), 100],
      [minutes(300), 100.4],
      [minutes(700), 101.25],
    ];
    const { say } = box(demoHome(), undefined, { [key]: readings });
    expect((await say("how much energy has the dishwasher used today?")).text).toBe("Dishwasher plug: 1.25 kWh today.");
    expect((await say("how much energy did the fridge use today?")).text).toBe(
      "The energy of Fridge plug today is not known.",
    );
  });

  test("the house's energy today is what came in, less what went out", async () => {
    const counter = (node: string, way: string): string =>
      `${node}/1/electricalEnergyMeasurement.cumulativeEnergy${way}`;
    const from = (start: number, used: number): [number, number][] => [
      [MIDNIGHT, start],
      [NOW - 600_000, start + used],
    ];
    const { say } = box(demoHome(), undefined, {
      [counter("house-meter", "Imported")]: from(1000, 3),
      [counter("house-meter", "Exported")]: from(500, 4),
      [counter("solar", "Imported")]: from(1, 0),
      [counter("solar", "Exported")]: from(2000, 9),
      [counter("battery", "Imported")]: from(100, 2.5),
      [counter("battery", "Exported")]: from(90, 1),
    });
    // 3 - 4 + 9 - 2.5 + 1
    expect((await say("how much energy did we use today?")).text).toBe(
      "The house used 6.5 kWh today; 3 kWh came from the grid today.",
    );
  });

  test("the room in which it is said decides", async () => {
    const { say, sent } = box(demoHome());
    expect((await say("turn on the light")).kind).toBe("askBack");
    expect((await say("turn on the light", "Office")).kind).toBe("done");
    expect(sent.map((c) => c.target.node)).toEqual(["office-light"]);
  });

  test("an ask-back is answered by choosing one of its candidates with the same text", async () => {
    const { say, sent } = box(demoHome());
    for (const text of ["turn on the light", "turn on the light and open the blinds"]) {
      sent.length = 0;
      expect(await say(text)).toMatchObject({ kind: "askBack" });
      expect(sent).toEqual([]);
      expect(await say(text, undefined, { node: "office-light", endpoint: 1 })).toMatchObject({ kind: "done" });
      expect(sent.map((c) => c.target.node)).toContain("office-light");
      expect(sent.filter((c) => c.command === "on")).toHaveLength(1);
    }
    expect(sent.map((c) => c.target.node)).toEqual(["office-light", "blinds"]);
  });

  test("a choice that the sentence does not offer moves nothing, and says so", async () => {
    const { say, sent } = box(demoHome());
    const chosen = (text: string, node: string, endpoint = 1) => say(text, undefined, { node, endpoint });
    await expect(chosen("turn on the light", "blinds")).rejects.toThrow(RangeError);
    await expect(chosen("turn on the light", "office-light", 2)).rejects.toThrow("say it again");
    await expect(chosen("turn on the kitchen light", "office-light")).rejects.toThrow(RangeError);
    await expect(chosen("sing a song", "office-light")).rejects.toThrow(RangeError);
    expect(sent).toEqual([]);
  });

  test("a question back about a question is answered, and still moves nothing", async () => {
    const home = demoHome();
    report(home, "office-light", "1/onOff.onOff", true);
    const { say, sent } = box(home);
    expect((await say("is the light on?")).kind).toBe("askBack");
    const answer = await say("is the light on?", undefined, { node: "office-light", endpoint: 1 });
    expect(answer).toEqual({ kind: "answer", text: "Yes, Office light is on." });
    expect(sent).toEqual([]);
  });
});
