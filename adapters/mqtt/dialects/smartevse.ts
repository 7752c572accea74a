/** SmartEVSE 3 (https://github.com/dingo35/SmartEVSE-3.5, docs/REST_API.md, "MQTT API"). */
import type { MqttPublish } from "../dialect.ts";
import type { Json } from "../json.ts";
import type { Act, Claim, Head, Known, Line, Sheet } from "../sheet/claim.ts";
import { clockwork, fact, kept, lineOf, means, phase, phaseLabels } from "../sheet/lines.ts";
import { sheetDialect } from "../sheet.ts";

/** `SmartEVSE-<serial>/<Word>`, since 3.6 `SmartEVSE/<serial>/<Word>`. */
const TOPIC = /^((?:.+\/)?SmartEVSE[-/](\w{1,20}))\/((?:Set\/)?\w{1,40})$/;

const STATES: Readonly<Record<string, string>> = {
  "Ready to Charge": "notPluggedIn",
  "Connected to EV": "pluggedInDemand",
  Charging: "pluggedInCharging",
  // Charging with ventilation.
  D: "pluggedInCharging",
  "Request State B": "pluggedInDemand",
  "State B OK": "pluggedInDemand",
  "Request State C": "pluggedInDemand",
  "State C OK": "pluggedInDemand",
  Activate: "pluggedInDemand",
  "Modem Setup": "pluggedInDemand",
  "Modem Request": "pluggedInDemand",
  "Modem Done": "pluggedInDemand",
  "Modem Denied": "pluggedInNoDemand",
  "Charging Stopped": "pluggedInNoDemand",
  "Stop Charging": "pluggedInNoDemand",
  "Request State D": "fault",
};

const words: Readonly<Record<string, Line>> = {
  ChargeCurrent: { ...kept("A", 0.1), label: "Offered to the car" },
  MaxCurrent: kept("A", 0.1),
  CurrentMax: kept("A", 0.1),
  MinCurrent: kept("A", 0.1),
  CableMaxCurrent: kept("A", 0.1),
  HomeBatteryCurrent: kept("A", 0.1),
  EVChargePower: means("power", "W"),
  EVEnergyCharged: means("session_energy", "Wh"),
  EVTotalEnergyCharged: means("energy", "Wh"),
  EVImportActiveEnergy: means("energy", "Wh"),
  EVExportActiveEnergy: means("produced_energy", "Wh"),
  MainsImportActiveEnergy: kept("Wh"),
  MainsExportActiveEnergy: kept("Wh"),
  EVInitialSoC: kept("%"),
  EVComputedSoC: means("ev_state_of_charge", "%"),
  EVFullSoC: kept("%"),
  EVEnergyCapacity: kept("Wh"),
  EVEnergyRequest: kept("Wh"),
  EVRemainingSoC: kept("%"),
  EVTimeUntilFull: kept("s"),
  EVSETemperature: kept("C"),
  ESPTemp: kept("C"),
  WiFiRSSI: kept("dBm"),
  SolarStopTimer: kept("s"),
  ESPUptime: clockwork,
  NrOfPhases: { maker: { kind: "number" } },
  EVPlugState: { maker: { kind: "boolean", on: "Connected", off: "Disconnected" }, label: "Car plugged in" },
  Access: {
    word: "ev_supply",
    maker: { kind: "enum", values: ["Deny", "Allow", "Pause"] },
    codec: {
      type: { type: "enum", values: ["disabled", "chargingEnabled"] },
      read: (raw) => (raw === "Allow" ? "chargingEnabled" : raw === "Deny" || raw === "Pause" ? "disabled" : undefined),
      write: () => undefined,
    },
    own: true,
  },
  Version: fact("firmware"),
  WiFiSSID: { maker: { kind: "text" } },
  State: {
    word: "ev_status",
    own: true,
    maker: { kind: "text" },
    codec: {
      type: { type: "enum", values: [...new Set(Object.values(STATES))] },
      read: (raw) => (Object.hasOwn(STATES, String(raw)) ? STATES[String(raw)] : undefined),
      write: () => undefined,
    },
  },
};

const MODES = ["Off", "Normal", "Solar", "Smart", "Pause"];

function line(field: string, device: Known): Line | undefined {
  const set =
    (name: string) =>
    (raw: unknown): MqttPublish => ({
      topic: `${device.key}/Set/${name}`,
      payload: String(raw),
      qos: 1,
    });
  if (field === "connected")
    return {
      maker: { kind: "text" },
      hidden: true,
      reachable: (raw) => (raw === "online" ? true : raw === "offline" ? false : undefined),
    };
  if (field === "Mode") return { maker: { kind: "enum", values: MODES }, write: set("Mode") };
  // Of the whole house, in whole amperes; 0 is none.
  if (field === "MaxSumMains")
    return { maker: { kind: "number", unit: "A", min: 0, max: 600, step: 1 }, write: set("CurrentMaxSumMains") };
  if (field === "CustomButton") return { maker: { kind: "boolean", on: "On", off: "Off" }, write: set(field) };
  if (field === "OverrideTold") return { ...kept("A", 0.1), name: "ChargeCurrentOverride" };
  if (field === "ChargeCurrentOverride")
    return {
      word: "charge_limit",
      maker: { kind: "number", unit: "A", scale: 0.1, min: 0, max: 800, step: 1 },
      write: set("CurrentOverride"),
    };
  const [, of = "", what, number] = /^(Mains|EV)(Current|Power|Energy)L([123])$/.exec(field) ?? [];
  if (what && number) return phaseLine(what, of === "EV" ? phase(number) : undefined);
  return lineOf(words, field);
}

/** Of the car's side with a phase; of the house's connection it stays the maker's own: that is another meter. */
function phaseLine(what: string, endpoint: number | undefined): Line {
  const [word, unit, scale] =
    what === "Current"
      ? (["current", "A", 0.1] as const)
      : what === "Power"
        ? (["power", "W", 1] as const)
        : (["energy", "Wh", 1] as const);
  return endpoint === undefined ? kept(unit, scale) : means(word, unit, scale, endpoint);
}

function acts(base: string): readonly Act[] {
  const mode = (path: string, payload: string): Act => ({
    endpoint: 1,
    path,
    publish: [{ topic: `${base}/Set/Mode`, payload, qos: 1 }],
  });
  return [mode("energyEvse.enableCharging", "Normal"), mode("energyEvse.disable", "Off")];
}

function head(device: Known): Head {
  const serial = /SmartEVSE[-/](\w+)$/.exec(device.key)?.[1] ?? device.key;
  return {
    addresses: [`own:smartevse/${serial}`],
    name: `SmartEVSE ${serial}`,
    vendor: "SmartEVSE",
    model: "SmartEVSE 3",
    serial,
    firmware: device.fact("firmware"),
    types: { 1: "energyEvse" },
    labels: phaseLabels,
    acts: acts(device.key),
  };
}

function claim(topic: string): Claim | undefined {
  const [, device, , word = ""] = TOPIC.exec(topic) ?? [];
  if (!device) return undefined;
  if (word.startsWith("Set/")) return { kind: "ignored" };
  return word === "ChargeCurrentOverride"
    ? { kind: "values", device, under: "", reads: overridden }
    : { kind: "values", device, under: word };
}

/** Nought is no override, not a limit of nought: the charger decides by itself. */
const overridden = (payload: string): Json => ({
  ChargeCurrentOverride: /^\s*0+\s*$/.test(payload) ? null : payload,
  OverrideTold: payload,
});

const sheet: Sheet = {
  claim,
  head,
  line: (field, _, device) => line(field, device),
  expected: ({ key }) => ["Mode", "ChargeCurrentOverride"].map((word) => [word, `${key}/${word}`]),
};

export const smartevse = sheetDialect("smartevse", () => sheet);
