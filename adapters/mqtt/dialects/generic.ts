/**
 * Devices that a person described, for MQTT that no other dialect reads (generic/README.md). It comes last, so that it
 * takes no maker's topics; which devices there are is asked of a registry, which may change while the hub runs.
 */
import type { Command } from "../../../hub/model/command.ts";
import type { NodeDescription } from "../../../hub/model/node.ts";
import { type NodeId, nodeIdOf } from "../../../hub/model/path.ts";
import type { Mapping } from "../../../hub/ports.ts";
import { type Harvest, harvest, planCommand, readField } from "../device.ts";
import { type Decoded, type Dialect, type Encoded, type MqttMessage, type MqttPublish, nothing } from "../dialect.ts";
import type { Built } from "../draft.ts";
import type { Json } from "../json.ts";
import type { Told } from "../told.ts";
import { buildMapping, keyOf } from "./generic/build.ts";
import { bodyOf, pick } from "./generic/pick.ts";

/** A mapping under its key, which stays when its name changes. */
export interface Mapped {
  readonly id: string;
  readonly mapping: Mapping;
}

/** Who knows the mappings now. Each was checked by `mappingFaults`. */
export type MappingRegistry = () => readonly Mapped[];

const NAME = "generic";
/** Last messages that are remembered, so that a changed mapping can read them anew; further ones are not. */
const MAX_HELD = 4000;
const MAX_HELD_CHARS = 4 * 1024 * 1024;

export const mappedNodeId = (id: string): NodeId => nodeIdOf(NAME, id);

interface Device {
  readonly node: NodeId;
  readonly mapping: Mapping;
  readonly built: Built<MqttPublish>;
  /** Whether this broker's messages told of it. */
  told: boolean;
  reachable: boolean | undefined;
}

function describe({ node, mapping, built }: Device): NodeDescription {
  const { name, vendor, model, silentAfterMinutes } = mapping;
  return {
    id: node,
    name,
    ...(vendor === undefined ? {} : { vendor }),
    ...(model === undefined ? {} : { model }),
    adapter: "mqtt",
    dialect: NAME,
    addresses: [`own:${NAME}/${node.slice(NAME.length + 1)}`],
    endpoints: built.endpoints,
    ...(silentAfterMinutes === undefined ? {} : { silentAfterS: silentAfterMinutes * 60 }),
  };
}

/** What of a topic's body is a device's: the key of each value, and its path. */
interface Reader {
  readonly device: Device;
  readonly fields: ReadonlyMap<string, string | undefined>;
}

const same = (a: Json | undefined, word: string): boolean =>
  a !== undefined && typeof a !== "object" && String(a).toLowerCase() === word.toLowerCase();

class Session implements Told {
  readonly #registry: MappingRegistry;
  #devices = new Map<NodeId, Device>();
  #byTopic = new Map<string, readonly Reader[]>();
  readonly #held = new Map<string, MqttMessage>();
  #heldChars = 0;

  constructor(registry: MappingRegistry) {
    this.#registry = registry;
    this.#learn();
  }

  decode(message: MqttMessage): Decoded | undefined {
    const readers = this.#byTopic.get(message.topic);
    if (!readers) return undefined;
    this.#hold(message);
    // An emptied topic: nothing is known of its values any more, but the device stays.
    if (message.payload === "") return nothing;
    const into = harvest();
    const body = bodyOf(message.payload);
    for (const reader of readers) this.#read(reader, message, body, into);
    return into;
  }

  encode(command: Command): Encoded {
    const device = this.#devices.get(command.target.node);
    if (!device) return { ok: false, reason: `${command.target.node} is described by no mapping` };
    const planned = planCommand(device.built, command);
    return planned.ok ? { ok: true, publish: [...planned.writes] } : planned;
  }

  changed(): { readonly decoded: Decoded; readonly again: readonly MqttMessage[] } {
    const before = this.#devices;
    this.#learn();
    const into = harvest();
    for (const id of before.keys()) if (!this.#devices.has(id)) into.gone.push(id);
    for (const [id, device] of this.#devices) {
      const old = before.get(id);
      if (!old?.told) continue;
      device.told = true;
      device.reachable = device.mapping.availability ? old.reachable : undefined;
      if (old.mapping !== device.mapping) into.nodes.push(describe(device));
      // Nothing says any more that it is away.
      if (old.reachable === false && !device.mapping.availability) into.reachable.push({ node: id, reachable: true });
    }
    const again = [...this.#held.values()];
    this.#held.clear();
    this.#heldChars = 0;
    return { decoded: into, again };
  }

  last(topic: string): MqttMessage | undefined {
    return this.#held.get(topic);
  }

  #learn(): void {
    this.#devices = new Map();
    this.#byTopic = new Map();
    for (const { id, mapping } of this.#registry()) {
      const node = mappedNodeId(id);
      const device: Device = { node, mapping, built: buildMapping(mapping), told: false, reachable: undefined };
      this.#devices.set(node, device);
      const topics = new Set(mapping.values.map((v) => v.topic));
      if (mapping.availability) topics.add(mapping.availability.topic);
      for (const topic of topics) {
        const mine = mapping.values.filter((v) => v.topic === topic);
        const reader = { device, fields: new Map(mine.map((v) => [keyOf(v), v.field])) };
        this.#byTopic.set(topic, [...(this.#byTopic.get(topic) ?? []), reader]);
      }
    }
  }

  #hold(message: MqttMessage): void {
    const old = this.#held.get(message.topic);
    if (old) this.#heldChars -= old.payload.length;
    this.#held.delete(message.topic);
    if (this.#held.size >= MAX_HELD || this.#heldChars + message.payload.length > MAX_HELD_CHARS) return;
    this.#held.set(message.topic, message);
    this.#heldChars += message.payload.length;
  }

  #read({ device, fields }: Reader, { topic, retained }: MqttMessage, body: Json, into: Harvest): void {
    const { node, built } = device;
    if (!device.told) {
      device.told = true;
      into.nodes.push(describe(device));
    }
    const place = { node, topic, retained, under: `${topic}#` };
    if (typeof body !== "object" && [...fields.values()].some((field) => field !== undefined)) {
      const message = `a message on ${topic} is no JSON, so that its fields can't be read`;
      into.problems.push({ code: "message-not-understood", message, expected: "JSON", node, topic });
    }
    for (const [key, field] of fields) {
      const raw = field === undefined ? body : pick(body, field);
      if (raw !== undefined) readField(built, place, key, raw, into);
    }
    this.#presence(device, topic, body, into);
  }

  #presence(device: Device, topic: string, body: Json, into: Harvest): void {
    const { availability } = device.mapping;
    if (availability?.topic !== topic) return;
    const said = availability.field === undefined ? body : pick(body, availability.field);
    const now = same(said, availability.online) ? true : same(said, availability.offline) ? false : undefined;
    if (now === undefined || now === device.reachable) return;
    device.reachable = now;
    into.reachable.push({ node: device.node, reachable: now });
  }
}

/** The dialect of the mappings that a registry knows; `changed` of its sessions takes in what changed there. */
export const createGeneric = (registry: MappingRegistry): Dialect => ({
  name: NAME,
  open: () => new Session(registry),
});
