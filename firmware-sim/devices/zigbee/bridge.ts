import { noise } from "../../random.ts";
import type { World } from "../../world.ts";
import { isObject, type Message, type MqttDevice, parseObject } from "../device.ts";
import type { ZigbeeDevice } from "./zigbee-device.ts";

export interface BridgeConfig {
  readonly base: string;
  readonly ieee: string;
}

const version = "2.14.1";

const channelOf = (ieee: string): number => Number.parseInt(ieee.slice(-4), 16);

/** Zigbee2MQTT: one connection that speaks for all its devices, with availability switched on. */
export class ZigbeeBridge implements MqttDevice {
  readonly clientId: string;
  readonly qos = 0;
  readonly names: readonly string[];
  readonly will: Message;
  readonly subscriptions: readonly string[];
  private readonly config: BridgeConfig;
  private readonly devices: readonly ZigbeeDevice[];

  constructor(config: BridgeConfig, devices: readonly ZigbeeDevice[]) {
    this.config = config;
    this.devices = devices;
    this.clientId = `mqttjs_${config.ieee.slice(-8)}`;
    this.names = devices.map((device) => device.name);
    this.will = this.say("bridge/state", { state: "offline" }, true);
    const base = config.base;
    this.subscriptions = [`${base}/+/set`, `${base}/+/set/+`, `${base}/+/get`, `${base}/bridge/request/#`];
  }

  announce(world: World): Message[] {
    const messages = [
      this.say("bridge/state", { state: "online" }, true),
      this.say("bridge/info", this.info(), true),
      this.say("bridge/devices", [this.coordinator(), ...this.devices.map(describe)], true),
      this.say("bridge/groups", [], true),
    ];
    for (const device of this.devices) {
      messages.push(this.say(`${device.name}/availability`, { state: "online" }, true, device.name));
      device.due(world);
      messages.push(this.stateOf(device, world));
    }
    return messages;
  }

  step(_seconds: number, world: World): Message[] {
    const messages: Message[] = [];
    for (const device of this.devices) if (device.due(world)) messages.push(this.stateOf(device, world));
    return messages;
  }

  receive(topic: string, payload: string, world: World): Message[] {
    const [, name = "", verb = "", attribute = ""] = topic.split("/");
    if (name === "bridge") return this.answer(topic, payload);
    const device = this.devices.find((known) => known.name === name || known.ieee === name);
    if (!device) return [this.log("error", `Entity '${name}' is unknown`)];
    if (verb === "get") return [this.stateOf(device, world)];
    const wishes = attribute ? { [attribute]: plain(payload) } : (parseObject(payload) ?? bareState(payload));
    if (!wishes) return [this.log("error", `Invalid JSON '${payload.slice(0, 200)}', skipping...`)];
    const messages: Message[] = [];
    let done = 0;
    for (const [key, value] of Object.entries(wishes).slice(0, 20)) {
      const refused = device.set(key, value, world);
      if (refused === undefined) done++;
      else messages.push(this.log("error", `Publish 'set' '${key}' to '${device.name}' failed: '${refused}'`));
    }
    if (done === 0) return messages;
    device.due(world);
    return [this.stateOf(device, world), ...messages];
  }

  private say(path: string, body: unknown, retain: boolean, from = "Zigbee2MQTT"): Message {
    return { topic: `${this.config.base}/${path}`, payload: JSON.stringify(body), retain, from };
  }

  private stateOf(device: ZigbeeDevice, world: World): Message {
    const channel = channelOf(device.ieee);
    const body = {
      ...device.state(world),
      linkquality: Math.round(120 + 40 * noise(world.seed, channel, world.at / 1000, 3000)),
      last_seen: new Date(world.at).toISOString().replace(/\.\d+Z$/, "+00:00"),
    };
    return this.say(device.name, body, false, device.name);
  }

  private log(level: string, message: string): Message {
    return this.say("bridge/logging", { level, message, namespace: "z2m" }, false);
  }

  /** Of the bridge's requests only the health check is served; the others are refused as a bridge of today does. */
  private answer(topic: string, payload: string): Message[] {
    const request = topic.split("/").slice(3).join("/");
    const body = parseObject(payload);
    const transaction = isObject(body) && "transaction" in body ? { transaction: body.transaction } : {};
    const reply =
      request === "health_check"
        ? { data: { healthy: true }, status: "ok", ...transaction }
        : { data: {}, error: `'${request}' is not supported by this bridge`, status: "error", ...transaction };
    return [this.say(`bridge/response/${request}`, reply, false)];
  }

  private info(): object {
    return {
      commit: "unknown",
      config: {
        advanced: { channel: 15, last_seen: "ISO_8601_local", output: "json" },
        availability: { enabled: true },
        homeassistant: { enabled: false },
        mqtt: { base_topic: this.config.base },
      },
      coordinator: { ieee_address: this.config.ieee, meta: { revision: "7.4.4 [GA]" }, type: "EmberZNet" },
      log_level: "info",
      network: { channel: 15, extended_pan_id: "0xdddddddddddddddd", pan_id: 6754 },
      permit_join: false,
      restart_required: false,
      version,
      zigbee_herdsman: { version: "6.4.0" },
      zigbee_herdsman_converters: { version: "26.105.0" },
    };
  }

  private coordinator(): object {
    return {
      disabled: false,
      endpoints: { 1: { bindings: [], clusters: { input: [], output: [] }, configured_reportings: [], scenes: [] } },
      friendly_name: "Coordinator",
      ieee_address: this.config.ieee,
      interview_completed: true,
      interview_state: "SUCCESSFUL",
      interviewing: false,
      network_address: 0,
      supported: true,
      type: "Coordinator",
    };
  }
}

/** `set` also takes a bare word: the wanted state. */
function bareState(payload: string): Record<string, unknown> | undefined {
  return /^(on|off|toggle)$/i.test(payload) ? { state: payload } : undefined;
}

/** The body of `<name>/set/<attribute>`: JSON where it is JSON, else text. */
function plain(payload: string): unknown {
  try {
    return JSON.parse(payload);
  } catch {
    return payload;
  }
}

function describe(device: ZigbeeDevice): object {
  const { about } = device;
  return {
    definition: {
      description: about.description,
      exposes: about.exposes,
      model: about.model,
      options: [],
      source: "native",
      supports_ota: true,
      vendor: about.vendor,
      version: "0.0.0",
    },
    disabled: false,
    endpoints: { 1: { bindings: [], clusters: { input: [], output: [] }, configured_reportings: [], scenes: [] } },
    friendly_name: device.name,
    ieee_address: device.ieee,
    interview_completed: true,
    interview_state: "SUCCESSFUL",
    interviewing: false,
    manufacturer: about.manufacturer,
    model_id: about.modelId,
    network_address: channelOf(device.ieee),
    power_source: about.battery ? "Battery" : "Mains (single phase)",
    supported: true,
    type: about.battery ? "EndDevice" : "Router",
  };
}
