/** The core's part of how people live in the house: modes, who is home, and what people are told. */
import { expect, test } from "vitest";
import { flatTariff, newHome } from "../../hub/main/defaults.ts";
import { anyoneHome, type PersonSettings } from "../../hub/model/house.ts";
import type { NodeDescription } from "../../hub/model/node.ts";
import { MAX_NOTICES, raiseNotice } from "../../hub/step/notices.ts";
import { type CoreState, type Effect, emptyState, type Input, step } from "../../hub/step.ts";

const NOON = Date.UTC(2026, 2, 2, 12);
const MINUTE = 60_000;

const fob: NodeDescription = {
  ...{ id: "fob", name: "Anna's fob", adapter: "mqtt", dialect: "test", addresses: [], silentAfterS: 900 },
  endpoints: [
    {
      number: 1,
      deviceTypes: [],
      capabilities: { occupancySensing: { attributes: { occupancy: { source: "t#o" } }, commands: {} } },
    },
  ],
};
const KEY = "fob/1/occupancySensing.occupancy";

function house(people: readonly PersonSettings[] = []) {
  const state = emptyState(newHome(), flatTariff);
  const put = (input: Input, at = NOON) => step(state, input, at);
  put({ kind: "nodeFound", node: fob, at: NOON });
  put({ kind: "peopleSet", people, by: "anna", at: NOON });
  const says = (value: boolean, at: number) =>
    put(
      {
        kind: "readings",
        readings: [
          {
            path: { node: "fob", endpoint: 1, capability: "occupancySensing", attribute: "occupancy" },
            value,
            at,
            source: "t#o",
          },
        ],
      },
      at,
    );
  const tick = (at: number) => put({ kind: "tick", at }, at);
  const where = (id = "anna") => state.house.people.find((p) => p.id === id)?.home;
  return { state, put, says, tick, where };
}

const notices = (effects: readonly Effect[]) => effects.flatMap((e) => (e.kind === "notify" ? [e.notice] : []));
const kept = (effects: readonly Effect[]) => effects.some((e) => e.kind === "keepHouse");
const audits = (effects: readonly Effect[]) => effects.flatMap((e) => (e.kind === "audit" ? [e.entry.what] : []));
const withFob: PersonSettings = {
  id: "anna",
  name: "Anna",
  device: { node: "fob", key: KEY, homeIs: true, awayAfterMin: 10 },
};

test("a mode is kept at once, told and written down, and the same mode again is nothing new", () => {
  const { state, put } = house();
  const set = (mode: string) => put({ kind: "modeSet", mode, by: "anna", reason: "leaving", at: NOON });
  const effects = set("away");
  expect(state.house).toMatchObject({ mode: "away", modeBy: "anna", modeSince: NOON });
  expect(kept(effects)).toBe(true);
  expect(audits(effects)).toEqual(["mode-set"]);
  expect(set("away")).toEqual([]);
  expect(audits(set("party"))).toEqual(["mode-refused"]);
  expect(state.house.mode).toBe("away");
});

test("an own mode counts until it is taken away, and the house is at home again then", () => {
  const { state, put } = house();
  put({ kind: "ownModesSet", modes: ["party", "party"], by: "anna", at: NOON });
  put({ kind: "modeSet", mode: "party", by: "rule:1", reason: "music", at: NOON });
  expect(state.house).toMatchObject({ mode: "party", ownModes: ["party"] });
  put({ kind: "ownModesSet", modes: [], by: "anna", at: NOON });
  expect(state.house).toMatchObject({ mode: "home", modeBy: "anna" });
});

test("somebody is home if anyone is, nobody only if all are away, and else nobody knows", () => {
  const { state, put } = house([
    { id: "anna", name: "Anna" },
    { id: "ben", name: "Ben" },
  ]);
  const says = (person: string, home: boolean) =>
    put({ kind: "presenceSet", person, home, source: "hand", by: "they said so", at: NOON });
  expect(anyoneHome(state.house)).toBe("unknown");
  says("anna", false);
  expect(anyoneHome(state.house)).toBe("unknown");
  says("ben", true);
  expect(anyoneHome(state.house)).toBe(true);
  says("ben", false);
  expect(anyoneHome(state.house)).toBe(false);
  expect(anyoneHome({ people: [] })).toBe("unknown");
});

test("a person's device brings them home at once and lets them go after its time", () => {
  const { says, tick, where } = house([withFob]);
  tick(NOON);
  expect(where()).toBe("unknown");
  says(true, NOON);
  tick(NOON + 1000);
  expect(where()).toBe(true);
  says(false, NOON + MINUTE);
  tick(NOON + MINUTE);
  tick(NOON + 10 * MINUTE);
  expect(where()).toBe(true);
  says(false, NOON + 10 * MINUTE);
  tick(NOON + 11 * MINUTE);
  expect(where()).toBe(false);
});

test("a device that flickers sends nobody away, and one that falls silent says nothing", () => {
  const { says, tick, where } = house([withFob]);
  says(true, NOON);
  tick(NOON);
  for (let m = 1; m < 30; m++) {
    says(m % 9 === 0, NOON + m * MINUTE);
    tick(NOON + m * MINUTE);
  }
  expect(where()).toBe(true);
  // Said nothing for a day: what it said last is stale.
  says(false, NOON + 30 * MINUTE);
  tick(NOON + 24 * 60 * MINUTE);
  expect(where()).toBe(true);
});

test("a person's own word holds until the device says something new", () => {
  const { put, says, tick, where } = house([withFob]);
  says(true, NOON);
  tick(NOON);
  put({ kind: "presenceSet", person: "anna", home: false, source: "hand", by: "Anna said so", at: NOON });
  says(true, NOON + MINUTE);
  tick(NOON + MINUTE);
  expect(where()).toBe(false);
  says(false, NOON + 2 * MINUTE);
  for (const m of [2, 8, 13]) {
    says(false, NOON + m * MINUTE);
    tick(NOON + m * MINUTE);
  }
  says(true, NOON + 14 * MINUTE);
  tick(NOON + 14 * MINUTE);
  expect(where()).toBe(true);
});

test("who gets another device is told by its first word, and stays where they are until then", () => {
  const { put, says, tick, where } = house([withFob]);
  says(true, NOON);
  tick(NOON);
  put({ kind: "presenceSet", person: "anna", home: false, source: "hand", by: "Anna said so", at: NOON });
  put({ kind: "peopleSet", people: [{ ...withFob, name: "Anna M." }], by: "anna", at: NOON });
  tick(NOON + MINUTE);
  expect(where()).toBe(false);
  const other = { node: "fob", key: KEY, homeIs: true, awayAfterMin: 2 };
  put({ kind: "peopleSet", people: [{ id: "anna", name: "Anna", device: other }], by: "anna", at: NOON });
  expect(where()).toBe(false);
  tick(NOON + 2 * MINUTE);
  expect(where()).toBe(true);
});

test("with a fob and a phone a person is home where either is", () => {
  const { put, where } = house([{ id: "anna", name: "Anna" }]);
  const says = (source: "device" | "network", home: boolean) =>
    put({ kind: "presenceSet", person: "anna", home, source, by: source, at: NOON });
  says("device", true);
  says("network", true);
  says("network", false);
  expect(where()).toBe(true);
  says("device", false);
  expect(where()).toBe(false);
  says("network", true);
  expect(where()).toBe(true);
});

const raise = (state: CoreState, title: string, at: number, rule?: string) =>
  notices(raiseNotice(state, { title, text: "it did", level: "info", ...(rule ? { rule } : {}) }, [], at));

test("a rule that runs away tells six times, and then once how much was held back", () => {
  const { state, tick } = house();
  let told = 0;
  for (let i = 0; i < 1000; i++) told += raise(state, `The door, ${i}`, NOON + i * 100, "door-rule").length;
  expect(told).toBe(6);
  expect(raise(state, "The washing is done", NOON + MINUTE, "washing")).toHaveLength(1);
  expect(notices(tick(NOON + 5 * MINUTE))).toEqual([]);
  expect(notices(tick(NOON + 11 * MINUTE))).toMatchObject([
    { title: "994 messages were held back", text: expect.stringContaining("door-rule (994)"), level: "warn" },
  ]);
  expect(notices(tick(NOON + 30 * MINUTE))).toEqual([]);
  expect(raise(state, "The door", NOON + 31 * MINUTE, "door-rule")).toHaveLength(1);
});

test("many different messages are bounded together, and an alarm still comes through", () => {
  const { state, tick } = house();
  let told = 0;
  for (let i = 0; i < 1000; i++) told += raise(state, `Message ${i}`, NOON + i).length;
  expect(told).toBe(60);
  const alarm = raiseNotice(state, { title: "Water", text: "in the cellar", level: "alarm" }, ["leak"], NOON + 2000);
  expect(notices(alarm)).toMatchObject([{ title: "Water", nodes: ["leak"], read: false }]);
  expect(notices(tick(NOON + 11 * MINUTE))).toHaveLength(1);
});

test("the inbox holds 500; the oldest go, and what is read stays read", () => {
  const { state, put } = house();
  const dropped: Effect[] = [];
  for (let i = 0; i < MAX_NOTICES + 20; i++)
    dropped.push(...raiseNotice(state, { title: `M${i}`, text: "", level: "info" }, [], NOON + i * 2 * MINUTE));
  expect(state.notices.list).toHaveLength(MAX_NOTICES);
  expect(dropped.filter((e) => e.kind === "dropNotice")).toHaveLength(20);
  const first = state.notices.list[0]?.id ?? "";
  expect(put({ kind: "noticesRead", ids: [first] }).map((e) => e.kind)).toEqual(["keepNotice", "tell"]);
  expect(put({ kind: "noticesRead", ids: [first] })).toEqual([]);
  expect(put({ kind: "noticesRead" }).filter((e) => e.kind === "keepNotice")).toHaveLength(MAX_NOTICES - 1);
});
