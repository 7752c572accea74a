/**
 * ESPHome over its own topics: nodes, or single entities of them, that Home Assistant's discovery does not describe
 * (https://esphome.io/components/mqtt). What it describes is left to that dialect, which knows units and ranges.
 */
import type { Command } from "../../../hub/model/command.ts";
import { asNumber } from "../codec.ts";
import { hueCodec, rgbOf, saturationCodec } from "../colour.ts";
import type { MqttPublish } from "../dialect.ts";
import { entriesOf, get, isObject, type Json, parseJson, parseObject } from "../json.ts";
import type { Act, Claim, Head, Known, Sheet } from "../sheet/claim.ts";
import { sheetDialect } from "../sheet.ts";
import { endpointOf, fieldOf, lineOf } from "./esphome/lines.ts";
import { type Entity, EspTopics } from "./esphome/topics.ts";

/** What its log tells of its sleep, as a field. */
const SLEEP = "deep_sleep";

/** NaN is what a sensor says that has not measured yet. */
const isBlank = (text: string): boolean => /^(?:nan|none|null|unknown)$/i.test(text);

function plain(payload: string): Json {
  const json = parseJson(payload);
  return isBlank(payload) ? null : json === undefined || typeof json === "object" ? payload : json;
}

/** A light's body, its colour as hue and saturation; channels of white beside it are kept. */
function lamp(base: string, payload: string): Json | undefined {
  const body = parseObject(payload);
  if (!body) return undefined;
  const found: Record<string, Json> = {};
  for (const [name, value] of entriesOf(body, 32)) if (name !== "color") found[`${base}/${name}`] = value;
  const colour = get(body, "color");
  if (!isObject(colour)) return found;
  const rgb = ["r", "g", "b"].map((channel) => get(colour, channel) ?? null);
  for (const [name, codec] of [
    ["hue", hueCodec],
    ["saturation", saturationCodec],
  ] as const) {
    const value = codec.read(rgb);
    if (typeof value === "number") found[`${base}/${name}`] = value;
  }
  for (const channel of ["w", "c"]) {
    const value = get(colour, channel);
    if (value !== undefined) found[`${base}/${channel}`] = value;
  }
  return found;
}

function values({ node, component, object, part }: Entity): Claim {
  const base = `${component}/${object}`;
  const plainly = {
    kind: "values",
    device: node.prefix,
    under: part ? `${base}/${part}` : base,
    reads: plain,
  } as const;
  if (component === "light") return { ...plainly, under: "", reads: (payload) => lamp(base, payload) };
  if (component !== "event" && component !== "update") return plainly;
  const reads = (payload: string): Json | undefined => {
    const body = parseObject(payload);
    return body && Object.fromEntries(entriesOf(body, 32).map(([name, value]) => [`${base}/${name}`, value]));
  };
  return { ...plainly, under: "", reads };
}

/** What goes to one light becomes one body; hue and saturation become a colour; a transition is in seconds. */
function together(writes: readonly MqttPublish[], { args }: Command): readonly MqttPublish[] {
  const bodies = new Map<string, Record<string, Json>>();
  const others = writes.filter(({ topic, payload }) => {
    const body = /\/light\/[^/]+\/command$/.test(topic) ? parseObject(payload) : undefined;
    if (body) bodies.set(topic, { ...bodies.get(topic), ...body });
    return body === undefined;
  });
  const transition = asNumber(args.transitionTime);
  const merged = [...bodies].map(([topic, { hue, saturation, w, c, ...rest }]): MqttPublish => {
    const [r = 0, g = 0, b = 0] = rgbOf(asNumber(hue) ?? 0, asNumber(saturation) ?? 100);
    const rgb = hue === undefined && saturation === undefined ? {} : { r, g, b };
    const parts = { ...rgb, ...(w === undefined ? {} : { w }), ...(c === undefined ? {} : { c }) };
    const colour = Object.keys(parts).length === 0 ? {} : { color: parts };
    // A slider at the bottom is off, and what is set is on.
    const state = rest.state ?? (rest.brightness === 0 ? "OFF" : "ON");
    const body = { ...rest, ...colour, state, ...(transition === undefined ? {} : { transition }) };
    return { topic, payload: JSON.stringify(body), qos: 1 };
  });
  return [...others, ...merged];
}

function actsOf(prefix: string, names: Iterable<string>): readonly Act[] {
  return [...names].flatMap((name): Act[] => {
    const field = fieldOf(name);
    const { component, object } = field;
    const act = (path: string, payload: string): Act => ({
      endpoint: endpointOf(field),
      path,
      publish: [{ topic: `${prefix}/${component}/${object}/command`, payload, qos: 1 }],
    });
    if (component === "switch" || component === "fan") return [act("onOff.toggle", "TOGGLE")];
    if (component === "light") return [act("onOff.toggle", '{"state":"TOGGLE"}')];
    if (component !== "cover") return [];
    return [
      act("windowCovering.upOrOpen", "OPEN"),
      act("windowCovering.downOrClose", "CLOSE"),
      act("windowCovering.stopMotion", "STOP"),
    ];
  });
}

const typeOf = new Map(Object.entries({ switch: "mountedOnOffControl", fan: "fan", event: "genericSwitch" }));

function lampType(device: Known, base: string): string {
  if (device.has(`${base}/hue`)) return "extendedColorLight";
  if (device.has(`${base}/color_temp`)) return "colorTemperatureLight";
  return device.has(`${base}/brightness`) ? "dimmableLight" : "onOffLight";
}

/** `own`: its entities, as `switch/pump`. */
function headOf(device: Known, topics: EspTopics, own: Iterable<string>): Head {
  const prefix = device.key;
  const hello = topics.whoIs(prefix);
  const types: Record<number, string> = {};
  const labels: Record<number, string> = {};
  for (const base of own) {
    const field = fieldOf(base);
    const type = field.component === "light" ? lampType(device, base) : typeOf.get(field.component);
    const endpoint = endpointOf(field);
    if (type !== undefined) types[endpoint] = type;
    if (endpoint !== 1) labels[endpoint] = field.object.replaceAll("_", " ");
  }
  return {
    addresses: [hello?.mac ?? `own:esphome/${prefix}`],
    name: hello?.name ?? prefix,
    vendor: hello?.project?.split(".")[0] ?? "ESPHome",
    model: hello?.project?.split(".")[1] ?? hello?.board,
    firmware: hello?.version,
    types,
    labels,
    acts: actsOf(prefix, own),
    silentAfterS: topics.silentAfterS(prefix),
  };
}

function sheet(): Sheet {
  const topics = new EspTopics();
  /** Entities by prefix, as `switch/pump`. */
  const entities = new Map<string, Set<string>>();
  let asked = false;

  /** Every node answers on `esphome/discover/<name>`; once, when the first shows itself that nobody described. */
  const ask = (prefix: string): readonly MqttPublish[] => {
    if (asked || topics.whoIs(prefix)) return [];
    asked = true;
    return [{ topic: "esphome/discover", payload: "", qos: 1 }];
  };

  const sign = (prefix: string, kind: "debug" | "status", payload: string, at: number): Claim | undefined => {
    const node = topics.sign(prefix, kind, payload, at);
    if (!node) return undefined;
    const asks = (): readonly MqttPublish[] => ask(prefix);
    if (kind === "debug" && node.sleeps && entities.has(prefix))
      // Only the device's head shows how long it may be silent.
      return {
        kind: "values",
        device: prefix,
        under: "",
        reads: () => ({ [SLEEP]: node.sleepS ?? 0 }),
        asks,
        once: true,
      };
    if (kind === "debug") return { kind: "ignored", asks, once: true };
    // Nothing of it is shown yet: another dialect may know this status.
    if (!entities.has(prefix)) return undefined;
    const says = (said: string): boolean | undefined =>
      said === "online" ? true : said === "offline" && !node.sleeps ? false : undefined;
    return { kind: "will", group: prefix, says };
  };

  const claim = (topic: string, payload: string, at: number): Claim | undefined => {
    topics.patience.heard(at);
    const [, name, inner] = /^esphome\/(?:discover\/([^/]+)|(ping\/[^/]+|discover))$/.exec(topic) ?? [];
    if (name !== undefined) return topics.hello(name, payload) ? { kind: "ignored", once: true } : undefined;
    if (inner !== undefined) return { kind: "ignored" };
    if (topic.endsWith("/config")) topics.note(topic, payload);
    const [, prefix = "", kind] = /^(.+)\/(debug|status)$/.exec(topic) ?? [];
    if (kind === "debug" || kind === "status") return sign(prefix, kind, payload, at);
    const entity = topics.entity(topic, at);
    if (!entity) return undefined;
    if (entity.command) return { kind: "ignored", once: true };
    const { node, component, object } = entity;
    const known = entities.get(node.prefix) ?? new Set<string>();
    entities.set(node.prefix, known.add(`${component}/${object}`));
    // A description that comes late takes its entity over.
    return { ...values(entity), asks: () => ask(node.prefix), once: true };
  };

  return {
    claim,
    head: (device) => headOf(device, topics, entities.get(device.key) ?? []),
    line: (field, sample, device) =>
      field === SLEEP ? { fact: SLEEP, hidden: true, maker: { kind: "number" } } : lineOf(device.key, field, sample),
    due: (now) => topics.patience.due(now),
    finish: together,
  };
}

export const esphome = sheetDialect("esphome", sheet);
