/** Modes, people and scenes as people set them, on the real store and core; the device is the edge of the house. */
import { expect, onTestFinished, test, vi } from "vitest";
import { createBus } from "../../hub/main/bus.ts";
import { type Core, createCore } from "../../hub/main/core.ts";
import { createCommand } from "../../hub/main/facade.ts";
import { createForget } from "../../hub/main/forget.ts";
import { startLiving } from "../../hub/main/house/index.ts";
import { openKept } from "../../hub/main/house/kept.ts";
import type { Command } from "../../hub/model/command.ts";
import type { NodeDescription } from "../../hub/model/node.ts";
import { type HomeRule, ruleDraft } from "../../hub/model/rule/rule.ts";
import type { Adapter } from "../../hub/ports.ts";
import { StoreError } from "../../hub/storage/error.ts";
import { openStore } from "../../hub/storage/open.ts";
import { listeningLog, temporaryFolder } from "../storage/support.ts";

const NOON = Date.UTC(2026, 2, 2, 12);
const MINUTE = 60_000;

const lamp = (id: string): NodeDescription => ({
  ...{ id, name: id, adapter: "mqtt", dialect: "test", addresses: [] },
  endpoints: [
    {
      number: 1,
      deviceTypes: ["dimmableLight"],
      capabilities: {
        onOff: {
          attributes: { onOff: { source: "t#state" } },
          commands: { on: { source: "t" }, off: { source: "t" } },
        },
        levelControl: {
          attributes: { currentLevel: { source: "t#level" } },
          commands: { moveToLevel: { source: "t" } },
        },
      },
    },
  ],
});

function openHouse(folder = temporaryFolder(), time = NOON) {
  const log = listeningLog();
  const clock = { time, now: () => clock.time };
  const store = openStore(folder, { log, clock });
  const bus = createBus(() => undefined);
  const core = createCore({ store, clock, bus, log, speed: 1 });
  const sent: Command[] = [];
  const says = (node: string, capability: string, attribute: string, value: boolean | number) => {
    const path = { node, endpoint: 1, capability, attribute };
    core.put({ kind: "readings", readings: [{ path, value, at: clock.time, source: "t#state" }] });
  };
  const adapter: Adapter = {
    name: "mqtt",
    start: async () => undefined,
    stop: async () => undefined,
    send: async (command) => {
      sent.push(command);
      const { node } = command.target;
      if (command.capability === "onOff") says(node, "onOff", "onOff", command.command === "on");
      else says(node, "levelControl", "currentLevel", Number(command.args.level));
      return { ok: true };
    },
  };
  const own = openKept(store, clock);
  core.adapters = [adapter, own.adapter];
  for (const id of ["kitchen", "hall"]) core.put({ kind: "nodeFound", node: lamp(id), at: time });
  const ends: (() => unknown)[] = [];
  const mqtt = { announce: () => undefined, brokers: () => [], hear: () => undefined };
  void own.adapter.start(core.put);
  const parts = { core, store, clock, bus, log, data: folder, mqtt, kept: own };
  const { house, scenes, switches, numbers } = startLiving(parts, (end) => ends.push(end));
  const forget = createForget({ ...core, store, clock, switches, pairing: { remove: () => Promise.resolve() } });
  let closed: Promise<void> | undefined;
  const close = () => {
    if (!closed) {
      for (const end of ends) end();
      core.stop();
    }
    closed ??= store.close();
    return closed;
  };
  onTestFinished(close);
  return { folder, clock, store, core, sent, says, house, scenes, switches, numbers, forget, close };
}

test("mode, people and special days outlive a restart, and are written before anyone is answered", async () => {
  const first = openHouse();
  first.house.setOwnModes(["Party"], "anna");
  first.house.setMode("Party", "anna");
  first.house.setPeople([{ name: "Anna" }, { name: "Ben" }], "anna");
  const anna = first.house.now().people[0]?.id ?? "";
  expect(first.house.setPresence(anna, true, "Anna")).toBe(true);
  expect(first.house.setPresence("ghost", true, "Anna")).toBe(false);
  first.house.setSpans([{ entry: "holiday", from: NOON, to: NOON + 1000, title: "Spring" }], "anna");
  expect(first.store.get("house", "house")).toMatchObject({ mode: "Party", spans: [{ title: "Spring" }] });
  const before = first.house.now();
  await first.close();
  const second = openHouse(first.folder, NOON + MINUTE);
  expect(second.house.now()).toEqual(before);
  expect(before).toMatchObject({ anyoneHome: true, modes: ["home", "away", "night", "holiday", "Party"] });
  expect(before.people.map((p) => [p.name, p.home, p.by])).toEqual([
    ["Anna", true, "Anna said so"],
    ["Ben", "unknown", "nothing was said yet"],
  ]);
});

test("a disk that takes nothing refuses the change before anything is done of it", () => {
  const { house, store, core } = openHouse();
  house.setMode("away", "anna");
  const { put } = store;
  // The disk is the edge of the house.
  store.put = () => {
    throw new StoreError("disk-full", "the disk is full", "make room");
  };
  expect(() => house.setMode("night", "anna")).toThrow("the disk is full");
  expect(() => house.setPeople([{ name: "Anna" }], "anna")).toThrow("the disk is full");
  expect(house.now()).toMatchObject({ mode: "away", people: [] });
  // It fills up between the look and the change.
  let left = 1;
  store.put = (...given) => {
    left -= 1;
    if (left < 0) throw new StoreError("disk-full", "the disk is full", "make room");
    put(...given);
  };
  expect(() => house.setMode("night", "anna")).toThrow(/after a restart the house is as it was before/);
  expect([core.state.house.mode, store.get("house", "house")]).toMatchObject(["night", { mode: "away" }]);
});

test("what can't be so is refused by its field", () => {
  const { house } = openHouse();
  const key = "kitchen/1/onOff.onOff";
  const person = (more: object) => () => house.setPeople([{ name: "Anna", ...more }], "anna");
  const network = (hosts: string[], awayAfterMin = 15) => person({ network: { hosts, awayAfterMin } });
  expect(() => house.setMode("party", "anna")).toThrow("mode: must be one of home, away, night, holiday");
  expect(() => house.setOwnModes(["Night"], "anna")).toThrow("modes.0: there is already a mode Night");
  expect(() => house.setOwnModes([""], "anna")).toThrow("modes.0: must be 1 to 30 characters");
  expect(person({ name: "" })).toThrow("people.0.name");
  expect(() => house.setPeople([{ name: "Anna" }, { name: "anna" }], "anna")).toThrow("people: each name");
  expect(person({ id: "ghost" })).toThrow("people.0.id");
  expect(person({ device: { node: "ghost", awayAfterMin: 0 } })).toThrow("people.0.device.node");
  expect(person({ device: { node: "hall", key, homeIs: true, awayAfterMin: 0 } })).toThrow("people.0.device.key");
  expect(person({ device: { node: "kitchen", key, awayAfterMin: 0 } })).toThrow("people.0.device.homeIs");
  expect(network(["8.8.8.8"])).toThrow("people.0.network.hosts.0: must be a name or an address of the home's own");
  expect(network(["192.168.1.5; reboot"])).toThrow("people.0.network.hosts.0");
  expect(network(["999.1.1.1"])).toThrow("people.0.network.hosts.0");
  expect(network(["192.168.1.5"], 1)).toThrow("people.0.network.awayAfterMin: must be 3 to 240 minutes");
  expect(network(["192.168.1.5", "fd00::5", "phone.fritz.box"])).not.toThrow();
  const span = { entry: "holiday", from: 2, to: 1, title: "" };
  expect(() => house.setSpans([span], "anna")).toThrow("spans.0.to: must be after its begin");
});

test("a scene of how it is now brings the house back to it, and tells what came of each action", async () => {
  const { says, sent, scenes, core, clock } = openHouse();
  says("kitchen", "onOff", "onOff", true);
  says("kitchen", "levelControl", "currentLevel", 40);
  says("hall", "onOff", "onOff", false);
  says("hall", "levelControl", "currentLevel", 80);
  const both = ["kitchen", "hall"].map((node) => ({ node, endpoint: 1 }));
  const actions = scenes.asItIsNow(both);
  expect(actions.map((a) => a.words)).toEqual(["kitchen: turn on", "kitchen: set level 40 %", "hall: turn off"]);
  const bare = actions.map(({ words: _, gone: __, ...action }) => action);
  const { id } = scenes.add({ title: "Dinner", actions: bare }, "anna");
  says("kitchen", "onOff", "onOff", false);
  core.put({ kind: "reachable", node: "hall", reachable: false, at: clock.time });
  const run = await scenes.activate(id, "anna");
  expect(run?.results.map((r) => r.outcome?.state)).toEqual(["confirmed", "confirmed", "refused"]);
  expect(run?.results[2]).toMatchObject({ outcome: { reason: "hall is not reachable" } });
  expect(sent.map((c) => `${c.target.node} ${c.command}`)).toEqual(["kitchen on", "kitchen moveToLevel"]);
  expect(scenes.list()[0]?.lastRun).toEqual(run);
  expect(await scenes.activate("ghost", "anna")).toBeUndefined();
});

test("a rule's scene gives way to a person's hand, action by action, and what came of it is seen", async () => {
  const { scenes, core, sent, clock } = openHouse();
  const act = (node: string) => ({ node, endpoint: 1, capability: "onOff", command: "off", args: {} });
  const { id } = scenes.add({ title: "Night", actions: [act("kitchen"), act("hall")] }, "anna");
  await scenes.attempt([{ ...act("kitchen"), command: "on" }], "anna");
  sent.length = 0;
  core.put({ kind: "sceneAsked", scene: id, origin: { rank: "rule", by: "r1", reason: "bedtime" }, at: clock.time });
  await vi.waitFor(() => expect(scenes.list()[0]?.lastRun?.results.every((r) => r.outcome)).toBe(true));
  const last = scenes.list()[0]?.lastRun;
  expect(last?.by).toBe("rule:r1");
  expect(last?.results[0]?.outcome).toMatchObject({
    state: "refused",
    reason: expect.stringMatching(/anna set it by hand/),
  });
  expect(sent.map((c) => c.target.node)).toEqual(["hall"]);
});

test("scenes are kept, changed and deleted, and bad ones are refused by their field", async () => {
  const first = openHouse();
  const act = { node: "kitchen", endpoint: 1, capability: "onOff", command: "on", args: {} };
  const { scenes } = first;
  const { id } = scenes.add({ title: "Bright", actions: [act] }, "anna");
  expect(() => scenes.add({ title: "Bright", actions: [act] }, "anna")).toThrow(
    "title: there is already a scene Bright",
  );
  expect(() => scenes.add({ title: "None", actions: [] }, "anna")).toThrow("actions: choose at least one device");
  const odd = { ...act, capability: "thermostat" };
  expect(() => scenes.add({ title: "Odd", actions: [act, odd] }, "anna")).toThrow(
    "actions.1: the device has no thermostat",
  );
  expect(scenes.change(id, { title: "Brighter", actions: [act] }, "anna")?.title).toBe("Brighter");
  expect(scenes.change("ghost", { title: "x", actions: [act] }, "anna")).toBeUndefined();
  await first.close();
  const second = openHouse(first.folder);
  expect(second.scenes.list().map((s) => s.title)).toEqual(["Brighter"]);
  expect(second.scenes.remove(id, "anna")).toBe(true);
  expect(second.scenes.remove(id, "anna")).toBe(false);
  expect(second.scenes.list()).toEqual([]);
});

const isOn = (core: Core, id: string) => core.state.home.nodes.get(id)?.values.get(`${id}/1/onOff.onOff`);

test("a switch of the house is a node that is switched, outlives a restart as it was, and starts no rule by that", async () => {
  const first = openHouse();
  const { id } = first.switches.add(" Guest mode ", "anna");
  expect(first.core.state.home.nodes.get(id)).toMatchObject({ reachable: true, description: { name: "Guest mode" } });
  const command = createCommand({ ...first.core, clock: first.clock });
  const target = { node: id, endpoint: 1 };
  const origin = { rank: "person", by: "anna", reason: "test" } as const;
  const ask = (name: string) => command({ target, capability: "onOff", command: name, args: {} }, origin);
  expect((await ask("toggle")).outcome).toMatchObject({ state: "confirmed" });
  expect(isOn(first.core, id)?.value).toBe(true);
  await first.close();

  const again = openHouse(first.folder, NOON + MINUTE);
  expect(again.switches.list()).toMatchObject([{ id, name: "Guest mode", on: true, usedBy: [] }]);
  expect(isOn(again.core, id)).toMatchObject({ value: true, ageUnknown: false });
});

test("a number of the house is set and counted up within its range, outlives a restart as it was, and is gone once removed", async () => {
  const first = openHouse();
  const wish = { name: "Pump runs", unit: "1", min: 0, max: 5, step: 1 } as const;
  const { id } = first.numbers.add(wish, "anna");
  expect(() => first.switches.add("pump runs", "anna")).toThrow(/^name: there is already a number pump runs/);
  const command = createCommand({ ...first.core, clock: first.clock });
  const origin = { rank: "person", by: "anna", reason: "test" } as const;
  const set = async (value: number) =>
    (
      await command(
        { target: { node: id, endpoint: 1 }, capability: "houseNumber", command: "set", args: { value } },
        origin,
      )
    ).outcome;
  expect(await set(3)).toMatchObject({ state: "confirmed" });
  expect(await set(6)).toMatchObject({ state: "refused", reason: "args.value: must be between 0 and 5" });
  const scene = first.scenes.add(
    {
      title: "New day",
      actions: [{ node: id, endpoint: 1, capability: "houseNumber", command: "set", args: { value: 0 } }],
    },
    "anna",
  );
  expect(first.numbers.list()).toMatchObject([{ id, value: 3, usedBy: [{ kind: "scene", id: scene.id }] }]);
  expect(() => first.numbers.change(id, { ...wish, max: 2 }, "anna")).toThrow(/^max: it stands at 3 now/);
  expect(first.numbers.change(id, { ...wish, name: "Runs", max: 9 }, "anna")).toMatchObject({ name: "Runs", value: 3 });
  await first.close();

  const again = openHouse(first.folder, NOON + MINUTE);
  const path = `${id}/1/houseNumber.value`;
  expect(again.numbers.list()).toMatchObject([{ id, name: "Runs", max: 9, value: 3 }]);
  expect(again.core.state.home.nodes.get(id)?.values.get(path)).toMatchObject({ value: 3, ageUnknown: false });
  await again.forget(id, "anna");
  await again.close();
  expect(openHouse(first.folder).numbers.list()).toEqual([]);
});

test("a switch is renamed over what its page said, and told with the rules and scenes that would miss it", () => {
  const { switches, scenes, core, store } = openHouse();
  const { id } = switches.add("Guests", "anna");
  core.put({ kind: "configured", node: id, settings: { name: "Visitors", room: "Hall" }, at: NOON });
  expect(switches.list()[0]?.name).toBe("Visitors");
  expect(switches.rename(id, "Guest mode", "anna")?.name).toBe("Guest mode");
  expect(core.state.home.nodes.get(id)?.settings).toEqual({ room: "Hall" });
  expect(switches.rename("house-none", "Guest mode", "anna")).toBeUndefined();
  const action = { node: id, endpoint: 1, capability: "onOff", command: "on", args: {} };
  const scene = scenes.add({ title: "Welcome", actions: [action] }, "anna");
  expect(switches.list()[0]?.usedBy).toEqual([{ kind: "scene", id: scene.id, title: "Welcome" }]);
  expect(store.audit({ limit: 9, subject: id }).map((e) => `${e.by} ${e.what}: ${e.detail}`)).toContain(
    "anna switch-renamed: Visitors, now Guest mode",
  );
});

test("a switch that is removed is gone after a restart; names that do not fit are refused by the field", async () => {
  const first = openHouse();
  const { id } = first.switches.add("Guests", "anna");
  expect(() => first.switches.add("guests", "anna")).toThrow(/^name: there is already a switch guests/);
  expect(() => first.switches.add("  ", "anna")).toThrow(/^name: must be 1 to 60 characters/);
  expect(() => first.switches.add("x".repeat(61), "anna")).toThrow(/^name: must be/);
  for (let n = 1; n < 100; n++) first.switches.add(`Word ${n}`, "anna");
  expect(() => first.switches.add("one more", "anna")).toThrow(/^name: there are already 100/);
  await first.forget(id, "anna");
  expect(first.switches.list()).toHaveLength(99);
  await first.close();
  const again = openHouse(first.folder);
  expect(again.core.state.home.nodes.has(id)).toBe(false);
  expect(again.switches.list().some((one) => one.id === id)).toBe(false);
});

test("a rule that another one switched off stays so over a restart, and the audit log says by which", async () => {
  const first = openHouse();
  const made = { origin: "person", by: "anna", madeAt: 1, changedAt: 1 } as const;
  const stop = [{ kind: "stop" }];
  const off = [{ kind: "rule", rule: "porch", does: "switchOff" }];
  const rule = (id: string, steps: unknown): HomeRule => ({
    ...ruleDraft.parse({ form: "when", title: id, on: [], do: steps }),
    ...{ ...made, id },
  });
  const rules = [rule("porch", stop), rule("quiet", off)];
  for (const one of rules) first.store.put("homeRule", one.id, one);
  first.core.put({ kind: "homeRulesSet", rules });
  first.core.put({ kind: "ruleStarted", rule: "quiet", by: "anna", at: NOON });
  first.core.put({ kind: "tick", at: NOON });
  expect(first.store.audit({ limit: 1, subject: "porch" })).toMatchObject([
    { by: "rule:quiet", what: "rule-disabled" },
  ]);
  await first.close();
  const again = openHouse(first.folder);
  expect(again.core.state.automation.rules.map((r) => [r.id, r.enabled])).toEqual([
    ["porch", false],
    ["quiet", true],
  ]);
});
