/** OpenEVSE's WiFi gateway (https://github.com/OpenEVSE/openevse_esp32_firmware, docs/mqtt.md). */
import type { MqttPublish } from "../dialect.ts";
import { get, type Json, parseObject, textOf } from "../json.ts";
import { Patience } from "../patience.ts";
import type { Act, Claim, Derived, Head, Known, Line, Sheet } from "../sheet/claim.ts";
import { clockwork, fact, kept, lineOf, means } from "../sheet/lines.ts";
import { sheetDialect } from "../sheet.ts";

/** Words that no other maker uses so: a base shows itself by one of them. */
const OWN =
  /^(divertmode|manual_override|srssi|session_elapsed|total_switches|ota_update|claims_version|divert_update)$/;
/** Words that others use as well: three of them on one base are OpenEVSE's first versions. */
const COMMON = /^(amp|wh|pilot|state|temp[1-4]|freeram|vehicle|colour|max_current|config_version)$/;
/** An announcement is retained: it comes within so many milliseconds, or never. */
const PATIENCE_MS = 3000;
const ANY = /^[a-z][a-z0-9_]{1,40}$/;
/** Settings that are secrets or say where others are reached. */
const SECRET = /pass|key|user|cert|token|ssid|auth/i;

const car = (states: Readonly<Record<string, string>>): Line => ({
  word: "ev_status",
  maker: { kind: "text" },
  codec: {
    type: { type: "enum", values: [...new Set(Object.values(states))] },
    read: (raw) => (Object.hasOwn(states, String(raw)) ? states[String(raw)] : undefined),
    write: () => undefined,
  },
});

/** Of the controller's own numbers: 1 no car, 2 a car, 3 charging, 4 to 11 faults, 254 asleep and 255 disabled. */
const STATES: Readonly<Record<string, string>> = {
  ...{ "1": "notPluggedIn", "2": "pluggedInDemand", "3": "pluggedInCharging" },
  ...Object.fromEntries([4, 5, 6, 7, 8, 9, 10, 11].map((n) => [String(n), "fault"])),
  ...{ "254": "pluggedInNoDemand", "255": "pluggedInNoDemand" },
};
const supplyOf = (state: number): string | undefined =>
  state >= 254 ? "disabled" : state >= 4 ? "disabledError" : state >= 1 ? "chargingEnabled" : undefined;

const celsiusTenths: Line = kept("C", 0.1);
/** There is no such probe. */
const withoutProbe = (payload: string): Json => (payload === "false" ? null : payload);

const override = (base: string, what: object): MqttPublish => ({
  topic: `${base}/override/set`,
  payload: JSON.stringify(what),
  qos: 1,
});

const words: Readonly<Record<string, Line>> = {
  amp: means("current", "mA"),
  voltage: means("voltage", "V"),
  power: kept("W"),
  wh: means("energy", "Wh"),
  total_energy: means("energy", "kWh"),
  session_energy: means("session_energy", "Wh"),
  watthour: means("session_energy", "Wh"),
  charge_rate: kept("A"),
  max_current: kept("A"),
  available_current: kept("A"),
  grid_ie: kept("W"),
  solar: kept("W"),
  shaper_live_pwr: kept("W"),
  shaper_max_pwr: kept("W"),
  shaper_cur: kept("A"),
  smoothed_available_current: kept("A"),
  trigger_current: kept("A"),
  total_day: kept("kWh"),
  total_week: kept("kWh"),
  total_month: kept("kWh"),
  total_year: kept("kWh"),
  battery_range: kept("km"),
  time_to_full_charge: kept("s"),
  vehicle_charge_limit: kept("%"),
  home_battery_soc: kept("%"),
  home_battery_power: kept("W"),
  temp_max: celsiusTenths,
  espflash: clockwork,
  uptime: clockwork,
  time: clockwork,
  local_time: clockwork,
  rapi_connected: clockwork,
  comm_sent: clockwork,
  comm_success: clockwork,
  packets_sent: clockwork,
  packets_success: clockwork,
  "announce.state": {
    maker: { kind: "text" },
    hidden: true,
    reachable: (raw) => (raw === "connected" ? true : raw === "disconnected" ? false : undefined),
  },
  "announce.id": fact("id"),
  "announce.name": fact("name"),
  "config.firmware": fact("controller"),
  "config.version": fact("firmware"),
  battery_level: means("ev_state_of_charge", "%"),
  elapsed: kept("s"),
  session_elapsed: kept("s"),
  srssi: kept("dBm"),
  // 0 is the controller's start. What it means is derived: asleep says nothing of a car.
  state: { maker: { kind: "number" } },
  car: car(STATES),
  supply: {
    word: "ev_supply",
    maker: { kind: "number" },
    codec: {
      type: { type: "enum", values: ["disabled", "disabledError", "chargingEnabled"] },
      read: (raw) => supplyOf(Number(raw)),
      write: () => undefined,
    },
  },
  vehicle: { maker: { kind: "boolean", on: "1", off: "0" }, label: "Car plugged in" },
  manual_override: { maker: { kind: "boolean", on: "1", off: "0" } },
  temp: celsiusTenths,
  temp1: celsiusTenths,
  temp2: celsiusTenths,
  temp3: celsiusTenths,
  temp4: celsiusTenths,
  freeram: clockwork,
  colour: clockwork,
  watts: { ...means("power", "W"), label: "Power, from current and voltage where it is not told" },
  firmware: fact("firmware"),
};

/** Older versions tell no power: it follows from mA and V, and the voltage may be a set one. */
const derived: readonly Derived[] = [
  {
    field: "watts",
    from: ["amp", "voltage"],
    maybe: ["power"],
    compute: ([milliamps = 0, volts = 0], [power]) => (power === undefined ? (milliamps * volts) / 1000 : undefined),
  },
  { field: "watts", from: ["power"], compute: ([power]) => power },
  {
    field: "car",
    from: ["state"],
    maybe: ["vehicle"],
    // Asleep or disabled, with a word that no car is there.
    compute: ([state = 0], [plugged]) => (state >= 254 && plugged === 0 ? 1 : state >= 1 ? state : undefined),
  },
  { field: "supply", from: ["state"], compute: ([state = 0]) => (state >= 1 ? state : undefined) },
];

function line(field: string, device: Known): Line | undefined {
  if (field === "divertmode")
    return {
      maker: { kind: "enum", values: ["1", "2"] },
      label: "Divert: 1 normal, 2 solar",
      write: (raw): MqttPublish => ({ topic: `${device.key}/divertmode/set`, payload: String(raw), qos: 1 }),
    };
  // Offered to the car; what a person sets is offered from then on.
  if (field === "pilot")
    return {
      word: "charge_limit",
      maker: { kind: "number", unit: "A", min: 6, max: 80, step: 1 },
      label: "Offered to the car",
      write: (raw) => override(device.key, { charge_current: raw }),
    };
  if (field === "shaper")
    return {
      maker: { kind: "boolean", on: "1", off: "0" },
      write: (raw) => ({ topic: `${device.key}/shaper/set`, payload: String(raw), qos: 1 }),
    };
  return field.startsWith("config.") && SECRET.test(field) ? clockwork : lineOf(words, field);
}

function acts(base: string): readonly Act[] {
  const force = (path: string, state: string): Act => ({ endpoint: 1, path, publish: [override(base, { state })] });
  return [force("energyEvse.enableCharging", "active"), force("energyEvse.disable", "disabled")];
}

function head(device: Known): Head {
  const base = device.key;
  const id = device.fact("id");
  return {
    addresses: id ? [`own:openevse/${id}`] : [],
    name: device.fact("name") ?? base.slice(base.lastIndexOf("/") + 1),
    vendor: "OpenEVSE",
    model: "OpenEVSE",
    firmware: device.fact("firmware") ?? device.fact("controller"),
    types: { 1: "energyEvse" },
    acts: acts(base),
    silentAfterS: 15 * 60,
  };
}

/** `openevse/announce/<end of the id>`, retained and the gateway's will: names the base, but not once it is gone. */
function announced(topic: string, payload: string): Claim | undefined {
  const body = topic.includes("/announce/") ? parseObject(payload) : undefined;
  const base = textOf(body, "mqtt");
  if (!base || textOf(body, "id") === undefined || textOf(body, "state") === undefined) return undefined;
  const reads = (text: string): Json | undefined => {
    const said = parseObject(text);
    return (
      said && {
        announce: { state: get(said, "state") ?? null, id: get(said, "id") ?? null, name: get(said, "name") ?? null },
      }
    );
  };
  return { kind: "values", device: base, under: "", reads };
}

function sheet(): Sheet {
  /** Since when a base's announcement may still come: only that tells who it is. */
  const bases = new Map<string, number>();
  const patience = new Patience(PATIENCE_MS);
  /** Words of others heard on a base that has not shown itself yet; at most 256 bases. */
  const heard = new Map<string, Set<string>>();
  const shown = (base: string, tail: string, at: number): boolean => {
    const since = bases.get(base);
    if (since !== undefined) return patience.isOver(since);
    if (COMMON.test(tail) && (heard.size < 256 || heard.has(base)))
      heard.set(base, new Set([...(heard.get(base) ?? []), tail]));
    if (!OWN.test(tail) && (heard.get(base)?.size ?? 0) < 3) return false;
    if (bases.size >= 16) return true;
    bases.set(base, at);
    patience.begin();
    return false;
  };
  const claim = (topic: string, payload: string, at: number): Claim | undefined => {
    patience.heard(at);
    const will = announced(topic, payload);
    if (will?.kind === "values" && bases.size < 16) bases.set(will.device, Number.NEGATIVE_INFINITY);
    if (will) return will;
    const [, asked] = /^(.+?)\/(?:rapi\/.+|[a-z_]+\/(?:set|clear)|restart)$/.exec(topic) ?? [];
    if (asked) return bases.has(asked) ? { kind: "ignored" } : undefined;
    const cut = topic.lastIndexOf("/");
    const [root, word] = [topic.slice(0, cut), topic.slice(cut + 1)];
    if (cut < 1 || !ANY.test(word) || !shown(root, word, at)) return undefined;
    return { kind: "values", device: root, under: word, ...(word.startsWith("temp") ? { reads: withoutProbe } : {}) };
  };
  return {
    claim,
    head,
    line: (field, _, device) => line(field, device),
    expected: ({ key }) => ["divertmode", "pilot"].map((word) => [word, `${key}/${word}`]),
    derived,
    due: (now) => patience.due(now),
  };
}

export const openevse = sheetDialect("openevse", sheet);
