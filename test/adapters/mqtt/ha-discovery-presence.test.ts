import { describe, expect, test } from "vitest";
import { config, dev } from "./fixtures/ha-discovery.ts";
import { Listener, type Message } from "./listener.ts";

const hear = (...messages: readonly Message[]): Listener => new Listener().hear(...messages);
const sensor = (body: object, ...more: readonly Message[]): Listener =>
  hear(config("sensor", "s", { ...dev("s1"), name: "S", uniq_id: "s", stat_t: "s/state", ...body }), ...more);

describe("who can be reached", () => {
  const avty = [
    { t: "a", pl_avail: "Up", pl_not_avail: "Down" },
    { t: "b", val_tpl: "{{ value_json.state }}" },
  ];
  const reached = (mode: string | undefined, ...messages: readonly Message[]): boolean | undefined =>
    sensor({ avty, ...(mode ? { avty_mode: mode } : {}) }, ...messages).reachable.get("ha-s1");
  const [up, off]: readonly [Message, Message] = [
    ["a", "Up", true],
    ["b", { state: "offline" }, true],
  ];

  test("the last message decides, unless all or any must be there", () => {
    expect(reached(undefined, up, off)).toBe(false);
    expect(reached(undefined, off, up)).toBe(true);
    expect(reached("all", up, off)).toBe(false);
    expect(reached("all", up)).toBe(false);
    expect(reached("all", up, ["b", { state: "online" }])).toBe(true);
    expect(reached("any", up, off)).toBe(true);
    expect(reached("any", off)).toBeUndefined();
    expect(reached("any", off, ["a", "Down"])).toBe(false);
  });

  const part = (id: string, more: object): Message =>
    config("sensor", id, { ...dev("d"), uniq_id: id, stat_t: `d/${id}`, ...more });
  const parts = [part("a", { avty_t: "d/a/here" }), part("b", { avty_t: "d/b/here" })];

  test("a device is lost only when all of its entities are", () => {
    const l = hear(...parts, ["d/a/here", "offline"]);
    expect(l.reachable.get("ha-d")).toBeUndefined();
    expect(l.hear(["d/b/here", "offline"]).reachable.get("ha-d")).toBe(false);
    expect(l.hear(["d/a/here", "online"]).reachable.get("ha-d")).toBe(true);
    expect(hear(parts[0] as Message, part("b", {}), ["d/a/here", "offline"]).reachable.get("ha-d")).toBeUndefined();
  });

  test("what an entity says while it alone is away is no value, until it is back", () => {
    const l = hear(...parts, ["d/b/here", "online"], ["d/a/here", "offline"], ["d/a", "old"], ["d/b", "fine"]);
    expect(l.values()).toEqual({ "ha-d/1/vendor.b": "fine" });
    expect(l.hear(["d/a/here", "online"]).values()).toEqual({ "ha-d/1/vendor.a": "old", "ha-d/1/vendor.b": "fine" });
  });

  test("nothing heard is not lost", () => {
    expect(reached("latest")).toBeUndefined();
  });

  test("values that expire make the node stale after that time, a battery after a day", () => {
    expect(sensor({ exp_aft: 120 }).nodes.get("ha-s1")?.silentAfterS).toBe(120);
    expect(sensor({ dev_cla: "battery" }).nodes.get("ha-s1")?.silentAfterS).toBe(90_000);
    expect(sensor({}).nodes.get("ha-s1")?.silentAfterS).toBeUndefined();
  });
});
