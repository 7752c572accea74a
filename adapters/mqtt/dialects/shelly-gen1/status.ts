/** The whole status of a first-generation Shelly, taken apart into the fields that its topics carry. */
import { asNumber } from "../../codec.ts";
import { eachLeaf, entriesOf, get, isObject, type Json, type JsonObject, listOf, parseObject } from "../../json.ts";
import { lampFields } from "./bodies.ts";
import {
  type Fields,
  flag,
  flags,
  items,
  listed,
  opening,
  present,
  probes,
  temperatureOf,
  valveFields,
} from "./parts.ts";
import { onBattery, type Root } from "./roots.ts";

/** A valve on a radiator. */
function thermostatFields(root: Root, index: number, body: JsonObject): Fields {
  const base = `thermostat/${index}`;
  const { pos, target_t, tmp, ...rest } = body;
  const found: Fields = {};
  if (pos !== undefined) Object.assign(found, { [`${base}/pos`]: pos, [`${base}/valve_pos`]: pos });
  if (isObject(target_t)) {
    found[`${base}/target_t`] = temperatureOf(target_t, root);
    found[`${base}/enabled`] = get(target_t, "enabled") ?? null;
  }
  if (isObject(tmp)) found[`${base}/tmp`] = temperatureOf(tmp, root);
  for (const [name, value] of entriesOf(rest, 32)) found[`${base}/${name}`] = value;
  return found;
}

function relays(found: Fields, status: JsonObject): void {
  // In roller mode the relays are the motor's two ends, and no function of the home.
  if (listOf(status, "rollers").length > 0) return;
  for (const [index, relay] of items(get(status, "relays"))) {
    const { ison, ...rest } = isObject(relay) ? relay : {};
    if (typeof ison === "boolean") found[`relay/${index}`] = ison ? "on" : "off";
    for (const [name, value] of entriesOf(rest, 32)) found[`relay/${index}/${name}`] = value;
  }
}

function rollers(found: Fields, status: JsonObject): void {
  for (const [index, roller] of items(get(status, "rollers"))) {
    const { state, current_pos, power, ...rest } = isObject(roller) ? roller : {};
    const base = `roller/${index}`;
    if (state !== undefined) Object.assign(found, { [base]: state, [`${base}/state`]: state });
    if (current_pos !== undefined) found[`${base}/pos`] = asNumber(current_pos) === -1 ? null : current_pos;
    if (power !== undefined) found[`${base}/power`] = power;
    for (const [name, value] of entriesOf(rest, 32)) found[`${base}/${name}`] = value;
  }
}

/** Meters stand beside what they measure, by number; one meter for several outputs is their sum. */
function meters(found: Fields, status: JsonObject): void {
  const [rolling, lamps, outputs] = [listOf(status, "rollers"), listOf(status, "lights"), listOf(status, "relays")];
  const kind = rolling.length > 0 ? "roller" : lamps.length > 0 ? "lamp" : "relay";
  const list = items(get(status, "meters"));
  const shared = kind === "relay" && list.length === 1 && outputs.length > 1;
  for (const [index, meter] of list) {
    if (get(meter, "is_valid") === false) continue;
    const base = shared ? kind : `${kind}/${index}`;
    const [power, total, over] = [get(meter, "power"), get(meter, "total"), get(meter, "overpower")];
    if (power !== undefined) found[`${base}/power`] = power;
    if (total !== undefined) found[`${base}/energy`] = total;
    if (over !== undefined) found[`${base}/overpower_value`] = over;
  }
  for (const [index, meter] of items(get(status, "emeters"))) {
    if (get(meter, "is_valid") === false) continue;
    for (const [name, value] of entriesOf(meter, 32))
      if (name !== "is_valid") found[`emeter/${index}/${name === "reactive" ? "reactive_power" : name}`] = value;
  }
}

/** Of a device on a battery; the same names mean other things on one with a mains plug. */
function senses(root: Root, found: Fields, status: JsonObject): void {
  const [tmp, sensor, bat, lux, accel] = ["tmp", "sensor", "bat", "lux", "accel"].map((name) => get(status, name));
  if (isObject(tmp))
    found[onBattery(root) || isObject(get(status, "hum")) ? "sensor/temperature" : "temperature"] = temperatureOf(
      tmp,
      root,
    );
  const humidity = get(get(status, "hum"), "value");
  if (humidity !== undefined) found["sensor/humidity"] = present(humidity);
  if (isObject(bat)) {
    found["sensor/battery"] = get(bat, "value") ?? null;
    found["sensor/battery_voltage"] = get(bat, "voltage") ?? null;
  } else if (bat !== undefined) found["sensor/battery"] = bat;
  if (isObject(lux)) {
    found["sensor/lux"] = asNumber(get(lux, "value")) === -1 ? null : (get(lux, "value") ?? null);
    found["sensor/illumination"] = get(lux, "illumination") ?? null;
  } else if (lux !== undefined) found["sensor/lux"] = lux;
  for (const [name, value] of [...entriesOf(sensor, 16), ...entriesOf(accel, 16)]) {
    if (name === "is_valid" || name === "timestamp") continue;
    const unknown = name === "tilt" && asNumber(value) === -1;
    if (name === "state") Object.assign(found, opening(value));
    else found[`sensor/${name}`] = flags.test(`sensor/${name}`) ? flag(value) : unknown ? null : value;
  }
  for (const name of ["flood", "smoke", "motion", "vibration", "active", "charger"]) {
    const value = get(status, name);
    if (typeof value !== "boolean") continue;
    found[`sensor/${name}`] = value;
    if (name === "smoke") found["sensor/alarm"] = value;
  }
  const gas = get(status, "gas_sensor");
  if (isObject(gas)) {
    found["sensor/operation"] = get(gas, "sensor_state") ?? null;
    found["sensor/gas"] = get(gas, "alarm_state") ?? null;
    found["sensor/self_test"] = get(gas, "self_test_state") ?? null;
    found["sensor/concentration"] = get(get(status, "concentration"), "ppm") ?? null;
    found["sensor/command"] = null;
  }
}

/** Said above in fields of their own, or clockwork, addresses and memory figures of the firmware. */
const elsewhere = new Set([
  ...[
    "relays",
    "rollers",
    "lights",
    "meters",
    "emeters",
    "inputs",
    "valves",
    "thermostats",
    "adcs",
    "tmp",
    "hum",
    "bat",
  ],
  ...["lux", "accel", "sensor", "flood", "smoke", "motion", "vibration", "active", "charger", "gas_sensor"],
  ...["concentration", "target_t", "ext_temperature", "ext_humidity", "ext_switch", "act_reasons", "sensor_error"],
  ...["wifi_sta", "overtemperature", "temperature", "overload", "loaderror", "is_valid", "timestamp"],
  ...["mqtt", "time", "unixtime", "serial", "mac", "cfg_changed_cnt", "actions_stats", "update", "ram_total"],
  ...[
    "ram_free",
    "ram_lwm",
    "fs_size",
    "fs_free",
    "fs_mounted",
    "uptime",
    "fw_info",
    "ext_sensors",
    "connect_retries",
    "dbg_flags",
    "debug",
  ],
]);

/** The whole status, on `info` of every device and on `status` of motion sensors and radiator valves. */
export function readStatus(root: Root, payload: string): Json | undefined {
  const status = parseObject(payload);
  if (!status) return undefined;
  const found: Fields = {};
  relays(found, status);
  rollers(found, status);
  for (const [index, lamp] of items(get(status, "lights")))
    if (isObject(lamp)) Object.assign(found, lampFields(root, index, lamp));
  meters(found, status);
  for (const [index, input] of items(get(status, "inputs"))) found[`input/${index}`] = flag(get(input, "input"));
  for (const [index, adc] of items(get(status, "adcs"))) found[`adc/${index}`] = get(adc, "voltage") ?? null;
  for (const [index, valve] of items(get(status, "valves")))
    Object.assign(found, valveFields(index, get(valve, "state") ?? null));
  for (const [index, valve] of items(get(status, "thermostats")))
    if (isObject(valve)) Object.assign(found, thermostatFields(root, index, valve));
  const target = get(status, "target_t");
  // A valve's short status says the same without its number.
  if (isObject(target)) {
    const { tmp, pos, temperature_offset } = status;
    Object.assign(
      found,
      thermostatFields(root, 0, {
        target_t: target,
        ...(tmp === undefined ? {} : { tmp }),
        ...(pos === undefined ? {} : { pos }),
      }),
    );
    if (temperature_offset !== undefined) found["thermostat/0/temperature_offset"] = temperature_offset;
  }
  senses(root, found, target === undefined ? status : { ...status, tmp: null });
  for (const kind of ["temperature", "humidity", "switch"] as const) probes(found, get(status, `ext_${kind}`), kind);
  for (const name of ["temperature", "overtemperature", "overload", "loaderror"]) {
    const value = get(status, name);
    if (value !== undefined) found[name] = name === "temperature" ? present(value) : flag(value);
  }
  if (get(status, "sensor_error") !== undefined) found["sensor/error"] = get(status, "sensor_error") ?? null;
  const reasons = listed(get(status, "act_reasons"));
  if (reasons !== undefined) found["sensor/act_reasons"] = reasons;
  found.wifi_rssi = get(get(status, "wifi_sta"), "rssi") ?? null;
  eachLeaf(Object.fromEntries(entriesOf(status, 128).filter(([name]) => !elsewhere.has(name))), (path, value) => {
    if (value !== null && !/\.(?:is_valid|timestamp)$/.test(path) && !Object.hasOwn(found, path)) found[path] = value;
  });
  return found;
}
