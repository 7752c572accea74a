import { randomInt } from "node:crypto";
import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { type ClientNode, type Endpoint, Environment, Logger, LogLevel, ServerNode } from "@matter/main";
import { ControllerBehavior } from "@matter/main/node";
import { ManualPairingCodeCodec } from "@matter/main/types";
import { build } from "esbuild";
import type { HomeTariff } from "../../../adapters/matter/bridge/tariff-device.ts";
import { type BridgeSide, createBridges } from "../../../adapters/matter/bridge.ts";
import { createBus } from "../../../hub/main/bus.ts";
import { createClock } from "../../../hub/main/clock.ts";
import { createCore } from "../../../hub/main/core.ts";
import { createCommand } from "../../../hub/main/facade.ts";
import { hubIdOf } from "../../../hub/main/hub-id.ts";
import type { Value } from "../../../hub/model/capability.ts";
import type { Command } from "../../../hub/model/command.ts";
import type { NodeDescription } from "../../../hub/model/node.ts";
import { parsePath } from "../../../hub/model/path.ts";
import type { BridgeSettings, BridgeStatus, BridgeWish, SendResult } from "../../../hub/ports.ts";
import { openStore } from "../../../hub/storage/open.ts";
import { temporary } from "./support.ts";

const root = join(import.meta.dirname, "../../..");

/** Bundles the bridge's process as the product does. */
export async function bundleBridge(): Promise<{ entry: string; remove: () => void }> {
  const outdir = join(root, ".data", `bridge-test-${process.pid}-${randomInt(1e6)}`);
  mkdirSync(outdir, { recursive: true });
  await build({
    absWorkingDir: root,
    entryPoints: { bridge: "adapters/matter/bridge-process.ts" },
    outdir,
    outExtension: { ".js": ".mjs" },
    bundle: true,
    platform: "node",
    format: "esm",
    packages: "external",
    logLevel: "error",
  });
  return { entry: join(outdir, "bridge.mjs"), remove: () => rmSync(outdir, { recursive: true, force: true }) };
}

/** A house with a real core and store; its devices are the test's, on a road that answers as it is told to. */
export interface House {
  readonly bridges: BridgeSide;
  readonly folder: string;
  readonly sent: Command[];
  readonly problems: string[];
  /** Undefined: no person has entered one. */
  tariff: HomeTariff | undefined;
  /** What the devices do with a command; by default nothing more than taking it. */
  obey: (command: Command) => SendResult | Promise<SendResult>;
  add(description: NodeDescription): void;
  /** Live values by text path. */
  say(values: Readonly<Record<string, Value>>): void;
  /** The last retained word of a broker. */
  sayRetained(values: Readonly<Record<string, Value>>): void;
  reach(node: string, reachable: boolean): void;
  name(node: string, name: string): void;
  role(node: string, roles: Readonly<Record<string, string>>): void;
  audit(): readonly { readonly by: string; readonly what: string; readonly detail: string }[];
  stop(): Promise<void>;
}

export async function startHouse(entry: string, folder = temporary()): Promise<House> {
  const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined };
  const clock = createClock(1);
  const store = openStore(folder, { log: quiet, clock, workerEntry: join(root, "dist/history-worker.mjs") });
  const bus = createBus((error) => problems.push(String(error)));
  const core = createCore({ store, clock, bus, log: quiet, speed: 1 });
  const problems: string[] = [];
  const sent: Command[] = [];
  const settings = new Map<string, { name?: string; roles?: Readonly<Record<string, string>> }>();
  const log = {
    ...quiet,
    error: (fields: object, text: string) => void problems.push(`${text} ${JSON.stringify(fields)}`),
  };
  const bridges = createBridges({
    entry,
    storage: join(folder, "matter-bridge"),
    log,
    hubId: hubIdOf(store),
    home: () => core.state.home,
    now: () => clock.now(),
    tariff: () => house.tariff,
    subscribe: bus.subscribe,
    command: createCommand({ put: core.put, waiting: core.waiting, clock }),
    problem: (problem) => void problems.push(problem.message),
    kept: {
      all: () => store.get<{ bridges: BridgeSettings[] }>("matter", "bridges")?.bridges ?? [],
      set: (all) => store.put("matter", "bridges", { bridges: all }),
    },
    audit: (by, what, subject, detail) => void store.appendAudit({ at: clock.now(), by, what, subject, detail }),
  });
  const house: House = {
    bridges,
    folder,
    sent,
    problems,
    tariff: undefined,
    obey: () => ({ ok: true }),
    add: (node) => void core.put({ kind: "nodeFound", node, at: clock.now() }),
    say: (values) => void core.put({ kind: "readings", readings: readingsOf(values, clock.now()) }),
    sayRetained: (values) =>
      void core.put({
        kind: "readings",
        readings: readingsOf(values, clock.now()).map((r) => ({ ...r, ageUnknown: true as const })),
      }),
    reach: (node, reachable) => void core.put({ kind: "reachable", node, reachable, at: clock.now() }),
    name: (node, name) => configure(node, { name }),
    role: (node, roles) => configure(node, { roles }),
    audit: () => store.audit({ limit: 100 }),
    async stop() {
      await bridges.stop();
      core.stop();
      await store.close();
    },
  };
  function configure(node: string, change: { name?: string; roles?: Readonly<Record<string, string>> }): void {
    const whole = { ...settings.get(node), ...change };
    settings.set(node, whole);
    core.put({ kind: "configured", node, settings: whole, at: clock.now() });
  }
  core.adapters = [
    {
      name: "mqtt",
      start: async () => undefined,
      stop: async () => undefined,
      async send(command) {
        sent.push(command);
        return house.obey(command);
      },
    },
  ];
  bridges.start();
  return house;
}

function readingsOf(values: Readonly<Record<string, Value>>, at: number) {
  return Object.entries(values).flatMap(([key, value]) => {
    const path = parsePath(key);
    return path ? [{ path, value, at, source: "test" }] : [];
  });
}

/** A port that this test has for itself, as good as certainly. */
export const anyPort = (): number => randomInt(20_000, 50_000);

export const everything: BridgeWish = {
  name: "Everything",
  ecosystem: "any",
  filter: { show: "all", rooms: [], kinds: [], include: [], exclude: [] },
};

let configured = false;

/** A matter.js controller in this process, with a fabric of its own. */
export async function startController(label = "Test home") {
  const { vars } = Environment.default;
  if (!configured) vars.set("storage", { driver: "file", path: temporary() });
  configured = true;
  Logger.level = LogLevel.ERROR;
  const node = await ServerNode.create(ServerNode.RootEndpoint.with(ControllerBehavior), {
    id: `controller-${randomInt(1e9)}`,
    network: { port: 0 },
    commissioning: { enabled: false },
    controller: { adminFabricLabel: label },
  });
  await node.start();
  return {
    node,
    async pair({ manualCode = "" }: BridgeStatus): Promise<ClientNode> {
      const { passcode, shortDiscriminator = 0 } = ManualPairingCodeCodec.decode(manualCode);
      return node.peers.commission({ passcode, shortDiscriminator });
    },
    close: () => node.close(),
  };
}

/** The peer's endpoint that bears a device type of the standard, whose bridged node has that label. */
export function endpointsOf(peer: ClientNode): Endpoint[] {
  return [...peer.endpoints].sort((a, b) => a.number - b.number);
}

export const stateOf = (endpoint: Endpoint | undefined, cluster: string): Record<string, unknown> => ({
  ...(endpoint?.maybeStateOf(cluster) ?? {}),
});
