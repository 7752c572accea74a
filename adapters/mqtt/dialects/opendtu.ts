/** OpenDTU: micro-inverters of one roof behind one radio (https://www.opendtu.solar/firmware/mqtt_topics/). */
import type { MakerType } from "../codec.ts";
import type { MqttPublish } from "../dialect.ts";
import type { Claim, Head, Known, Line, Sheet } from "../sheet/claim.ts";
import { amount, lineOf } from "../sheet/lines.ts";
import { sheetDialect } from "../sheet.ts";
import { modelIn } from "./opendtu/model.ts";

/** `<base>/<serial>/<channel>/<field>`, also `name`, `device`, `status`, `radio`; serials of Hoymiles have twelve digits, HERF's begin with 28. */
const INVERTER =
  /^(.*?)\/?((?:1[0-9a-f]|28)[0-9a-f]{10})\/((?:[0-6]\/[a-z_]+)|name|(?:device|status|radio)\/[a-z_]+|cmd\/[a-z_]+)$/i;
const SERIAL = /(?:^|\/)((?:1[0-9a-f]|28)[0-9a-f]{10})$/i;
/** Sums of all inverters, and the radio's own will: `<base>/ac/power`, `<base>/dtu/status`. */
const SITE = /^(.+)\/((?:ac|dc|dtu)\/[a-z_]+|dtu\/heap\/[a-z]+)$/;

/** All that an inverter makes, it exports. */
const produced: MakerType = { kind: "number", unit: "W", scale: -1 };

/** Of the alternating side, channel 0. */
const ac: Readonly<Record<string, Line>> = {
  power: { word: "power", maker: produced },
  voltage: { word: "voltage", maker: amount("V") },
  current: { word: "current", maker: amount("A") },
  frequency: { word: "ac_frequency", maker: amount("Hz") },
  reactivepower: { word: "power_reactive", maker: amount("var") },
  // Above 1 by rounding, as captured: no power factor of the standard.
  powerfactor: { maker: { kind: "number" } },
  yieldtotal: { word: "produced_energy", maker: amount("kWh") },
  yieldday: { maker: amount("Wh") },
  temperature: { word: "temperature", maker: amount("C") },
  powerdc: { maker: amount("W") },
  efficiency: { maker: amount("%") },
};

/** Of one string of panels. */
const dc: Readonly<Record<string, Line>> = {
  power: { word: "power", maker: produced },
  voltage: { word: "voltage", maker: amount("V") },
  current: { word: "current", maker: amount("A") },
  yieldtotal: { word: "produced_energy", maker: amount("kWh") },
  yieldday: { maker: amount("Wh") },
  irradiation: { maker: amount("%") },
};

const digit = (raw: unknown): boolean | undefined =>
  String(raw) === "1" ? true : String(raw) === "0" ? false : undefined;
const flag: MakerType = { kind: "boolean", on: "1", off: "0" };

/** The sums repeat what the inverters say, and fall when one is out of reach: as the home's energy they would lie. */
const sums: Readonly<Record<string, Line>> = {
  "ac.power": { maker: amount("W") },
  "ac.yieldday": { maker: amount("Wh") },
  "ac.yieldtotal": { maker: amount("kWh") },
  "dc.power": { maker: amount("W") },
  "dc.irradiation": { maker: amount("%") },
  "ac.is_valid": { maker: flag },
  "dc.is_valid": { maker: flag },
  "dtu.rssi": { maker: amount("dBm") },
  "dtu.temperature": { word: "temperature", maker: amount("C") },
  "dtu.uptime": { hidden: true },
};

/** What a person may set, with the command's topic; the limit that does not outlive a restart spares the flash. */
const settable: Readonly<Record<string, readonly [command: string, maker: MakerType]>> = {
  "status.limit_relative": ["limit_nonpersistent_relative", { kind: "number", unit: "%", min: 0, max: 100, step: 1 }],
  "status.limit_absolute": ["limit_nonpersistent_absolute", { kind: "number", unit: "W", min: 0, max: 5000, step: 1 }],
  // Never reported: `producing` is also off at night.
  "cmd.power": ["power", flag],
  "cmd.restart": ["restart", { kind: "enum", values: ["1"] }],
};

const wordOf = (field: string): Pick<Line, "word"> =>
  field === "status.limit_relative" ? { word: "solar_limit" } : {};

function commandOf(device: Known, name: string): (raw: unknown) => MqttPublish {
  return (raw) => ({ topic: `${device.key}/cmd/${name}`, payload: String(raw), qos: 1 });
}

function line(field: string, device: Known): Line | undefined {
  const [head = "", tail = ""] = field.split(".");
  if (Object.hasOwn(sums, field)) return sums[field];
  if (head === "0") return lineOf(ac, tail);
  if (/^[1-6]$/.test(head) && Object.hasOwn(dc, tail)) return { ...dc[tail], endpoint: 1 + Number(head) };
  const set = Object.hasOwn(settable, field) ? settable[field] : undefined;
  if (set) return { ...wordOf(field), maker: set[1], write: commandOf(device, set[0]) };
  if (/^[1-6]\.name$/.test(field)) return { maker: { kind: "text" }, fact: field };
  switch (field) {
    case "name":
      return { fact: "name", hidden: true };
    case "status.reachable":
      return { maker: flag, reachable: digit };
    case "status.producing":
      return { maker: flag };
    case "status.last_update":
      return { hidden: true };
    case "device.fwbuildversion":
      return { maker: { kind: "text" }, fact: "firmware" };
    case "device.hwpartnumber":
      return { maker: { kind: "text" }, fact: "part" };
    case "radio.rssi":
      return { maker: amount("dBm") };
    default:
      return undefined;
  }
}

/** The radio itself, with the sums of its inverters. */
function radio(device: Known): Head {
  return { addresses: [`own:opendtu/${device.key}`], name: "OpenDTU", vendor: "OpenDTU", silentAfterS: 15 * 60 };
}

function head(device: Known): Head {
  const serial = SERIAL.exec(device.key)?.[1];
  if (!serial) return radio(device);
  const strings = [1, 2, 3, 4, 5, 6].filter((n) => device.has(`${n}.power`));
  return {
    addresses: [`serial:${serial}`],
    name: device.fact("name") ?? `Inverter ${serial}`,
    vendor: "Hoymiles",
    model: modelIn(device.fact("name")),
    serial,
    firmware: device.fact("firmware"),
    types: { 1: "solarPower" },
    partOf: Object.fromEntries(strings.map((n) => [1 + n, 1])),
    labels: Object.fromEntries(strings.map((n) => [1 + n, device.fact(`${n}.name`) ?? `String ${n}`])),
    // It reports every few seconds by day and is silent by night, which its own `reachable` tells.
    silentAfterS: 15 * 60,
  };
}

function sheet(): Sheet {
  /** Bases under which an inverter has spoken: only there is `<base>/ac/power` a sum of them. */
  const bases = new Set<string>();
  const claim = (topic: string): Claim | undefined => {
    const [, base = "", serial, tail = ""] = INVERTER.exec(topic) ?? [];
    if (serial) {
      if (tail.startsWith("cmd/")) return { kind: "ignored" };
      if (bases.size < 16) bases.add(base);
      const device = base ? `${base}/${serial}` : serial;
      return { kind: "values", device, group: base, under: tail.replace("/", ".") };
    }
    const [, root = "", part] = SITE.exec(topic) ?? [];
    if (!part || !bases.has(root)) return undefined;
    if (part.startsWith("dtu/heap/")) return { kind: "ignored" };
    if (part === "dtu/status")
      return {
        kind: "will",
        group: root,
        says: (text) => (text === "online" ? true : text === "offline" ? false : undefined),
      };
    return { kind: "values", device: root, group: root, under: part.replace("/", ".") };
  };
  /** What every inverter takes, though it says nothing of it. */
  const expected = ({ key }: Known): readonly (readonly [string, string])[] =>
    SERIAL.test(key) ? ["power", "restart"].map((name) => [`cmd.${name}`, `${key}/cmd/${name}`] as const) : [];
  return { claim, head, line: (field, _, device) => line(field, device), expected };
}

export const opendtu = sheetDialect("opendtu", sheet);
