import { isObject } from "../../devices/device.ts";
import { type Act, type Moment, plain, type Said, Station } from "../firmware.ts";
import type { ZwaveNode } from "./node.ts";
import { described, type NodeValue, sanitized, valueId, valueTopic } from "./value.ts";

/** How the gateway was set up. */
export interface GatewaySettings {
  readonly kind: "gateway";
  readonly name: string;
  readonly prefix: string;
  readonly topics: "named" | "valueId";
  readonly payload: "time-value" | "full" | "raw";
}

interface Life {
  name: string;
  location: string;
  state: "Alive" | "Asleep" | "Awake" | "Dead";
  /** s of the next awakening and of the next sleep. */
  wakes: number;
  sleeps: number;
}

const version = "11.22.0";
const reportDelay = 0.3;
const awakeSeconds = 5;

/** One connection for all nodes; everything retained at QoS 1 but events (zwave-js-ui documentation, MQTT: Gateway). */
export class Gateway extends Station {
  readonly clientId: string;
  private readonly settings: GatewaySettings;
  private readonly nodes: ZwaveNode[];
  private readonly lives = new Map<ZwaveNode, Life>();

  constructor(settings: GatewaySettings, nodes: readonly ZwaveNode[]) {
    super(settings.name, [...nodes.map(({ entry }) => entry.name), settings.name]);
    this.settings = settings;
    this.nodes = [...nodes];
    this.clientId = `ZWAVE_GATEWAY-${sanitized(settings.name)}`;
    for (const node of nodes) {
      const state = node.product.wakesEvery === undefined ? "Alive" : "Awake";
      this.lives.set(node, {
        name: node.entry.name,
        location: node.location,
        state,
        wakes: Number.POSITIVE_INFINITY,
        sleeps: awakeSeconds,
      });
    }
  }

  will(): Said {
    return this.raw(`${this.client()}/status`, JSON.stringify({ value: false }), true, this.name);
  }

  subscriptions(): readonly string[] {
    const { prefix } = this.settings;
    const values = ["+/+/+/+", "+/+/+/+/+", "+/+/+/+/+/+"].map((levels) => `${prefix}/${levels}/set`);
    return [`${this.client()}/api/+/set`, ...values];
  }

  connected(now: Moment): Said[] {
    return [
      this.raw(`${this.client()}/status`, JSON.stringify({ value: true, time: now.wall }), true, this.name),
      this.raw(`${this.client()}/version`, JSON.stringify({ value: version, time: now.wall }), true, this.name),
      ...this.nodes.flatMap((node) => this.everything(node, now)),
    ];
  }

  step(seconds: number, now: Moment): Said[] {
    return this.nodes.flatMap((node) => {
      const changed = node.product.step(seconds, now);
      const life = this.life(node);
      if (life.state === "Dead") return [];
      const said = this.sleep(node, life, now);
      // A sleeping node is heard when it has something to say; it only cannot be asked.
      return [...said, ...changed.map((value) => this.value(node, value, now))];
    });
  }

  receive(topic: string, payload: string, now: Moment): Said[] {
    const { prefix } = this.settings;
    const api = `${this.client()}/api/`;
    if (topic.startsWith(api))
      return topic.endsWith("/set") ? this.api(topic.slice(api.length, -4), plain(payload), now) : [];
    if (!topic.endsWith("/set")) return [];
    for (const node of this.nodes) {
      const base = `${this.base(node)}/`;
      if (!topic.startsWith(base)) continue;
      const wanted = topic.slice(base.length, -4);
      const value = node.product.values.find((one) => valueTopic(one, this.named) === wanted);
      if (value) return this.write(node, value, unwrapped(plain(payload)), now);
    }
    const log = { level: "error", message: `value not found for ${topic.slice(prefix.length + 1, 200)}` };
    return [this.raw(`${this.client()}/log`, JSON.stringify(log), false, this.name)];
  }

  override goodbye(now: Moment): Said[] {
    return [this.raw(`${this.client()}/status`, JSON.stringify({ value: false, time: now.wall }), true, this.name)];
  }

  act(name: string, act: Act, now: Moment): Said[] {
    const node = this.nodes.find(({ entry }) => entry.name === name);
    if (!node) {
      if (act === "reboot") this.leave(8, false);
      return [];
    }
    if (act === "counter") node.product.reset?.();
    if (act === "reboot") return this.everything(node, now);
    if (act === "offline") return this.become(node, "Dead", now);
    if (act === "rename") return this.api("setNodeName", { args: [node.number, `${this.life(node).name} 2`] }, now);
    if (act === "remove") return this.api("removeFailedNode", { args: [node.number] }, now);
    return [];
  }

  private get named(): boolean {
    return this.settings.topics === "named";
  }

  private life(node: ZwaveNode): Life {
    const life = this.lives.get(node);
    if (!life) throw new Error(`node ${node.number} has no life`);
    return life;
  }

  private sleep(node: ZwaveNode, life: Life, now: Moment): Said[] {
    const { wakesEvery } = node.product;
    if (wakesEvery === undefined) return [];
    if (life.state === "Awake" && now.elapsed >= life.sleeps) {
      life.wakes = now.elapsed + wakesEvery;
      return this.become(node, "Asleep", now);
    }
    if (life.state !== "Asleep" || now.elapsed < life.wakes) return [];
    life.sleeps = now.elapsed + awakeSeconds;
    return [...this.become(node, "Awake", now), ...this.values(node, now)];
  }

  private become(node: ZwaveNode, state: Life["state"], now: Moment): Said[] {
    this.life(node).state = state;
    return [this.status(node, now)];
  }

  /** Writes a value; the driver tells the target at once, the node reports what became of it. */
  private write(node: ZwaveNode, value: NodeValue, wanted: unknown, now: Moment): Said[] {
    // To a sleeping node it waits in the driver; here it is taken when it comes, and told with the next awakening.
    if (this.life(node).state === "Dead" || !value.set?.(wanted, now)) return [];
    const told = [this.value(node, value, now)];
    if (this.life(node).state === "Asleep") return told;
    const related = node.product.values.filter(
      (one) => one.commandClass === value.commandClass && one !== value && !one.stateless,
    );
    return [...told, ...related.map((one) => ({ ...this.value(node, one, now), after: reportDelay }))];
  }

  private api(call: string, body: unknown, now: Moment): Said[] {
    const args = isObject(body) && Array.isArray(body.args) ? body.args : [];
    const done = (result: unknown, ok = true, message = "Success zwave api call"): Said =>
      this.raw(
        `${this.client()}/api/${call}`,
        JSON.stringify({ success: ok, message, result, args }),
        false,
        this.name,
      );
    if (call === "getInfo") return [done(this.network(now))];
    if (call === "getNodes") return [done(this.nodes.map((one) => this.whole(one, now)))];
    const node = this.nodes.find(({ number }) => number === (isObject(args[0]) ? args[0].nodeId : args[0]));
    if (!node) return [done(undefined, false, `Node ${JSON.stringify(args[0] ?? null)} not found`)];
    const life = this.life(node);
    switch (call) {
      case "setNodeName":
      case "setNodeLocation": {
        const cleared = this.everything(node, now)
          .filter(({ retain }) => retain)
          .map((said) => ({ ...said, payload: "" }));
        if (call === "setNodeName") life.name = String(args[1] ?? "").slice(0, 64);
        else life.location = String(args[1] ?? "").slice(0, 64);
        return [...cleared, ...this.everything(node, now), done(true)];
      }
      case "removeFailedNode": {
        const cleared = this.everything(node, now)
          .filter(({ retain }) => retain)
          .map((said) => ({ ...said, payload: "" }));
        this.nodes.splice(this.nodes.indexOf(node), 1);
        return [...cleared, done(undefined)];
      }
      case "pingNode":
        return [done(life.state !== "Dead")];
      case "refreshInfo":
        return [done(undefined), ...this.everything(node, now)];
      case "writeValue": {
        const value = node.product.values.find((one) => isObject(args[0]) && named(args[0], one));
        return [...(value ? this.write(node, value, args[1], now) : []), done(undefined, value !== undefined)];
      }
      default:
        return [done(undefined, false, "Unknown API")];
    }
  }

  private everything(node: ZwaveNode, now: Moment): Said[] {
    const info = this.own(node, "nodeinfo", JSON.stringify(this.info(node)));
    return [this.status(node, now), info, ...this.values(node, now)];
  }

  private values(node: ZwaveNode, now: Moment): Said[] {
    return node.product.values.filter(({ stateless }) => !stateless).map((value) => this.value(node, value, now));
  }

  private value(node: ZwaveNode, value: NodeValue, now: Moment): Said {
    const current = value.get(now);
    const forms = {
      "time-value": () => JSON.stringify({ time: now.wall, value: current }),
      full: () => JSON.stringify(described(node.number, value, now)),
      raw: () => (typeof current === "string" ? current : JSON.stringify(current)),
    };
    const said = this.own(node, valueTopic(value, this.named), forms[this.settings.payload]());
    return value.stateless ? { ...said, retain: false } : said;
  }

  private status(node: ZwaveNode, now: Moment): Said {
    const { state } = this.life(node);
    const body = { time: now.wall, value: state !== "Dead", status: state, nodeId: node.number };
    return this.own(node, "status", this.settings.payload === "raw" ? String(state !== "Dead") : JSON.stringify(body));
  }

  /** The network's own number is what makes node numbers unlike those of a neighbour. */
  private network(now: Moment): object {
    const [first] = this.lives.keys();
    const homeid = first?.entry.seed ?? 0;
    return {
      homeid,
      name: `0x${homeid.toString(16).padStart(8, "0")}`,
      controllerId: 1,
      uptime: now.elapsed,
      lastUpdate: now.wall,
      status: "driver ready",
      appVersion: version,
    };
  }

  private info(node: ZwaveNode): Record<string, unknown> {
    const { product, number } = node;
    const { name, location, state } = this.life(node);
    return {
      id: number,
      deviceId: `${product.manufacturerId}-${product.productId}-${product.productType}`,
      manufacturer: product.manufacturer,
      manufacturerId: product.manufacturerId,
      productType: product.productType,
      productId: product.productId,
      name,
      loc: location,
      ready: true,
      available: state !== "Dead",
      failed: state === "Dead",
      inited: true,
      firmwareVersion: "1.4",
      productLabel: product.label,
      productDescription: product.description,
      status: state,
      interviewStage: "Complete",
      isListening: product.wakesEvery === undefined,
      isControllerNode: false,
      zwavePlusVersion: 2,
    };
  }

  private whole(node: ZwaveNode, now: Moment): object {
    return {
      ...this.info(node),
      values: Object.fromEntries(
        node.product.values.map((value) => [valueId(value), described(node.number, value, now)]),
      ),
    };
  }

  private client(): string {
    return `${this.settings.prefix}/_CLIENTS/ZWAVE_GATEWAY-${sanitized(this.settings.name)}`;
  }

  private base(node: ZwaveNode): string {
    const life = this.life(node);
    const name = this.named ? sanitized(life.name) : String(node.number);
    return [this.settings.prefix, ...(life.location === "" ? [] : [sanitized(life.location)]), name].join("/");
  }

  private own(node: ZwaveNode, tail: string, payload: string): Said {
    return this.raw(`${this.base(node)}/${tail}`, payload, true, node.entry.name);
  }

  private raw(topic: string, payload: string, retain: boolean, from: string): Said {
    return { topic, payload, retain, qos: 1, from };
  }
}

/** `set` takes the value alone or `{"value": …}`. */
const unwrapped = (body: unknown): unknown => (isObject(body) && Object.hasOwn(body, "value") ? body.value : body);

const named = (id: Record<string, unknown>, value: NodeValue): boolean =>
  id.commandClass === value.commandClass && id.property === value.property && id.propertyKey === value.propertyKey;
