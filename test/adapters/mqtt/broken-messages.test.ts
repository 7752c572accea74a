import { describe, expect, test } from "vitest";
import { dialects } from "../../../adapters/mqtt/dialects/index.ts";
import { createIngest } from "../../../adapters/mqtt/ingest.ts";
import { parseJson } from "../../../adapters/mqtt/json.ts";
import { Listener } from "./listener.ts";

describe("what no device should send", () => {
  test("topics with wildcards or a null character are nobody's, so that no answer goes to such a topic", () => {
    const l = new Listener().hear(
      ["#/shellygas-7C87CE000001/sensor/operation", "normal"],
      ["shellies/+/shellygas-7C87CE000001/sensor/operation", "normal"],
      ["shellies/\u0000/sensor/operation", "normal"],
    );
    expect([l.nodes.size, l.questions, [...l.ingest.unread()]]).toEqual([0, [], []]);
  });

  test("what is nested deeper than anything a maker says is no JSON; braces in texts do not count", () => {
    const nested = (depth: number): string => `${"[".repeat(depth)}1${"]".repeat(depth)}`;
    expect(parseJson(nested(201))).toBeUndefined();
    expect(parseJson(nested(100_000))).toBeUndefined();
    expect(parseJson(nested(200))).toBeDefined();
    expect(parseJson(JSON.stringify({ a: `\\"${"[".repeat(1000)}\\` }))).toEqual({ a: `\\"${"[".repeat(1000)}\\` });
    expect(parseJson(`${"[1],".repeat(500)}`)).toBeUndefined();
    expect(parseJson(`[${"[1],".repeat(500)}2]`)).toHaveLength(501);
  });

  test("a command that names the prototype of all objects is refused in words", () => {
    const l = new Listener().hear(
      ["N/c0ffee112233/grid/30/Serial", { value: "AB12" }],
      ["N/c0ffee112233/grid/30/Ac/Power", { value: 120 }],
      ["N/c0ffee112233/full_publish_completed", { value: 1 }],
    );
    const [node = ""] = l.nodes.keys();
    expect(node).not.toBe("");
    for (const word of ["__proto__", "constructor", "toString"]) {
      expect(l.ask(node, 1, `${word}.${word}`)).toMatch(/no command/);
      expect(l.ask(node, 1, `onOff.${word}`)).toMatch(/no command/);
    }
  });
});

describe("one device under two beginnings of its topics", () => {
  test("is one node that lacks nothing of what it says, and takes its commands on the newer topics", () => {
    const l = new Listener(createIngest(dialects, "hub"));
    const inverter = (prefix: string, ...tails: string[]) =>
      tails.map((tail) => [`${prefix}/114100000001/${tail}`, "5.5"] as const);
    l.hear(...inverter("solar", "0/power", "0/voltage", "1/power", "1/current"));
    l.hear(...inverter("roof", "0/power", "0/voltage", "1/power"));
    const [node = "", ...others] = l.nodes.keys();
    expect(others).toEqual([]);
    // The old topics are still retained.
    l.hear(...inverter("solar", "1/current", "1/power"), ...inverter("roof", "1/power"));
    const announced = [...(l.nodes.get(node)?.endpoints ?? [])].flatMap((e) =>
      Object.entries(e.capabilities).flatMap(([c, { attributes }]) =>
        Object.keys(attributes).map((a) => `${node}/${e.number}/${c}.${a}`),
      ),
    );
    expect(announced).toEqual(expect.arrayContaining([...l.readings.keys()]));
    const source = l.readings.get(`${node}/2/electricalPowerMeasurement.activeCurrent`)?.source;
    expect(source).toContain("solar/");
  });
});
