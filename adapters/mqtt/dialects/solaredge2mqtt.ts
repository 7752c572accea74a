/** SolarEdge2MQTT: SolarEdge's inverters, meters, batteries and chargers (https://github.com/DerOetzi/solaredge2mqtt). */
import type { MakerType } from "../codec.ts";
import type { MqttPublish } from "../dialect.ts";
import { isObject, type Json, parseObject, textOf } from "../json.ts";
import type { Claim, Head, Known, Line, Sheet } from "../sheet/claim.ts";
import { sheetDialect } from "../sheet.ts";
import { solaredgeSite, solaredgeWord } from "./solaredge2mqtt/words.ts";

/** `<prefix>/modbus/[<unit>/]inverter`, `…/meter/meter0`, `…/battery/battery1`; units are several inverters in a row. */
const MODBUS = /^(.+?)\/modbus\/(?:(leader|follower\d+|cumulated)\/)?(inverter|meter|battery)(?:\/([a-z]+\d+))?$/;
const WALLBOX = /^(.+?)\/(?:api\/)?wallbox$/;
/** Sums, which the program computes: `<prefix>/[<unit>/]powerflow`, `<prefix>/[<unit>/]energy/today`. */
const SUMS = /^(.+?)(?:\/(leader|follower\d+|cumulated))?\/(powerflow|energy\/[a-z_]+|forecast)$/;
const STATUS = /^(.+?)\/status(?:\/([a-z_]+))?$/;
const COMMAND = /^(.+?)\/modbus\/(?:[a-z0-9]+\/)?inverter\/(?:advanced_power_controls|storedge)\/[a-z_]+$/;

/** What can be set: field, topic below the inverter's, range. */
const settable: Readonly<Record<string, readonly [command: string, maker: MakerType]>> = {
  "advanced_power_controls.active_power_limit": [
    "advanced_power_controls/active_power_limit",
    { kind: "number", unit: "%", min: 0, max: 100, step: 1 },
  ],
  "storedge_control.storage_backup_reserved_setting": [
    "storedge/backup_reserved_setting",
    { kind: "number", unit: "%", min: 0, max: 100, step: 1 },
  ],
  "storedge_control.remote_control_charge_limit": [
    "storedge/charge_limit",
    { kind: "number", unit: "W", min: 0, max: 20_000, step: 1 },
  ],
  "storedge_control.remote_control_discharge_limit": [
    "storedge/discharge_limit",
    { kind: "number", unit: "W", min: 0, max: 20_000, step: 1 },
  ],
  "storedge_control.remote_control_command_timeout": [
    "storedge/command_timeout",
    { kind: "number", unit: "s", min: 0, max: 86_400, step: 1 },
  ],
};

/** Kinds of devices, by the word of their topic. */
const kinds: Readonly<Record<string, { readonly name: string; readonly type?: string }>> = {
  inverter: { name: "Inverter", type: "solarPower" },
  meter: { name: "Meter" },
  battery: { name: "Battery", type: "batteryStorage" },
  wallbox: { name: "Wallbox", type: "energyEvse" },
  sums: { name: "SolarEdge sums" },
};

/** Keys are `<kind> <topic>`. */
const kindOf = (key: string): string => key.slice(0, key.indexOf(" "));
const topicOf = (key: string): string => key.slice(key.indexOf(" ") + 1);

const facts: readonly string[] = ["manufacturer", "model", "version", "serialnumber", "option", "sunspec_type"];

/** Only a meter that counts both ways stands at the grid; others measure what the inverter or the loads tell as well. */
const isGrid = (device: Known): boolean => {
  const option = device.fact("option");
  return option === undefined || /import.*export|export.*import/i.test(option);
};

function setter(device: Known, command: string): (raw: unknown) => MqttPublish {
  return (raw) => ({ topic: `${topicOf(device.key)}/${command}`, payload: String(raw), qos: 1 });
}

const limitWord = (field: string): Pick<Line, "word"> =>
  field === "advanced_power_controls.active_power_limit" ? { word: "solar_limit" } : {};

function line(field: string, sample: Json, device: Known): Line | undefined {
  const kind = kindOf(device.key);
  if (field === "timestamp" || field.endsWith(".timestamp")) return { hidden: true };
  const fact = field.startsWith("info.") ? field.slice(5) : undefined;
  if (fact !== undefined) return facts.includes(fact) ? { fact } : undefined;
  const set = Object.hasOwn(settable, field) ? settable[field] : undefined;
  if (set) return { ...limitWord(field), maker: set[1], write: setter(device, set[0]) };
  if (kind === "sums") return sum(field, sample);
  const meant = solaredgeWord(kind, field);
  const { word, unit, scale, endpoint = 1 } = meant ?? {};
  if (word === "ev_connected") return { word, maker: plugged(sample) };
  if (kind === "meter" && word !== undefined && !isGrid(device)) return { maker: { kind: "number", unit: unit ?? "" } };
  // One phase alone has no other to be measured against.
  if (/(^|\.)voltage\.l1$/.test(field) && /^single/i.test(device.fact("sunspec_type") ?? ""))
    return { word: "voltage", maker: { kind: "number", unit: "V" } };
  if (!meant || typeof sample !== "number") return undefined;
  const maker: MakerType = { kind: "number", ...(unit ? { unit } : {}), ...(scale ? { scale } : {}) };
  return { endpoint, maker, ...(word === undefined ? {} : { word }) };
}

/** JSON's own yes and no, and texts of them in some versions. */
const plugged = (sample: Json): MakerType =>
  typeof sample === "boolean"
    ? { kind: "boolean", on: true, off: false }
    : { kind: "boolean", on: "true", off: "false" };

function sum(field: string, sample: Json): Line | undefined {
  const [, component = "", rest = ""] = /(?:^|\.)(powerflow|energy)\.(.+)$/.exec(field) ?? [];
  const unit = solaredgeWord(component, rest)?.unit;
  return unit !== undefined && typeof sample === "number" ? { maker: { kind: "number", unit } } : undefined;
}

function head(device: Known): Head {
  const kind = kindOf(device.key);
  const topic = topicOf(device.key);
  const { name, type } = kinds[kind] ?? { name: kind };
  if (kind === "sums") return { addresses: [solaredgeSite(topic)], name, vendor: "SolarEdge", silentAfterS: 2 * 3600 };
  const serial = device.fact("serialnumber");
  const place = /(\d+)$/.exec(topic)?.[1];
  const phases = [1, 2, 3].filter((n) => device.has(`ac.current.l${n}`) || device.has(`current.l${n}`));
  const grid = kind === "meter" && isGrid(device) ? "electricalMeter" : type;
  return {
    addresses: [serial === undefined ? `own:solaredge2mqtt/${topic.replaceAll("/", "_")}` : `serial:${serial}`],
    name: place === undefined || place === "0" ? name : `${name} ${Number(place) + 1}`,
    vendor: device.fact("manufacturer") ?? "SolarEdge",
    model: device.fact("model"),
    serial,
    firmware: device.fact("version"),
    types: grid === undefined ? {} : { 1: grid },
    labels: {
      ...Object.fromEntries(phases.map((n) => [n + 1, `Phase ${n}`])),
      ...(kind === "inverter" ? { 5: "Direct current" } : {}),
    },
    // It reads its devices every few seconds.
    silentAfterS: 10 * 60,
  };
}

/** The body of a device says who made it. */
function isDevice(payload: string): boolean {
  const info = parseObject(payload)?.info;
  return isObject(info) && (textOf(info, "serialnumber") ?? textOf(info, "manufacturer")) !== undefined;
}

function isSum(payload: string): boolean {
  const body = parseObject(payload);
  return isObject(body?.inverter) && isObject(body?.grid);
}

function sheet(): Sheet {
  /** Prefixes under which a device has spoken. */
  const prefixes = new Set<string>();
  const values = (prefix: string, kind: string, topic: string, under = ""): Claim => {
    if (prefixes.size < 16) prefixes.add(prefix);
    return {
      kind: "values",
      device: `${kind} ${topic}`,
      group: `${prefix} ${kind === "wallbox" ? kind : "modbus"}`,
      under,
      reads: parseObject,
    };
  };
  const claim = (topic: string, payload: string): Claim | undefined => {
    const [, prefix, , kind] = MODBUS.exec(topic) ?? [];
    if (prefix && kind) return isDevice(payload) ? values(prefix, kind, topic) : undefined;
    const box = WALLBOX.exec(topic)?.[1];
    if (box && isDevice(payload)) return values(box, "wallbox", topic);
    const [, site, unit, part] = SUMS.exec(topic) ?? [];
    if (site && part && (prefixes.has(site) || isSum(payload)))
      return values(site, "sums", site, [...(unit ? [unit] : []), ...part.split("/")].join("."));
    const [, will, service = ""] = STATUS.exec(topic) ?? [];
    if (will && prefixes.has(will)) return status(will, service);
    const asked = COMMAND.exec(topic)?.[1];
    return asked && prefixes.has(asked) ? { kind: "ignored" } : undefined;
  };
  /** Each service tells for itself. That the program is there says nothing of them; when it ends, silence tells of the wallbox. */
  const status = (prefix: string, service: string): Claim => {
    const group = `${prefix} ${service === "wallbox" ? service : "modbus"}`;
    const online = service === "modbus" || service === "wallbox" ? true : undefined;
    const offline = service === "" || online ? false : undefined;
    const says = (text: string): boolean | undefined =>
      text === "online" ? online : text === "offline" ? offline : undefined;
    return { kind: "will", group, says };
  };
  return { claim, head, line };
}

export const solaredge2mqtt = sheetDialect("solaredge2mqtt", sheet);
