import { describe, expect, test } from "vitest";
import { stream } from "../../firmware-sim/random.ts";
import { type Fault, fault, faultNames, parseFault } from "../../firmware-sim/workshop/faults.ts";
import type { Said } from "../../firmware-sim/workshop/firmware.ts";
import { spoil } from "../../firmware-sim/workshop/spoil.ts";
import { Room } from "./room.ts";

const mac = "02a1b2c3d4e5";
const said: Said = {
  topic: "tele/plug/SENSOR",
  payload: JSON.stringify({ ENERGY: { Power: 2000, Total: 12.5 }, DS18B20: { Temperature: 54 } }),
  retain: false,
  qos: 0,
  from: "Plug",
};
const spoiled = (kind: Fault["kind"]): readonly Said[] => {
  const chance = stream(3);
  return Array.from({ length: 100 }, () => spoil(said, [fault("Plug", kind, { share: 0.5 })], 100, chance)).flat();
};

const plug = [{ kind: "tasmota/plug", name: "Plug", id: mac, options: { topic: "plug" } }];

describe("a fault", () => {
  test("is named by device, kind and time, and a wrong one is told with what exists", () => {
    expect(parseFault("plug:reboot@5", ["Plug"])).toMatchObject({ device: "Plug", kind: "reboot", after: 5 });
    expect(parseFault("House: attic:late", ["House: attic"])).toMatchObject({ device: "House: attic", kind: "late" });
    expect(parseFault("Plug:tired", ["Plug"])).toContain(faultNames.join(", "));
    expect(parseFault("Boiler:late", ["Plug"])).toContain("known: Plug");
    expect(parseFault("Plug:late@soon", ["Plug"])).toContain("0 to 86400");
    expect(parseFault("late", ["Plug"])).toContain("NAME:KIND");
  });

  test("of messages touches its own device alone", () => {
    const other = { ...said, from: "Other" };
    for (const kind of faultNames)
      expect(spoil(other, [fault("Plug", kind, { share: 1 })], 1e6, Math.random)).toEqual([other]);
  });

  test("lost, repeated, late, truncated, malformed do what they say", () => {
    expect(spoiled("lost").length).toBeLessThan(80);
    expect(spoiled("repeated").length).toBeGreaterThan(120);
    expect(spoiled("late").some(({ after = 0 }) => after > 1)).toBe(true);
    expect(spoiled("truncated").some(({ payload }) => payload !== "" && said.payload.startsWith(payload))).toBe(true);
    const malformed = new Set(spoiled("malformed").map(({ payload }) => payload));
    expect(malformed.has("nan") && malformed.has("null") && malformed.has("")).toBe(true);
  });

  test("another unit stays, and nothing says so", () => {
    for (const { payload } of spoiled("unit"))
      expect(JSON.parse(payload)).toEqual({
        ENERGY: { Power: 2_000_000, Total: 12_500 },
        DS18B20: { Temperature: 129.2 },
      });
  });
});

describe("what happens to a device", () => {
  test("reboot and drop bring its will and then itself again", () => {
    for (const [kind, seconds] of [
      ["reboot", 20],
      ["drop", 40],
    ] as const) {
      const room = new Room(plug, [`Plug:${kind}@5`]).run(seconds);
      expect([kind, room.on("tele/plug/LWT")]).toEqual([kind, ["Online", "Offline", "Online"]]);
    }
  });

  test("offline brings its will and nothing more", () => {
    const room = new Room(plug, ["Plug:offline@5"]).run(6);
    const mark = room.mark;
    expect(room.run(600).heard.slice(mark)).toEqual([]);
    expect(room.on("tele/plug/LWT")).toEqual(["Online", "Offline"]);
  });

  test("a counter falls to zero", () => {
    const room = new Room(plug, ["Plug:counter@100"]).run(320);
    const totals = room.json("tele/plug/SENSOR").map((body) => (body.ENERGY as { Total: number }).Total);
    expect(totals[0]).toBeGreaterThan(1);
    expect(totals.at(-1)).toBeLessThan(0.1);
  });

  test("a clock that jumps shows 1970, an hour ahead, and the truth again", () => {
    const room = new Room(plug, ["Plug:clock@10"]);
    const years = [9, 20, 75, 140].map((until) => {
      room.run(until - room.at);
      const mark = room.mark;
      room.say("cmnd/plug/State", "").run(1);
      return String(room.json("stat/plug/RESULT", mark).at(-1)?.Time).slice(0, 13);
    });
    expect(years).toEqual(["2026-03-01T10", "1970-01-01T00", "2026-03-01T11", "2026-03-01T10"]);
  });

  test("a flood is a thousand messages a second for five seconds, and over", () => {
    const room = new Room(plug, ["Plug:flood@20"]).run(60);
    const flood = room.heard.filter(({ at }) => at >= 20 && at <= 26);
    expect(flood.length).toBeGreaterThan(4500);
    expect(flood.length).toBeLessThan(6000);
    expect(room.heard.filter(({ at }) => at > 27).length).toBeLessThan(20);
  });

  test("stale values lie retained on the broker from three months ago, before the device comes", () => {
    const room = new Room(plug, ["Plug:stale"]).run(1);
    const [sensor] = room.heard.filter(({ topic }) => topic === "tele/plug/SENSOR");
    expect(sensor).toMatchObject({ retain: true });
    expect(sensor?.payload).toContain("2025-12-01");
    // The device is as new all the same.
    expect(room.on("tele/plug/LWT").at(-1)).toBe("Online");
  });

  test("rename and remove go by the maker's own means", () => {
    const renamed = new Room(plug, ["Plug:rename@5"]).run(20);
    expect(renamed.on("tele/plug_renamed/LWT")).toEqual(["Online"]);
    const removed = new Room(plug, ["Plug:remove@15"]).run(20);
    expect(removed.on(`tasmota/discovery/${mac.toUpperCase()}/config`).at(-1)).toBe("");
  });

  test("behind a bridge only the device it is meant for is touched", () => {
    const devices = [
      { kind: "zigbee2mqtt/plug", name: "A" },
      { kind: "zigbee2mqtt/plug", name: "B" },
    ];
    const room = new Room(devices, ["A:offline@5"]).run(30);
    expect(room.json("zigbee2mqtt/A/availability").map(({ state }) => state)).toEqual(["online", "offline"]);
    expect(room.json("zigbee2mqtt/B/availability").map(({ state }) => state)).toEqual(["online"]);
    expect(room.json("zigbee2mqtt/bridge/state").map(({ state }) => state)).toEqual(["online"]);
  });
});
