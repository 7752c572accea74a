/** Z-Wave through zwave-js-ui: every value of a node on a topic of its own (https://zwave-js.github.io/zwave-js-ui/#/guide/mqtt). */
import type { Command } from "../../../hub/model/command.ts";
import type { NodeId } from "../../../hub/model/path.ts";
import { asNumber, isNothing } from "../codec.ts";
import { type Harvest, harvest, planCommand, readField } from "../device.ts";
import {
  type Decoded,
  type Dialect,
  type DialectSession,
  type Encoded,
  type MqttMessage,
  nothing,
} from "../dialect.ts";
import { get, isObject, type Json, type JsonObject, numberOf, parseJson } from "../json.ts";
import { Patience } from "../patience.ts";
import { fieldsOf } from "./zwave-js-ui/bench.ts";
import { rebuild } from "./zwave-js-ui/build.ts";
import {
  type Entry,
  entryOf,
  learnId,
  learnSample,
  newNode,
  nodeOf,
  noteUnit,
  reachableOf,
  type ZwaveNode,
} from "./zwave-js-ui/device.ts";
import { ask, type Gateway, type GatewayTopic, gatewayTopic, homeKey, homeOf, isAlive } from "./zwave-js-ui/gateway.ts";
import { bodyOf, nameOf, plain } from "./zwave-js-ui/values.ts";
import { messagesOf } from "./zwave-js-ui/writes.ts";

const MAX_GATEWAYS = 16;
const MAX_NODES = 500;
const MAX_STRANGERS = 500;
/** A gateway that has not told its network's id after so many milliseconds does not answer. */
const PATIENCE_MS = 3000;

class Session implements DialectSession {
  /** By prefix. */
  readonly #gateways = new Map<string, Gateway>();
  /** By network and number. */
  readonly #nodes = new Map<string, ZwaveNode>();
  readonly #byBase = new Map<string, ZwaveNode>();
  readonly #byNode = new Map<NodeId, ZwaveNode>();
  /** A network's id is asked for when its gateway or a node shows itself. */
  readonly #patience = new Patience(PATIENCE_MS);
  /** Bases whose network's id may still be told: their numbers, and since when. */
  readonly #strangers = new Map<string, { readonly number: number; readonly since: number }>();

  decode(message: MqttMessage): Decoded | undefined {
    const { topic } = message;
    this.#patience.heard(message.at);
    const gateway = gatewayTopic(topic);
    if (gateway) return this.#gateway(gateway, message);
    if (topic.endsWith("/nodeinfo") || topic.endsWith("/status")) {
      const told = this.#life(topic.slice(0, topic.lastIndexOf("/")), message);
      if (told) return told;
    }
    const node = this.#nodeOf(topic) ?? this.#awaited(topic, message.at);
    return node?.base === undefined ? undefined : this.#value(node, topic.slice(node.base.length + 1), message);
  }

  encode(command: Command): Encoded {
    const node = this.#byNode.get(command.target.node);
    if (!node) return { ok: false, reason: `${command.target.node} is no Z-Wave node` };
    const planned = planCommand(node.built, command);
    if (!planned.ok) return planned;
    const publish = messagesOf(node, this.#owner(node), planned.writes, asNumber(command.args.transitionTime));
    return publish.length > 0 ? { ok: true, publish } : { ok: false, reason: `no topic of ${node.id} is known yet` };
  }

  due(now: number): number | undefined {
    return this.#patience.due(now);
  }

  #gateway(topic: GatewayTopic, message: MqttMessage): Decoded {
    const into = harvest();
    const { prefix, client, tail } = topic;
    const known = this.#gateways.get(prefix);
    const gateway = known ?? { prefix, client, since: message.at, home: undefined, key: undefined, alive: undefined };
    if (!known && this.#gateways.size >= MAX_GATEWAYS) return nothing;
    this.#gateways.set(prefix, gateway);
    if (tail === "status") this.#alive(gateway, isAlive(message.payload), into);
    // Its own list is the best description; after a restart it is asked again.
    if (!known || (tail === "status" && gateway.alive === true && !message.retained))
      into.publish.push(ask(topic, "getInfo"), ask(topic, "getNodes"));
    const answer = tail === "api/getInfo" || tail === "api/getNodes" ? parseJson(message.payload) : undefined;
    const result = get(answer, "result");
    if (tail === "api/getInfo") this.#named(gateway, homeOf(result));
    else if (Array.isArray(result)) this.#list(gateway, result, message, into);
    return into;
  }

  /** What its nodes said before waits no longer. */
  #named(gateway: Gateway, home: string | undefined): void {
    if (gateway.home === undefined && home !== undefined) this.#patience.begin(0);
    gateway.home ??= home;
  }

  /** With the gateway its nodes are out of reach; how they are when it is back, they say themselves. */
  #alive(gateway: Gateway, alive: boolean | undefined, into: Harvest): void {
    gateway.alive = alive ?? gateway.alive;
    if (alive !== false) return;
    for (const node of this.#byNode.values())
      if (this.#owner(node) === gateway) into.reachable.push({ node: node.id, reachable: false });
  }

  #list(gateway: Gateway, result: readonly Json[], message: MqttMessage, into: Harvest): void {
    const listed = new Set<ZwaveNode>();
    let isWhole = false;
    for (const item of result.slice(0, MAX_NODES).filter(isObject)) {
      // The controller itself is no device of the home; a list with neither it nor a node was made too early.
      const isController = get(item, "isControllerNode") === true;
      const number = isController ? undefined : numberOf(item, "id");
      const node = number === undefined ? undefined : this.#node(keyOf(gateway), number);
      if (node) listed.add(node);
      isWhole ||= isController || node !== undefined;
      if (node) this.#listed(node, item, message, into);
    }
    if (isWhole) this.#forget(gateway, listed, into);
  }

  #listed(node: ZwaveNode, item: JsonObject, message: MqttMessage, into: Harvest): void {
    node.info = { ...node.info, ...item, values: null };
    node.changed = true;
    const values = get(item, "values");
    const ids = (Array.isArray(values) ? values : isObject(values) ? Object.values(values) : [])
      .slice(0, 1000)
      .filter(isObject);
    const entries = ids.flatMap((id) => this.#described(node, id));
    this.#show(node, into);
    for (const [entry, value] of entries) this.#read(node, entry, value, message, into);
    const reachable = reachableOf("", item);
    if (reachable !== undefined) into.reachable.push({ node: node.id, reachable });
  }

  /** What the gateway's whole list lacks, was removed from the network. */
  #forget(gateway: Gateway, listed: ReadonlySet<ZwaveNode>, into: Harvest): void {
    for (const [key, node] of this.#nodes) {
      if (!key.startsWith(`${gateway.key}/`) || listed.has(node)) continue;
      this.#nodes.delete(key);
      this.#byNode.delete(node.id);
      if (node.base !== undefined) this.#byBase.delete(node.base);
      into.gone.push(node.id);
    }
  }

  #described(node: ZwaveNode, id: JsonObject): [Entry, Json][] {
    const entry = learnId(node, id, undefined);
    if (!entry) return [];
    const value = plain(get(id, "value") ?? null);
    learnSample(node, entry, value);
    return [[entry, value]];
  }

  #node(home: string, number: number): ZwaveNode | undefined {
    const key = `${home}/${number}`;
    const known = this.#nodes.get(key);
    if (known || this.#nodes.size >= MAX_NODES) return known;
    const node = newNode(home, number);
    this.#nodes.set(key, node);
    return node;
  }

  #show(node: ZwaveNode, into: Harvest): void {
    if (!node.changed) return;
    rebuild(node);
    this.#byNode.set(node.id, node);
    into.nodes.push(nodeOf(node));
  }

  /** `nodeinfo` and `status` stand right below a node's base, and the first two tell its number. */
  #life(base: string, message: MqttMessage): Decoded | undefined {
    const json = parseJson(message.payload);
    const known = this.#byBase.get(base);
    const isInfo = message.topic.endsWith("/nodeinfo");
    if (message.payload === "") return known && isInfo ? this.#left(base, known) : known && nothing;
    const number = isInfo ? numberOf(json, "id") : numberOf(json, "nodeId");
    const shaped = isInfo
      ? get(json, "manufacturerId") !== undefined || get(json, "ready") !== undefined
      : number !== undefined;
    const node = shaped && number !== undefined ? this.#based(base, number, message.at) : known;
    if (!node) return undefined;
    const into = harvest();
    if (isInfo && shaped && isObject(json)) {
      node.info = { ...node.info, ...json, values: null };
      node.changed = true;
    }
    this.#show(node, into);
    if (!isInfo) node.tellsStatus = true;
    const reachable = isInfo && node.tellsStatus ? undefined : reachableOf(message.payload, json);
    if (reachable !== undefined) into.reachable.push({ node: node.id, reachable });
    return into;
  }

  /** Its topics were emptied: renamed, moved or removed, which the gateway's list tells apart. */
  #left(base: string, node: ZwaveNode): Decoded {
    this.#byBase.delete(base);
    const gateway = this.#gatewayOf(base);
    if (gateway) return { ...nothing, publish: [ask(gateway, "getNodes")] };
    this.#byNode.delete(node.id);
    for (const [key, held] of this.#nodes) if (held === node) this.#nodes.delete(key);
    return { ...nothing, gone: [node.id] };
  }

  /** The node that speaks on a base; undefined while its network's id may still be told. */
  #based(base: string, number: number, at: number): ZwaveNode | undefined {
    const gateway = this.#gatewayOf(base);
    const known = this.#byBase.get(base);
    const since = gateway?.since ?? this.#strangers.get(base)?.since ?? at;
    if (!known && gateway?.home === undefined && !this.#patience.isOver(since)) {
      if (!this.#strangers.has(base)) this.#patience.begin();
      if (this.#strangers.size < MAX_STRANGERS) this.#strangers.set(base, { number, since });
      return undefined;
    }
    this.#strangers.delete(base);
    const node =
      known?.number === number
        ? known
        : this.#node(gateway ? keyOf(gateway) : homeKey(base.split("/")[0] ?? base), number);
    if (!node) return undefined;
    if (node.base !== base) {
      // A new name: the same node on other topics.
      if (node.base !== undefined) this.#byBase.delete(node.base);
      node.base = base;
      node.changed = true;
      // The gateway's list may have shown it before it was known where it speaks.
      this.#patience.begin(0);
    }
    this.#byBase.set(base, node);
    return node;
  }

  #gatewayOf(base: string | undefined): Gateway | undefined {
    for (const gateway of this.#gateways.values()) if (base?.startsWith(`${gateway.prefix}/`)) return gateway;
    return undefined;
  }

  #owner(node: ZwaveNode): Gateway | undefined {
    const byTopic = this.#gatewayOf(node.base);
    if (byTopic) return byTopic;
    for (const gateway of this.#gateways.values())
      if (node.address.startsWith(`own:zwave-${gateway.key}/`)) return gateway;
    return undefined;
  }

  /** By the longest known base that the topic begins with. */
  #nodeOf(topic: string): ZwaveNode | undefined {
    for (let cut = topic.lastIndexOf("/"); cut > 0; cut = topic.lastIndexOf("/", cut - 1)) {
      const node = this.#byBase.get(topic.slice(0, cut));
      if (node) return node;
    }
    return undefined;
  }

  /** A node that showed itself before, and was not shown for want of its network's id. */
  #awaited(topic: string, at: number): ZwaveNode | undefined {
    for (let cut = topic.lastIndexOf("/"); cut > 0 && this.#strangers.size > 0; cut = topic.lastIndexOf("/", cut - 1)) {
      const base = topic.slice(0, cut);
      const stranger = this.#strangers.get(base);
      if (stranger) return this.#based(base, stranger.number, at);
    }
    return undefined;
  }

  #value(node: ZwaveNode, tail: string, message: MqttMessage): Decoded {
    // Requests, the time of the last word, and emptied topics say nothing of the home.
    if (/^$|^lastActive$|\/set$/.test(tail) || message.payload === "") return nothing;
    const into = harvest();
    const { value, id } = bodyOf(message.payload);
    const name = nameOf(tail);
    // Empty places for door codes, by the hundred, say nothing.
    if (name.cc === 99 && isNothing(value)) return nothing;
    const entry = (id && learnId(node, id, tail)) ?? entryOf(node, name, tail);
    if (!entry) return nothing;
    learnSample(node, entry, value);
    noteUnit(node, entry, value);
    this.#show(node, into);
    this.#read(node, entry, value, message, into);
    return into;
  }

  #read(node: ZwaveNode, entry: Entry, value: Json, { topic, retained }: MqttMessage, into: Harvest): void {
    // 254 and 255 are "not known" and "as before" where a level is told.
    if (/^(?:currentValue)$/.test(entry.name.property) && (value === 254 || value === 255) && entry.name.cc === 38)
      return;
    for (const [field, told] of fieldsOf(entry, value))
      readField(node.built, { node: node.id, topic, retained, under: field }, field, told, into);
  }
}

/** It stays what it was at the first node: a later answer must not make every node another one. */
function keyOf(gateway: Gateway): string {
  gateway.key ??= homeKey(gateway.home ?? gateway.prefix);
  return gateway.key;
}

export const zwaveJsUi: Dialect = { name: "zwave-js-ui", open: () => new Session() };
