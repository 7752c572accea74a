/** WARP chargers and energy managers of Tinkerforge (https://docs.warp-charger.com, "MQTT/HTTP API"). */
import type { MqttPublish } from "../dialect.ts";
import { type Json, parseJson } from "../json.ts";
import type { Act, Claim, Head, Known, Line, Sheet } from "../sheet/claim.ts";
import { clockwork, fact, kept, lineOf, means, phase, phaseLabels } from "../sheet/lines.ts";
import { sheetDialect } from "../sheet.ts";

/** `<warp…|wem…>/<id>/<module>/<part>`; the prefix is a setting, the modules are not. */
const TOPIC =
  /^((?:.+\/)?(?:warp\d?|wem\d?)\/[A-Za-z0-9]{2,8}|.+)\/(evse\/[a-z_0-9]+|meter\/[a-z_]+|meters\/\d{1,2}\/[a-z_]+|info\/[a-z_]+|charge_tracker\/[a-z_]+|charge_manager\/[a-z_]+|power_manager\/[a-z_]+)$/;
const MAKER = /(?:^|\/)(?:warp\d?|wem\d?)\/[A-Za-z0-9]{2,8}$/;

/** 0 not connected, 1 waiting for release, 2 ready to charge, 3 charging, 4 error. */
const CAR = ["notPluggedIn", "pluggedInDemand", "pluggedInNoDemand", "pluggedInCharging", "fault"] as const;

const words: Readonly<Record<string, Line>> = {
  "evse.state.charger_state": {
    word: "ev_status",
    maker: { kind: "number" },
    codec: { type: { type: "enum", values: [...CAR] }, read: (raw) => CAR[Number(raw)], write: () => undefined },
  },
  "evse.state.allowed_charging_current": { ...kept("mA"), label: "Offered to the car" },
  "evse.state.vehicle_state": clockwork,
  "evse.state.uptime": clockwork,
  "evse.state.time_since_state_change": clockwork,
  "evse.low_level_state.uptime": clockwork,
  "meter.values.power": means("power", "W"),
  "meter.values.energy_abs": means("energy", "kWh"),
  "meter.values.energy_rel": kept("kWh"),
  "charge_tracker.current_charge.meter_start": kept("kWh"),
  "info.version.firmware": fact("firmware"),
  "info.name.name": fact("id"),
  "info.name.display_type": fact("model"),
  "info.display_name.display_name": fact("name"),
};

/** Meanings by the numbers that `meters/…/value_ids` lists, in the order of `meters/…/values`. */
const byId: Readonly<Record<number, Line>> = {
  1: means("voltage", "V", 1, phase(1)),
  2: means("voltage", "V", 1, phase(2)),
  3: means("voltage", "V", 1, phase(3)),
  13: means("current", "A", 1, phase(1)),
  17: means("current", "A", 1, phase(2)),
  21: means("current", "A", 1, phase(3)),
  39: means("power", "W", 1, phase(1)),
  48: means("power", "W", 1, phase(2)),
  57: means("power", "W", 1, phase(3)),
  74: means("power", "W"),
  209: means("energy", "kWh"),
  211: means("produced_energy", "kWh"),
  213: kept("kWh"),
  364: means("ac_frequency", "Hz"),
};

const list = (payload: string): Json | undefined => {
  const json = parseJson(payload);
  return Array.isArray(json) ? json : undefined;
};

function line(field: string, device: Known): Line | undefined {
  const known = lineOf(words, field);
  if (known) return known;
  const [, id] = /^meters\.\d+\.values\.id(\d+)$/.exec(field) ?? [];
  if (id) return byId[Number(id)];
  if (field === "evse.external_current.current")
    return {
      word: "charge_limit",
      maker: { kind: "number", unit: "mA", min: 0, max: 32_000, step: 1 },
      write: (raw): MqttPublish => ({
        topic: `${device.key}/evse/external_current_update`,
        payload: JSON.stringify({ current: raw as Json }),
        qos: 1,
      }),
    };
  return undefined;
}

function acts(base: string): readonly Act[] {
  const call = (path: string, name: string): Act => ({
    endpoint: 1,
    path,
    publish: [{ topic: `${base}/evse/${name}`, payload: "null", qos: 1 }],
  });
  return [call("energyEvse.enableCharging", "start_charging"), call("energyEvse.disable", "stop_charging")];
}

function head(device: Known): Head {
  const base = device.key;
  const id = device.fact("id") ?? base.split("/").slice(-2).join("-");
  const charger = device.has("evse.state.charger_state") || device.has("evse.low_level_state.uptime");
  return {
    addresses: [`own:warp/${id}`],
    name: device.fact("name") ?? id,
    vendor: "Tinkerforge",
    model: device.fact("model") ?? "WARP Charger",
    firmware: device.fact("firmware"),
    types: charger ? { 1: "energyEvse" } : { 1: "electricalMeter" },
    labels: phaseLabels,
    acts: charger ? acts(base) : [],
  };
}

function sheet(): Sheet {
  /** By meter: what stands at which place of its values. */
  const ids = new Map<string, readonly Json[]>();
  /** Values that came before their list of meanings are read as places. */
  const values =
    (meter: string) =>
    (payload: string): Json | undefined => {
      const places = list(payload);
      if (!Array.isArray(places)) return undefined;
      const known = ids.get(meter);
      return Object.fromEntries(
        places.slice(0, 128).map((value: Json, at: number) => [known ? `id${String(known[at])}` : String(at), value]),
      );
    };
  const claim = (topic: string, payload: string): Claim | undefined => {
    const [, base = "", part = ""] = TOPIC.exec(topic) ?? [];
    if (!part || !(MAKER.test(base) || /charger_state|iec61851_state|"energy_abs"/.test(payload))) return undefined;
    if (/_(update|config)$/.test(part)) return { kind: "ignored" };
    const under = part.replaceAll("/", ".");
    if (part.endsWith("/value_ids")) {
      const found = list(payload);
      if (Array.isArray(found) && ids.size < 64) ids.set(`${base}/${part.slice(0, -10)}`, found.slice(0, 128));
      return { kind: "ignored", once: true };
    }
    return part.startsWith("meters/") && part.endsWith("/values")
      ? { kind: "values", device: base, under, reads: values(`${base}/${part.slice(0, -7)}`) }
      : { kind: "values", device: base, under };
  };
  return { claim, head, line: (field, _, device) => line(field, device) };
}

export const warp = sheetDialect("warp", sheet);
