import { createBus } from "../../hub/main/bus.ts";
import { createCore } from "../../hub/main/core.ts";
import type { NodeDescription } from "../../hub/model/node.ts";
import type { HomeRule } from "../../hub/model/rule/rule.ts";
import type { Adapter } from "../../hub/ports.ts";
import { openStore } from "../../hub/storage/open.ts";

// A hub with one lamp and one rule that waits before it turns the lamp on; ended from outside, at any moment. It says what it does.
const [folder = "", isFirst] = process.argv.slice(2);
const say = (text: string) => process.stdout.write(`${text}\n`);
const log = {
  info: () => {},
  warn: () => {},
  error: (fields: object, text: string) => say(`error ${text} ${JSON.stringify(fields)}`),
};
const clock = { now: () => Date.now() };
const store = openStore(folder, { log, clock });
const lamp: NodeDescription = {
  ...{ id: "lamp", name: "Lamp", adapter: "mqtt", dialect: "test", addresses: [] },
  endpoints: [
    {
      number: 1,
      deviceTypes: ["onOffLight"],
      capabilities: {
        onOff: { attributes: { onOff: { source: "t" } }, commands: { on: { source: "t" }, off: { source: "t" } } },
      },
    },
  ],
};
const rule: HomeRule = {
  ...{ id: "rule-wait", title: "Lamp after a while", form: "when", enabled: true, mode: "single", on: [] },
  ...{ origin: "person", by: "anna", madeAt: 1, changedAt: 1 },
  do: [
    { kind: "set", variable: "note", to: 7 },
    { kind: "wait", minutes: 0.05 },
    { kind: "command", target: { nodes: ["lamp"] }, capability: "onOff", command: "on" },
  ],
};
if (isFirst) store.put("homeRule", rule.id, rule);
const core = createCore({ store, clock, bus: createBus(() => undefined), log, speed: 1 });
const adapter: Adapter = {
  name: "mqtt",
  start: async () => undefined,
  stop: async () => undefined,
  send: async ({ command }) => {
    say(`sent ${command}`);
    const path = { node: "lamp", endpoint: 1, capability: "onOff", attribute: "onOff" };
    core.put({ kind: "readings", readings: [{ path, value: true, at: clock.now(), source: "t" }] });
    return { ok: true };
  },
};
core.adapters = [adapter];
core.put({ kind: "nodeFound", node: lamp, at: clock.now() });
if (isFirst) core.put({ kind: "ruleStarted", rule: rule.id, by: "anna", at: clock.now() });
let waits = false;
setInterval(() => {
  const kept = store.list<{ rule: string }>("run");
  if (!waits && kept.length > 0) say(`waits ${kept.map((r) => r.rule)}`);
  waits ||= kept.length > 0;
  const [trace] = store.traces.search({ limit: 5 }).traces;
  // It is written down that the run is over only after the loop's turn.
  if (!trace || store.list("run").length > 0) return;
  say(`told ${JSON.stringify(trace)}`);
  process.exit(0);
}, 20);
