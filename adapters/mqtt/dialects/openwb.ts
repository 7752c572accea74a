/** openWB, software 2 and 1.9: charge points, meters, roofs, batteries and cars (github.com/openWB/core; wiki, MQTT). */
import type { Command } from "../../../hub/model/command.ts";
import type { Problem } from "../../../hub/model/finding.ts";
import {
  type Decoded,
  type Dialect,
  type DialectSession,
  type Encoded,
  type MqttMessage,
  type MqttPublish,
  nothing,
} from "../dialect.ts";
import { identify } from "../identity.ts";
import { get, type Json, listOf, parseJson } from "../json.ts";
import type { Act, Claim, Head, Known, Line, Sheet } from "../sheet/claim.ts";
import { sheetDialect } from "../sheet.ts";
import { isTemplateSetting, oldModes, openwbLine, stateCode } from "./openwb/table.ts";
import { rootOf, type Spot, spotOf, TELLING } from "./openwb/topic.ts";

const MAX_ROOTS = 8;
const MAX_FAULTS = 500;

/** `root|pv/1` */
const partsOf = (key: string): readonly [root: string, kind: string, number: string] => {
  const cut = key.lastIndexOf("|");
  const [kind = "", number = ""] = key.slice(cut + 1).split("/");
  return [key.slice(0, cut), kind, number];
};
const addressOf = (key: string): string => `own:openwb/${key.replace("|", "-").replace("/", "-")}`;

const send = (topic: string, payload: string): MqttPublish => ({ topic, payload, qos: 1 });

/** Where a field is set, and how its value is written there; texts stand in quotes. */
function writeOf(field: string, device: Known): Line["write"] {
  const [root, kind, number] = partsOf(device.key);
  if (kind === "template" && isTemplateSetting(field)) {
    const topic = `${root}/set/vehicle/template/charge_template/${number}/${field.replaceAll(".", "/")}`;
    return (raw) => send(topic, JSON.stringify(raw));
  }
  if (kind === "chargepoint" && field === "connected_vehicle/config.chargemode") {
    return (raw) => {
      const template = device.fact("template") ?? "0";
      return send(`${root}/set/vehicle/template/charge_template/${template}/chargemode/selected`, JSON.stringify(raw));
    };
  }
  if (kind === "chargepoint" && field === "AConfigured")
    return (raw) => send(`${root}/set/lp${number}/DirectChargeAmps`, String(raw));
  if (kind === "system" && field === "ChargeMode")
    return (raw) => send(`${root}/set/ChargeMode`, String(oldModes.indexOf(String(raw))));
  return undefined;
}

/** A field that is not in the tables keeps the form of its first value. */
function plain(sample: Json): Line {
  if (typeof sample === "number") return { maker: { kind: "number" } };
  return typeof sample === "boolean" ? { maker: { kind: "boolean", on: true, off: false } } : {};
}

function line(field: string, sample: Json, device: Known): Line {
  const [, kind] = partsOf(device.key);
  const found = openwbLine(kind, field) ?? plain(sample);
  const write = writeOf(field, device);
  return { name: field.replaceAll("/", "."), ...found, ...(write ? { write } : {}) };
}

function actsOf(device: Known): readonly Act[] {
  const [root, kind, number] = partsOf(device.key);
  if (kind !== "chargepoint") return [];
  const both = (topic: string, on: string, off: string): Act[] => [
    { endpoint: 1, path: "energyEvse.enableCharging", publish: [send(topic, on)] },
    { endpoint: 1, path: "energyEvse.disable", publish: [send(topic, off)] },
  ];
  if (device.has("set/manual_lock")) return both(`${root}/set/chargepoint/${number}/set/manual_lock`, "false", "true");
  return device.has("ChargePointEnabled") ? both(`${root}/set/lp${number}/ChargePointEnabled`, "1", "0") : [];
}

const names: Readonly<Record<string, string>> = {
  system: "openWB",
  chargepoint: "Charge point",
  counter: "Meter",
  pv: "Solar",
  bat: "Battery",
  vehicle: "Car",
  template: "Charging plan",
};
const types: Readonly<Record<string, string>> = { chargepoint: "energyEvse", pv: "solarPower", bat: "batteryStorage" };

function head(device: Known): Head {
  const [, kind, number] = partsOf(device.key);
  const grid = device.fact("grid") === "true";
  const type = grid ? "electricalMeter" : types[kind];
  const phases = [1, 2, 3].filter((n) =>
    [`powers.${n - 1}`, `currents.${n - 1}`, `voltages.${n - 1}`, `WPhase${n}`, `APhase${n}`, `VPhase${n}`].some((f) =>
      device.has(f),
    ),
  );
  const parts = [1, 2].filter((n) => kind === "pv" && device.has(`${n}/W`));
  return {
    addresses: [addressOf(device.key)],
    name:
      device.fact("name") ??
      (grid ? "Grid meter" : undefined) ??
      [names[kind] ?? kind, number].filter((part) => part !== "").join(" "),
    vendor: "openWB",
    model: kind === "system" ? "openWB" : kind,
    serial: device.fact("serial"),
    firmware: device.fact("version"),
    ...(type ? { types: { 1: type } } : {}),
    labels: Object.fromEntries([...phases.map((n) => [1 + n, `L${n}`]), ...parts.map((n) => [1 + n, `Inverter ${n}`])]),
    acts: actsOf(device),
  };
}

const SWITCHED = /^(plug_state|charge_state|boolPlugStat|boolChargeStat|ChargePointEnabled)$/;

/** Software 2 writes JSON, also texts; 1.9 writes them bare. */
function bodyOf({ field, old }: Spot, payload: string): Json | undefined {
  const json = parseJson(payload);
  const body = json === undefined && old ? payload : json;
  if (SWITCHED.test(field) && typeof body === "boolean") return Number(body);
  return field === "ChargeMode" && typeof body === "number" ? (oldModes[body] ?? String(body)) : body;
}

interface House {
  /** Number of the meter at the grid, when it is known; before that, the first that speaks. */
  grid?: string | undefined;
  /** Charge points of software 1.9 that are in use: it publishes places for eight. */
  readonly used: Set<string>;
}

/** The first meter of the hierarchy is the one at the grid. */
const gridOf = (payload: string): string | undefined => {
  const first = listOf({ list: parseJson(payload) ?? null }, "list")[0];
  const id = get(first, "id");
  return get(first, "type") === "counter" && typeof id === "number" ? String(id) : undefined;
};

const inUse = ({ device, field }: Spot, payload: string): boolean =>
  device === "chargepoint/1" ||
  (/^(boolChargePointConfigured|boolPlugStat|W|kWhCounter)$/.test(field) && Number(payload) > 0);

function sheet(houses: ReadonlyMap<string, House>): Sheet {
  const values = (spot: Spot, house: House): Claim => {
    const { root, device, field } = spot;
    const grid = device === `counter/${house.grid}`;
    const reads = (payload: string): Json | undefined => bodyOf(spot, payload);
    const known: Claim = { kind: "values", device: `${root}|${device}`, under: field, reads };
    // Which meter is the one at the grid is told with its values, in whatever order they come.
    return grid && /^(power|W)$/.test(field)
      ? { ...known, under: "", reads: (payload) => ({ grid: "true", [field]: bodyOf(spot, payload) ?? null }) }
      : known;
  };

  const claim = (topic: string, payload: string): Claim | undefined => {
    const spot = spotOf(topic);
    if (spot === "ours") return { kind: "ignored" };
    const house = spot && houses.get(spot.root);
    if (!house) return undefined;
    if (spot.device.startsWith("component/")) {
      const [, kind] = /"type": ?"(counter|bat|inverter)/.exec(payload) ?? [];
      if (!kind) return { kind: "ignored", once: true };
      const device = `${spot.root}|${kind === "inverter" ? "pv" : kind}/${spot.device.slice(10)}`;
      return {
        kind: "values",
        device,
        under: "",
        reads: (text) => ({ name: get(parseJson(text), "name") ?? null }),
        once: true,
      };
    }
    if (spot.old && spot.device.startsWith("chargepoint/") && !house.used.has(spot.device)) {
      if (!inUse(spot, payload)) return undefined;
      house.used.add(spot.device);
    }
    const found = values(spot, house);
    return spot.device.startsWith("counter/") ? { ...found, once: true } : found;
  };
  const negative = ([power = 0]: readonly number[]): number => -power;
  const derived = [
    { field: "state", from: ["plug_state", "charge_state"], compute: stateCode },
    { field: "state", from: ["boolPlugStat", "boolChargeStat"], compute: stateCode },
    { field: "production", from: ["power"], compute: negative },
    { field: "production", from: ["W"], compute: negative },
    { field: "pv/production", from: ["pv/get/power"], compute: negative },
  ];
  return { claim, head, line, derived };
}

class Session implements DialectSession {
  readonly #houses = new Map<string, House>();
  /** By device: whether it has a fault, and its words for it. */
  readonly #faults = new Map<string, { state?: number; words?: string }>();
  readonly #table: DialectSession;

  constructor(hubId: string) {
    this.#table = sheetDialect("openwb", () => sheet(this.#houses)).open(hubId);
  }

  decode(message: MqttMessage): Decoded | undefined {
    const { topic, payload } = message;
    const root = rootOf(topic);
    const house = root === undefined ? undefined : this.#house(root, topic);
    if (!house) return undefined;
    if (topic.endsWith("/counter/get/hierarchy")) {
      house.grid = gridOf(payload) ?? house.grid;
      return nothing;
    }
    const spot = spotOf(topic);
    const [, meter] = typeof spot === "object" ? (/^counter\/(\d+)$/.exec(spot.device) ?? []) : [];
    if (meter !== undefined) house.grid ??= meter;
    const decoded = this.#table.decode(message);
    const problem = decoded && typeof spot === "object" ? this.#fault(spot, message) : undefined;
    return decoded && problem ? { ...decoded, problems: [...decoded.problems, problem] } : decoded;
  }

  encode(command: Command): Encoded {
    return this.#table.encode(command);
  }

  #house(root: string, topic: string): House | undefined {
    const known = this.#houses.get(root);
    if (known || this.#houses.size >= MAX_ROOTS || root.includes("|") || !TELLING.test(topic)) return known;
    const house: House = { used: new Set() };
    this.#houses.set(root, house);
    return house;
  }

  /** A fault in the maker's own words. */
  #fault(spot: Spot, { topic, payload }: MqttMessage): Problem | undefined {
    const { root, device, field } = spot;
    const state = /^fault_?[sS]tate$/.test(field);
    if (!state && !/^fault_?[sS]tr$/.test(field)) return undefined;
    const key = `${root}|${device}`;
    if (this.#faults.size >= MAX_FAULTS && !this.#faults.has(key)) return undefined;
    const known = this.#faults.get(key) ?? {};
    const body = bodyOf(spot, payload);
    if (typeof body !== "string" && typeof body !== "number") return undefined;
    const fault = state ? { ...known, state: Number(body) } : { ...known, words: String(body).slice(0, 200) };
    this.#faults.set(key, fault);
    if (fault.state !== 2) return undefined;
    const message = `openWB reports a fault: ${fault.words ?? "it gives no reason"}`;
    const fix = "see to the device and its settings in openWB; until then its last values are kept and are stale";
    return { code: "device-fault", message, fix, node: identify([addressOf(key)], "openwb", key), topic, field };
  }
}

export const openwb: Dialect = { name: "openwb", open: (hubId) => new Session(hubId) };
