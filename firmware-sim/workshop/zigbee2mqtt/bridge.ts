import { isObject, parseObject } from "../../devices/device.ts";
import { noise } from "../../random.ts";
import { type Act, forever, type Moment, plain, type Said, Station } from "../firmware.ts";
import { coordinator, describe, info } from "./description.ts";
import { noConverter, type ZigbeeDevice, type ZigbeeGroup } from "./product.ts";
import { type Answered, Requests } from "./requests.ts";

/** How the bridge was set up. */
export interface BridgeSettings {
  readonly kind: "bridge";
  readonly name: string;
  readonly base: string;
  readonly availability: boolean;
  /** States are retained (an option of each device). */
  readonly retain: boolean;
}

/** Radio and program together take this long for a command, s. */
const commandDelay = 0.15;
const mostKeys = 20;

/** Zigbee2MQTT: one connection that speaks for all its devices and groups (Zigbee2MQTT documentation, MQTT topics and messages). */
export class ZigbeeBridge extends Station {
  readonly clientId: string;
  private readonly settings: BridgeSettings;
  private readonly devices: ZigbeeDevice[];
  private readonly groups: ZigbeeGroup[];
  private readonly requests: Requests;
  private readonly dead = new Set<ZigbeeDevice>();

  constructor(settings: BridgeSettings, devices: readonly ZigbeeDevice[], groups: readonly ZigbeeGroup[]) {
    super(settings.name, [...devices, ...groups].map(({ entry }) => entry.name).concat(settings.name));
    this.settings = settings;
    this.devices = [...devices];
    this.groups = [...groups];
    this.requests = new Requests(devices, groups);
    this.clientId = `mqttjs_${devices[0]?.entry.id.slice(-8) ?? "bridge"}`;
  }

  will(): Said {
    return this.say("bridge/state", { state: "offline" }, true);
  }

  subscriptions(): readonly string[] {
    const { base } = this.settings;
    const depths = ["+", "+/+", "+/+/+"];
    const verbs = ["set", "set/+", "get"];
    return [`${base}/bridge/request/#`, ...depths.flatMap((depth) => verbs.map((verb) => `${base}/${depth}/${verb}`))];
  }

  connected(now: Moment): Said[] {
    return [
      this.say("bridge/state", { state: "online" }, true),
      this.say("bridge/info", info(this.settings.base, this.requests.joining), true),
      ...this.lists(),
      ...this.devices.flatMap((one) => [...this.presence(one, !this.dead.has(one)), this.stateOf(one, now)]),
    ];
  }

  step(seconds: number, now: Moment): Said[] {
    return this.devices.flatMap((one): Said[] => {
      const told = one.product.step(seconds, now);
      if (this.dead.has(one) || told === false) return [];
      return [this.stateOf(one, now, told === true ? {} : told)];
    });
  }

  receive(topic: string, payload: string, now: Moment): Said[] {
    const tail = topic.slice(this.settings.base.length + 1);
    if (tail.startsWith("bridge/request/")) return this.request(tail.slice(15), payload, now);
    const [, name = "", verb = "", key = ""] = /^(.*)\/(set|get)(?:\/([^/]+))?$/.exec(tail) ?? [];
    const group = this.groups.find(({ entry }) => this.requests.nameOf(entry) === name);
    const members = group ? this.membersOf(group) : this.named(name);
    if (members.length === 0) return [this.log("error", `Entity '${name}' is unknown`)];
    if (verb === "get") return members.map((one) => ({ ...this.stateOf(one, now), after: commandDelay }));
    const wishes = key ? { [key]: plain(payload) } : (parseObject(payload) ?? bareState(payload));
    if (!wishes) return [this.log("error", `Invalid JSON '${payload.slice(0, 200)}', skipping...`)];
    const said = members.flatMap((one) => this.set(one, wishes, now));
    if (!group || said.length === 0) return said;
    return [...said, { ...this.groupState(group, now), after: commandDelay }];
  }

  override goodbye(_now: Moment): Said[] {
    return [this.will()];
  }

  act(name: string, act: Act, now: Moment): Said[] {
    const found = this.devices.find(({ entry }) => entry.name === name);
    if (!found) {
      if (act === "reboot") this.leave(8, false);
      if (act === "offline") this.leave(forever, false);
      return [];
    }
    const called = this.requests.nameOf(found.entry);
    switch (act) {
      case "counter":
        found.product.reset?.();
        return [];
      case "offline":
        this.dead.add(found);
        return this.presence(found, false);
      case "reboot": {
        const data = { friendly_name: called, ieee_address: found.entry.id };
        return [this.say("bridge/event", { data, type: "device_announce" }, false), this.stateOf(found, now)];
      }
      case "rename":
        return this.request("device/rename", JSON.stringify({ from: called, to: `${called} 2` }), now);
      case "remove":
        return this.request("device/remove", JSON.stringify({ id: called, force: true }), now);
    }
  }

  private set(one: ZigbeeDevice, wishes: Record<string, unknown>, now: Moment): Said[] {
    const name = this.requests.nameOf(one.entry);
    const refused = Object.entries(wishes)
      .slice(0, mostKeys)
      .map(([key, value]) => {
        if (key === "transition") return undefined;
        const dead = this.dead.has(one) ? "Delivery failed" : undefined;
        const why = dead ?? (one.product.set ? one.product.set(key, value, wishes, now) : noConverter(key));
        return why === undefined
          ? undefined
          : this.log("error", `Publish 'set' '${key}' to '${name}' failed: '${why}'`);
      });
    const errors = refused.filter((one) => one !== undefined);
    const done = errors.length < Object.keys(wishes).length;
    return [...(done ? [this.stateOf(one, now)] : []), ...errors].map((said) => ({ ...said, after: commandDelay }));
  }

  /** Requests change names, lists and groups; whatever they touch is told anew. */
  private request(path: string, payload: string, now: Moment): Said[] {
    const body = parseObject(payload) ?? plain(payload);
    if (path === "restart") this.leave(6, false);
    const before = new Map(this.devices.map((one) => [one, this.requests.nameOf(one.entry)]));
    const answer: Answered = this.requests.handle(path, body);
    const transaction = isObject(body) && "transaction" in body ? { transaction: body.transaction } : {};
    const reply =
      "error" in answer
        ? { data: {}, error: answer.error, status: "error", ...transaction }
        : { data: answer.data, status: "ok", ...transaction };
    const said = [this.say(`bridge/response/${path}`, reply, false)];
    if ("error" in answer || !answer.changed) return said;
    const moved = [...before].filter(
      ([one, name]) => this.requests.gone(one.entry) || this.requests.nameOf(one.entry) !== name,
    );
    for (const [one] of moved) if (this.requests.gone(one.entry)) this.devices.splice(this.devices.indexOf(one), 1);
    this.groups.splice(0, this.groups.length, ...this.requests.groups);
    const cleared = moved.flatMap(([one, name]) => {
      const tails = this.settings.retain ? [name, `${name}/availability`] : [`${name}/availability`];
      return tails.map((tail) => this.text(tail, "", true, one.entry.name));
    });
    const again = moved
      .filter(([one]) => this.devices.includes(one))
      .flatMap(([one]) => [...this.presence(one, true), this.stateOf(one, now)]);
    return [
      this.say("bridge/info", info(this.settings.base, this.requests.joining), true),
      ...cleared,
      ...this.lists(),
      ...again,
      ...said,
    ];
  }

  private lists(): Said[] {
    const groups = this.groups.map((group, i) => ({
      description: null,
      friendly_name: this.requests.nameOf(group.entry),
      id: i + 1,
      members: this.membersOf(group).map(({ entry }) => ({ endpoint: 1, ieee_address: entry.id })),
      scenes: [],
    }));
    const described = this.devices.map((one) => describe(one, this.requests.nameOf(one.entry)));
    return [this.say("bridge/devices", [coordinator, ...described], true), this.say("bridge/groups", groups, true)];
  }

  private membersOf({ entry, members }: ZigbeeGroup): ZigbeeDevice[] {
    const now = this.requests.membersOf(entry) ?? members;
    return this.devices.filter((one) => now.includes(one.entry.name));
  }

  private named(name: string): ZigbeeDevice[] {
    return this.devices.filter(({ entry }) => this.requests.nameOf(entry) === name || entry.id === name);
  }

  /** What the members have in common; on where one of them is. */
  private groupState(group: ZigbeeGroup, now: Moment): Said {
    const states = this.membersOf(group).map(({ product }) => product.state(now));
    const body: Record<string, unknown> = { ...states[0] };
    if (states.some(({ state }) => state === "ON")) body.state = "ON";
    return this.text(this.requests.nameOf(group.entry), JSON.stringify(body), this.settings.retain, group.entry.name);
  }

  private presence(one: ZigbeeDevice, online: boolean): Said[] {
    if (!this.settings.availability) return [];
    const body = JSON.stringify({ state: online ? "online" : "offline" });
    return [this.text(`${this.requests.nameOf(one.entry)}/availability`, body, true, one.entry.name)];
  }

  private stateOf(one: ZigbeeDevice, now: Moment, event: Readonly<Record<string, unknown>> = {}): Said {
    const body = {
      ...one.product.state(now),
      ...event,
      linkquality: Math.round(120 + 40 * noise(one.entry.seed, 10, now.elapsed, 3000)),
      last_seen: new Date(now.wall).toISOString().replace(/\.\d+Z$/, "+00:00"),
    };
    return this.text(this.requests.nameOf(one.entry), JSON.stringify(body), this.settings.retain, one.entry.name);
  }

  private log(level: string, message: string): Said {
    return this.say("bridge/logging", { level, message, namespace: "z2m" }, false);
  }

  private say(tail: string, body: unknown, retain: boolean): Said {
    return this.text(tail, JSON.stringify(body), retain, this.name);
  }

  private text(tail: string, payload: string, retain: boolean, from: string): Said {
    return { topic: `${this.settings.base}/${tail}`, payload, retain, qos: 0, from };
  }
}

/** `set` also takes a bare word: the wanted state. */
function bareState(payload: string): Record<string, unknown> | undefined {
  return /^(on|off|toggle|open|close|stop)$/i.test(payload) ? { state: payload } : undefined;
}
