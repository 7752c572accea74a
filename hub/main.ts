import { hostname } from "node:os";
import { join } from "node:path";
import { examine } from "./doctor/index.ts";
import { createApp } from "./http/app.ts";
import { newToken } from "./http/one-time-token.ts";
import { serve } from "./http/server.ts";
import { type Adapters, startAdapters } from "./main/adapters.ts";
import { MqttAnnouncer } from "./main/announce.ts";
import { startBooks } from "./main/books.ts";
import { bridgesOf } from "./main/bridges.ts";
import { type Broker, openBroker } from "./main/broker.ts";
import { brokerOf, createBrokers, keptBrokers } from "./main/brokers.ts";
import { createBus } from "./main/bus.ts";
import { createClock } from "./main/clock.ts";
import { type Core, createCore } from "./main/core.ts";
import { runDemo } from "./main/demo/run.ts";
import { watchDisk } from "./main/disk.ts";
import { dashboardFolder, entryPath } from "./main/entries.ts";
import { createFacade } from "./main/facade.ts";
import { watchLoopDelay } from "./main/health.ts";
import { startLiving } from "./main/house/index.ts";
import { createImports } from "./main/imports.ts";
import { createJobs } from "./main/jobs.ts";
import { createLog } from "./main/log.ts";
import { MappingDesk } from "./main/mappings.ts";
import { createMatterHome } from "./main/matter.ts";
import { spareMemory } from "./main/memory.ts";
import { createMind } from "./main/mind.ts";
import { startMoney } from "./main/prices/money.ts";
import type { HubSettings } from "./main/settings.ts";
import type { Hub } from "./ports.ts";
import { codeOf, explain } from "./storage/error.ts";
import { openStore } from "./storage/open.ts";

export interface RunningHub {
  readonly url: string;
  /** Of the embedded broker. */
  readonly mqttUrl: string | undefined;
  /** The one-time link. */
  readonly signIn: string;
  stop(): Promise<void>;
}

/**
 * Starts the hub: store, broker, core, adapters, mind, HTTP, and the simulated home if asked for. Rejects with a fault
 * (code, message, fix) when a port is taken, the folder can't be written or the database is damaged; what was started is ended.
 */
export async function startHub(settings: HubSettings, version: string): Promise<RunningHub> {
  const ends: (() => unknown)[] = [];
  const stop = () => endAll(ends.splice(0).reverse());
  try {
    return { ...(await start(settings, version, (end) => ends.push(end))), stop };
  } catch (error) {
    await stop();
    // Damage deep inside the database shows only when that part is read.
    throw codeOf(error).startsWith("SQLITE_") ? explain(error, join(settings.data, "hub.db")) : error;
  }
}

/** Ends one after the other; one that fails must not keep the others running. */
async function endAll(ends: readonly (() => unknown)[]): Promise<void> {
  for (const end of ends) {
    try {
      await end();
    } catch (error) {
      console.error(`While ending: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
}

async function start(settings: HubSettings, version: string, onEnd: (end: () => unknown) => void) {
  const startedAt = Date.now();
  const log = createLog();
  const clock = createClock(settings.speed);
  const store = openStore(settings.data, { log, clock, workerEntry: entryPath("history-worker") });
  onEnd(() => store.close());
  const broker = settings.broker ? await openBroker(settings, log) : undefined;
  onEnd(() => broker?.stop());

  const bus = createBus((error) => log.error({ error: String(error) }, "a listener failed"));
  const jobs = createJobs(bus);
  const core = createCore({ store, clock, bus, log, speed: settings.speed });
  onEnd(() => core.stop());
  const announcing = new MqttAnnouncer();
  const given = settings.brokers.map(brokerOf);
  const otherBrokers = [...given, ...keptBrokers(store)];
  const mappings = new MappingDesk({ store, folder: settings.mappings, put: core.put, now: () => clock.now() });
  const adapters = await startAdapters({
    settings,
    log,
    clock,
    bus,
    ownBroker: broker?.own,
    otherBrokers,
    announcing,
    mappings: mappings.registry,
    sink: core.put,
    store,
  });
  mappings.start(adapters.mqtt, core.state.home);
  core.adapters = adapters.list;
  onEnd(() => adapters.stop());
  const mind = await createMind({ settings, store, clock, bus, log, core, jobs });
  onEnd(() => mind.stop());

  const delay = watchLoopDelay();
  onEnd(() => delay.stop());
  const disk = watchDisk({ store, clock, put: core.put });
  onEnd(() => disk.stop());
  const books = startBooks({ state: core.state, store, clock, log, speed: settings.speed, put: core.put }, onEnd);
  const money = startMoney({ state: core.state, store, clock, log, put: core.put }, onEnd);
  const bridges = bridgesOf({ settings, store, clock, log, put: core.put, hub: () => hub });
  const living = startLiving({ core, store, clock, bus, log, data: settings.data, ...adapters }, onEnd);
  const hub = createFacade({
    ...core,
    ...living,
    ...mind,
    store,
    clock,
    bus,
    jobs,
    pairing: adapters.pairing,
    matter: createMatterHome({ state: core.state, store, clock, jobs, matter: adapters.matter }),
    announcements: announcing,
    bridges,
    books,
    mappings,
    imports: createImports({ data: settings.data, state: core.state, store, clock, jobs }),
    brokers: createBrokers(adapters, store, given, () => clock.now()),
    money,
    doctor: () => examine({ data: settings.data, lastWrittenAt: startedAt }),
    health: () => ({ version, startedAt, ready: true, loopDelayMs: delay.p99Ms() }),
  });
  const { home, subscribe, command } = hub;
  announcing.start({ home, store, mqtt: adapters.mqtt, now: () => clock.now(), subscribe, command });
  onEnd(() => announcing.stop());
  bridges.start();
  onEnd(() => bridges.stop());
  return open(settings, version, onEnd, { hub, core, broker, adapters, jobs, log });
}

interface Opened {
  readonly hub: Hub;
  readonly core: Core;
  readonly broker: Broker | undefined;
  readonly adapters: Adapters;
  readonly jobs: ReturnType<typeof createJobs>;
  readonly log: ReturnType<typeof createLog>;
}

/** Opens the door to people, and moves the simulated family in. */
async function open(settings: HubSettings, version: string, onEnd: (end: () => unknown) => void, parts: Opened) {
  const { hub, core, broker, adapters, jobs, log } = parts;
  const token = newToken();
  const dashboardDir = dashboardFolder();
  const app = createApp(hub, {
    version,
    log,
    oneTimeToken: () => token,
    hostNames: [hostname()],
    ...(dashboardDir ? { dashboardDir } : {}),
  });
  const server = await serve(app, { host: settings.host, port: settings.port });
  onEnd(() => server.close());
  if (settings.demo && broker) {
    const { days, seed, speed, matter } = settings;
    const options = { folder: settings.data, mqttUrl: broker.ownUrl, days, seed, speed, matter };
    const demo = await runDemo(options, { hub, jobs, log, reader: adapters.past(), put: core.put });
    onEnd(() => demo.stop());
    if (settings.fetchModel) fetchModel(hub);
  }
  spareMemory(hub, jobs);
  const host = settings.host === "0.0.0.0" || settings.host === "::" ? "localhost" : settings.host;
  const url = `http://${host}:${server.port}`;
  return { url, mqttUrl: broker?.url, signIn: `${url}/#/welcome/${token}` };
}

/** The demo's model, by the memory of this machine, in the background; without it the built-in planner does the work. */
function fetchModel(hub: Hub): void {
  const models = hub.models.list();
  const wanted = models.find((m) => m.recommended);
  if (!wanted || models.some((m) => m.state === "inUse" || m.state === "loaded")) return;
  if (wanted.state === "present") {
    hub.models.use(wanted.id);
    return;
  }
  hub.models.pull(wanted.id);
  const stop = hub.subscribe((event) => {
    if (event.type !== "models") return;
    const now = hub.models.list().find((m) => m.id === wanted.id);
    if (now?.state === "present") hub.models.use(wanted.id);
    if (now?.state !== "fetching") stop();
  });
}
