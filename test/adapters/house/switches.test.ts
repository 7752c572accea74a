/** A switch of the house is an ordinary node: what follows from that by itself, where others show or name it. */
import { expect, test } from "vitest";
import { previewsOf } from "../../../adapters/matter/bridge/preview.ts";
import { config } from "../../../adapters/mqtt/announce/home-assistant.ts";
import { announcedOf } from "../../../adapters/mqtt/announce/settable.ts";
import { understand } from "../../../hub/commands/understand.ts";
import { type HouseSwitch, isHouseSwitch, switchIdOf, switchNode } from "../../../hub/model/house-switch.ts";
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
  for (const name of ["Guest mode", "Müll raus!", "休日", "…", "x".repeat(60)])
    expect(switchIdOf(name)).toMatch(NODE_ID);
  expect(isHouseSwitch(switchNode(guests))).toBe(true);
});
