/** Turns what the simulated home would have sent into buckets: a small reader of its own, apart from the hub's dialects. */
import type { Bucket } from "../../hub/twin/history.ts";
import { pathOf } from "./demo-home.ts";

const P = "electricalPowerMeasurement.activePower";
type Found = readonly (readonly [string, number])[];
type Fields = Record<string, unknown>;

const n = (key: string, value: unknown): Found => (typeof value === "number" ? [[key, value]] : []);
const rec = (value: unknown): Fields => (typeof value === "object" && value !== null ? (value as Fields) : {});

function zigbee(name: string, f: Fields): Found {
  switch (name) {
    case "EV charger":
      return [
        ...n(pathOf("EV charger", P), f.power),
        ...n(pathOf("EV charger", "energyEvse.stateOfCharge"), f.ev_state_of_charge),
      ];
    case "Home battery":
      return [
        ...n(pathOf("Home battery", P), f.power),
        ...n(pathOf("Home battery", "powerSource.batPercentRemaining"), f.state_of_charge),
      ];
    case "TV corner plug":
      return [...n(pathOf("TV corner", P), f.power), [pathOf("TV corner", "onOff.onOff"), f.state === "ON" ? 1 : 0]];
    case "Outdoor sensor":
      return n(pathOf("Outdoor sensor", "temperatureMeasurement.measuredValue"), f.temperature);
    default:
      return [];
  }
}

function tasmota(topic: string, f: Fields): Found {
  const name = topic.includes("water_heater")
    ? "Water heater"
    : topic.includes("dishwasher")
      ? "Dishwasher"
      : undefined;
  if (!name) return [];
  if (topic.endsWith("STATE")) return [[pathOf(name, "onOff.onOff"), f.POWER === "ON" ? 1 : 0]];
  return [
    ...n(pathOf(name, P), rec(f.ENERGY).Power),
    ...n(pathOf(name, "temperatureMeasurement.measuredValue"), rec(f.DS18B20).Temperature),
  ];
}

function shelly(topic: string, f: Fields): Found {
  const params = rec(f.params);
  if (topic.startsWith("shellypro3em")) return n(pathOf("House meter", P), rec(params["em:0"]).total_act_power);
  const watts = rec(params["pm1:0"]).apower;
  return n(pathOf(topic.includes("a014") ? "Solar" : "Heat pump", P), watts);
}

function matter(d: Fields): Found {
  const value = d.value;
  if (typeof value !== "number") return [];
  if (d.attribute === "activePower") return [[pathOf("Fridge", P), value / 1000]];
  if (d.attribute === "localTemperature")
    return [[pathOf("Living room thermostat", "thermostat.localTemperature"), value / 100]];
  if (d.attribute === "occupiedHeatingSetpoint")
    return [[pathOf("Living room thermostat", "thermostat.occupiedHeatingSetpoint"), value / 100]];
  return [];
}

function read(d: Fields): Found {
  if (d.matter) return matter(d);
  const topic = String(d.topic ?? "");
  const wanted = /^(zigbee2mqtt\/[^/]+|tele\/\w+\/(SENSOR|STATE)|shelly(pro3em|pmminig3)-\w+\/events\/rpc)$/.test(
    topic,
  );
  if (!wanted) return [];
  const fields = rec(JSON.parse(String(d.payload)));
  if (topic.startsWith("zigbee2mqtt/")) return zigbee(topic.slice(12), fields);
  return topic.startsWith("tele/") ? tasmota(topic, fields) : shelly(topic, fields);
}

interface Building {
  readonly at: number;
  sum: number;
  weight: number;
  last: number;
  since: number;
}

/** Time-weighted buckets by text path, as the store gives them. */
export async function bucketsOf(lines: AsyncIterable<string>, bucketMs: number): Promise<Map<string, Bucket[]>> {
  const found = new Map<string, Map<number, Building>>();
  const held = new Map<string, { at: number; value: number }>();
  const add = (key: string, from: number, to: number, value: number) => {
    const series = found.get(key) ?? new Map<number, Building>();
    found.set(key, series);
    for (let at = Math.floor(from / bucketMs) * bucketMs; at < to; at += bucketMs) {
      const bucket = series.get(at) ?? { at, sum: 0, weight: 0, last: value, since: 0 };
      const weight = Math.min(to, at + bucketMs) - Math.max(from, at);
      series.set(at, { ...bucket, sum: bucket.sum + value * weight, weight: bucket.weight + weight, last: value });
    }
  };
  for await (const line of lines) {
    const d = rec(JSON.parse(line));
    const at = Number(d.at);
    for (const [key, value] of read(d)) {
      const before = held.get(key);
      if (before && at > before.at) add(key, before.at, at, before.value);
      held.set(key, { at, value });
    }
  }
  for (const [key, before] of held) add(key, before.at, before.at + 1, before.value);
  const mean = (b: Building): Bucket => ({ at: b.at, mean: b.sum / b.weight, last: b.last });
  return new Map([...found].map(([key, series]) => [key, [...series.values()].map(mean).sort((a, b) => a.at - b.at)]));
}
