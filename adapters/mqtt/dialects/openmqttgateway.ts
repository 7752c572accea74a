/** OpenMQTTGateway and Theengs Gateway: Bluetooth advertisements, radio sensors and codes (https://docs.openmqttgateway.com). */

import { macAddress } from "../identity.ts";
import type { Json } from "../json.ts";
import { get, isObject, type JsonObject, parseObject, textOf } from "../json.ts";
import type { Claim, Head, Known, Line, Sheet } from "../sheet/claim.ts";
import { sheetDialect } from "../sheet.ts";
import { actsOf, bluetooth, probesOf } from "./openmqttgateway/bluetooth.ts";
import { advertisement, frame, joined } from "./openmqttgateway/body.ts";
import { gatewayHead, gatewayLine } from "./openmqttgateway/gateway.ts";
import { radio } from "./openmqttgateway/radio.ts";

/** `<base>/<gateway>/<kind>toMQTT`, with more parts after it for devices that have an address or a model. */
const TOPIC = /^(.+?)\/([A-Za-z0-9_]{1,20})toMQTT(?:\/(.+))?$/;
const COMMAND = /\/commands\/MQTTto[A-Za-z0-9_]+(\/config)?$/;
const MAX_GATEWAYS = 64;

const HOUR = 3600;
/** These speak when something happens, or a few times a day. */
const quiet = new Set(["CTMO", "BTN", "PLANT", "SCALE", "BODY", "TIRE", "ENRG", "WCVR", "ACTR"]);

/** A passing phone or watch: its address is made anew every quarter of an hour (Bluetooth Core, Vol 6 Part B 1.3.2.2: top bits 01). */
function passesBy(body: JsonObject, id: string): boolean {
  if (get(body, "type") === "RMAC") return true;
  return get(body, "prmac") === true && /^[4-7]/.test(id.replace(/^mac:/, ""));
}

/** A short text or number as text; a list may be too deep to be one. */
function word(body: JsonObject, key: string): string {
  const value = get(body, key);
  return typeof value === "string" || typeof value === "number" ? String(value).slice(0, 60) : "";
}

/** What a device of its own is told apart by; undefined for what is none. */
function bluetoothKey(body: JsonObject, tail: string | undefined): string | undefined {
  if (!textOf(body, "model_id") && !textOf(body, "model")) return undefined;
  const id = textOf(body, "id") ?? tail ?? "";
  const address = macAddress(id) ?? macAddress(textOf(body, "mac")) ?? `own:theengs/${id}`;
  const uuid = textOf(body, "uuid");
  // A beacon is who it says it is; its address changes.
  if (get(body, "model_id") === "IBEACON" && uuid)
    return `own:ibeacon/${uuid}-${word(body, "major")}-${word(body, "minor")}`;
  return passesBy(body, address) || address === "own:theengs/" ? undefined : address;
}

function radioKey(body: JsonObject): string | undefined {
  const model = textOf(body, "model");
  if (!model) return undefined;
  return `own:rtl433/${[model, word(body, "channel"), word(body, "id")].filter((part) => part !== "").join("-")}`;
}

function bluetoothHead(device: Known): Head {
  const address = device.key;
  const type = device.fact("type") ?? "";
  const model = device.fact("model");
  const tail = address.startsWith("mac:") ? ` ${address.slice(-4).toUpperCase()}` : "";
  return {
    addresses: [address],
    name: `${model ?? device.fact("model_id") ?? "Bluetooth device"}${tail}`,
    vendor: device.fact("brand"),
    model: device.fact("model_id") ?? model,
    serial: device.fact("serial"),
    silentAfterS: quiet.has(type) ? 25 * HOUR : 3 * HOUR,
    labels: probesOf(device),
    ...(type === "BTN" ? { types: { 1: "genericSwitch" } } : {}),
    ...(type === "ACTR" ? { types: { 1: "mountedOnOffControl" } } : {}),
    acts: actsOf(device),
  };
}

function radioHead(device: Known): Head {
  const [, name = ""] = /^own:rtl433\/(.*)$/.exec(device.key) ?? [];
  const weather = device.has("temperature_C") || device.has("temperature_F");
  return {
    addresses: [device.key],
    name: name.replaceAll("-", " "),
    model: device.fact("model"),
    silentAfterS: (weather ? 3 : 25) * HOUR,
  };
}

const facts = new Set(["brand", "model", "model_id", "type", "id"]);

function line(field: string, sample: Json, device: Known): Line | undefined {
  const bluetoothDevice = /^(mac|own):/.test(device.key);
  if (device.key.startsWith("own:rtl433/")) return field === "model" ? { fact: "model", hidden: true } : radio(field);
  if (!bluetoothDevice) return gatewayLine(field, sample, device);
  if (facts.has(field) || field === "gateway") return { fact: field, hidden: true };
  return bluetooth(field, sample, device);
}

const willSays = (text: string): boolean | undefined =>
  text === "online" ? true : text === "offline" ? false : undefined;

function sheet(): Sheet {
  /** MAC by gateway: only gateways that have told of themselves are nodes, so that each has one identity. */
  const gateways = new Map<string, string | undefined>();
  const packets = new Map<string, Json>();

  const device = (gateway: string, kind: string, tail: string | undefined, body: JsonObject): Claim | undefined => {
    const name = gateway.slice(gateway.lastIndexOf("/") + 1);
    if (kind === "RTL_433") {
      const key = radioKey(body);
      // One topic may carry many sensors.
      return key
        ? { kind: "values", device: key, under: "", group: gateway, reads: frame(name), once: true }
        : undefined;
    }
    if (kind !== "BT") return undefined;
    const key = bluetoothKey(body, tail);
    const decoded = advertisement(name, packets);
    // Commands go through the gateway that heard the device last.
    const commanded = /^(WCVR|ACTR)$/.test(word(body, "type"));
    const reads = (payload: string): Json | undefined => {
      const read = decoded(payload);
      return commanded && isObject(read) ? { gateway, ...read } : read;
    };
    return key ? { kind: "values", device: key, under: "", group: gateway, reads, once: true } : undefined;
  };

  const claim = (topic: string, payload: string): Claim | undefined => {
    if (COMMAND.test(topic)) return { kind: "ignored" };
    if (topic.endsWith("/LWT")) {
      const gateway = topic.slice(0, -4);
      return gateways.has(gateway) ? { kind: "will", group: gateway, says: willSays } : undefined;
    }
    const [, gateway = "", kind = "", tail] = TOPIC.exec(topic) ?? [];
    if (!kind) return undefined;
    const body = parseObject(payload);
    const own = body && device(gateway, kind, tail, body);
    if (own) return own;
    if (kind === "SYS" && body && (gateways.size < MAX_GATEWAYS || gateways.has(gateway)))
      gateways.set(gateway, macAddress(textOf(body, "mac")) ?? gateways.get(gateway));
    // Undecoded advertisements and passers-by are no devices; nor is what a gateway says before it told who it is.
    if (!gateways.has(gateway) || (kind === "BT" && (tail !== undefined || !body || get(body, "id") !== undefined)))
      return { kind: "ignored", once: true };
    const under = tail ? `${kind}.${tail.replaceAll("/", ".")}` : kind;
    const key = `gateway:${gateways.get(gateway) ?? gateway}`;
    const reads = (text: string): Json | undefined => {
      const read = joined(text);
      return kind === "SYS" && isObject(read) ? { base: gateway, ...read } : read;
    };
    return { kind: "values", device: key, under, group: gateway, reads, once: true };
  };

  const head = (known: Known): Head => {
    if (known.key.startsWith("own:rtl433/")) return radioHead(known);
    if (/^(mac|own):/.test(known.key)) return bluetoothHead(known);
    return gatewayHead(known);
  };
  return { claim, head, line };
}

export const openmqttgateway = sheetDialect("openmqttgateway", sheet);
