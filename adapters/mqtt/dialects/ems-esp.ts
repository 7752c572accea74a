/** EMS-ESP: boilers, heat pumps and thermostats on the EMS bus of Bosch and its brands (https://docs.emsesp.org). */
import type { MakerType } from "../codec.ts";
import type { MqttPublish } from "../dialect.ts";
import { namedEndpoint } from "../draft.ts";
import { type Json, numberOf, parseObject, textOf } from "../json.ts";
import type { Claim, Head, Known, Line, Sheet } from "../sheet/claim.ts";
import { sheetDialect } from "../sheet.ts";
import { isMode, modeCodec, readBody, switchOf } from "./ems-esp/forms.ts";
import { settable } from "./ems-esp/settable.ts";
import { emsAddress, emsWord } from "./ems-esp/words.ts";

/** Devices by the word that their topics begin with, with a name for people. */
const devices: Readonly<Record<string, string>> = {
  ...{ boiler: "Boiler", thermostat: "Thermostat", heatpump: "Heat pump", heatsource: "Heat source", solar: "Solar" },
  ...{ mixer: "Mixer", pool: "Pool", ventilation: "Ventilation", water: "Hot water", alert: "Alert", switch: "Switch" },
  ...{ controller: "Controller", connect: "Connect", gateway: "Gateway", extension: "Extension", generic: "Generic" },
  ...{ temperaturesensor: "Temperature sensors", dallassensor: "Temperature sensors", analogsensor: "Analog sensors" },
  ...{ custom: "Custom entities", scheduler: "Scheduler", shower: "Shower" },
};

/** `<base>/boiler_data`, `…/boiler_data_dhw` where circuits have topics of their own, `…/boiler_data/[dhw/]curtemp` for single values. */
const DATA = /^(.+)\/([a-z]+)_data(?:_([a-z]+\d{0,2}))?(?:\/(?!set$)([a-z0-9]+(?:\/[a-z0-9]+)?))?$/;
/** What the gateway itself says. */
const GATEWAY = /^(.+)\/(status|heartbeat|info)$/;

/** Before 3.7 hot water was `ww`: all names of the circuit's number one and of others. */
const tanks = ["dhw", "dhw2", "dhw3", "dhw4", "dhw5", "dhw6", "dhw7", "dhw8", "dhw9", "dhw10"];
const old = (tag: string): string => tag.replace("dhw", "ww");

/** Clockwork of the gateway: counters of messages, memory, its clock. */
const CLOCKWORK = /^(rxreceived|txreads|txwrites|mqttcount|apicalls|sensorreads|uptime|uptime_sec|freemem|max_alloc)$/;

const keyOf = (base: string, device: string): string => `${base}|${device}`;
const partsOf = (key: string): readonly [base: string, device: string] => {
  const cut = key.lastIndexOf("|");
  return [key.slice(0, cut), key.slice(cut + 1)];
};

/** Sends a value to `<base>/<device>/[<circuit>/]<entity>`. */
function writer(base: string, device: string, field: string): (raw: unknown) => MqttPublish {
  const topic = `${base}/${device}/${field.replaceAll(".", "/")}`;
  return (raw) => ({ topic, payload: String(raw), qos: 1 });
}

/** Of a device on the bus. */
function entity(base: string, device: string, field: string, sample: Json): Line | undefined {
  const meant = emsWord(device, field);
  if (!meant) return undefined;
  const { endpoint, unit } = meant;
  const range = settable(device, field);
  const write = range ? { write: writer(base, device, field) } : {};
  const here = { endpoint, ...write };
  if (meant.word === "ems_mode")
    return isMode(sample) ? { ...here, word: "system_mode", codec: modeCodec, own: true } : here;
  const flag = unit === undefined ? switchOf(sample) : undefined;
  if (meant.word !== undefined && unit === undefined)
    return flag ? { ...here, word: meant.word, maker: flag, own: true } : here;
  if (typeof sample === "number" && unit !== undefined) {
    const maker: MakerType = { kind: "number", unit, ...range };
    return meant.word === undefined ? { ...here, maker, guessed: true } : { ...here, maker, word: meant.word };
  }
  // One and zero of a name that means nothing here may as well be a number.
  return flag && typeof sample !== "number" ? { ...here, maker: flag, guessed: true } : here;
}

const SENSORS = /^(temperature|dallas)sensor$/;

/** Of sensors at the gateway itself: `28-233D-9497-0C03.temp`, before 3.6 `sensor1.temp`. */
function sensor(field: string): Line | undefined {
  const cut = field.lastIndexOf(".");
  const id = cut < 0 ? field : field.slice(0, cut);
  const name = field.slice(cut + 1);
  const endpoint = namedEndpoint(id);
  if (name === "temp" || cut < 0)
    return { endpoint, word: "temperature", maker: { kind: "number", unit: "C" }, name: field };
  return name === "name" ? { endpoint, fact: `name.${endpoint}` } : { endpoint };
}

function gatewayLine(field: string): Line | undefined {
  if (CLOCKWORK.test(field)) return { hidden: true };
  if (field === "version") return { maker: { kind: "text" }, fact: "firmware" };
  if (field === "temperature") return { maker: { kind: "number", unit: "C" } };
  return field === "rssi" ? { maker: { kind: "number", unit: "dBm" } } : undefined;
}

function line(field: string, sample: Json, device: Known): Line | undefined {
  const [base, name] = partsOf(device.key);
  if (name === "") return gatewayLine(field);
  if (SENSORS.test(name)) return sensor(field);
  return entity(base, name, field, sample);
}

/** A boiler that speaks of a compressor is a heat pump. */
const compressor = ["hpcompon", "hpactivity", "hppower", "hpcompspd", "hpcurrpower", "metercomp"];
const tank = ["curtemp", "seltemp", "charging", "onetime", "wwcurtemp", "wwseltemp"];

/** What sensors at the gateway are called, by endpoint. */
function sensorLabels(device: Known, sensors: ReadonlySet<number>): Record<number, string> {
  return Object.fromEntries(
    [...sensors].flatMap((n) => (device.fact(`name.${n}`) ? [[n, device.fact(`name.${n}`) ?? ""]] : [])),
  );
}

function head(device: Known, sensors: ReadonlySet<number>): Head {
  const [base, name] = partsOf(device.key);
  const gateway = name === "";
  const heated = tanks.flatMap((tag, i) => {
    const fields = tank.flatMap((field) => [`${tag}.${field}`, `${old(tag)}.${field}`]);
    const here = name !== "thermostat" && [...fields, ...(i === 0 ? tank : [])].some((field) => isTank(device, field));
    return here || (name === "water" && device.has(`${tag}.temp`)) ? [11 + i] : [];
  });
  const pump = name === "heatpump" || compressor.some((field) => device.has(field));
  const circuits = [1, 2, 3, 4, 5, 6, 7, 8].filter(
    (n) => device.has(`hc${n}.seltemp`) || device.has(`hc${n}.currtemp`),
  );
  return {
    addresses: [emsAddress(base, gateway ? undefined : name)],
    name: gateway ? "EMS-ESP" : (devices[name] ?? name),
    ...(gateway ? { vendor: "EMS-ESP", model: "EMS-ESP", firmware: device.fact("firmware") } : {}),
    types: { ...(pump ? { 1: "heatPump" } : {}), ...Object.fromEntries(heated.map((n) => [n, "waterHeater"])) },
    labels: {
      ...(SENSORS.test(name) ? sensorLabels(device, sensors) : {}),
      ...Object.fromEntries(circuits.map((n) => [n + 1, `Heating circuit ${n}`])),
      ...Object.fromEntries(heated.map((n) => [n, n === 11 ? "Hot water" : `Hot water ${n - 10}`])),
    },
    // The gateway sends every few seconds unless it is set to changes alone; then some things change once an hour.
    silentAfterS: 2 * 3600,
  };
}

/** Top-level names are the hot water's only where they say so. */
const isTank = (device: Known, field: string): boolean =>
  device.has(field) && (field.includes(".") || field.startsWith("ww"));

const online = (text: string): boolean | undefined =>
  text === "online" ? true : text === "offline" ? false : undefined;

function sheet(): Sheet {
  /** Bases under which a gateway has spoken: only there is `<base>/status` its will. */
  const bases = new Set<string>();
  /** Endpoints of sensors at the gateways. */
  const sensors = new Set<number>();
  const claim = (topic: string, payload: string): Claim | undefined => {
    const data = topic.includes("_data") ? DATA.exec(topic) : undefined;
    if (data) {
      const [, base = "", device = "", tag, single] = data;
      const known = Object.hasOwn(devices, device);
      if (!(known && !single ? parseObject(payload) || bases.has(base) : bases.has(base))) return undefined;
      if (bases.size < 16) bases.add(base);
      const under = [...(tag ? [tag] : []), ...(single ? single.split("/") : [])].join(".");
      return {
        kind: "values",
        device: keyOf(base, device),
        group: base,
        under,
        ...(single ? {} : { reads: readBody }),
      };
    }
    const [, base = "", part] = GATEWAY.exec(topic) ?? [];
    if (part === "heartbeat" && isHeartbeat(payload) && bases.size < 16) bases.add(base);
    if (!part || !bases.has(base)) return bases.size > 0 && isRequest(topic) ? { kind: "ignored" } : undefined;
    if (part === "status") return { kind: "will", group: base, says: online };
    const beats = part === "heartbeat" ? { alive: true as const } : {};
    return { kind: "values", device: keyOf(base, ""), group: base, under: "", reads: readBody, ...beats };
  };
  const isRequest = (topic: string): boolean => {
    // Commands to devices; with an option of the gateway also their states, which the messages above tell as well.
    const [, base = "", device = ""] = /^(.+?)\/([a-z]+)(?:\/[^/]+){0,2}$/.exec(topic) ?? [];
    return bases.has(base) && (Object.hasOwn(devices, device) || device === "system" || device === "response");
  };
  return {
    claim,
    head: (device) => head(device, sensors),
    line: (field, sample, device) => {
      const found = line(field, sample, device);
      const endpoint = found?.endpoint ?? 1;
      if (endpoint >= 100 && sensors.size < 256) sensors.add(endpoint);
      return found;
    },
  };
}

function isHeartbeat(payload: string): boolean {
  const body = parseObject(payload);
  return textOf(body, "bus_status") !== undefined && numberOf(body, "rxfails") !== undefined;
}

export const emsEsp = sheetDialect("ems-esp", sheet);
