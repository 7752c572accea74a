/** What the home knows outlives a restart of the hub: on the real store, with devices played by the test. */
import { expect, onTestFinished, test } from "vitest";
import { createBus } from "../../hub/main/bus.ts";
import { createCore } from "../../hub/main/core.ts";
import { createCommand } from "../../hub/main/facade.ts";
import { createInbox } from "../../hub/main/inbox.ts";
import { createReplace } from "../../hub/main/replace.ts";
import type { Command } from "../../hub/model/command.ts";
import type { NodeDescription } from "../../hub/model/node.ts";
import type { Adapter } from "../../hub/ports.ts";
import { openStore } from "../../hub/storage/open.ts";
import { homeRuleFrom } from "../scenarios/rule-lines.ts";
import { listeningLog, temporaryFolder } from "../storage/support.ts";

const NOON = Date.UTC(2026, 2, 2, 12);

const plug = (id: string): NodeDescription => ({
  ...{ id, name: id, adapter: "mqtt", dialect: "test", addresses: [] },
  endpoints: [
    {
      number: 1,
      deviceTypes: [],
      capabilities: {
        onOff: {
          attributes: { onOff: { source: "t#state" } },
          commands: { on: { source: "t" }, off: { source: "t" } },
        },
      },
    },
  ],
});

const on: Command = { target: { node: "plug", endpoint: 1 }, capability: "onOff", command: "on", args: {} };

/** The core and the inbox on a store; the adapter is the edge of the house, and notes what it is sent. */
function openHub(folder: string, time = NOON) {
  const log = listeningLog();
  const clock = { now: () => time };
  const store = openStore(folder, { log, clock });
  const core = createCore({ store, clock, bus: createBus(() => undefined), log, speed: 1 });
  const sent: Command[] = [];
  const adapter: Adapter = {
    name: "mqtt",
    start: async () => undefined,
    stop: async () => undefined,
    send: async (command) => {
      sent.push(command);
      return { ok: true };
    },
  };
  core.adapters = [adapter];
  const command = createCommand({ put: core.put, waiting: core.waiting, clock });
  const inbox = createInbox({ state: core.state, store, clock, put: core.put, command });
  let closed: Promise<void> | undefined;
  const close = () => {
    if (!closed) core.stop();
    closed ??= store.close();
    return closed;
  };
  onTestFinished(close);
  const says = (node: string, value: boolean) =>
    core.put({
      kind: "readings",
      readings: [
        { path: { node, endpoint: 1, capability: "onOff", attribute: "onOff" }, value, at: time, source: "t#state" },
      ],
    });
  const replace = createReplace({ state: core.state, store, clock, put: core.put });
  const pass = (ms: number) => {
    time += ms;
    core.put({ kind: "tick", at: time });
  };
  return { core, store, inbox, replace, sent, close, says, pass };
}

test("what a person said of a finding holds over a restart", async () => {
  const folder = temporaryFolder();
  const first = openHub(folder);
  const at = NOON;
  for (const field of ["a", "b"])
    first.core.put({ kind: "problem", problem: { code: "value-unfit", message: field, field }, at });
  const key = first.inbox.findings().find((f) => f.field === "a")?.key ?? "";
  expect(first.inbox.setFinding(key, "ignored", "anna")).toMatchObject({ state: "ignored", settled: { by: "anna" } });
  // Before anyone is answered, and not some time later: the power may go at any moment.
  expect(first.store.get("finding", key)).toMatchObject({ state: "ignored" });
  expect(first.inbox.setFinding("ghost", "ignored", "anna")).toBeUndefined();
  await first.close();
  const second = openHub(folder);
  expect(second.inbox.findings().map((f) => [f.field, f.state])).toEqual(
    expect.arrayContaining([
      ["a", "ignored"],
      ["b", "new"],
    ]),
  );
});

test("a remedy goes out only as it was shown, once, with a person's name, and its outcome is kept", async () => {
  const { core, store, inbox, sent, says } = openHub(temporaryFolder());
  core.put({ kind: "nodeFound", node: plug("plug"), at: NOON });
  const problem = { code: "off", message: "it is off", node: "plug", remedy: { label: "Turn it on", command: on } };
  core.put({ kind: "problem", problem, at: NOON });
  const key = inbox.findings()[0]?.key ?? "";
  expect(await inbox.fixFinding(key, { ...on, command: "off" }, "anna")).toEqual({ ok: false, why: "changed" });
  expect(await inbox.fixFinding("ghost", on, "anna")).toEqual({ ok: false, why: "absent" });
  expect(sent).toEqual([]);
  const fixing = inbox.fixFinding(key, on, "anna");
  says("plug", true);
  expect(await fixing).toMatchObject({ ok: true, outcome: { state: "confirmed" }, finding: { state: "fixed" } });
  expect(sent).toEqual([on]);
  core.stop();
  const asked = store.audit({ limit: 10 }).find((e) => e.what === "command-asked");
  expect(asked).toMatchObject({ by: "anna", subject: "plug" });
  expect(asked?.detail).toContain('"Turn it on", for the finding: it is off');
  expect(store.get("finding", key)).toMatchObject({ state: "fixed", tried: { by: "anna" } });
});

test("a device that is away while the hub restarts comes back under its name, with its last value", async () => {
  const folder = temporaryFolder();
  const first = openHub(folder);
  first.core.put({ kind: "nodeFound", node: plug("plug"), at: NOON });
  first.store.put("nodeSettings", "plug", { name: "Boiler" });
  first.core.put({ kind: "configured", node: "plug", settings: { name: "Boiler" }, at: NOON });
  first.says("plug", true);
  first.core.put({ kind: "nodeGone", node: "plug", at: NOON });
  await first.close();
  const second = openHub(folder);
  expect(second.core.state.home.nodes.size).toBe(0);
  second.core.put({ kind: "nodeFound", node: plug("plug"), at: NOON });
  const node = second.core.state.home.nodes.get("plug");
  expect(node?.settings).toEqual({ name: "Boiler" });
  expect(node?.values.get("plug/1/onOff.onOff")).toMatchObject({ value: true, ageUnknown: true });
  await second.close();
  const third = openHub(folder);
  expect([...third.core.state.home.nodes.keys()]).toEqual(["plug"]);
  expect(third.core.state.away.size).toBe(0);
});

test("a device that took another's place has it after a restart too; when it was last heard is known", async () => {
  const folder = temporaryFolder();
  const first = openHub(folder);
  for (const id of ["plug", "spare"]) first.core.put({ kind: "nodeFound", node: plug(id), at: NOON });
  first.store.put("nodeSettings", "plug", { name: "Boiler" });
  first.core.put({ kind: "configured", node: "plug", settings: { name: "Boiler" }, at: NOON });
  first.replace("plug", "spare", "anna");
  expect(() => first.replace("plug", "plug", "anna")).toThrow(/^by: /);
  expect(() => first.replace("ghost", "plug", "anna")).toThrow(/^node: /);
  first.says("spare", true);
  await first.close();
  const second = openHub(folder, NOON + 60_000);
  expect([...second.core.state.home.nodes.keys()]).toEqual(["plug"]);
  expect(second.core.state.home.nodes.get("plug")).toMatchObject({ heardAt: NOON, settings: { name: "Boiler" } });
  second.says("spare", false);
  expect(second.core.state.home.nodes.get("plug")?.values.get("plug/1/onOff.onOff")?.value).toBe(false);
  second.core.put({
    kind: "asked",
    id: "1",
    command: on,
    origin: { rank: "person", by: "anna", reason: "" },
    at: NOON,
  });
  expect(second.sent.map((c) => c.target.node)).toEqual(["spare"]);
});

test("a value that newer firmware no longer has does not come back with a restart", async () => {
  const folder = temporaryFolder();
  const first = openHub(folder);
  first.core.put({ kind: "nodeFound", node: plug("plug"), at: NOON });
  first.says("plug", true);
  first.core.put({ kind: "nodeFound", node: { ...plug("plug"), firmware: "2", endpoints: [] }, at: NOON });
  await first.close();
  expect(openHub(folder).core.state.home.nodes.get("plug")?.values.size).toBe(0);
});

test("each start that waits its turn has it after a restart, in the order in which they were asked for", async () => {
  const folder = temporaryFolder();
  const rule = homeRuleFrom(
    "Bell\n  form: when\n  on: []\n  mode: queued\n  do: [{ kind: wait, minutes: 5 }, { kind: notify, title: Next }]",
    NOON,
  );
  const first = openHub(folder);
  first.store.put("homeRule", rule.id, rule);
  first.core.put({ kind: "homeRulesSet", rules: [rule] });
  for (const by of ["Anna", "Ben", "Cleo"]) first.core.put({ kind: "ruleStarted", rule: rule.id, by, at: NOON });
  await first.close();
  const second = openHub(folder, NOON + 60_000);
  for (let minute = 1; minute <= 20; minute++) second.pass(60_000);
  await second.close();
  const told = openHub(folder)
    .store.traces.search({ limit: 10 })
    .traces.filter((t) => t.kind === "run");
  expect(told.map((t) => [t.cause, t.outcome]).reverse()).toEqual([
    ["Anna started it by hand", "done"],
    ["Ben started it by hand", "done"],
    ["Cleo started it by hand", "done"],
  ]);
});

test("a run that an earlier hub kept goes on: what its commands were asked is read in the old form too", async () => {
  const folder = temporaryFolder();
  const store = openStore(folder, { log: listeningLog(), clock: { now: () => NOON } });
  const run = {
    ...{ id: "run-1", rule: "r", version: 1, startedAt: NOON, cause: "it is noon", started: {}, depth: 0 },
    ...{ place: 1, done: 1, variables: {}, rounds: [], wakeAt: NOON + 60_000, lines: [], nodes: ["plug"] },
  };
  store.put("run", "run-1", { ...run, open: { "run-1:1:plug/1": "turn on plug" } });
  store.put("run", "run-2", { ...run, id: "run-2", open: [{ id: "run-2:1:plug/1", words: "turn off plug" }] });
  await store.close();
  const { core } = openHub(folder);
  expect([...core.state.automation.runs.values()].map((r) => r.open)).toEqual([
    [{ id: "run-1:1:plug/1", words: "turn on plug" }],
    [{ id: "run-2:1:plug/1", words: "turn off plug" }],
  ]);
});
