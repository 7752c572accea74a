import { describe, expect, test } from "vitest";
import { device, House } from "./identity-support.ts";

const overMatter = { adapter: "matter", dialect: "matter" } as const;

/** Roads that tell nothing of each other: no address, no serial number. */
function houseOf(count: number): House {
  const house = new House();
  for (let i = 0; i < count; i++) house.find(device(`q${i}`), device(`m${i}`, overMatter));
  for (const id of house.state.home.nodes.keys()) house.read(id, "onOff.onOff", false);
  return house.later(60_000);
}

/** Switches some devices within a second, then lets a minute pass. */
function moment(house: House, value: boolean, ...ids: readonly string[]): void {
  for (const id of ids) {
    house.now += 100;
    house.read(id, "onOff.onOff", value);
  }
  for (let i = 0; i < 8; i++) house.later(1000);
  house.later(60_000);
}

const times = (count: number, work: (value: boolean) => void) => {
  for (let i = 0; i < count; i++) work(i % 2 === 0);
};

describe("devices that switch together", () => {
  test("six times within seconds, and never alone: a person is asked", () => {
    const house = houseOf(2);
    times(5, (v) => moment(house, v, "q0", "m0"));
    expect(house.open()).toEqual([]);
    moment(house, false, "q0", "m0");
    expect(house.open()).toEqual(["m0:q0"]);
    expect(house.state.home.nodes.size).toBe(4);
  });

  test("what the hub asked of the one alone, and the other told as well, counts more", () => {
    const house = houseOf(2);
    times(3, (v) => {
      const command = { target: { node: "q0", endpoint: 1 }, capability: "onOff", command: v ? "on" : "off", args: {} };
      house.put({
        kind: "asked",
        id: `c${house.now}`,
        command,
        origin: { rank: "person", by: "anna", reason: "" },
        at: house.now,
      });
      moment(house, v, "q0", "m0");
    });
    expect(house.open()).toEqual(["m0:q0"]);
  });

  test("not for twenty lamps switched at once, nor for two that the hub switched both", () => {
    const house = houseOf(10);
    const all = [...house.state.home.nodes.keys()];
    times(12, (v) => moment(house, v, ...all));
    expect(house.open()).toEqual([]);
    times(12, (v) => {
      for (const node of ["q0", "m0"]) {
        const command = { target: { node, endpoint: 1 }, capability: "onOff", command: v ? "on" : "off", args: {} };
        house.put({
          kind: "asked",
          id: `${node}${house.now}`,
          command,
          origin: { rank: "rule", by: "r", reason: "" },
          at: house.now,
        });
      }
      moment(house, v, "q0", "m0");
    });
    expect(house.open()).toEqual([]);
  });

  test("not when the one switches without the other, nor for two of one road, nor for another kind or maker", () => {
    const house = houseOf(3);
    times(12, (v) => {
      moment(house, v, "q0", "m0");
      if (v) moment(house, false, "q0");
      if (v) moment(house, true, "q0");
    });
    times(12, (v) => moment(house, v, "q1", "q2"));
    house.find(
      device("lock", {
        ...overMatter,
        endpoints: [
          { number: 1, deviceTypes: ["doorLock"], capabilities: device("x").endpoints[0]?.capabilities ?? {} },
        ],
      }),
    );
    house.find(device("eve", { ...overMatter, vendor: "Eve" }), device("nous", { vendor: "Nous" }));
    for (const id of ["lock", "eve", "nous"]) house.read(id, "onOff.onOff", false);
    times(12, (v) => moment(house, v, "q1", "lock"));
    times(12, (v) => moment(house, v, "eve", "nous"));
    expect(house.open()).toEqual([]);
  });

  test("remembers no more than it says, however many devices flicker", () => {
    const house = houseOf(150);
    const all = [...house.state.home.nodes.keys()];
    for (let i = 0; i < 40; i++)
      for (let j = 0; j + 1 < all.length; j += 2) {
        house.now += 20;
        house.read(all[j] ?? "", "onOff.onOff", i % 2 === 0);
        house.read(all[(j + 1 + 2 * i) % all.length] ?? "", "onOff.onOff", i % 2 === 0);
        if (j % 20 === 0) house.later(6000);
      }
    const { recent, pairs, asked } = house.state.identity.switching;
    expect(recent.length).toBeLessThanOrEqual(256);
    expect(pairs.size).toBeLessThanOrEqual(200);
    expect(asked.size).toBeLessThanOrEqual(256);
  });
});
