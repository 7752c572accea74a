/** SmartEVSE 3 (https://github.com/dingo35/SmartEVSE-3.5, docs/REST_API.md, "MQTT API"). */
import type { MqttPublish } from "../dialect.ts";
import type { Act, Claim, Head, Known, Line, Sheet } from "../sheet/claim.ts";
import { clockwork, fact, kept, lineOf, means, phase, phaseLabels } from "../sheet/lines.ts";
import { sheetDialect } from "../sheet.ts";

/** `SmartEVSE-<serial>/<Word>`, since 3.6 `SmartEVSE/<serial>/<Word>`. */
const TOPIC = /^((?:.+\/)?SmartEVSE[-/](\w{1,20}))\/((?:Set\/)?\w{1,40})$/;

const STATES: Readonly<Record<string, string>> = {
  "Ready to Charge": "notPluggedIn",
  "Connected to EV": "pluggedInDemand",
  Charging: "pluggedInCharging",
  "Charging Stopped": "pluggedInNoDemand",
  "Stop Charging": "pluggedInNoDemand",
  "Request State D": "fault",
  D: "fault",
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
  ESPTemp: kept("C"),
  WiFiRSSI: kept("dBm"),
  SolarStopTimer: kept("s"),
  ESPUptime: clockwork,
  NrOfPhases: { maker: { kind: "number" } },
  EVPlugState: { maker: { kind: "boolean", on: "Connected", off: "Disconnected" }, label: "Car plugged in" },
  Access: { maker: { kind: "boolean", on: "Allow", off: "Deny" }, word: "ev_supply" },
  Version: fact("firmware"),
  WiFiSSID: { maker: { kind: "text" } },
  State: {
    word: "ev_status",
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
  // Nought is no override: the charger decides by itself.
  if (field === "ChargeCurrentOverride")
    return {
      word: "charge_limit",
      maker: { kind: "number", unit: "A", scale: 0.1, min: 0, max: 800, step: 1 },
      write: set("CurrentOverride"),
    };
  const [, of = "", number] = /^(Mains|EV)CurrentL([123])$/.exec(field) ?? [];
  if (number) return of === "EV" ? means("current", "A", 0.1, phase(number)) : kept("A", 0.1);
  return lineOf(words, field);
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
  return word.startsWith("Set/") ? { kind: "ignored" } : { kind: "values", device, under: word };
}

const sheet: Sheet = {
  claim,
  head,
  line: (field, _, device) => line(field, device),
  expected: ({ key }) => ["Mode", "ChargeCurrentOverride"].map((word) => [word, `${key}/${word}`]),
};

export const smartevse = sheetDialect("smartevse", () => sheet);
