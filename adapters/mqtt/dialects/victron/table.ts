/** What the paths of Victron's services mean. */
import type { Codec, MakerType } from "../../codec.ts";
import { namedEndpoint } from "../../draft.ts";
import { get, isObject, type Json, jsonText, parseJson } from "../../json.ts";
import type { Act, Claim, Head, Known, Line, Sheet } from "../../sheet/claim.ts";
import { electric } from "./electric.ts";
import { deviceKey, fieldOf, parseTopic, writeTopic } from "./topic.ts";
import { unitOf } from "./units.ts";
import { evseState, wordsOf } from "./words.ts";
import { type Range, writableRange } from "./writable.ts";

/** As many ranges as fields are kept. */
const MAX_TOLD = 20_000;

/** Told in the node's description, or of the program that reads the device. */
const hidden = /^(DeviceInstance|ProductId|Mgmt\/.*|Management\/.*|Devices\/.*|UpdateIndex)$/;
/** Settings of the display, of radio and network, and of what was once connected: many, and none of the home. */
const SCREEN =
  /^Settings\/(Gui|Gui2|Vrmlogger|Devices|Canbus|Ble|Bluetooth|Watchdog|Fischerpanda|LEDs|Modbus\w*|Gps)\//;
const SWITCH = /^(?:Relay\/\d|SwitchableOutput\/[^/]+)(?=\/State$)/;

const facts: Readonly<Record<string, string>> = {
  Serial: "serial",
  ProductName: "product",
  FirmwareVersion: "firmware",
  "platform/Device/Model": "product",
  "platform/Firmware/Installed/Version": "firmware",
};

/** Fields of the main endpoint that are more than numbers with a unit. */
const plain: Readonly<Record<string, readonly [word: string, unit: string]>> = {
  "battery/Soc": ["state_of_charge", "%"],
  "battery/Dc/0/Temperature": ["temperature", "C"],
  "temperature/Temperature": ["temperature", "C"],
  "temperature/Humidity": ["humidity", "%"],
  "temperature/Pressure": ["pressure", "hPa"],
  "temperature/BatteryVoltage": ["battery_voltage", "V"],
  "meteo/ExternalTemperature": ["temperature", "C"],
  "evcharger/Current": ["current", "A"],
  "evcharger/SetCurrent": ["charge_limit", "A"],
  "evcharger/Session/Energy": ["session_energy", "kWh"],
  "heatpump/Temperature": ["temperature", "C"],
};

const types: Readonly<Record<string, string>> = {
  grid: "electricalMeter",
  pvinverter: "solarPower",
  solarcharger: "solarPower",
  evcharger: "energyEvse",
  heatpump: "heatPump",
  battery: "batteryStorage",
};

const evse: Codec = {
  type: { type: "enum", values: [...new Set(Object.values(evseState)), "fault"] },
  read: (raw) =>
    Object.hasOwn(evseState, String(raw))
      ? evseState[String(raw)]
      : / (error|detected)$/.test(String(raw))
        ? "fault"
        : undefined,
  write: () => undefined,
};

const serviceOf = (key: string): string => key.split("/")[1] ?? "";

type Write = Pick<Line, "write">;

/** A table for one broker; `identity` gives the address of a device that is ready to be known. */
export class VictronTable implements Sheet {
  readonly #identity: (key: string) => string;
  /** Ranges that messages told. */
  readonly #ranges = new Map<string, Range>();
  readonly #labels = new Map<string, Record<number, string>>();
  readonly #switches = new Map<string, number[]>();

  constructor(identity: (key: string) => string) {
    this.#identity = identity;
  }

  claim(topic: string): Claim | undefined {
    const notice = parseTopic(topic);
    if (!notice || notice === "request" || !notice.service) return undefined;
    const device = deviceKey(notice);
    const path = fieldOf(notice);
    if (device.endsWith("/settings") && SCREEN.test(path)) return { kind: "ignored" };
    return { kind: "values", device, under: path.replaceAll("/", "."), reads: this.#reader(device, path) };
  }

  #reader(device: string, path: string): (payload: string) => Json | undefined {
    const service = serviceOf(device);
    const words = wordsOf(`${service}/${path}`);
    return (payload) => {
      const body = parseJson(payload);
      if (!isObject(body) || !Object.hasOwn(body, "value")) return undefined;
      this.#told(`${device}/${path}`, body);
      const value = get(body, "value") ?? null;
      if (typeof value === "object" && value !== null) return jsonText(value) ?? null;
      const word = words && typeof value === "number" ? (words[value] ?? String(value)) : value;
      // The words of a charger say more than the house's states: both are kept.
      return path === "Status" && service === "evcharger" ? { state: word, words: word } : word;
    };
  }

  #told(key: string, body: Json): void {
    const [min, max] = [get(body, "min"), get(body, "max")];
    if (typeof min !== "number" || typeof max !== "number" || min >= max) return;
    if (this.#ranges.size < MAX_TOLD) this.#ranges.set(key, { min, max });
  }

  line(field: string, sample: Json, device: Known): Line | undefined {
    const path = field.replaceAll(".", "/");
    const service = serviceOf(device.key);
    const at = `${service}/${path}`;
    if (hidden.test(path)) return { hidden: true };
    if (Object.hasOwn(facts, path)) return { fact: facts[path] ?? "", hidden: true, maker: { kind: "text" } };
    if (path === "Connected")
      return { maker: { kind: "boolean", on: 1, off: 0 }, reachable: (raw) => raw === 1 || raw === true };
    const range = writableRange(at);
    const write = range ? writeTo(device, field) : {};
    if (path === "CustomName") return { maker: { kind: "text" }, fact: "name", ...write };
    if (at === "evcharger/Status/state") return { word: "ev_status", codec: evse };
    const measured = electric(service, path);
    if (measured) {
      if (measured.label) this.#label(device, measured.line.endpoint ?? 1, measured.label);
      return { ...measured.line, ...write };
    }
    const [part] = SWITCH.exec(path) ?? [];
    if (part) return this.#switch(device, part, write);
    return other(at, sample, this.#ranges.get(`${device.key}/${path}`) ?? range ?? {}, write);
  }

  #label(device: Known, endpoint: number, text: string): void {
    this.#labels.set(device.key, { ...this.#labels.get(device.key), [endpoint]: text });
  }

  #switch(device: Known, part: string, write: Write): Line {
    const endpoint = namedEndpoint(part);
    this.#label(device, endpoint, part.replace("/", " "));
    this.#switches.set(device.key, [...(this.#switches.get(device.key) ?? []), endpoint]);
    return { word: "on", maker: { kind: "boolean", on: 1, off: 0 }, endpoint, ...write };
  }

  head(device: Known): Head {
    const service = serviceOf(device.key);
    const portal = device.key.slice(0, 12);
    const type = Object.hasOwn(types, service) ? types[service] : undefined;
    const product = device.fact("product");
    const on = (this.#switches.get(device.key) ?? []).map((endpoint) => [endpoint, "mountedOnOffControl"] as const);
    return {
      addresses: [this.#identity(device.key)],
      name: device.fact("name") ?? product ?? nameOf(device.key, portal),
      vendor: "Victron Energy",
      model: product ?? service,
      serial: service === "gx" ? portal : device.fact("serial"),
      firmware: device.fact("firmware"),
      types: { ...(type ? { 1: type } : {}), ...Object.fromEntries(on) },
      labels: this.#labels.get(device.key) ?? {},
      acts: service === "evcharger" && device.has("StartStop") ? startStop(device) : [],
      // Only what changes is sent; of these something changes every few seconds.
      silentAfterS: /^(gx|grid|battery|vebus)$/.test(service) ? 300 : undefined,
    };
  }
}

/** Written where it was heard, below W instead of N. */
const writeTo = (device: Known, field: string): Write => ({
  write: (raw) => ({ topic: writeTopic(device.topicOf(field) ?? ""), payload: JSON.stringify({ value: raw }), qos: 1 }),
});

function nameOf(key: string, portal: string): string {
  const [, service = "", instance] = key.split("/");
  if (service === "gx") return `Victron GX ${portal.slice(-4)}`;
  return instance === undefined ? `Victron ${service} ${portal.slice(-4)}` : `Victron ${service} ${instance}`;
}

function startStop(device: Known): Act[] {
  const publish = (value: number) => [
    { topic: writeTopic(device.topicOf("StartStop") ?? ""), payload: JSON.stringify({ value }), qos: 1 as const },
  ];
  return [
    { endpoint: 1, path: "energyEvse.enableCharging", publish: publish(1) },
    { endpoint: 1, path: "energyEvse.disable", publish: publish(0) },
  ];
}

/** Numbers with a unit, words, text: by the table, else the maker's own. */
function other(at: string, sample: Json, range: Range, write: Write): Line {
  const words = wordsOf(at.replace(/\/words$/, ""));
  if (words) {
    const set = write.write;
    const numberOf = (word: unknown): number => Number(Object.keys(words).find((key) => words[Number(key)] === word));
    const maker: MakerType = { kind: "enum", values: Object.values(words) };
    return { maker, ...(set ? { write: (word) => set(numberOf(word)) } : {}), ...nameLike(at) };
  }
  const unit = unitOf(at);
  const known = Object.hasOwn(plain, at) ? plain[at] : undefined;
  const [word] = known ?? [];
  if (typeof sample !== "number") return { ...(unit ? { maker: { kind: "number", unit } } : {}), ...write };
  const maker: MakerType = { kind: "number", ...range, ...(known ? { unit: known[1] } : unit ? { unit } : {}) };
  return { ...(word ? { word } : {}), maker, ...write };
}

const nameLike = (at: string): Pick<Line, "name"> => (at === "evcharger/Status/words" ? { name: "Status" } : {});
