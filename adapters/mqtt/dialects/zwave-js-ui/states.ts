/** What a Z-Wave node tells: sensors, thermostats, locks, batteries, buttons. */
import type { MakerType } from "../../codec.ts";
import { type Bench, flag, inMode, inWords, number, text } from "./bench.ts";
import { lockMode, operatingState, scene as sceneWord, thermostatMode } from "./codecs.ts";
import type { Entry } from "./device.ts";
import { type Meant, sensorOf } from "./sensors.ts";
import { nameKey } from "./values.ts";

/** First endpoint of scenes: each button is one. */
const SCENES = 200;

export function measured(b: Bench, entry: Entry, meant: Meant | undefined): void {
  if (!meant) {
    b.own(entry);
    return;
  }
  const event = entry.meta?.stateless === true ? { event: true } : {};
  b.add(entry, meant.word, meant.maker, { ...(meant.codec ? { codec: meant.codec } : {}), ...event });
  if (!meant.beside) return;
  const { label } = b.plain(entry);
  b.add(entry, "", meant.beside, { label: meant.label ? `${label} ${meant.label}` : (label ?? ""), ...event });
}

export function sensor(b: Bench, entry: Entry): void {
  const { name } = entry;
  const meant = sensorOf(name.property, entry.meta, b.node.fahrenheit);
  measured(b, entry, meant);
  if (meant.word === "temperature" && b.thermostats.has(name.endpoint)) b.add(entry, "local_temperature", meant.maker);
}

export function thermostat(b: Bench, entry: Entry): void {
  const { cc, property, key = "" } = entry.name;
  const write = b.writes(entry);
  if (cc === 64 && property === "mode") {
    b.add(entry, "system_mode", number, {
      ...write,
      field: inMode(nameKey(entry.name)),
      codec: thermostatMode(entry.meta?.states ?? new Map()),
    });
    b.own(entry, write);
    return;
  }
  if (cc === 66 && property === "state") {
    b.add(entry, "running_state", number, { codec: operatingState });
    return;
  }
  if (cc !== 67 || property !== "setpoint") {
    b.own(entry);
    return;
  }
  const word = /^(?:1|heating)$/i.test(key)
    ? "occupied_heating_setpoint"
    : /^(?:2|cooling)$/i.test(key)
      ? "occupied_cooling_setpoint"
      : "";
  const { meta } = entry;
  const ends = {
    ...(meta?.min === undefined ? {} : { min: meta.min }),
    ...(meta?.max === undefined ? {} : { max: meta.max }),
  };
  const step = meta?.step === undefined ? {} : { step: meta.step };
  b.add(entry, word, { kind: "number", unit: meta?.unit ?? (b.node.fahrenheit ? "F" : "C"), ...ends, ...step }, write);
}

export function lock(b: Bench, entry: Entry): void {
  const { property } = entry.name;
  if (property === "targetMode" && b.isShadow(entry, "currentMode")) return;
  if (property === "currentMode") {
    const write = b.writes(b.target(entry, "targetMode"));
    b.add(entry, "lock_state", number, { ...write, codec: lockMode });
    return;
  }
  if (property === "doorStatus") {
    b.add(entry, "contact", { kind: "boolean", on: "open", off: "closed" });
    return;
  }
  if (property === "latchStatus" || property === "boltStatus") {
    b.add(entry, "", text);
    return;
  }
  b.own(entry);
}

export function battery(b: Bench, entry: Entry): void {
  const { property } = entry.name;
  if (property === "level") {
    b.add(entry, "battery", { kind: "number", unit: "%" });
    return;
  }
  if (property === "isLow") {
    b.add(entry, "battery_low", flag);
    return;
  }
  b.own(entry);
}

/** Each numbered scene is a button. */
export function scene(b: Bench, entry: Entry): void {
  const { property, key = "" } = entry.name;
  const button = Number(key);
  if (property !== "scene" || !Number.isInteger(button)) {
    b.own(entry);
    return;
  }
  const endpoint = SCENES + Math.min(button, 255);
  b.draft.type(endpoint, "genericSwitch");
  b.draft.label(endpoint, `Button ${button}`);
  const maker: MakerType = { kind: "enum", values: sceneWord.type.type === "enum" ? sceneWord.type.values : [] };
  b.add(entry, "", maker, {
    endpoint,
    name: "event",
    label: "Event",
    event: true,
    field: inWords(nameKey(entry.name)),
  });
}
