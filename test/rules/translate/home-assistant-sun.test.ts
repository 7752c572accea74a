/** The condition `sun` of Home Assistant: https://www.home-assistant.io/conditions/sun/ */
import { describe, expect, test } from "vitest";
import { emptyHome } from "../../../hub/model/home.ts";
import { evaluate } from "../../../hub/rules/evaluate.ts";
import { sunOfLocalDay } from "../../../hub/rules/time/sun.ts";
import { translateFiles } from "../../../hub/rules/translate/home-assistant/index.ts";

function asked(condition: object) {
  const automation = {
    trigger: { platform: "time", at: "12:00" },
    condition: { condition: "sun", ...condition },
    action: { service: "switch.turn_off", entity_id: "switch.pump" },
  };
  const read = translateFiles([{ name: "a.yaml", text: JSON.stringify([automation]) }], () => ({
    ...{ kind: "device", node: "pump", endpoint: 1, capabilities: ["onOff"], types: [] },
  }));
  if (!read.ok) throw new Error(read.text);
  const draft = read.things[0]?.draft;
  return { if: draft?.form === "when" ? draft.if : undefined, misses: read.things[0]?.misses ?? [] };
}

const { settings } = emptyHome({
  ...{ name: "", currency: "EUR", timeZone: "Europe/Berlin" },
  latitude: 52.5,
  longitude: 13.4,
});

function isSo(condition: object, at: string): boolean | "unknown" {
  const now = Date.parse(at);
  const known = () => ({ status: "unknown", reason: "" }) as const;
  const made = asked(condition).if ?? expect.fail("nothing was asked");
  const sun = { sunDay: (when: number) => sunOfLocalDay(when, settings) };
  const picture = { now, timeZone: settings.timeZone, memory: new Map(), known, price: () => 0, surplusW: () => 0 };
  return evaluate(made, { ...picture, ...sun, sunElevation: () => expect.fail("the height is not asked") }).holds;
}

describe("the condition of the sun means what it means there", () => {
  // In Berlin on 10 March 2026 the sun rises at 06:33 and sets at 18:02.
  test.each([
    [{ after: "sunset", after_offset: "-00:30:00" }, ["17:25 no", "17:35 yes", "23:59 yes", "00:05 no", "05:00 no"]],
    [{ after: "sunset", after_offset: "+01:00:00" }, ["18:55 no", "19:05 yes", "23:59 yes", "00:05 no"]],
    [{ before: "sunrise", before_offset: { hours: 1 } }, ["00:05 yes", "07:20 yes", "07:35 no", "23:00 no"]],
    [{ after: "sunrise", before: "sunset", before_offset: -3600 }, ["06:20 no", "06:36 yes", "16:55 yes", "17:05 no"]],
    [
      { after: "sunset", after_offset: "00:30:00", before: "sunrise", before_offset: "-00:30:00" },
      ["18:25 no", "18:35 yes", "23:59 yes", "00:05 yes", "05:50 yes", "06:05 no", "12:00 no"],
    ],
  ] as const)("%j", (condition, moments) => {
    for (const moment of moments) {
      const [clock = "", so] = moment.split(" ");
      expect([moment, isSo(condition, `2026-03-10T${clock}:00+01:00`)]).toEqual([moment, so === "yes"]);
    }
  });

  test("on the days on which the clock is put forward and back it is the sun's moment that counts", () => {
    const evening = { after: "sunset", after_offset: "-00:10:00" };
    const at = ["2026-03-28T18:18+01:00", "2026-03-28T18:25+01:00", "2026-03-29T19:20+02:00", "2026-03-29T19:27+02:00"];
    expect(at.map((one) => isSo(evening, one))).toEqual([false, true, false, true]);
    const back = [
      "2026-10-24T17:36+02:00",
      "2026-10-24T17:44+02:00",
      "2026-10-25T16:34+01:00",
      "2026-10-25T16:42+01:00",
    ];
    expect(back.map((one) => isSo(evening, one))).toEqual([false, true, false, true]);
  });
});

test("what is none is listed, and nothing is asked", () => {
  for (const [condition, text] of [
    [{ after: "noon" }, "It does not say which moment of the sun."],
    [{}, "It does not say which moment of the sun."],
    [{ before: "sunset", after_offset: "01:00" }, "It does not say which moment of the sun."],
    [{ after: "sunset", after_offset: "13:00:00" }, "This is no fixed offset of half a day at most."],
    [{ after: "sunset", after_offset: "soon" }, "This is no fixed offset of half a day at most."],
  ] as const)
    expect(asked(condition)).toMatchObject({ if: undefined, misses: [{ text, level: "missed" }] });
  expect(asked({ after: "sunset", after_offset: "00:00:20" }).misses).toMatchObject([{ level: "note" }]);
});
