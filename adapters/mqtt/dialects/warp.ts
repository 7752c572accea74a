/** WARP chargers and energy managers of Tinkerforge (https://docs.warp-charger.com, "MQTT/HTTP API"). */
import type { MqttPublish } from "../dialect.ts";
import { type Json, parseJson } from "../json.ts";
import type { Act, Claim, Derived, Head, Known, Line, Sheet } from "../sheet/claim.ts";
import { clockwork, fact, kept, lineOf, means, phaseLabels } from "../sheet/lines.ts";
import { sheetDialect } from "../sheet.ts";
import { LEGACY, valueLine } from "./warp/values.ts";

/** `<warp…|wem…>/<id>/<module>/<part>`; the prefix is a setting, the modules are not. */
const TOPIC =
  /^((?:.+\/)?(?:warp\d?|wem\d?)\/[A-Za-z0-9]{2,8}|.+)\/(evse\/[a-z_0-9]+|meter\/[a-z_]+|meters\/\d{1,2}\/[a-z_]+|info\/[a-z_]+|(?:charge_tracker|charge_manager|charge_limits|power_manager|energy_manager|em_common|eco|day_ahead_prices|solar_forecast|heating)\/[a-z_]+)$/;
const MAKER = /(?:^|\/)(?:warp\d?|wem\d?)\/[A-Za-z0-9]{2,8}$/;

/** 0 not connected, 1 waiting for release, 2 ready to charge, 3 charging, 4 error. */
const CAR = ["notPluggedIn", "pluggedInDemand", "pluggedInNoDemand", "pluggedInCharging", "fault"] as const;

const VEHICLE = ["notPluggedIn", "pluggedInDemand", "pluggedInCharging", "fault"] as const;

const words: Readonly<Record<string, Line>> = {
  "evse.state.charger_state": {
    word: "ev_status",
    maker: { kind: "number" },
    codec: { type: { type: "enum", values: [...CAR] }, read: (raw) => CAR[Number(raw)], write: () => undefined },
  },
  "evse.state.allowed_charging_current": { ...kept("mA"), label: "Offered to the car" },
  "evse.state.uptime": clockwork,
  "evse.state.time_since_state_change": clockwork,
  "evse.low_level_state.uptime": clockwork,
  "evse.low_level_state.led_state": clockwork,
  "evse.low_level_state.cp_pwm_duty_cycle": clockwork,
  "evse.low_level_state.time_since_state_change": clockwork,
  "evse.energy_meter_values.power": means("power", "W"),
  "evse.energy_meter_values.energy_abs": means("energy", "kWh"),
  "evse.energy_meter_values.energy_rel": kept("kWh"),
  // Firmware 1 has no other state.
  "evse.state.vehicle_state": {
    word: "ev_status",
    maker: { kind: "number" },
    codec: {
      type: { type: "enum", values: [...VEHICLE] },
      read: (raw) => VEHICLE[Number(raw)],
      write: () => undefined,
    },
  },
  supply: {
    word: "ev_supply",
    maker: { kind: "number" },
    codec: {
      type: { type: "enum", values: ["disabled", "chargingEnabled", "disabledError"] },
      read: (raw) => (raw === 1 ? "disabled" : raw === 4 ? "disabledError" : "chargingEnabled"),
      write: () => undefined,
    },
  },
  session: means("session_energy", "kWh"),
  "meter.values.power": means("power", "W"),
  "meter.values.energy_abs": means("energy", "kWh"),
  "meter.values.energy_rel": kept("kWh"),
  "charge_tracker.current_charge.meter_start": kept("kWh"),
  "info.version.firmware": fact("firmware"),
  "info.name.name": fact("id"),
  "info.name.display_type": fact("model"),
  "info.display_name.display_name": fact("name"),
};

/** A charge began at this reading of the meter; user -1: none is going on. */
const sinceStart = (energy: string, unless: readonly string[]): Derived => ({
  field: "session",
  from: [energy, "charge_tracker.current_charge.meter_start"],
  maybe: ["charge_tracker.current_charge.user_id", ...unless],
  compute: ([now = 0, start = 0], [user, other]) =>
    user === -1 || other !== undefined || now < start ? undefined : now - start,
});

const derived: readonly Derived[] = [
  {
    field: "supply",
    from: ["evse.state.charger_state"],
    compute: ([state = 0]) => (state >= 1 && state <= 4 ? state : undefined),
  },
  sinceStart("meter.values.energy_abs", []),
  sinceStart("meters.0.values.id209", ["meter.values.energy_abs"]),
];

const list = (payload: string): readonly Json[] | undefined => {
  const json = parseJson(payload);
  return Array.isArray(json) ? json : undefined;
};

/** Limits of the charging slots. */
const CURRENT = /^evse\.(?:slots\.\d+\.max_current|[a-z_]*current[a-z_]*\.(?:current|max_current_[a-z_]+))$/;
/** What the controller measures on the cable's wires, and counters of its talk with the meter. */
const RAW =
  /^evse\.(?:low_level_state\.(?:adc_values|voltages|resistances|gpio)\.|energy_meter_errors\.)|^info\.(?:features|modules)/;

function line(field: string, device: Known): Line | undefined {
  const known = lineOf(words, field);
  if (known) return known;
  const [, meter, id] = /^meters?(?:\.(\d+))?\.(?:all_)?values\.id(\d+)$/.exec(field) ?? [];
  // A meter that does not tell directions apart has one counter for both; a charger only takes.
  if (id === "213" && meter === "0" && !device.has("meters.0.values.id209")) return means("energy", "kWh");
  if (id) return valueLine(Number(meter ?? 0), Number(id));
  const [, named] = /^meters\.(\d+)\.config\.1\.display_name$/.exec(field) ?? [];
  if (named) return { maker: { kind: "text" }, fact: `meter ${named}` };
  const [, placed] = /^meters\.(\d+)\.config\.1\.location$/.exec(field) ?? [];
  if (placed) return { maker: { kind: "number" }, fact: `place ${placed}` };
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
  if (CURRENT.test(field)) return kept("mA");
  if (RAW.test(field)) return clockwork;
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

/** Place of a meter, as its settings number them. */
const GRID = "4";

function head(device: Known): Head {
  const base = device.key;
  const id = device.fact("id") ?? base.split("/").slice(-2).join("-");
  const others = [1, 2, 3, 4, 5, 6].filter((n) => device.has(`meters.${n}.values.id74`));
  const charger = device.has("evse.state.charger_state") || device.has("evse.low_level_state.uptime");
  return {
    addresses: [`own:warp/${id}`],
    name: device.fact("name") ?? id,
    vendor: "Tinkerforge",
    model: device.fact("model") ?? "WARP Charger",
    firmware: device.fact("firmware"),
    types: {
      ...(charger ? { 1: "energyEvse" } : { 1: "electricalMeter" }),
      ...Object.fromEntries(
        others.filter((n) => device.fact(`place ${n}`) === GRID).map((n) => [20 + n, "electricalMeter"]),
      ),
    },
    labels: {
      ...phaseLabels,
      ...Object.fromEntries(others.map((n) => [20 + n, device.fact(`meter ${n}`) ?? `Meter ${n}`])),
    },
    acts: charger ? acts(base) : [],
  };
}

const byNumber = (ids: readonly Json[], values: readonly Json[]): Json =>
  Object.fromEntries(values.slice(0, 128).map((value, at) => [`id${String(ids[at] ?? 0)}`, value]));

function sheet(): Sheet {
  const bases = new Set<string>();
  /** By meter: what stands at which place of its values, and values that came before that was told. */
  const ids = new Map<string, readonly Json[]>();
  const waiting = new Map<string, readonly Json[]>();
  const values =
    (meter: string) =>
    (payload: string): Json | undefined => {
      const places = list(payload);
      if (!places) return undefined;
      const known = ids.get(meter);
      if (!known && waiting.size < 64) waiting.set(meter, places.slice(0, 128));
      return known ? byNumber(known, places) : {};
    };
  const meanings =
    (meter: string) =>
    (payload: string): Json | undefined => {
      const found = list(payload);
      if (!found) return undefined;
      if (ids.size < 64 || ids.has(meter)) ids.set(meter, found.slice(0, 128));
      const early = waiting.get(meter);
      waiting.delete(meter);
      return early ? byNumber(found, early) : {};
    };
  const legacy = (payload: string): Json | undefined => {
    const places = list(payload);
    return places && byNumber(LEGACY, places.slice(0, LEGACY.length));
  };
  const claim = (topic: string, payload: string): Claim | undefined => {
    const [, base = "", part = ""] = TOPIC.exec(topic) ?? [];
    const ours = bases.has(base) || MAKER.test(base) || /"(charger_state|iec61851_state|energy_abs)"/.test(payload);
    if (!part || !ours) return undefined;
    if (bases.size < 64) bases.add(base);
    // Requests, the log of past charges, and bodies that are asked for over HTTP alone.
    if (/_(update|config)$|\/(update|last_charges|history|live|charge_log)$/.test(part)) return { kind: "ignored" };
    const under = part.replaceAll("/", ".");
    const [, meter = "", what] = /^(meters\/\d+)\/(value_ids|values)$/.exec(part) ?? [];
    if (what) {
      const reads = (what === "values" ? values : meanings)(`${base}/${meter}`);
      return { kind: "values", device: base, under: `${meter.replace("/", ".")}.values`, reads };
    }
    return { kind: "values", device: base, under, ...(part === "meter/all_values" ? { reads: legacy } : {}) };
  };
  return { claim, head, line: (field, _, device) => line(field, device), derived };
}

export const warp = sheetDialect("warp", sheet);
