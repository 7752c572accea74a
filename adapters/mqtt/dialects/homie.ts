/** Homie 2 to 5 (https://homieiot.github.io/specification/): devices that describe themselves, under any base topic. */
import type { Command } from "../../../hub/model/command.ts";
import { type Harvest, harvest, planCommand } from "../device.ts";
import {
  type Decoded,
  type Dialect,
  type DialectSession,
  type Encoded,
  type MqttMessage,
  nothing,
} from "../dialect.ts";
import { treeOf } from "./homie/attributes.ts";
import { readDescription } from "./homie/description.ts";
import { type HomieDevice, hear, lay, newHomie, publishOf } from "./homie/device.ts";
import { homieAddress } from "./homie/words.ts";

/** Most devices on one broker, each with its children apart. */
const MAX_DEVICES = 500;
/** States kept of devices, described or not. */
const MAX_STATES = 2000;
/** Attributes of one device of version 2 to 4. */
const MAX_ATTRIBUTES = 4096;
const MAX_ATTRIBUTE = 8192;
/** Attributes up to which each is shown at once. */
const SMALL = 16;
const PATIENCE_MS = 1000;

const FIVE = /^([^/$]+)\/5\/([A-Za-z0-9][A-Za-z0-9_-]{0,99})\/(.+)$/;
/** Attributes that nodes and properties have not. */
const DEVICE_ONLY = /^([^$]+)\/(\$(?:homie|nodes|online|localip|mac|extensions|implementation|fw\/name|stats))$/;
const states: readonly string[] = ["init", "ready", "disconnected", "sleeping", "lost", "alert"];

/** Versions 2 to 4: everything below the device's topic, described piece by piece. */
interface Older {
  readonly device: HomieDevice;
  readonly attributes: Map<string, string>;
  announced: boolean;
  /** How many things were said that the description does not show yet. */
  news: number;
  /** When it was last described. */
  laidAt: number;
}

/** Whether a device in this state can be reached; asleep is not lost, and one that starts says nothing yet. */
function reachableIn(state: string | undefined): boolean | undefined {
  if (state === "lost" || state === "disconnected") return false;
  return state === "ready" || state === "alert" || state === "sleeping" ? true : undefined;
}

class Session implements DialectSession {
  /** Version 5, by base. */
  readonly #devices = new Map<string, HomieDevice>();
  /** Versions 2 to 4, by base. */
  readonly #older = new Map<string, Older>();
  readonly #byNode = new Map<string, HomieDevice>();
  /** Large devices of which something was said that is not shown yet. */
  readonly #waiting = new Set<Older>();
  /** By base. */
  readonly #states = new Map<string, string>();

  decode(message: MqttMessage): Decoded | undefined {
    const { topic } = message;
    const [, domain, id, tail = ""] = FIVE.exec(topic) ?? [];
    if (domain && id) return this.#five(domain, id, tail, message);
    if (topic.includes("/$")) return this.#attribute(message);
    return this.#older.size > 0 ? this.#olderValue(message) : undefined;
  }

  encode(command: Command): Encoded {
    const device = this.#byNode.get(command.target.node);
    if (!device) return { ok: false, reason: `${command.target.node} is no device of homie` };
    const planned = planCommand(device.built, command);
    return planned.ok ? { ok: true, publish: publishOf(device, planned.writes) } : planned;
  }

  #five(domain: string, id: string, tail: string, message: MqttMessage): Decoded | undefined {
    const base = `${domain}/5/${id}`;
    const device = this.#devices.get(base);
    if (tail === "$state") return this.#state(base, device, message.payload);
    if (tail === "$description") return this.#description(domain, id, message.payload);
    if (!device) return undefined;
    const into = harvest();
    // The target of a change under way is the device's own wish, its log is for people, what is sent to `/set` is ours.
    if (tail.startsWith("$alert/")) this.#alert(device, message, into);
    else if (/^[^/$]+\/[^/$]+$/.test(tail) && hear(device, tail, message, into)) this.#lay(device, into);
    return into;
  }

  #state(base: string, device: HomieDevice | undefined, state: string): Decoded | undefined {
    const into = harvest();
    if (state === "" && device) {
      this.#forget(base, device, into);
      return into;
    }
    if (!states.includes(state)) return device ? nothing : undefined;
    if (this.#states.size < MAX_STATES || this.#states.has(base)) this.#states.set(base, state);
    if (state === "alert" && device) this.#problem(device, "device-alert", "the device asks for help", into);
    const domain = base.slice(0, base.lastIndexOf("/") + 1);
    for (const other of this.#devices.values())
      if (other === device || `${domain}${other.tree.root}` === base) this.#tellReachable(other, into);
    return into;
  }

  #description(domain: string, id: string, payload: string): Decoded | undefined {
    const base = `${domain}/5/${id}`;
    const before = this.#devices.get(base);
    const into = harvest();
    if (payload === "" && before) {
      this.#forget(base, before, into);
      return into;
    }
    const tree = readDescription(payload);
    if (!tree) {
      if (!before) return undefined;
      const text = "its new description is not understood, so that the last one stays; expected Homie 5's JSON";
      this.#problem(before, "description-not-understood", text, into);
      return into;
    }
    if (!before && this.#devices.size >= MAX_DEVICES) return nothing;
    const device = before ?? newHomie(base, homieAddress(domain, id), tree);
    device.tree = tree;
    this.#devices.set(base, device);
    this.#lay(device, into);
    this.#tellReachable(device, into);
    return into;
  }

  #alert(device: HomieDevice, { topic, payload }: MqttMessage, into: Harvest): void {
    if (payload === "") return;
    into.problems.push({ code: "device-alert", message: payload.slice(0, 300), node: device.id, topic });
  }

  #problem(device: HomieDevice, code: string, message: string, into: Harvest): void {
    into.problems.push({ code, message, node: device.id, topic: `${device.base}/$state` });
  }

  #lay(device: HomieDevice, into: Harvest): void {
    const before = device.id;
    lay(device, into);
    if (before !== device.id && this.#byNode.get(before) === device) {
      this.#byNode.delete(before);
      into.gone.push(before);
      device.reachable = undefined;
    }
    this.#byNode.set(device.id, device);
  }

  #forget(base: string, device: HomieDevice, into: Harvest): void {
    this.#devices.delete(base);
    for (const older of this.#waiting) if (older.device === device) this.#waiting.delete(older);
    this.#older.delete(base);
    this.#states.delete(base);
    if (this.#byNode.get(device.id) !== device) return;
    this.#byNode.delete(device.id);
    into.gone.push(device.id);
  }

  /** A child is lost with its root. */
  #tellReachable(device: HomieDevice, into: Harvest): void {
    const { base, tree } = device;
    const root = tree.root === undefined ? undefined : `${base.slice(0, base.lastIndexOf("/") + 1)}${tree.root}`;
    const lost = root !== undefined && reachableIn(this.#states.get(root)) === false;
    const now = lost ? false : reachableIn(this.#states.get(base));
    if (now === undefined || now === device.reachable || this.#byNode.get(device.id) !== device) return;
    device.reachable = now;
    into.reachable.push({ node: device.id, reachable: now });
  }

  /** The device of version 2 to 4 that a topic lies below, with the rest of the topic. */
  #below(topic: string, levels: number): { readonly older: Older; readonly tail: string } | undefined {
    let cut = topic.length;
    for (let level = 0; level < levels; level += 1) {
      cut = topic.lastIndexOf("/", cut - 1);
      if (cut <= 0) return undefined;
      const older = this.#older.get(topic.slice(0, cut));
      if (older) return { older, tail: topic.slice(cut + 1) };
    }
    return undefined;
  }

  #attribute(message: MqttMessage): Decoded | undefined {
    const { topic, payload } = message;
    // `$fw/version` and `$stats/signal` have a level of their own.
    const found = this.#below(topic, 4) ?? this.#meet(topic, payload);
    if (!found) return undefined;
    const { older, tail } = found;
    const into = harvest();
    if (tail === "$homie" && payload === "") {
      this.#forget(older.device.base, older.device, into);
      return into;
    }
    const { attributes, device } = older;
    if (payload.length > MAX_ATTRIBUTE) return nothing;
    if (tail === "$state" || tail === "$online") this.#olderState(older, tail, payload, into);
    else if (attributes.get(tail) !== payload && (attributes.size < MAX_ATTRIBUTES || attributes.has(tail))) {
      if (!tail.startsWith("$stats/") || !attributes.has(tail)) older.news += 1;
      attributes.set(tail, payload);
    }
    this.#refresh(older, into, message, tail === "$state" || tail === "$online" ? "state" : "attribute");
    if (tail.startsWith("$stats/")) hear(device, tail, message, into);
    return into;
  }

  /** A device is met by what only devices say of themselves. */
  #meet(topic: string, payload: string): { readonly older: Older; readonly tail: string } | undefined {
    const [, base, tail = ""] = DEVICE_ONLY.exec(topic) ?? [];
    const known =
      tail === "$homie" ? /^v?[1-5](\.|$)/.test(payload) : payload !== "" && payload.length <= MAX_ATTRIBUTE;
    if (!base || !known || this.#older.size >= MAX_DEVICES) return undefined;
    const cut = base.lastIndexOf("/");
    const attributes = new Map<string, string>();
    const address = homieAddress(base.slice(0, Math.max(cut, 0)), base.slice(cut + 1));
    const older = {
      device: newHomie(base, address, treeOf(attributes)),
      attributes,
      announced: false,
      news: 1,
      laidAt: 0,
    };
    this.#older.set(base, older);
    return { older, tail };
  }

  #olderState(older: Older, tail: string, payload: string, into: Harvest): void {
    const { base } = older.device;
    const online = payload === "true" ? "ready" : payload === "false" ? "lost" : undefined;
    const state = tail === "$online" ? online : states.includes(payload) ? payload : undefined;
    if (state === undefined) return;
    if (this.#states.size < MAX_STATES || this.#states.has(base)) this.#states.set(base, state);
    if (state === "alert") this.#problem(older.device, "device-alert", "the device asks for help", into);
  }

  /**
   * Describes the device anew where something was said of it: at once for small devices; for large ones, of which
   * thousands of pieces come in one second, after so many that they cost little, and else a second later.
   */
  #refresh(older: Older, into: Harvest, { at }: MqttMessage, what: "attribute" | "state" | "value"): void {
    this.#waiting.delete(older);
    for (const other of this.#waiting) if (at - other.laidAt >= PATIENCE_MS) this.#describe(other, into, at);
    const { attributes, news } = older;
    const starts = what === "attribute" && this.#states.get(older.device.base) === "init";
    const many = attributes.size > SMALL && at - older.laidAt < PATIENCE_MS;
    const due = what === "state" || !older.announced || (!starts && (!many || news > attributes.size / 8));
    if (news > 0 && due) this.#describe(older, into, at);
    else if (news > 0) this.#waiting.add(older);
    this.#tellReachable(older.device, into);
  }

  #describe(older: Older, into: Harvest, at: number): void {
    this.#waiting.delete(older);
    older.device.tree = treeOf(older.attributes);
    older.news = 0;
    older.laidAt = at;
    older.announced = true;
    this.#lay(older.device, into);
  }

  #olderValue(message: MqttMessage): Decoded | undefined {
    const found = this.#below(message.topic, 3);
    if (!found) return undefined;
    const into = harvest();
    // Three levels are a command to the device.
    if (!/^[^/]+\/[^/]+$/.test(found.tail)) return found.tail.endsWith("/set") ? nothing : undefined;
    this.#refresh(found.older, into, message, "value");
    hear(found.older.device, found.tail, message, into);
    return into;
  }
}

export const homie: Dialect = { name: "homie", open: () => new Session() };
