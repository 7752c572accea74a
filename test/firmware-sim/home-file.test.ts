import { describe, expect, test } from "vitest";
import { example } from "../../firmware-sim/workshop/example.ts";
import { readHome } from "../../firmware-sim/workshop/home.ts";
import { everyMaker } from "../../firmware-sim/workshop/makers.ts";
import { printHome } from "../../firmware-sim/workshop/run.ts";

const plug = { kind: "tasmota/plug", name: "Desk plug" };

/** What is wrong with a home, as `field: message. fix`. */
function wrong(home: unknown): readonly string[] {
  const read = readHome(typeof home === "string" ? home : JSON.stringify(home));
  return "orders" in read ? [] : read.map(({ field, message, fix }) => `${field}: ${message}. ${fix}`);
}

describe("a home file", () => {
  test("the example is a home with every kind, and works", () => {
    const home = readHome(example());
    if (!("orders" in home)) throw new Error(home[0]?.message);
    const shown = everyMaker.flatMap(({ kinds, examples }) =>
      kinds.filter(({ name }) => examples?.includes(name) ?? true),
    );
    expect(home.names).toHaveLength(shown.length);
    expect(home.orders.map(({ maker }) => maker.name)).toEqual(everyMaker.map(({ name }) => name));
  });

  test.each([
    ["{", /^the file: .*--example/],
    ["[]", /^the file: /],
    [{}, /^devices: .*a list of 1 to 500 devices/],
    [{ devices: [] }, /^devices: /],
    [{ devices: [plug], sed: 1 }, /^sed: there is no such field.*broker, seed, devices, faults/],
    [
      { devices: [{ ...plug, kind: "tasmota/plg" }] },
      /^devices\[0\]\.kind: .*"tasmota\/plg".*tasmota\/plug, tasmota\/light/,
    ],
    [{ devices: [{ ...plug, kind: "nobody/plug" }] }, /^devices\[0\]\.kind: .*tasmota\/….*--list/],
    [{ devices: [{ ...plug, name: "a+b" }] }, /^devices\[0\]\.name: .*without \+ and #/],
    [{ devices: [{ ...plug, colour: 1 }] }, /^devices\[0\]\.colour: there is no such field.*kind, name, id, options/],
    [{ devices: [{ ...plug, id: "12" }] }, /^devices\[0\]\.id: "12".*12 hexadecimal digits/],
    [{ devices: [{ ...plug, options: { wats: 1 } }] }, /^devices\[0\]\.options\.wats: .*watts, topic/],
    [
      { devices: [{ ...plug, options: { watts: "60" } }] },
      /^devices\[0\]\.options\.watts: .*number.*give what stands behind the plug, W/,
    ],
    [{ devices: [plug, { ...plug, name: "desk PLUG" }] }, /^devices\[1\]\.name: .*there twice/],
    [{ devices: [plug], faults: [{ device: "Boiler", kind: "late" }] }, /^faults\[0\]\.device: .*Boiler.*Desk plug/],
    [{ devices: [plug], faults: [{ device: "Desk plug", kind: "tired" }] }, /^faults\[0\]\.kind: .*reboot/],
    [{ devices: [{ kind: "__proto__/constructor", name: "x" }] }, /^devices\[0\]\.kind: /],
  ])("%j is told with its field and the fix", (home, words) => {
    const told = wrong(home);
    expect(told).toHaveLength(1);
    expect(told[0]).toMatch(words);
  });

  test("several mistakes are told at once, at most ten", () => {
    const devices = Array.from({ length: 30 }, (_, i) => ({ kind: "no/kind", name: `d${i}` }));
    expect(wrong({ devices })).toHaveLength(10);
  });

  test("the same seed and beginning tell the same story, another seed another", () => {
    const story = (seed: number): string => {
      const home = readHome(example(), seed);
      if (!("orders" in home)) throw new Error("no home");
      return JSON.stringify([...printHome(home, { faults: [], began: 1_780_000_000_000, seconds: 120 })]);
    };
    expect(story(4)).toBe(story(4));
    expect(story(4)).not.toBe(story(5));
  });

  test("a change in one device changes no other", () => {
    const told = (watts: number): unknown[] => {
      const devices = [
        { ...plug, options: { watts } },
        { kind: "esphome/plug", name: "Other" },
      ];
      const home = readHome(JSON.stringify({ devices }));
      if (!("orders" in home)) throw new Error("no home");
      const all = [...printHome(home, { faults: [], began: 0, seconds: 60 })];
      return all.filter(({ from }) => from === "Other");
    };
    expect(told(10)).toEqual(told(900));
  });
});
