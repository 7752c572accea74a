/** What the properties of a decoded Bluetooth advertisement mean (decoder.theengs.io, properties of each device). */
import type { Codec, MakerType } from "../../codec.ts";
import type { MqttPublish } from "../../dialect.ts";
import type { Act, Known, Line } from "../../sheet/claim.ts";

const amount = (unit: string): MakerType => ({ kind: "number", unit });
const flag: MakerType = { kind: "boolean", on: true, off: false };
/** An open contact is `true` there and no closed contact here. */
const opened: Line = { word: "contact", maker: flag };

const lines: Readonly<Record<string, Line>> = {
  tempc: { word: "temperature", maker: amount("C") },
  tempf: { word: "temperature", maker: amount("F") },
  tempc2_dp: { label: "Dew point", maker: amount("C") },
  tempc_min: { maker: amount("C") },
  tempc_max: { maker: amount("C") },
  hum: { word: "humidity", maker: amount("%") },
  pres: { word: "pressure", maker: amount("hPa") },
  lux: { word: "illuminance_lux", maker: amount("lx") },
  darkness: { maker: amount("lx") },
  moi: { word: "soil_moisture", maker: amount("%") },
  fer: { label: "Fertility", maker: amount("µS/cm") },
  batt: { word: "battery", maker: amount("%") },
  lowbatt: { word: "battery_low", maker: flag },
  co2: { word: "co2", maker: amount("ppm") },
  pm1: { word: "pm1", maker: amount("µg/m3") },
  pm25: { word: "pm25", maker: amount("µg/m3") },
  pm10: { word: "pm10", maker: amount("µg/m3") },
  for: { word: "formaldehyde", label: "Formaldehyde", maker: amount("mg/m3") },
  voc: { word: "voc", maker: amount("µg/m3") },
  tvoc: { word: "voc", maker: amount("µg/m3") },
  motion: { word: "occupancy", maker: flag },
  presence: { word: "occupancy", maker: flag },
  moving: { maker: flag },
  smoke: { word: "smoke", maker: flag },
  leak: { word: "water_leak", maker: flag },
  wet: { word: "water_leak", maker: flag },
  power: { word: "power", maker: amount("kW") },
  avg_kW: { word: "power", maker: amount("kW") },
  avg_W: { word: "power", maker: amount("W") },
  sum_kWh: { word: "energy", maker: amount("kWh") },
  sum_Wh: { word: "energy", maker: amount("Wh") },
  current: { word: "current", maker: amount("A") },
  weight_kg: { name: "weight", label: "Weight", maker: amount("kg") },
  // Kitchen scales name no unit: theirs is the gram.
  weight: { name: "weight_g", label: "Weight", maker: amount("g") },
  impedance: { maker: amount("Ω") },
  litres: { maker: amount("l") },
  seconds: { maker: amount("s") },
  duration: { maker: amount("s") },
  lvl_cm: { label: "Level", maker: amount("cm") },
  level: { maker: amount("%") },
  act_bpm: { label: "Heart rate in activity", maker: amount("bpm") },
  bpm: { label: "Heart rate", maker: amount("bpm") },
  dist: { maker: amount("m") },
  txpower: { maker: amount("dBm") },
  tx: { maker: amount("dBm") },
  serial: { maker: { kind: "text" }, fact: "serial" },
};

/** Who and how it sends is in the node's description, or is clockwork of the radio, or the cipher of a frame without key. */
const hidden = new Set(
  "id mac mac_type adv_type name brand model model_id type cidc acts cont track prmac ctrl encr packet seq cipher ctr mic mfid rpi aem manufacturerdata servicedata servicedatauuid".split(
    " ",
  ),
);

const AXIS = /^(acc[xyz]|[xyz]_axis)$/;
const PROBE = /^temp([cf])([1-6])$/;
const PRESS = /^(button\d*|shake)$/;
const NEAR = /^(rssi|snr|noise|distance)\.(.+)$/;

/** Curtains count how far they are closed. */
const closed: Codec = {
  type: { type: "number", unit: "%", min: 0, max: 100 },
  read: (raw) => (typeof raw === "number" ? 100 - raw : undefined),
  write: (value) => 100 - Number(value),
};
/** Slats are told by their turn: 0 closed downwards, 50 open, 100 closed upwards. */
const slats: Codec = {
  type: { type: "number", unit: "%", min: 0, max: 100 },
  read: (raw) => (typeof raw === "number" ? raw : undefined),
  write: (value) => Math.round(Number(value) / 2),
};

const KEYS = ["model_id", "id", "gateway"] as const;

/** A command to a device that the gateway can reach (docs.openmqttgateway.com/use/ble.html, SwitchBot). */
function command(device: Known, part: object): MqttPublish | undefined {
  const [model, id, gateway] = KEYS.map((key) => device.fact(key));
  if (!model || !id || !gateway) return undefined;
  const payload = JSON.stringify({ model_id: model, ...part, id });
  return { topic: `${gateway}/commands/MQTTtoBT`, payload, qos: 1 };
}

const writes = (device: Known, name: string): Pick<Line, "write"> =>
  command(device, {}) ? { write: (raw) => command(device, { [name]: raw }) ?? { topic: "", payload: "", qos: 1 } } : {};

/** Commands beyond setting a value. */
export function actsOf(device: Known): readonly Act[] {
  const name = device.fact("type") === "WCVR" ? (device.has("position") ? "position" : "tilt") : undefined;
  const stop = name && command(device, { [name]: "stop" });
  return stop ? [{ endpoint: 1, path: "windowCovering.stopMotion", publish: [stop] }] : [];
}

function byType(field: string, sample: unknown, device: Known): Line | undefined {
  const type = device.fact("type");
  if (field === "open" && typeof sample === "boolean") return opened;
  if (type === "WCVR" && field === "open") return { word: "tilt", codec: slats, ...writes(device, "tilt") };
  if (type === "WCVR" && field === "position")
    return { word: "position", codec: closed, ...writes(device, "position") };
  if (type === "ACTR" && field === "state")
    return { word: "on", maker: { kind: "boolean", on: "on", off: "off" }, ...writes(device, "cmd") };
  if (field === "pres" && type === "TIRE") return { word: "pressure", label: "Tyre pressure", maker: amount("bar") };
  if (field === "volt") return { word: type === "ENRG" ? "voltage" : "battery_voltage", maker: amount("V") };
  // What a shower took is no lifetime counter: it has a session beside it.
  if (field === "energy") return { ...(device.has("session") ? {} : { word: "energy" }), maker: amount("kWh") };
  return undefined;
}

/** What a property means; undefined keeps it as the maker's own. */
export function bluetooth(field: string, sample: unknown, device: Known): Line | undefined {
  if (hidden.has(field)) return { hidden: true };
  const typed = byType(field, sample, device);
  if (typed) return typed;
  if (Object.hasOwn(lines, field)) return lines[field];
  const [, scale, probe] = PROBE.exec(field) ?? [];
  if (scale && probe)
    return { word: "temperature", maker: amount(scale === "c" ? "C" : "F"), endpoint: 1 + Number(probe) };
  if (AXIS.test(field)) return { maker: amount("m/s²") };
  if (PRESS.test(field)) return { event: true };
  const [, what, gateway] = NEAR.exec(field) ?? [];
  if (what) return { label: `${what} at ${gateway}`, maker: amount(what === "distance" ? "m" : "dBm") };
  return undefined;
}

/** Probes by endpoint. */
export const probesOf = (device: Known): Record<number, string> =>
  Object.fromEntries(
    [1, 2, 3, 4, 5, 6]
      .filter((n) => device.has(`tempc${n}`) || device.has(`tempf${n}`))
      .map((n) => [1 + n, `Probe ${n}`]),
  );
