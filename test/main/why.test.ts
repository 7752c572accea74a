/** "Why is it on" and "why did it not", on the real store and core; the devices are the edge of the house. */
import { expect, onTestFinished, test } from "vitest";
import { createBus } from "../../hub/main/bus.ts";
import { createCore } from "../../hub/main/core.ts";
import { createCommand } from "../../hub/main/facade.ts";
import { createTraces } from "../../hub/main/traces.ts";
import type { Command } from "../../hub/model/command.ts";
import type { NodeDescription } from "../../hub/model/node.ts";
import type { Rule } from "../../hub/model/plan.ts";
import { type HomeRule, ruleDraft } from "../../hub/model/rule/rule.ts";
import type { Adapter, SendResult } from "../../hub/ports.ts";
import { createSentences } from "../../hub/sentences.ts";
import { openStore } from "../../hub/storage/open.ts";
import { listeningLog, temporaryFolder } from "../storage/support.ts";

/** A Sunday. */
const START = Date.UTC(2026, 2, 1, 17);
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

const device = (
  id: string,
  name: string,
  types: string[],
  capabilities: NodeDescription["endpoints"][number]["capabilities"],
): NodeDescription => ({
  ...{ id, name, adapter: "mqtt", dialect: "test", addresses: [] },
  endpoints: [{ number: 1, deviceTypes: types, capabilities }],
});
const onOff = { attributes: { onOff: { source: "t" } }, commands: { on: { source: "t" }, off: { source: "t" } } };
const devices = [
  device("lamp", "Lamp", ["onOffLight"], { onOff }),
  device("heater", "Heater", ["onOffPlugInUnit"], { onOff }),
  device("hall", "Hall sensor", ["occupancySensor"], {
    occupancySensing: { attributes: { occupancy: { source: "t" } }, commands: {} },
  }),
  device("blinds", "Blinds", ["windowCovering"], {
    windowCovering: {
      attributes: { currentPositionLiftPercentage: { source: "t" } },
      commands: { downOrClose: { source: "t" }, upOrOpen: { source: "t" } },
    },
  }),
];

const sunsetClose = {
  ...{ form: "when", title: "Blinds at seven", on: [{ kind: "time", at: "19:00" }] },
  do: [{ kind: "command", target: { rooms: ["Living room"] }, capability: "windowCovering", command: "downOrClose" }],
};

function openHouse() {
  const folder = temporaryFolder();
  const log = listeningLog();
  const clock = { time: START, now: () => clock.time };
  const store = openStore(folder, { log, clock });
  const bus = createBus(() => undefined);
  const core = createCore({ store, clock, bus, log, speed: 1 });
  const obeys = { lamp: true, heater: true, blinds: true } as Record<string, boolean | "later">;
  const says = (node: string, capability: string, attribute: string, value: boolean | number | string) =>
    core.put({
      kind: "readings",
      readings: [{ path: { node, endpoint: 1, capability, attribute }, value, at: clock.time, source: "t" }],
    });
  const adapter: Adapter = {
    name: "mqtt",
    start: async () => undefined,
    stop: async () => undefined,
    async send({ target: { node }, capability, command }: Command): Promise<SendResult> {
      if (!obeys[node]) return { ok: false, reason: "its bridge did not answer" };
      if (obeys[node] === "later") return { ok: true };
      if (capability === "onOff") says(node, "onOff", "onOff", command === "on");
      else says(node, "windowCovering", "currentPositionLiftPercentage", command === "downOrClose" ? 0 : 100);
      return { ok: true };
    },
  };
  core.adapters = [adapter];
  for (const node of devices) core.put({ kind: "nodeFound", node, at: START });
  for (const id of ["lamp", "blinds"])
    core.put({ kind: "configured", node: id, settings: { room: "Living room" }, at: START });
  for (const id of ["lamp", "heater"]) says(id, "onOff", "onOff", false);
  says("hall", "occupancySensing", "occupancy", false);
  says("blinds", "windowCovering", "currentPositionLiftPercentage", 100);
  const command = createCommand({ put: core.put, waiting: core.waiting, clock });
  onTestFinished(async () => {
    core.stop();
    await store.close();
  });
  let made = 0;
  const rules = (...drafts: object[]) =>
    core.put({
      kind: "homeRulesSet",
      rules: drafts.map(
        (d): HomeRule => ({
          ...ruleDraft.parse(d),
          ...{ id: `rule-${++made}`, origin: "person", by: "anna", madeAt: clock.time, changedAt: clock.time },
        }),
      ),
    });
  /** Lets the house live on, a tick each half minute. */
  const live = async (until: number) => {
    while (clock.time < until) {
      clock.time = Math.min(until, clock.time + 30_000);
      core.put({ kind: "tick", at: clock.time });
      await Promise.resolve();
      await new Promise((resolve) => setImmediate(resolve));
    }
  };
  const traces = createTraces({ state: core.state, store, clock });
  const why = async (node: string, from = clock.time, to = from, about?: Parameters<typeof traces.why>[0]["about"]) => {
    const found = await traces.why({ node, from, to, about });
    if (!found) throw new Error(`no answer about ${node}`);
    return found;
  };
  const sentences = createSentences({ home: core.state.home, clock, command, energy: store.energy, why: traces.why });
  const ask = async (text: string) => (await sentences(text, "Kim")).text;
  return { clock, store, core, says, obeys, command, rules, live, why, traces, ask };
}

const closed = {
  key: "blinds/1/windowCovering.currentPositionLiftPercentage",
  state: "closed" as const,
  is: (v: unknown) => v === 0,
};

test("a lamp that a person turned on: who, when, and that the hand holds", async () => {
  const { command, live, why } = openHouse();
  await live(START + 5 * MINUTE);
  await command(
    { target: { node: "lamp", endpoint: 1 }, capability: "onOff", command: "on", args: {} },
    { rank: "person", by: "Kim", reason: "asked on the dashboard or by the API" },
  );
  await live(START + 15 * MINUTE);
  const found = await why("lamp");
  expect(found.did[0]).toMatchObject({
    kind: "asked",
    by: "person",
    text: "At 17:05 Kim asked to turn on Lamp.",
    at: START + 5 * MINUTE,
  });
  expect(found.keeps[0]).toMatchObject({
    kind: "held",
    text: "Kim set it by hand: rules and plans leave it as it is until 18:05.",
  });
  expect(found.why).toBe(
    "Lamp is on. At 17:05 Kim asked to turn on Lamp. Kim set it by hand: rules and plans leave it as it is until 18:05.",
  );
  expect(found.did).toHaveLength(1);
});

test("a lamp that a rule turned on: the rule, what started it, and the trace that tells more", async () => {
  const { rules, says, live, why, traces } = openHouse();
  rules({
    ...{
      form: "when",
      title: "Light in the hall",
      on: [{ kind: "becomes", target: { nodes: ["hall"] }, of: "occupancySensing.occupancy", to: true }],
    },
    do: [{ kind: "command", target: { kinds: ["light"] }, capability: "onOff", command: "on" }],
  });
  await live(START + MINUTE);
  says("hall", "occupancySensing", "occupancy", true);
  await live(START + 20 * MINUTE);
  const found = await why("lamp");
  expect(found.did[0]).toMatchObject({ kind: "asked", by: "rule", rule: "rule-1" });
  expect(found.did[0]?.text).toMatch(
    /^At 17:01 the rule "Light in the hall" asked to turn on Lamp: Hall sensor.* is occupied, was clear\.$/,
  );
  expect(traces.search({ node: "lamp", limit: 5 }).traces.map((t) => t.id)).toEqual([found.did[0]?.trace]);
  expect(found.now).toBe("Lamp is on");
});

test("a heater that a plan keeps on", async () => {
  const { core, live, why } = openHouse();
  const rule: Rule = {
    ...{ id: "p1", title: "Hot water at noon", origin: "plan", plan: "plan-1", enabled: true },
    ...{
      when: { kind: "between", from: "16:00", to: "23:00" },
      then: [{ node: "heater", endpoint: 1, capability: "onOff", command: "on", args: {} }],
    },
  };
  core.put({ kind: "rulesSet", rules: [rule] });
  await live(START + 10 * MINUTE);
  const found = await why("heater");
  expect(found.did[0]).toMatchObject({ by: "plan", rule: "p1" });
  expect(found.keeps[0]).toMatchObject({ kind: "keeps", by: "plan", rule: "p1" });
  expect(found.keeps[0]?.text).toMatch(
    /^The plan "Hot water at noon" keeps it so \(turn on Heater\): it is between 16:00 and 23:00/,
  );
});

test("a lamp that was switched at the wall: nothing in this home asked it", async () => {
  const { says, live, why, command } = openHouse();
  await live(START + 5 * MINUTE);
  await command(
    { target: { node: "lamp", endpoint: 1 }, capability: "onOff", command: "on", args: {} },
    { rank: "person", by: "Kim", reason: "asked on the dashboard or by the API" },
  );
  await live(START + 20 * MINUTE);
  says("lamp", "onOff", "onOff", false);
  await live(START + 30 * MINUTE);
  const found = await why("lamp");
  expect(found.did.map((r) => [r.kind, r.by, r.at])).toEqual([
    ["changed", "device", START + 20 * MINUTE],
    ["asked", "person", START + 5 * MINUTE],
  ]);
  expect(found.why).toMatch(/^Lamp is off\. At 17:20 Lamp changed to off by itself: nothing in this home had asked it/);
  const before = await why("lamp", START + 10 * MINUTE);
  expect(before.did.map((r) => r.kind)).toEqual(["asked"]);
});

test("blinds that did not close: the rule came, and its condition did not hold", async () => {
  const { rules, live, why, clock } = openHouse();
  rules({ ...sunsetClose, if: { kind: "mode", in: ["away"] } });
  await live(START + 3 * HOUR);
  const found = await why("blinds", START, clock.time, closed);
  expect(found.not).toMatchObject([
    {
      rule: "rule-1",
      title: "Blinds at seven",
      reasons: [{ kind: "nearMiss", at: START + 2 * HOUR }, { kind: "condition" }],
    },
  ]);
  expect(found.whyNot).toMatch(
    /^At 19:00 "Blinds at seven" did nothing: it is .*19:00.*, but its condition does not hold: the house is in mode home/,
  );
});

test("blinds that were asked and did not obey, and blinds that gave way to a person's hand", async () => {
  const { rules, obeys, live, why, clock, command } = openHouse();
  rules(sunsetClose);
  obeys.blinds = false;
  await live(START + 2 * HOUR + 10 * MINUTE);
  const failed = await why("blinds", START, clock.time, closed);
  expect(failed.whyNot).toMatch(
    /^At 19:00 the rule "Blinds at seven" asked to .*Blinds, which was unconfirmed: its bridge did not answer: it is .*19:00/,
  );
  expect(failed.not[0]?.reasons[0]).toMatchObject({ kind: "unconfirmed" });
  obeys.blinds = true;
  await live(START + 25 * HOUR + 30 * MINUTE);
  await command(
    { target: { node: "blinds", endpoint: 1 }, capability: "windowCovering", command: "upOrOpen", args: {} },
    { rank: "person", by: "Kim", reason: "said: open the blinds" },
  );
  await live(START + 27 * HOUR);
  const lost = await why("blinds", START + 24 * HOUR, clock.time, closed);
  expect(lost.whyNot).toMatch(
    /At 19:00 the rule "Blinds at seven" asked to .*Blinds, which was refused: Kim set it by hand; that holds for another 30 minutes/,
  );
});

test("blinds of which the moment was not in that time, which nobody has a rule for, or whose rule is off or new", async () => {
  const { rules, live, why, clock } = openHouse();
  await live(START + HOUR);
  expect((await why("blinds", START, clock.time, closed)).whyNot).toBe(
    "No rule and no plan of this home would have done that to Blinds: it takes a person's hand.",
  );
  rules(sunsetClose);
  await live(START + 90 * MINUTE);
  const early = await why("blinds", START + HOUR, clock.time, closed);
  expect(early.whyNot).toBe(
    '"Blinds at seven" comes at 19:00 each day, and that was not in this time; it comes next at 19:00.',
  );
  expect((await why("blinds", START, START + 30 * MINUTE, closed)).not[0]?.reasons[0]).toMatchObject({
    kind: "later",
    text: '"Blinds at seven" was made only at 18:00.',
  });
  // Its moment was in that time, and it was not there yet.
  rules();
  await live(START + 2 * HOUR + 5 * MINUTE);
  rules(sunsetClose);
  await live(START + 2 * HOUR + 10 * MINUTE);
  expect((await why("blinds", START + HOUR, clock.time, closed)).not[0]?.reasons[0]).toMatchObject({
    kind: "later",
    text: '"Blinds at seven" was made only at 19:05; it comes next tomorrow at 19:00.',
  });
  rules({ ...sunsetClose, enabled: false });
  await live(START + 3 * HOUR);
  expect((await why("blinds", START + 90 * MINUTE, clock.time, closed)).whyNot).toBe(
    '"Blinds at seven" is switched off.',
  );
});

test("a lamp whose rule waits for a device that is silent, and a rule that opens is no reason against closing", async () => {
  const { rules, core, live, why, clock } = openHouse();
  rules(
    {
      ...{
        form: "when",
        title: "Light in the hall",
        on: [{ kind: "becomes", target: { nodes: ["hall"] }, of: "occupancySensing.occupancy", to: true }],
      },
      do: [{ kind: "command", target: { nodes: ["lamp"] }, capability: "onOff", command: "on" }],
    },
    {
      ...{ form: "when", title: "Blinds up", on: [{ kind: "time", at: "07:00" }] },
      do: [{ kind: "command", target: { nodes: ["blinds"] }, capability: "windowCovering", command: "upOrOpen" }],
    },
    sunsetClose,
  );
  core.put({ kind: "reachable", node: "hall", reachable: false, at: START });
  await live(START + 30 * MINUTE);
  const lamp = await why("lamp", START, clock.time, { key: "lamp/1/onOff.onOff", state: "on", is: (v) => v === true });
  expect(lamp.not[0]?.reasons[0]?.kind).toBe("unknown");
  expect(lamp.whyNot).toContain(" is stale: the device is not reachable");
  const blinds = await why("blinds", START, clock.time, closed);
  expect(blinds.not.map((n) => n.title)).toEqual(["Blinds at seven"]);
});

test("what a rule of the form while keeps, of now and of a moment that is past", async () => {
  const { rules, live, why } = openHouse();
  rules({
    ...{ form: "while", title: "Lamp in the evening", while: { kind: "between", from: "17:30", to: "18:30" } },
    keep: [{ kind: "command", target: { nodes: ["lamp"] }, capability: "onOff", command: "on" }],
    otherwise: [{ kind: "command", target: { nodes: ["lamp"] }, capability: "onOff", command: "off" }],
  });
  await live(START + 45 * MINUTE);
  const now = await why("lamp");
  const off = await why("lamp", START + 31 * MINUTE, START + 45 * MINUTE, {
    ...{ key: "lamp/1/onOff.onOff", state: "off" },
    is: (v) => v === false,
  });
  expect(off.whyNot).toMatch(
    /^"Lamp in the evening" holds and so wants it the other way: it is between 17:30 and 18:30\.$/,
  );
  expect(now.keeps[0]?.text).toMatch(
    /^The rule "Lamp in the evening" keeps it so \(turn on Lamp\): it is between 17:30 and 18:30/,
  );
  await live(START + 3 * HOUR);
  const past = await why("lamp", START + HOUR);
  expect(past.keeps[0]).toMatchObject({ kind: "keeps", rule: "rule-1" });
  expect(past.why).toMatch(/At 17:30 the rule "Lamp in the evening" asked to turn on Lamp/);
  expect((await why("lamp")).keeps[0]?.text).toContain("(turn off Lamp)");
});

test("the sentence box answers the same, for now and for a day that was said", async () => {
  const { rules, live, command, ask, clock, says } = openHouse();
  rules({ ...sunsetClose, if: { kind: "mode", in: ["away"] } });
  await command(
    { target: { node: "heater", endpoint: 1 }, capability: "onOff", command: "on", args: {} },
    { rank: "person", by: "Kim", reason: "asked on the dashboard or by the API" },
  );
  await live(START + 3 * HOUR);
  // Two days pass in which the hub is off.
  clock.time = START + 48 * HOUR;
  await live(clock.time + MINUTE);
  says("lamp", "onOff", "onOff", false);
  expect(await ask("why is the heater on?")).toBe("Heater is on. On Sunday at 17:00 Kim asked to turn on Heater.");
  expect(await ask("Why was the heater on on Sunday?")).toContain("On Sunday at 17:00 Kim asked to turn on Heater.");
  const closing =
    /^On Sunday at 19:00 "Blinds at seven" did nothing: .*its condition does not hold: the house is in mode home/;
  expect(await ask("why did the blinds not close on Sunday?")).toMatch(closing);
  expect(await ask("Why didn't the blinds close last Sunday")).toMatch(closing);
  for (const when of [
    "on Sunday evening",
    "at 7 on Sunday",
    "on Sunday at 7 pm",
    "at 19:00 on Sunday",
    "around half past 6 on Sunday evening",
  ])
    expect(await ask(`why did the blinds not close ${when}?`), when).toMatch(closing);
  expect(await ask("why did the blinds not close on Sunday morning")).not.toMatch(closing);
  expect(await ask("why was the heater on at 5 pm on Sunday?")).toContain(
    "On Sunday at 17:00 Kim asked to turn on Heater.",
  );
  expect(await ask("why was the heater on at 6 in the evening on someday")).toMatch(/nothing called|not understood/);
  expect(await ask("why was the heater on at 25:00")).toMatch(/nothing called|not understood/);
  expect(await ask("why didn't the blinds close yesterday")).toMatch(
    /^"Blinds at seven" should have come yesterday at 19:00 and nothing is noted of it/,
  );
  expect(await ask("why is the lamp off")).toMatch(
    /^Lamp is off\. Nothing in this home is known to have asked Lamp for it/,
  );
  expect(await ask("why isn't the lamp on?")).toMatch(/^No rule and no plan of this home would have done that to Lamp/);
  expect(await ask("why is the heater not on")).toMatch(/^But Heater is on\./);
  expect(await ask("why is the moon on")).toContain("nothing called");
  expect(await ask("why did the blinds not close on someday")).toMatch(/nothing called|not understood/);
});

test("a command that was refused is not why it is so; one that a newer one overtook is told as that", async () => {
  const { command, obeys, live, why, says } = openHouse();
  const press = (name: "on" | "off", by = "Kim") =>
    command(
      { target: { node: "lamp", endpoint: 1 }, capability: "onOff", command: name, args: {} },
      { rank: "person", by, reason: "asked on the dashboard or by the API" },
    );
  await press("on");
  await live(START + 10 * MINUTE);
  obeys.lamp = false;
  await press("off", "Ben");
  await live(START + 20 * MINUTE);
  const found = await why("lamp");
  expect(found.did.map((r) => r.kind)).toEqual(["unconfirmed", "asked"]);
  expect(found.why).toMatch(/^Lamp is on\. At 17:00 Kim asked to turn on Lamp\./);
  obeys.lamp = "later";
  const both = [press("off", "Ben"), press("off", "Anna")];
  await live(START + 20 * MINUTE + 5_000);
  says("lamp", "onOff", "onOff", false);
  await Promise.all(both);
  await live(START + 25 * MINUTE);
  expect((await why("lamp")).did.slice(0, 2).map((r) => [r.kind, r.text.split(" ")[2]])).toEqual([
    ["asked", "Anna"],
    ["unconfirmed", "Ben"],
  ]);
});

test("the house answers in the language of the question; what rules noted of themselves is quoted as the record has it", async () => {
  const { rules, live, command, ask, clock, says } = openHouse();
  rules({ ...sunsetClose, if: { kind: "mode", in: ["away"] } });
  await command(
    { target: { node: "heater", endpoint: 1 }, capability: "onOff", command: "on", args: {} },
    { rank: "person", by: "Kim", reason: "asked on the dashboard or by the API" },
  );
  await live(START + 3 * HOUR);
  const said = async (text: string) => (await ask(text)).replaceAll("\u00a0", " ");
  expect(await said("Warum ist Heater an?")).toBe("Heater ist an. Um 17:00 Uhr verlangte Kim, Heater einzuschalten.");
  expect(await said("Pourquoi Heater est allumé ?")).toBe(
    "Heater est en marche. À 17:00, Kim a demandé d'allumer Heater.",
  );
  expect(await said("¿Por qué está encendido Heater?")).toBe(
    "Heater está en marcha. A las 17:00 Kim pidió encender «Heater».",
  );
  expect(await said("Waarom staat Heater aan?")).toBe(
    "Heater staat aan. Om 17:00 uur vroeg Kim om Heater aan te zetten.",
  );
  expect(await said("Warum haben die Jalousien heute nicht geschlossen?")).toMatch(
    /^Um 19:00 Uhr tat „Blinds at seven“ nichts \(im Protokoll: „.*its condition does not hold: the house is in mode home.*“\)\./,
  );
  // Two days pass in which the hub is off.
  clock.time = START + 48 * HOUR;
  await live(clock.time + MINUTE);
  says("lamp", "onOff", "onOff", false);
  expect(await said("Warum haben die Jalousien gestern nicht geschlossen?")).toBe(
    "„Blinds at seven“ hätte gestern um 19:00 Uhr kommen sollen, und davon ist nichts vermerkt: Da war der Hub aus.",
  );
  expect(await said("Pourquoi les volets n'ont pas fermé dimanche ?")).toMatch(
    /^Dimanche à 19:00, « Blinds at seven » n'a rien fait \(dans le journal : « .* »\)\.$/,
  );
  expect(await said("¿Por qué no está encendida la lámpara?")).toBe(
    "Ninguna regla ni ningún plan de esta casa lo habría hecho con «Lamp»: alguien tiene que hacerlo a mano.",
  );
  expect(await said("Waarom staat de lamp uit?")).toMatch(
    /^Lamp staat uit\. Voor zover bekend heeft niets in dit huis/,
  );
  expect(await said("Waarom staat Heater niet aan?")).toMatch(/^Toch: Heater staat aan\./);
});

test("a car that does not charge because none is there, or because it wants nothing, says so before any rule or plan", async () => {
  const { core, says, clock, ask } = openHouse();
  const t = { source: "t" };
  const node = device("evse", "EV charger", ["energyEvse"], {
    energyEvse: {
      attributes: { state: t, stateOfCharge: t },
      commands: { enableCharging: t, disable: t },
    },
  });
  core.put({ kind: "nodeFound", node, at: clock.time });
  const state = (value: string) => says("evse", "energyEvse", "state", value);
  says("evse", "energyEvse", "stateOfCharge", 90);
  state("pluggedInNoDemand");
  expect(await ask("why is the car not charging?")).toBe(
    "The car at EV charger says that it wants nothing: it is at 90 %.",
  );
  expect((await ask("Warum lädt das Auto nicht?")).replaceAll("\u00a0", " ")).toContain(
    "verlangt nichts: es steht bei 90 %",
  );
  state("notPluggedIn");
  expect(await ask("why is the car not charging?")).toBe("No car is plugged in at EV charger.");
  expect(await ask("Pourquoi la voiture ne charge pas ?")).toBe("Aucune voiture n'est branchée à EV charger.");
  state("pluggedInDemand");
  expect(await ask("why is the car not charging?")).toMatch(/^No rule and no plan/);
});
