/** go-e chargers, both generations of their interface (https://github.com/goecharger, "mqtt" of go-eCharger-API-v1 and -v2). */
import type { MqttPublish } from "../dialect.ts";
import { type Json, parseObject } from "../json.ts";
import type { Act, Claim, Head, Known, Line, Sheet } from "../sheet/claim.ts";
import { clockwork, fact, kept, lineOf, means, phase, phaseLabels } from "../sheet/lines.ts";
import { sheetDialect } from "../sheet.ts";

/** `<base>/go-eCharger/<serial>/<key>`; the base may begin with a slash, and newer ones drop the `go-eCharger`. */
const TOPIC = /^(.*go-eCharger\/([^/]+))\/([a-z0-9_]{1,40}|cmd\/req)(\/(?:set|result))?$/i;

/** 1 idle, 2 charging, 3 waiting for the car, 4 finished with the car still there, 5 error. */
const CAR = {
  "0": "fault",
  "1": "notPluggedIn",
  "2": "pluggedInCharging",
  "3": "pluggedInDemand",
  "4": "pluggedInNoDemand",
  "5": "fault",
} as const;

const car: Line = {
  word: "ev_status",
  codec: {
    type: { type: "enum", values: [...new Set(Object.values(CAR))] },
    read: (raw) => (Object.hasOwn(CAR, String(raw)) ? CAR[String(raw) as keyof typeof CAR] : undefined),
    write: () => undefined,
  },
  maker: { kind: "enum", values: Object.keys(CAR) },
};

const both: Readonly<Record<string, Line>> = {
  car,
  fwv: fact("firmware"),
  sse: fact("serial"),
  fna: fact("name"),
  typ: fact("model"),
  tme: clockwork,
  loc: clockwork,
  rbt: clockwork,
  utc: clockwork,
  // Keys of the home's and of the charger's own network: never shown.
  wke: clockwork,
  wak: clockwork,
};

/** Places in `nrg`: voltages, currents, powers by phase and neutral, the whole, power factors. */
function energyPlace(place: number, current: number, power: number, whole: number): Line | undefined {
  if (place < 3) return means("voltage", "V", 1, phase(place + 1));
  if (place === 3) return kept("V");
  if (place < 7) return means("current", "A", current, phase(place - 3));
  if (place < 10) return means("power", "W", power, phase(place - 6));
  if (place === 10) return kept("W", power);
  if (place === 11) return means("power", "W", whole);
  return place < 15 ? means("power_factor", "%", 1, phase(place - 11)) : undefined;
}

/** Generation 2: V, A, W, Wh. */
const second: Readonly<Record<string, Line>> = {
  ...both,
  eto: means("energy", "Wh"),
  wh: means("session_energy", "Wh"),
  alw: { word: "ev_supply", maker: { kind: "boolean", on: true, off: false }, label: "Allowed to charge", own: true },
  acu: kept("A"),
  tpa: kept("W"),
  fhz: means("ac_frequency", "Hz"),
  cbl: kept("A"),
  rssi: kept("dBm"),
};

/** Generation 1: one body with numbers as text; tenths of A and kW, hundredths for the whole, 10 Ws for the session. */
const first: Readonly<Record<string, Line>> = {
  ...both,
  eto: means("energy", "kWh", 0.1),
  dws: means("session_energy", "kWh", 10 / 3.6e6),
  alw: {
    word: "ev_supply",
    maker: { kind: "boolean", on: "1", off: "0" },
  },
  ama: kept("A"),
  dwo: { ...kept("kWh", 0.1), label: "Session ends at" },
  tmp: kept("C"),
  cbl: kept("A"),
};

/** The first generation says everything in one body. */
const v1 = (device: Known): boolean =>
  ["version", "car", "amp"].some((key) => device.topicOf(key)?.endsWith("/status"));

/** Further settings of generation 2, as the maker names them. */
const settable: Readonly<Record<string, Line>> = {
  ama: { maker: { kind: "number", unit: "A", min: 6, max: 32, step: 1 }, label: "Most current" },
  lmo: { maker: { kind: "enum", values: ["3", "4", "5"] }, label: "Logic: 3 plain, 4 cheap hours, 5 daily trip" },
  dwo: { maker: { kind: "number", unit: "Wh", min: 0, max: 1_000_000 }, label: "Session ends at" },
  ust: {
    maker: { kind: "enum", values: ["0", "1", "2"] },
    label: "Cable: 0 locked with the car, 1 while charging, 2 always",
  },
};

const current = (write: (raw: unknown) => MqttPublish): Line => ({
  word: "charge_limit",
  maker: { kind: "number", unit: "A", min: 6, max: 32, step: 1 },
  write,
});

function line(field: string, sample: Json, device: Known): Line | undefined {
  const old = v1(device) || typeof sample === "string";
  const send =
    (key: string) =>
    (raw: unknown): MqttPublish =>
      old
        ? { topic: `${device.key}/cmd/req`, payload: `${key}=${String(raw)}`, qos: 1 }
        : { topic: `${device.key}/${key}/set`, payload: String(raw), qos: 1 };
  const place = /^nrg\.(\d{1,2})$/.exec(field)?.[1];
  if (place !== undefined) return old ? energyPlace(Number(place), 0.1, 100, 10) : energyPlace(Number(place), 1, 1, 1);
  if (field === "amp") return current(send(old ? "amx" : "amp"));
  if (old && field === "alw") return { ...first.alw, write: send("alw") };
  if (!old && field === "frc")
    return {
      maker: { kind: "enum", values: ["0", "1", "2"] },
      label: "Force: 0 as set, 1 off, 2 on",
      write: send("frc"),
    };
  if (!old && Object.hasOwn(settable, field)) return { ...settable[field], write: send(field) };
  if (!old && field === "psm")
    return {
      maker: { kind: "enum", values: ["0", "1", "2"] },
      label: "Phases: 0 automatic, 1 one, 2 three",
      write: send("psm"),
    };
  if (/^tma?\.\d$|^tma$/.test(field)) return kept("C");
  return lineOf(old ? first : second, field);
}

/** Generation 2 can't be allowed (`alw` is read-only), only forced; the next report of `alw` shows what became of it. */
function acts(device: Known): readonly Act[] {
  if (v1(device)) return [];
  const force = (path: string, value: string): Act => ({
    endpoint: 1,
    path,
    publish: [{ topic: `${device.key}/frc/set`, payload: value, qos: 1 }],
  });
  return [force("energyEvse.enableCharging", "2"), force("energyEvse.disable", "1")];
}

function head(device: Known): Head {
  const serial = device.fact("serial") ?? device.key.slice(device.key.lastIndexOf("/") + 1);
  return {
    addresses: [`own:go-e/${serial}`],
    name: device.fact("name") ?? `go-e charger ${serial}`,
    vendor: "go-e",
    model: device.fact("model") ?? "go-eCharger",
    serial,
    firmware: device.fact("firmware"),
    types: { 1: "energyEvse" },
    labels: phaseLabels,
    acts: acts(device),
  };
}

function claim(topic: string): Claim | undefined {
  const [, device, , key = "", request] = TOPIC.exec(topic) ?? [];
  if (!device) return undefined;
  if (request || key === "cmd/req") return { kind: "ignored" };
  return key === "status"
    ? { kind: "values", device, under: "", reads: (payload) => parseObject(payload) }
    : { kind: "values", device, under: key };
}

/** The keys that set something are there from the first message on. */
const expected = (device: Known): readonly (readonly [string, string])[] =>
  (v1(device) ? ["amp", "alw"] : ["amp", "frc", "psm"]).map((key) => [key, `${device.key}/${key}`]);

const sheet: Sheet = { claim, head, line, expected };

export const goE = sheetDialect("go-e", () => sheet);
