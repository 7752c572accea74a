import { join } from "node:path";
import type { KeptAdapter } from "../../adapters/house/kept.ts";
import type { ForeignAdapter } from "../../adapters/kit/foreign/adapter.ts";
import { createMatter, type Matter } from "../../adapters/matter/controller.ts";
import { createMatterPast } from "../../adapters/matter/past.ts";
import type { MappingRegistry } from "../../adapters/mqtt/dialects/generic.ts";
import { dialects, dialectsWith } from "../../adapters/mqtt/dialects/index.ts";
import { createIngest } from "../../adapters/mqtt/ingest.ts";
import { type Announcing, createMqtt, type MqttAdapter } from "../../adapters/mqtt/link.ts";
import type { Adapter, BrokerSettings, Clock, Log, Pairing, Sink, Store } from "../ports.ts";
import type { Bus } from "./bus.ts";
import type { PastReader } from "./demo/past.ts";
import { entryPath } from "./entries.ts";
import { foreignAdapters } from "./foreign-adapters.ts";
import { openKept } from "./house/kept.ts";
import { keptSettings, type MatterDevices } from "./matter.ts";
import { oneMqtt } from "./one-mqtt.ts";
import type { HubSettings } from "./settings.ts";

/** How the hub calls itself in topics that devices answer on. */
const HUB_ID = "inglenook";

export interface AdapterParts {
  readonly settings: HubSettings;
  readonly log: Log;
  readonly clock: Clock;
  readonly bus: Bus;
  /** The embedded broker, unless it is turned off. */
  readonly ownBroker?: BrokerSettings | undefined;
  readonly otherBrokers: readonly BrokerSettings[];
  readonly announcing: Announcing;
  /** Devices that people described. */
  readonly mappings: MappingRegistry;
  readonly sink: Sink;
  /** Whether a person lets Matter ask the public ledger, and how the house's own switches and numbers stand. */
  readonly store: Store;
}

export interface Adapters {
  readonly list: readonly Adapter[];
  readonly mqtt: MqttAdapter;
  readonly foreign: readonly ForeignAdapter[];
  readonly kept: KeptAdapter;
  readonly pairing: Pairing;
  /** What only Matter knows of its devices; undefined when Matter is turned off. */
  readonly matter: MatterDevices | undefined;
  /** A reader of simulated pasts, apart from the live connections but through the same dialects and tables. */
  past(): PastReader;
  stop(): Promise<void>;
}

/** The ways out to devices. */
export async function startAdapters(parts: AdapterParts): Promise<Adapters> {
  const { settings, log, clock, bus, ownBroker, otherBrokers, announcing, mappings, sink } = parts;
  const own = ownBroker ? { own: ownBroker } : {};
  const all = dialectsWith(mappings);
  const mqtt = createMqtt({ hubId: HUB_ID, dialects: all, log, clock, ...own, others: otherBrokers, announcing });
  const foreign = foreignAdapters({ given: settings.adapters, own: ownBroker, others: otherBrokers, log, clock });
  const kept = openKept(parts.store, clock);
  const list: Adapter[] = [oneMqtt(mqtt, foreign), kept.adapter];
  const matter = settings.matter
    ? createMatter({
        entry: entryPath("matter-process"),
        storage: join(settings.data, "matter"),
        trustFolder: join(settings.data, "matter-trust"),
        updateFolder: join(settings.data, "matter-updates"),
        // The simulated family's devices bear test certificates, and nobody is there to be asked.
        acceptTestDevices: settings.demo,
        online: keptSettings(parts.store).online,
        log,
        clock,
        onPairing: (job) => bus.tell({ type: "pairing", job }),
      })
    : undefined;
  if (matter) list.push(matter.adapter);
  for (const adapter of list) await adapter.start(sink);
  return {
    list,
    mqtt,
    foreign,
    kept,
    pairing: matter?.pairing ?? noMatter,
    matter: matter && devicesOf(matter),
    past,
    async stop() {
      await Promise.all(list.map((a) => a.stop()));
    },
  };
}

/** Bound to their own, as the hub calls them apart. */
const devicesOf = ({ manager, updates, setOnline }: Matter): MatterDevices => ({
  node: (id) => manager.node(id),
  share: (id) => manager.share(id),
  endShare: (id) => manager.endShare(id),
  rename: (id, label) => manager.rename(id, label),
  removeFabric: (id, index) => manager.removeFabric(id, index),
  pairingFacts: () => manager.pairingFacts(),
  setOnline,
  updates,
});

function past(): PastReader {
  const ingest = createIngest(dialects, HUB_ID);
  return {
    mqtt: (topic, payload, retained, at) => ingest.receive(topic, payload, retained, at).inputs,
    matter: createMatterPast(),
  };
}

const noMatter: Pairing = {
  start: () => ({
    id: "none",
    state: "failed",
    step: "not started",
    done: 0,
    problem: "Matter is turned off; start the hub without --no-matter",
  }),
  jobs: () => [],
  answer: () => false,
  cancel: () => false,
  remove: () => Promise.resolve(),
};
