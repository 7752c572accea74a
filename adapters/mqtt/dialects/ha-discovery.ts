/** Home Assistant's MQTT discovery: what any program announces of its devices (https://www.home-assistant.io/integrations/mqtt/#mqtt-discovery). */
import type { Command } from "../../../hub/model/command.ts";
import type { NodeId } from "../../../hub/model/path.ts";
import { type Harvest, harvest, planCommand } from "../device.ts";
import {
  type Decoded,
  type Dialect,
  type DialectSession,
  type Encoded,
  type MqttMessage,
  nothing,
} from "../dialect.ts";
import { type JsonObject, parseObject, textOf } from "../json.ts";
import { Body } from "./ha-discovery/body.ts";
import { badTemplates, isRead, notCarried, placesOf } from "./ha-discovery/build.ts";
import { announcementOf, type Entity } from "./ha-discovery/config.ts";
import {
  addressesOf,
  type HaDevice,
  newDevice,
  nodeOf,
  only,
  presenceOf,
  present,
  remake,
  reread,
} from "./ha-discovery/device.ts";
import { Due, listensTo } from "./ha-discovery/due.ts";
import { droppedOf, tooManyDevices, unreadable } from "./ha-discovery/faults.ts";
import { learn } from "./ha-discovery/learn.ts";
import { printOf } from "./ha-discovery/print.ts";
import { readSlots } from "./ha-discovery/read.ts";
import { together } from "./ha-discovery/together.ts";
import { Memory, TopicIndex } from "./ha-discovery/topic-index.ts";
import { type ConfigTopic, configTopic, looksLikeConfig } from "./ha-discovery/topics.ts";

/** Most devices and configs of one broker; further ones are refused with a finding. */
const MAX_DEVICES = 2_000;
const MAX_CONFIGS = 20_000;
/** So long before it is back an entity's words still count: programs send states before they say that they are there. */
const JUST_MS = 60_000;
/** Devices that a message of theirs makes anew at once, before it is read; a word to more finds them when their turn comes. */
const FEW = 4;
/** Our own announcements carry this origin: a hub that reads itself would bridge its devices twice. */
const OURSELVES = "Inglenook";

/** What one config topic brought. */
interface Config {
  readonly print: string;
  readonly keys: readonly string[];
  /** Its entities are about to move to a device message: what is then removed here is removed there no more. */
  readonly moving: boolean;
}

interface Owned {
  readonly device: HaDevice;
  readonly topic: string;
}

class Session implements DialectSession {
  readonly #prefixes = new Set<string>(["homeassistant"]);
  readonly #configs = new Map<string, Config>();
  /** By component and unique id: what it belongs to and who announced it last. */
  readonly #owned = new Map<string, Owned>();
  readonly #byAddress = new Map<string, HaDevice>();
  readonly #byNode = new Map<NodeId, HaDevice>();
  readonly #index = new TopicIndex();
  readonly #memory = new Memory();
  readonly #due = new Due();
  /** Somebody has been given the work that is due. */
  #isPromised = false;
  /** What was last said of a device, to see whether it is news. */
  readonly #told = new WeakMap<HaDevice, string>();

  #now = 0;

  decode({ topic, payload, retained, at }: MqttMessage): Decoded | undefined {
    this.#now = at;
    if (this.#index.at(topic).size > 0 || this.#due.at(topic).size > 0)
      return this.#heard(new Body(topic, payload, retained, at));
    const config = configTopic(topic, this.#prefixes);
    return config && this.#config(config, topic, payload);
  }

  encode(command: Command): Encoded {
    const device = this.#byNode.get(command.target.node);
    if (!device) return { ok: false, reason: `${command.target.node} is not announced by discovery` };
    const planned = planCommand(device.made.built, command);
    if (!planned.ok) return planned;
    return { ok: true, publish: together(planned.writes, command) };
  }

  #heard(body: Body): Decoded {
    const into = harvest();
    const { topic } = body;
    if (this.#due.size > 0) this.#buildFor(topic, into);
    this.#memory.keep(body);
    // Looking at them may make one anew, and with it the list.
    for (const device of [...this.#index.at(topic)]) {
      this.#look(device, into);
      const slots = this.#index.slots(device, topic);
      // One that is due learns when it is made anew.
      const learns = !this.#due.has(device) && learn(device.learned, slots, device.attributes, body);
      if (learns) this.#learned(device, body, into);
      else if (slots.length > 0) readSlots(device, present(slots, device.away), body, into);
    }
    return into;
  }

  /** Makes those anew that a message is for, unless they are many. */
  #buildFor(topic: string, into: Harvest): void {
    const due = [...new Set([...this.#due.at(topic), ...this.#index.at(topic)])].filter((d) => this.#due.has(d));
    if (due.length <= FEW) for (const device of due) this.#build(device, into, this.#due.take(device));
  }

  /** A message showed values that were not known: the device is told anew before them. */
  #learned(device: HaDevice, body: Body, into: Harvest): void {
    reread(device);
    if (this.#index.put(device)) into.listens = true;
    this.#tell(device, into);
    readSlots(device, present(this.#index.slots(device, body.topic), device.away), body, into);
  }

  /** Sees who is there; what those said just now who are back counts after all. */
  #look(device: HaDevice, into: Harvest): void {
    if (device.availability.size === 0) return;
    const { reachable, away } = presenceOf(device, this.#memory.heard);
    const back = new Set([...device.away].filter((key) => !away.has(key)));
    device.away = away;
    if (reachable !== undefined && reachable !== device.told) {
      device.told = reachable;
      into.reachable.push({ node: device.id, reachable });
    }
    if (back.size === 0 || reachable === false) return;
    for (const [topic, slots] of device.slots) {
      const body = this.#memory.last(topic);
      if (body && this.#now - body.at < JUST_MS) readSlots(device, only(slots, back), body, into);
    }
  }

  #config(at: ConfigTopic, topic: string, payload: string): Decoded | undefined {
    const known = this.#configs.get(topic);
    if (payload === "")
      return known ? this.#removed(topic, known) : this.#prefixes.has(at.prefix) ? nothing : undefined;
    const body = parseObject(payload);
    if (!body || !looksLikeConfig(body)) return known ? { ...nothing, problems: [unreadable(topic)] } : undefined;
    if (textOf(body.origin ?? body.o, "name") === OURSELVES) return nothing;
    const print = printOf(payload);
    if (known?.print === print) return nothing;
    return this.#announced(at, topic, body, print, known);
  }

  #announced(at: ConfigTopic, topic: string, body: JsonObject, print: string, known: Config | undefined): Decoded {
    const into = harvest();
    this.#prefixes.add(at.prefix);
    const { kind, entities, faults } = announcementOf(at.component, at.objectId, body);
    if (kind === "migrate") {
      if (known) this.#configs.set(topic, { ...known, moving: true });
      return nothing;
    }
    for (const fault of faults) into.problems.push({ ...fault, topic });
    if (!known && this.#configs.size >= MAX_CONFIGS) return nothing;
    const touched = new Set<HaDevice>();
    const keys = entities.flatMap((entity) => this.#entity(entity, topic, touched, into));
    this.#configs.set(topic, { print, keys, moving: false });
    for (const key of known?.keys ?? []) if (!keys.includes(key)) this.#forget(key, topic, touched);
    const topics = entities.map(listensTo);
    const canWait = topics.every((listed) => listed !== undefined);
    this.#settle(touched, into, canWait ? topics.flatMap((listed) => listed ?? []) : undefined, known !== undefined);
    return into;
  }

  /** Takes an entity to its device; returns its key, or nothing where it is not carried. */
  #entity(entity: Entity, topic: string, touched: Set<HaDevice>, into: Harvest): readonly string[] {
    const problem = notCarried(entity, topic);
    if (problem) into.problems.push(problem);
    if (!isRead(entity.component)) return [];
    into.problems.push(...badTemplates(entity, topic));
    const key = `${entity.component}/${entity.uniqueId ?? `${topic}#${entity.objectId}`}`;
    const addresses = addressesOf(entity);
    const before = this.#owned.get(key)?.device;
    const found = addresses.map((a) => this.#byAddress.get(a)).find((d) => d !== undefined);
    if (!found && this.#byNode.size >= MAX_DEVICES) {
      into.problems.push(tooManyDevices(MAX_DEVICES, topic));
      return [];
    }
    const device = found ?? newDevice(addresses);
    if (before && before !== device) {
      before.entities.delete(key);
      touched.add(before);
    }
    device.entities.set(key, entity);
    this.#owned.set(key, { device, topic });
    for (const address of addresses) this.#byAddress.set(address, device);
    touched.add(device);
    return [key];
  }

  /** An entity that its config does not hold any more, unless another config has taken it over. */
  #forget(key: string, topic: string, touched: Set<HaDevice>): void {
    const owned = this.#owned.get(key);
    if (owned?.topic !== topic) return;
    this.#owned.delete(key);
    owned.device.entities.delete(key);
    touched.add(owned.device);
  }

  #removed(topic: string, config: Config): Decoded {
    const into = harvest();
    if (config.moving) {
      this.#configs.set(topic, { ...config, moving: false });
      return nothing;
    }
    this.#configs.delete(topic);
    const touched = new Set<HaDevice>();
    for (const key of config.keys) this.#forget(key, topic, touched);
    this.#settle(touched, into, []);
    return into;
  }

  /**
   * Has changed devices made anew, in time: at once those that are new or that nothing is left of, and those without
   * `topics`, the ones that new entities listen to. `again`: it may be that nothing changed.
   */
  #settle(touched: ReadonlySet<HaDevice>, into: Harvest, topics: readonly string[] | undefined, again = false): void {
    for (const device of touched) {
      const isKnown = this.#byNode.get(device.id) === device;
      if (topics && isKnown && device.entities.size > 0) this.#due.add(device, topics, again);
      else this.#build(device, into, (this.#due.take(device) ?? true) && again);
    }
    this.#promise(into);
  }

  /** Gives the work that is due to whoever takes this message in; one device at a time. */
  #promise(into: Harvest): void {
    if (this.#isPromised || this.#due.size === 0) return;
    this.#isPromised = true;
    into.canWait = true;
    into.more = () => {
      this.#isPromised = false;
      const rest = harvest();
      const device = this.#due.next();
      if (device) this.#build(device, rest, this.#due.take(device));
      this.#promise(rest);
      return rest;
    };
  }

  /** Describes a changed device anew, or ends it when nothing is left of it. */
  #build(device: HaDevice, into: Harvest, again = false): void {
    const { id, addresses } = device;
    const before = placesOf(device.made);
    remake(device, (other) => (this.#byNode.get(other) ?? device) !== device);
    const lives = device.entities.size > 0;
    if (this.#byNode.get(id) === device && (!lives || device.id !== id)) {
      this.#byNode.delete(id);
      into.gone.push(id);
    }
    for (const address of addresses)
      if (this.#byAddress.get(address) === device && !(lives && device.addresses.includes(address)))
        this.#byAddress.delete(address);
    if (!lives) {
      this.#index.remove(device);
      return;
    }
    this.#byNode.set(device.id, device);
    if (this.#index.put(device)) into.listens = true;
    this.#tell(device, into, again);
    into.problems.push(...droppedOf(device));
    this.#look(device, into);
    this.#catchUp(device, before, into);
  }

  /** `again`: it may be that nothing changed; then it is not told anew. */
  #tell(device: HaDevice, into: Harvest, again = false): void {
    const node = nodeOf(device);
    const print = printOf(JSON.stringify(node));
    if (again && this.#told.get(device) === print) return;
    this.#told.set(device, print);
    into.nodes.push(node);
  }

  /** States came before this config: the last one of its topics is read for what is new, or has a new place. */
  #catchUp(device: HaDevice, before: ReadonlyMap<string, string>, into: Harvest): void {
    const now = placesOf(device.made);
    for (const [topic, slots] of device.slots) {
      const body = this.#memory.last(topic);
      const fresh = body ? present(slots, device.away).filter((s) => before.get(s.field) !== now.get(s.field)) : [];
      if (!body || fresh.length === 0) continue;
      const from = into.readings.length;
      if (learn(device.learned, fresh, device.attributes, body)) this.#learned(device, body, into);
      else readSlots(device, fresh, body, into);
      if (!this.#memory.wasKept(topic)) continue;
      for (const [i, reading] of into.readings.entries()) if (i >= from) into.readings[i] = { ...reading, kept: true };
    }
  }
}

export const haDiscovery: Dialect = { name: "ha-discovery", open: () => new Session() };
