/**
 * A day lived by the hub's own core, dialects and store in the simulated home, second by second on the home's clock, with rules of all kinds; then
 * each of them is dry-run over that day as it was recorded. It has to come at the moments of its traces and to ask for the same.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createMatterPast } from "../../adapters/matter/past.ts";
import { dialects } from "../../adapters/mqtt/dialects/index.ts";
import { createIngest } from "../../adapters/mqtt/ingest.ts";
import { liveCadence, type Message } from "../../firmware-sim/devices/device.ts";
import { buildDevices } from "../../firmware-sim/devices/index.ts";
import { homes } from "../../firmware-sim/homes/index.ts";
import { World } from "../../firmware-sim/world.ts";
import { createBus } from "../../hub/main/bus.ts";
import { createCore } from "../../hub/main/core.ts";
import { demoHome, demoTariff } from "../../hub/main/demo/home.ts";
import { prepare } from "../../hub/main/dry-run/past.ts";
import { asking } from "../../hub/main/dry-run/question.ts";
import type { Command } from "../../hub/model/command.ts";
import { type HomeRule, ruleDraft } from "../../hub/model/rule/rule.ts";
import type { Trace } from "../../hub/model/trace.ts";
import type { Adapter, AdapterInput, Store } from "../../hub/ports.ts";
import { inOneGo } from "../../hub/rules/in-one-go.ts";
import { openStore } from "../../hub/storage/open.ts";
import { lived } from "../rules/dry-run-support.ts";

const SECOND = 1000;
const HOUR = 3600 * SECOND;
/** A Thursday in October, half an hour before midnight in Berlin: the hub has to know its devices first. */
const BEGIN = Date.UTC(2026, 9, 7, 21, 30);
const DAY = Date.UTC(2026, 9, 7, 22);
const END = DAY + 24 * HOUR;
const SEED = Number(process.env.INGLENOOK_SEED ?? 7);
const quiet = { info: () => {}, warn: () => {}, error: console.error };

/** The simulated home and the hub on one clock. */
function houseOf(folder: string) {
  const found = homes.get("demo");
  if (!found) throw new Error("there is no simulated home");
  const world = new World(SEED, found.params, BEGIN);
  const devices = buildDevices(found.devices, liveCadence(1));
  const clock = { now: () => world.at };
  const store: Store = openStore(folder, { log: quiet, clock });
  store.put("homeSettings", "home", demoHome);
  store.put("tariff", "tariff", demoTariff);
  const core = createCore({ store, clock, bus: createBus(() => undefined), log: quiet, speed: 1 });
  const ingest = createIngest(dialects, "inglenook");
  const matter = createMatterPast();
  const take = (inputs: readonly AdapterInput[]) => {
    for (const input of inputs) core.put(input);
  };
  const hear = ({ topic, payload, retain }: Message, age = false): void => {
    const { inputs, publish } = ingest.receive(topic, payload, age && retain, world.at);
    take(inputs);
    for (const said of publish) tellDevices(said.topic, String(said.payload));
  };
  const tellDevices = (topic: string, payload: string): void => {
    for (const device of devices.mqtt) for (const answer of device.receive(topic, payload, world)) hear(answer);
  };
  const adapterOf = (name: Adapter["name"], send: (command: Command) => void): Adapter => ({
    ...{ name, start: async () => undefined, stop: async () => undefined },
    async send(command) {
      send(command);
      return { ok: true };
    },
  });
  const mqtt = adapterOf("mqtt", (command) => {
    const routed = ingest.encode(command);
    if (!routed.ok) throw new Error(routed.reason);
    for (const { topic, payload } of routed.publish) tellDevices(topic, String(payload));
  });
  const thermostat = devices.matter.find((d) => d.kind === "thermostat");
  core.adapters = [mqtt, adapterOf("matter", ({ args }) => thermostat?.changed(args, world))];
  const second = async (): Promise<void> => {
    world.step(1);
    for (const device of devices.mqtt) for (const message of device.step(1, world)) hear(message);
    for (const device of devices.matter)
      for (const report of device.reports(world)) take(matter({ at: world.at, matter: device.identity, ...report }));
    take(ingest.catchUp(1000, world.at).inputs);
    core.put({ kind: "tick", at: world.at });
    // Adapters answer by promises.
    for (let i = 0; i < 4; i++) await Promise.resolve();
  };
  for (const device of devices.mqtt) for (const message of device.announce(world)) hear(message);
  for (const device of devices.shelly) for (const message of device.introduce("inglenook", world)) hear(message);
  return { world, core, store, clock, second };
}

type House = ReturnType<typeof houseOf>;

function rulesFor({ core }: House): HomeRule[] {
  const at = (name: string) => {
    const node = [...core.state.home.nodes.values()].find((n) => n.description.name === name);
    if (!node)
      throw new Error(
        `${name} is not known; there are ${[...core.state.home.nodes.values()].map((n) => n.description.name)}`,
      );
    return { nodes: [node.description.id] };
  };
  const turn = (name: string, command: string) => ({ kind: "command", target: at(name), capability: "onOff", command });
  const set = (degrees: number) => ({
    ...{ kind: "command", target: at("Living room thermostat"), capability: "thermostat", command: "set" },
    args: { occupiedHeatingSetpoint: degrees },
  });
  const power = "electricalPowerMeasurement.activePower";
  const drafts: Readonly<Record<string, object>> = {
    edge: {
      ...{ form: "when", mode: "restart", if: { kind: "sun", is: "down" } },
      on: [{ kind: "becomes", target: at("Hallway motion"), of: "occupancySensing.occupancy", to: true }],
      do: [turn("Kitchen light", "on"), { kind: "wait", minutes: 5 }, turn("Kitchen light", "off")],
    },
    level: {
      form: "when",
      on: [{ kind: "crosses", target: at("Heat pump meter"), of: power, above: 500, forMinutes: 5 }],
      do: [turn("Bedroom light", "toggle")],
    },
    cron: {
      form: "when",
      on: [{ kind: "cron", expression: "*/20 6-22 * * *" }],
      do: [turn("Office light", "on"), { kind: "wait", minutes: 3 }, turn("Office light", "off")],
    },
    sun: {
      form: "when",
      on: [
        { kind: "sun", event: "sunset" },
        { kind: "sun", event: "sunrise", offsetMinutes: 30 },
      ],
      do: [turn("Living room light", "toggle")],
    },
    presence: {
      form: "when",
      on: [{ kind: "presence", who: "anyone", does: "leaves" }],
      do: [turn("Living room light", "off"), turn("TV corner plug", "off")],
    },
    wait: {
      form: "when",
      on: [{ kind: "time", at: "18:00" }],
      do: [
        {
          ...{ kind: "waitUntil", atMostMinutes: 240, otherwise: "goOn" },
          condition: { kind: "state", target: at("TV corner plug"), of: power, op: ">", value: 60 },
        },
        turn("Dishwasher plug", "off"),
      ],
    },
    heating: {
      ...{ form: "while", while: { kind: "between", from: "21:00", to: "05:30" } },
      ...{ keep: [set(18)], otherwise: [set(20.5)] },
    },
    sunny: {
      form: "while",
      while: {
        ...{ kind: "state", target: at("Solar inverter meter"), of: power, op: "<", value: -500, forMinutes: 5 },
      },
      ...{ keep: [turn("Water heater", "on")], otherwise: [turn("Water heater", "off")] },
    },
  };
  return Object.entries(drafts).map(([id, written]) => ({
    ...ruleDraft.parse({ title: id, ...written }),
    ...{ id, origin: "person", by: "Anna", madeAt: DAY, changedAt: DAY },
  }));
}

function whole<T>(work: Generator<number, T>): T {
  for (;;) {
    const { value, done } = work.next();
    if (done) return value;
  }
}

/** Anna's comings and goings, as she says them; hours of the day. */
const PRESENCE = [
  [7.5, false],
  [12.25, true],
  [13.1, false],
  [17.75, true],
] as const;

describe("a day that the hub lived, dry-run over what was recorded of it", () => {
  const folder = mkdtempSync(join(tmpdir(), "inglenook-dry-day-"));
  let house: House;
  let rules: HomeRule[] = [];
  let tried: (rule: HomeRule) => Promise<readonly Trace[]>;

  beforeAll(async () => {
    house = houseOf(folder);
    const { world, core, store, clock } = house;
    core.put({ kind: "peopleSet", people: [{ id: "anna", name: "Anna" }], by: "Anna", at: BEGIN });
    core.put({ kind: "presenceSet", person: "anna", home: true, source: "hand", by: "Anna said so", at: BEGIN });
    while (world.at < DAY) await house.second();
    for (const node of core.state.home.nodes.values())
      core.put({ kind: "reachable", node: node.description.id, reachable: true, at: DAY });
    rules = rulesFor(house);
    core.put({ kind: "homeRulesSet", rules });
    const presence = PRESENCE.map(([hour, home]) => ({ at: DAY + hour * HOUR, home }));
    while (world.at < END) {
      while ((presence[0]?.at ?? END) <= world.at) {
        const home = presence.shift()?.home ?? true;
        core.put({ kind: "presenceSet", person: "anna", home, source: "hand", by: "Anna said so", at: world.at });
      }
      await house.second();
    }
    store.flush();
    tried = async (rule) => {
      const given = { goals: [], plans: new Map(), days: 1, now: clock.now() };
      const [one] = await prepare(inOneGo(asking(core.state, [rule], given)), store, async (work) => whole(work));
      if (!one) throw new Error("nothing was prepared");
      return lived(one.trial).traces;
    };
  }, 720_000);
  afterAll(async () => {
    house?.core.stop();
    await house?.store.close();
    rmSync(folder, { recursive: true, force: true });
  });

  /** Starts with what was asked, as one text each; of level rules what they came to. */
  const gist = (traces: readonly Trace[]): string[] =>
    traces
      .filter(
        (t) => (t.kind === "run" || t.kind === "steady") && t.at >= DAY + 60 * SECOND && t.at < END - 600 * SECOND,
      )
      .sort((a, b) => a.at - b.at)
      .map((t) => {
        const clock = new Date(Math.round(t.at / SECOND) * SECOND).toISOString().slice(11, 19);
        const deeds = t.lines.map((l) => l.text.replace(/: (done|taken|asked|it is so|unconfirmed|confirmed).*$/, ""));
        return `${clock} ${t.kind === "run" ? deeds.join("; ") : t.outcome}`;
      });

  test.each(["edge", "level", "cron", "sun", "presence", "wait", "heating", "sunny"].map((id) => [id] as const))(
    "%s",
    async (id) => {
      const lived = gist(house.store.traces.search({ rule: id, from: DAY, to: END, limit: 500 }).traces);
      const rule = rules.find((r) => r.id === id);
      if (!rule) throw new Error(id);
      const told = gist(await tried(rule));
      const missing = lived.filter((one) => !told.includes(one));
      const more = told.filter((one) => !lived.includes(one));
      console.info(
        `${id}: ${lived.length} lived, ${told.length} told, ${lived.length - missing.length} the same`,
        missing.slice(0, 6),
        more.slice(0, 6),
      );
      expect(lived.length).toBeGreaterThan(0);
      expect(missing.length + more.length).toBe(0);
    },
    60_000,
  );
});
