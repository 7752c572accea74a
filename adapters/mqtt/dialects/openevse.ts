/** OpenEVSE's WiFi gateway (https://github.com/OpenEVSE/openevse_esp32_firmware, docs/mqtt.md). */
import type { MqttPublish } from "../dialect.ts";
import type { Json } from "../json.ts";
import type { Act, Claim, Derived, Head, Known, Line, Sheet } from "../sheet/claim.ts";
import { clockwork, fact, kept, lineOf, means } from "../sheet/lines.ts";
import { sheetDialect } from "../sheet.ts";

/** Topics that no other maker has: a base shows itself by one of them. */
const STRONG =
  /^(divertmode|manual_override|srssi|pilot|temp[1-4]|freeram|session_elapsed|total_switches|max_current|ota_update|config_version)$/;
const WEAK =
  /^(amp|voltage|power|wh|watthour|watt|temp|temp_max|state|status|vehicle|colour|elapsed|session_energy|total_energy|total_day|total_week|total_month|total_year|charge_rate|available_current|grid_ie|solar|battery_level|battery_range|time_to_full_charge|charge_current|rapi\/.*|override(?:\/set)?|claim.*|limit.*|schedule.*|divertmode\/set|shaper.*|announce.*|uptime|wifi_.*|.*_ok|gfci.*|no_gnd.*|stuck.*)$/;

const car = (states: Readonly<Record<string, string>>): Line => ({
  word: "ev_status",
  maker: { kind: "text" },
  codec: {
    type: { type: "enum", values: [...new Set(Object.values(states))] },
    read: (raw) => (Object.hasOwn(states, String(raw)) ? states[String(raw)] : undefined),
    write: () => undefined,
  },
});

/** Of the controller's own numbers; 254 asleep and 255 disabled have no car that draws. */
const STATES: Readonly<Record<string, string>> = {
  ...{ "1": "notPluggedIn", "2": "pluggedInDemand", "3": "pluggedInCharging" },
  ...{
    "4": "fault",
    "5": "fault",
    "6": "fault",
    "7": "fault",
    "8": "fault",
    "9": "fault",
    "10": "fault",
    "11": "fault",
  },
  ...{ "254": "pluggedInNoDemand", "255": "pluggedInNoDemand" },
};

const celsiusTenths: Line = kept("C", 0.1);
/** There is no such probe. */
const withoutProbe = (payload: string): Json => (payload === "false" ? null : payload);

const words: Readonly<Record<string, Line>> = {
  amp: means("current", "mA"),
  voltage: means("voltage", "V"),
  power: means("power", "W"),
  wh: means("energy", "Wh"),
  total_energy: means("energy", "kWh"),
  session_energy: means("session_energy", "Wh"),
  watthour: means("session_energy", "Wh"),
  pilot: { ...kept("A"), label: "Offered to the car" },
  charge_rate: kept("A"),
  max_current: kept("A"),
  available_current: kept("A"),
  grid_ie: kept("W"),
  solar: kept("W"),
  battery_level: means("ev_state_of_charge", "%"),
  elapsed: kept("s"),
  session_elapsed: kept("s"),
  srssi: kept("dBm"),
  state: car(STATES),
  vehicle: { maker: { kind: "boolean", on: "1", off: "0" }, label: "Car plugged in" },
  manual_override: { maker: { kind: "boolean", on: "1", off: "0" } },
  temp: celsiusTenths,
  temp1: celsiusTenths,
  temp2: celsiusTenths,
  temp3: celsiusTenths,
  temp4: celsiusTenths,
  freeram: clockwork,
  colour: clockwork,
  "power (computed)": { ...means("power", "W"), label: "Power, computed from current and voltage" },
  firmware: fact("firmware"),
};

/** Older versions tell no power: it follows from mA and V, and the voltage may be a set one. */
const derived: readonly Derived[] = [
  {
    field: "power (computed)",
    from: ["amp", "voltage"],
    maybe: ["power"],
    compute: ([milliamps = 0, volts = 0], [power]) => (power === undefined ? (milliamps * volts) / 1000 : undefined),
  },
];

function line(field: string, device: Known): Line | undefined {
  if (field === "divertmode")
    return {
      maker: { kind: "enum", values: ["1", "2"] },
      label: "Divert: 1 normal, 2 solar",
      write: (raw): MqttPublish => ({ topic: `${device.key}/divertmode/set`, payload: String(raw), qos: 1 }),
    };
  return lineOf(words, field);
}

function acts(base: string): readonly Act[] {
  const override = (path: string, state: string): Act => ({
    endpoint: 1,
    path,
    publish: [{ topic: `${base}/override/set`, payload: JSON.stringify({ state }), qos: 1 }],
  });
  return [override("energyEvse.enableCharging", "active"), override("energyEvse.disable", "disabled")];
}

function head(device: Known): Head {
  const base = device.key;
  return {
    addresses: [],
    name: base.slice(base.lastIndexOf("/") + 1),
    vendor: "OpenEVSE",
    model: "OpenEVSE",
    firmware: device.fact("firmware"),
    types: { 1: "energyEvse" },
    acts: acts(base),
    silentAfterS: 15 * 60,
  };
}

function sheet(): Sheet {
  const bases = new Set<string>();
  const claim = (topic: string): Claim | undefined => {
    const rapi = topic.indexOf("/rapi/");
    const cut =
      rapi > 0 ? rapi : topic.endsWith("/set") ? topic.lastIndexOf("/", topic.length - 5) : topic.lastIndexOf("/");
    const [base, tail] = [topic.slice(0, cut), topic.slice(cut + 1)];
    if (cut < 1) return undefined;
    if (STRONG.test(tail)) {
      if (bases.size < 16) bases.add(base);
    } else if (!bases.has(base) || !WEAK.test(tail)) return undefined;
    if (tail.endsWith("/set") || tail.startsWith("rapi/")) return { kind: "ignored" };
    const probe = tail.startsWith("temp") ? { reads: withoutProbe } : {};
    return { kind: "values", device: base, under: tail, ...probe };
  };
  return {
    claim,
    head,
    line: (field, _, device) => line(field, device),
    expected: ({ key }) => [["divertmode", `${key}/divertmode`]],
    derived,
  };
}

export const openevse = sheetDialect("openevse", sheet);
