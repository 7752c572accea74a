/** All that is asked of the hub while its loop is watched, one after another, through its API as a person's browser does. */
import type { NodeView } from "../../../hub/http/schemas.ts";
import type { Wish } from "../../../hub/model/plan.ts";
import type { Client } from "../../journeys/support/demo-hub.ts";
import { plugName } from "./loop-plugs.ts";

export interface Phase {
  readonly name: string;
  /** Also where only some are asked for: what the others are held against. */
  readonly always?: boolean;
  /** Seconds, where it takes longer than the others. */
  readonly most?: number;
  /** What came of it, in a few words. `most`: seconds after which it is left. */
  readonly live: (client: Client, most: number) => Promise<string>;
}

const RULES = 400;
const DAY_MS = 86_400_000;
const pause = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms));

async function plugs(client: Client): Promise<readonly string[]> {
  const nodes = await client.nodes();
  return nodes.filter((n) => n.name.startsWith(plugName(0).slice(0, -1))).map((n) => n.id);
}

/** Numbers that look thrown, the same each time. */
const thrown = (n: number, below: number): number => Math.floor((((n * 9301 + 49_297) % 233_280) / 233_280) * below);

/** Each is started by one plug, looks at a second, and switches a third. */
function interlinked(ids: readonly string[], k: number): object {
  const at = (n: number) => ({ nodes: [ids[thrown(3 * k + n, ids.length)] ?? ""] });
  return {
    ...{ title: `Bench rule ${k}`, enabled: true, form: "when", mode: "single" },
    on: [{ kind: "becomes", target: at(0), of: "onOff.onOff", to: k % 2 === 0 }],
    if: { kind: "state", target: at(1), of: "onOff.onOff", op: "=", value: k % 3 === 0 },
    do: [{ kind: "command", target: at(2), capability: "onOff", command: k % 5 < 2 ? "on" : "off" }],
  };
}

async function keepRules(client: Client): Promise<string> {
  const ids = await plugs(client);
  const rules = Array.from({ length: RULES }, (_, k) => interlinked(ids, k));
  const keep = { places: rules.map((_, k) => k), sure: true };
  const text = JSON.stringify({ inglenookRules: 1, rules });
  const found = await client.call<{ rules: { kept?: { id?: string } }[] }>("POST", "/api/home-rules/import", {
    text,
    keep,
  });
  return `${found.rules.filter((r) => r.kept?.id !== undefined).length} kept`;
}

async function checkRules(client: Client): Promise<string> {
  const ids = await plugs(client);
  let problems = 0;
  for (let k = 0; k < 20; k++) {
    const draft = interlinked(ids, RULES + k);
    problems += (await client.call<{ problems: unknown[] }>("POST", "/api/home-rules/check", { draft })).problems
      .length;
  }
  return `20 checks, ${problems} problems`;
}

async function dropRules(client: Client): Promise<string> {
  const { rules } = await client.call<{ rules: { rule: { id: string } }[] }>("GET", "/api/home-rules");
  for (const { rule } of rules) await client.call("DELETE", `/api/home-rules/${rule.id}`);
  return `${rules.length} dropped`;
}

const nodeNamed = (nodes: readonly NodeView[], name: string): string => nodes.find((n) => n.name === name)?.id ?? "";

async function dryRun(client: Client): Promise<string> {
  const nodes = await client.nodes();
  const draft = {
    ...{ title: "Light while somebody is there", enabled: true, form: "while" },
    while: {
      kind: "state",
      target: { nodes: [nodeNamed(nodes, "Hallway motion")] },
      of: "occupancySensing.occupancy",
      op: "=",
      value: true,
    },
    keep: [
      {
        kind: "command",
        target: { nodes: [nodeNamed(nodes, "Water heater")] },
        ...{ capability: "onOff", command: "on" },
      },
    ],
  };
  const { id } = await client.call<{ id: string }>("POST", "/api/home-rules/dry-run", { draft, days: 60 });
  return client.until("dry run", async () => {
    const now = await client.call<{ state: string; report?: { firings: number }; why?: string }>(
      "GET",
      `/api/home-rules/dry-run/${id}`,
    );
    return now.state !== "running" && `${now.state}, ${now.report?.firings ?? now.why} times`;
  });
}

/** All rules that are there: with the 400 of the phase before. */
async function dryRunAll(client: Client, most: number): Promise<string> {
  const path = "/api/home-rules/dry-run-all";
  const { id } = await client.call<{ id: string }>("POST", path, { days: 30 });
  const over = async () => {
    const now = await client.call<{ state: string; tried?: unknown[] }>("GET", `${path}/${id}`);
    return now.state !== "running" && `${now.state}, ${now.tried?.length} rules`;
  };
  return client.until("all rules on the past", over, most);
}

async function search(client: Client, most: number): Promise<string> {
  await client.call("POST", "/api/finds/search");
  return client.until(
    "the search",
    async () => {
      const now = await client.call<{ searching: boolean; found?: { finds: unknown[] } }>("GET", "/api/finds");
      return !now.searching && `${now.found?.finds.length} finds`;
    },
    most,
  );
}

interface PolicyNow {
  readonly id: string;
  readonly hash: string;
  readonly state: string;
  readonly trying?: number;
  readonly reason: string;
  readonly schedule?: { readonly at: number; readonly madeBy: string; readonly solveMs: number };
}

const policiesOf = async (client: Client): Promise<readonly PolicyNow[]> =>
  (await client.call<{ policies: PolicyNow[] }>("GET", "/api/policies")).policies;

async function propose(client: Client, most: number): Promise<string> {
  const goals = [{ kind: "minimise", what: "cost" }];
  const { id } = await client.call<PolicyNow>("POST", "/api/policies", { title: "Spend least", goals });
  const over = async () => {
    const [now] = await policiesOf(client);
    return now?.trying === undefined && (now?.reason ?? "no policy");
  };
  try {
    return await client.until("the trial", over, most - 5);
  } catch {
    // Nothing of it may be found in what comes next.
    await client.call("POST", `/api/policies/${id}/end`);
    return `${await client.until("its end", over)}, after ${most - 5} s`;
  }
}

async function scheduled(client: Client, after: number, most: number): Promise<string> {
  return client.until(
    "a schedule",
    async () => {
      const [now] = await policiesOf(client);
      const { schedule } = now ?? {};
      return schedule && schedule.at > after && `by ${schedule.madeBy} in ${Math.round(schedule.solveMs)} ms`;
    },
    most,
  );
}

async function watchPolicy(client: Client, most: number): Promise<string> {
  const [policy] = await policiesOf(client);
  await client.call("POST", `/api/policies/${policy?.id}/watch`);
  return scheduled(client, 0, most);
}

/** New prices: all that is planned is planned anew, as at each full hour. */
async function replan(client: Client, most: number): Promise<string> {
  const before = (await policiesOf(client))[0]?.schedule?.at ?? 0;
  const tariff = await client.call<{ importPerKwh: number }>("GET", "/api/tariff");
  await client.call("PUT", "/api/tariff", { ...tariff, importBands: [], importPerKwh: tariff.importPerKwh * 1.4 });
  return scheduled(client, before, most);
}

async function wishUntil(client: Client, id: string, states: readonly string[], most: number): Promise<string> {
  return client.until(
    "the wish",
    async () => {
      const { wishes } = await client.call<{ wishes: Wish[] }>("GET", "/api/goals");
      const wish = wishes.find((w) => w.id === id);
      return wish && states.includes(wish.state) && `${wish.state} by ${wish.readBy}: ${wish.progress.slice(0, 60)}`;
    },
    most,
  );
}

async function readWish(client: Client, most: number): Promise<string> {
  const text = "I would love it if my vehicle were brimming before I head out at dawn";
  const { id } = await client.call<Wish>("POST", "/api/goals", { text });
  return wishUntil(client, id, ["read", "failed"], most);
}

async function planWish(client: Client, most: number): Promise<string> {
  const goals = [{ kind: "minimise", what: "cost" }];
  const { id } = await client.call<Wish>("POST", "/api/goals/form", { goals });
  return wishUntil(client, id, ["done", "failed"], most);
}

async function bench(client: Client): Promise<string> {
  await client.call("POST", "/api/models/qwen2.5-coder-0.5b/bench");
  await pause(15_000);
  await client.call("DELETE", "/api/models/qwen2.5-coder-0.5b/bench");
  return "15 s of it";
}

/** The largest answers that the dashboard asks for, each three times. */
async function answers(client: Client): Promise<string> {
  const nodes = await client.nodes();
  const to = Date.now();
  const key = `${nodeNamed(nodes, "House meter")}/1/electricalPowerMeasurement.activePower`;
  const query = (more: Record<string, string>) => new URLSearchParams(more).toString();
  const past = query({ key, from: String(to - 60 * DAY_MS), to: String(to), bucket: "30m" });
  const paths = [
    ...["/api/home", "/api/nodes", "/api/home-rules", "/api/audit", "/api/traces", "/api/goals", "/api/plans"],
    ...["/api/policies", "/api/twin", "/api/finds", "/api/models", "/api/energy", "/api/openapi.json"],
    ...[`/api/history?${past}`, "/api/home-rules/export", "/api/blueprints", "/api/house", "/api/findings"],
  ];
  const sizes = new Map<string, number>();
  for (let round = 0; round < 3; round++)
    for (const path of paths) {
      const response = await client.raw("GET", path);
      sizes.set(`${path.split("?")[0]} ${response.status}`, (await response.arrayBuffer()).byteLength);
    }
  const [path, size] = [...sizes].sort((a, b) => b[1] - a[1])[0] ?? ["", 0];
  const failed = [...sizes.keys()].filter((p) => !p.endsWith(" 200"));
  return `${paths.length} resources, largest ${path} ${(size / 1024).toFixed(0)} KB${failed.length > 0 ? `; ${failed}` : ""}`;
}

async function twin(client: Client, path: string): Promise<string> {
  const answer = await client.raw("GET", path);
  return `${((await answer.arrayBuffer()).byteLength / 1024).toFixed(0)} KB`;
}

export const phases: readonly Phase[] = [
  { name: "idle", always: true, live: async () => pause(10_000).then(() => "as it stands") },
  { name: "learn", live: (c) => twin(c, "/api/twin") },
  { name: "loads", live: (c) => twin(c, "/api/twin/loads") },
  { name: "search", live: search },
  { name: "dry run", live: dryRun },
  { name: "plan a wish", live: planWish },
  { name: "read a wish", live: readWish },
  { name: "trial", live: propose },
  { name: "schedule", live: watchPolicy },
  // It is looked once a minute whether prices have changed.
  { name: "replan", most: 65, live: replan },
  { name: "400 rules", live: keepRules },
  { name: "check", live: checkRules },
  { name: "all on the past", live: dryRunAll },
  { name: "answers", live: answers },
  { name: "drop rules", live: dropRules },
  { name: "model bench", live: bench },
];
