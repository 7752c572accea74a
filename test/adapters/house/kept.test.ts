/** What the house keeps is an ordinary node: what follows from that by itself, where others show or name it. */
import { expect, test } from "vitest";
import { createKept } from "../../../adapters/house/kept.ts";
import { previewsOf } from "../../../adapters/matter/bridge/preview.ts";
import { config } from "../../../adapters/mqtt/announce/home-assistant.ts";
import { announcedOf } from "../../../adapters/mqtt/announce/settable.ts";
import { understand } from "../../../hub/commands/understand.ts";
import type { Value } from "../../../hub/model/capability.ts";
import { type HouseNumber, numberNode } from "../../../hub/model/house-number.ts";
import { type HouseSwitch, isKeptHere, keptIdOf, switchNode } from "../../../hub/model/house-switch.ts";
import { NODE_ID } from "../../../hub/model/path.ts";
import { demoHome } from "../../commands/demo-home.ts";

const guests: Pick<HouseSwitch, "id" | "name"> = { id: "house-guest-mode", name: "Guest mode" };

function homeWithGuests() {
  const home = demoHome();
  const state = { settings: {}, reachable: true, heardAt: 0, values: new Map() };
  home.nodes.set(guests.id, { ...state, description: switchNode(guests) });
  return home;
}

test("a sentence turns it by its name, and everything that is turned off leaves it as it is", () => {
  const home = homeWithGuests();
  const said = understand("turn on guest mode", home);
  expect(said).toMatchObject({ kind: "command", commands: [{ target: { node: guests.id }, command: "on" }] });
  const all = understand("turn everything off", home);
  if (all.kind !== "command") throw new Error(all.kind);
  expect(all.commands.length).toBeGreaterThan(2);
  expect(all.commands.map((c) => c.target.node)).not.toContain(guests.id);
});

test("other apps show it as a plug that is switched, over Matter and over MQTT", () => {
  const home = homeWithGuests();
  const filter = { show: "all", rooms: [], kinds: [], include: [], exclude: [] } as const;
  const shown = previewsOf(home, undefined, 0, { ecosystem: "apple", filter }).find((p) => p.node === guests.id);
  expect(shown).toMatchObject({ name: "Guest mode", chosen: true, parts: [{ type: "OnOffPlugInUnit" }], notes: [] });
  const node = switchNode(guests);
  const told = JSON.parse(config(node, node.name, undefined, announcedOf(node)));
  expect(Object.values(told.components)).toMatchObject([{ platform: "switch" }]);
});

test("whatever its name, its id can be kept", () => {
  for (const name of ["Guest mode", "Müll raus!", "休日", "…", "x".repeat(60)]) expect(keptIdOf(name)).toMatch(NODE_ID);
  expect(isKeptHere(switchNode(guests))).toBe(true);
});

const reserve: HouseNumber = {
  ...{ id: "house-target-reserve", name: "Target reserve", unit: "%", min: 10, max: 90, step: 5, value: 10 },
};

function homeWithReserve() {
  const home = demoHome();
  const state = { settings: {}, reachable: true, heardAt: 0, values: new Map() };
  home.nodes.set(reserve.id, { ...state, description: numberNode(reserve) });
  return home;
}

test("a sentence sets a number by its name, in its own unit and range; nothing else that is said of all sets it", () => {
  const home = homeWithReserve();
  const command = { target: { node: reserve.id, endpoint: 1 }, capability: "houseNumber", args: { value: 30 } };
  for (const text of ["set target reserve to 30", "set the target reserve to 30 %"])
    expect(understand(text, home), text).toMatchObject({ kind: "command", commands: [command] });
  for (const text of ["set target reserve to 95", "set target reserve to 30 degrees"])
    expect(understand(text, home), text).not.toMatchObject({ kind: "command" });
  const all = understand("dim everything to 30 %", home);
  if (all.kind === "command") expect(all.commands.map((c) => c.target.node)).not.toContain(reserve.id);
});

test("over MQTT a number is one that may be set in its range; Matter has no shape for it, so a bridge leaves it out and says so", () => {
  const node = numberNode(reserve);
  const told = JSON.parse(config(node, node.name, undefined, announcedOf(node)));
  expect(Object.values(told.components)).toMatchObject([
    { platform: "number", min: 10, max: 90, step: 5, unit_of_measurement: "%" },
  ]);
  const filter = { show: "all", rooms: [], kinds: [], include: [], exclude: [] } as const;
  const [shown] = previewsOf(homeWithReserve(), undefined, 0, { ecosystem: "apple", filter }).filter(
    (one) => one.node === reserve.id,
  );
  expect(shown).toMatchObject({ parts: [], notes: ["Number of the house: Matter has no device type for it"] });
});

test("a number is set within its range alone, and says why where it is not", async () => {
  const told: unknown[] = [];
  const kept: unknown[] = [];
  const parts = { clock: { now: () => 0 }, kept: [reserve], keep: (one: unknown) => kept.push(one), forget: () => 0 };
  const { adapter, list } = createKept(parts);
  await adapter.start((input) => input.kind === "readings" && told.push(...input.readings.map((r) => r.value)));
  const set = (value: Value) =>
    adapter.send(
      { target: { node: reserve.id, endpoint: 1 }, capability: "houseNumber", command: "set", args: { value } },
      numberNode(reserve),
    );
  expect(await set(90)).toEqual({ ok: true });
  expect(await set(90)).toEqual({ ok: true });
  expect(await set(91)).toEqual({ ok: false, reason: "args.value: must be between 10 and 90 %" });
  expect(await set("many")).toEqual({ ok: false, reason: "args.value: must be a number" });
  expect([told, kept, list()]).toEqual([[10, 90, 90], [{ ...reserve, value: 90 }], [{ ...reserve, value: 90 }]]);
});
