/** The gateway itself: its state, its settings, and codes heard by radio or light that name no device. */
import type { MakerType } from "../../codec.ts";
import type { MqttPublish } from "../../dialect.ts";
import type { Json } from "../../json.ts";
import type { Head, Known, Line } from "../../sheet/claim.ts";
import { bluetooth } from "./bluetooth.ts";

/** Settings that the gateway tells in `BTtoMQTT` and `SYStoMQTT` and takes under `commands/…/config` (docs, use/ble, use/gateway). */
const settings: Readonly<Record<string, MakerType>> = {
  "SYS.discovery": { kind: "boolean", on: true, off: false },
  "BT.bleconnect": { kind: "boolean", on: true, off: false },
  "BT.adaptivescan": { kind: "boolean", on: true, off: false },
  "BT.activescan": { kind: "boolean", on: true, off: false },
  "BT.hasspresence": { kind: "boolean", on: true, off: false },
  "BT.pubadvdata": { kind: "boolean", on: true, off: false },
  "BT.interval": { kind: "number", unit: "ms", min: 0, max: 3_600_000, step: 1 },
  "BT.intervalacts": { kind: "number", unit: "ms", min: 0, max: 3_600_000, step: 1 },
  "BT.intervalcnct": { kind: "number", unit: "ms", min: 0, max: 86_400_000, step: 1 },
  "BT.scanduration": { kind: "number", unit: "ms", min: 100, max: 60_000, step: 1 },
  "BT.minrssi": { kind: "number", unit: "dBm", min: -200, max: 0, step: 1 },
};

/** Told once in the description, or memory and ports of the program. */
const hidden = new Set(
  "mac version env freemem mqttport mqttsecure mqttp mqtts maxBlock minmem stack freestack msgprc msgblck msgrcv maxq".split(
    " ",
  ),
);
/** Kinds of message whose content is a happening. */
const HEARD = /^(433|IR|SRFB|Pilight|LORA|RF2|2G|RFM69|Weather|FASTLED|GPIOInput|Touch|RS232)(\.|$)/;

function setting(field: string, device: Known): Line | undefined {
  const maker = Object.hasOwn(settings, field) ? settings[field] : undefined;
  const [kind = "", name = ""] = field.split(".");
  if (!maker) return undefined;
  const topic = `${device.fact("base")}/commands/MQTTto${kind}/config`;
  const write = (raw: unknown): MqttPublish => ({ topic, payload: JSON.stringify({ [name]: raw }), qos: 1 });
  return { maker, write, name };
}

/** What a field of the gateway means; undefined keeps it as the maker's own. */
export function gatewayLine(field: string, sample: Json, device: Known): Line | undefined {
  const [kind = "", name = ""] = field.split(".");
  if (kind === "CLIMA") return { ...bluetooth(field.slice(field.lastIndexOf(".") + 1), sample, device), endpoint: 2 };
  if (HEARD.test(field)) return { event: true };
  const set = setting(field, device);
  if (set) return set;
  if (kind !== "SYS") return undefined;
  if (name === "base" || name === "version" || name === "env") return { fact: name, hidden: true };
  if (hidden.has(name)) return { hidden: true };
  if (name === "uptime") return { name, maker: { kind: "number", unit: "s" } };
  if (name === "rssi") return { name, maker: { kind: "number", unit: "dBm" } };
  if (name === "tempc") return { name, label: "Chip temperature", maker: { kind: "number", unit: "C" } };
  return { name };
}

/** Its key holds the MAC that SYStoMQTT tells, before which the gateway is not a node, or its topic where there is none. */
export function gatewayHead(device: Known): Head {
  const who = device.key.slice("gateway:".length);
  const base = device.fact("base") ?? who;
  return {
    addresses: [who.startsWith("mac:") ? who : `own:openmqttgateway/${who}`],
    name: base.slice(base.lastIndexOf("/") + 1),
    vendor: "OpenMQTTGateway",
    model: device.fact("env"),
    firmware: device.fact("version"),
  };
}
