/** Lights in the three schemas: topics one by one, one JSON body, or templates. */
import type { MakerType } from "../../../codec.ts";
import { asNumber } from "../../../codec.ts";
import { get, type Json, textOf } from "../../../json.ts";
import { lightType } from "../../zigbee2mqtt/words.ts";
import type { Entity } from "../config.ts";
import { type EntityReader, type Part, type Source, type Write, word, words } from "../reader.ts";
import { addColour } from "./colour.ts";

type Send = ((raw: unknown) => Write) | undefined;

/** 0 is off and no level; steps of less than the scale are the device's own. */
const scale = (reader: EntityReader, entity: Entity): MakerType => ({
  kind: "number",
  min: 0,
  max: reader.number(entity, "brightness_scale") ?? 255,
});

/** Colour temperature in mired, or in kelvin, which is its inverse and needs arithmetic of its own. */
function warmth(reader: EntityReader, entity: Entity): Pick<Part, "maker" | "codec"> {
  const kelvin = get(entity.config, "color_temp_kelvin") === true;
  const ends = ["min_kelvin", "max_kelvin"].map((k) => reader.number(entity, k));
  const fromKelvin = (k: number | undefined): number | undefined =>
    k !== undefined && k > 0 ? Math.round(1e6 / k) : undefined;
  const min = reader.number(entity, "min_mireds") ?? fromKelvin(ends[1]);
  const max = reader.number(entity, "max_mireds") ?? fromKelvin(ends[0]);
  const maker: MakerType = {
    kind: "number",
    unit: "mired",
    ...(min === undefined ? {} : { min }),
    ...(max === undefined ? {} : { max }),
  };
  if (!kelvin) return { maker };
  const type = {
    type: "number",
    unit: "mired",
    min: Math.max(50, min ?? 153),
    max: Math.min(1000, max ?? 500),
  } as const;
  const invert = (raw: unknown): number | undefined => {
    const value = asNumber(raw);
    return value !== undefined && value > 0 ? Math.round(1e6 / value) : undefined;
  };
  return { maker, codec: { type, read: invert, write: invert } };
}

const merge =
  (topic: string, body: (raw: Json) => Readonly<Record<string, Json>>): ((raw: unknown) => Write) =>
  (raw) => ({
    topic,
    merge: body(raw as Json),
  });

/** `schema: json`: one body, one key a value. */
function jsonLight(reader: EntityReader, entity: Entity, modes: readonly string[]): void {
  const state = reader.text(entity, "state_topic");
  const command = reader.text(entity, "command_topic");
  const at = (...path: string[]): Source => ({ topic: state, path });
  const send = (body: (raw: Json) => Readonly<Record<string, Json>>): Send =>
    command === undefined || /[#+]/.test(command) ? undefined : merge(command, body);
  reader.add(entity, {
    word: "on",
    maker: { kind: "boolean", on: "ON", off: "OFF" },
    from: at("state"),
    to: send((raw) => ({ state: raw })),
  });
  const dims = get(entity.config, "brightness");
  // A colour implies a level, unless the program says outright that there is none.
  if (dims === true || (dims !== false && modes.some((m) => m !== "onoff")))
    reader.add(entity, {
      role: "brightness",
      word: "level",
      maker: scale(reader, entity),
      from: at("brightness"),
      to: send((raw) => ({ state: Number(raw) > 0 ? "ON" : "OFF", brightness: raw })),
    });
  if (modes.includes("color_temp"))
    reader.add(entity, {
      role: "color_temp",
      word: "color_temp",
      ...warmth(reader, entity),
      from: at("color_temp"),
      to: send((raw) => ({ color_temp: raw })),
    });
  const colours: readonly (readonly [mode: string, key: string, word: string])[] = [
    ["xy", "x", "color_x"],
    ["xy", "y", "color_y"],
    ["hs", "h", "hue"],
    ["hs", "s", "saturation"],
  ];
  for (const [mode, short, meaning] of colours) {
    // Zigbee2MQTT turns hue and saturation into what the lamp speaks, though it announces one form alone.
    if (!modes.includes(mode) && !(reader.speech && modes.includes("xy"))) continue;
    const key = reader.speech && mode === "hs" ? (short === "h" ? "hue" : "saturation") : short;
    const to = send((raw) => ({ color: { [key]: raw } }));
    reader.add(entity, { role: `color.${key}`, word: meaning, maker: { kind: "number" }, from: at("color", key), to });
  }
  const mixed = modes.find((m) => /^rgbw/.test(m));
  if (modes.includes("rgb"))
    addColour(
      reader,
      entity,
      "rgb",
      at("color"),
      command === undefined
        ? undefined
        : ({ red = 0, green = 0, blue = 0 }) => ({ topic: command, merge: { color: { r: red, g: green, b: blue } } }),
    );
  for (const part of mixed === undefined ? [] : mixed === "rgbww" ? ["r", "g", "b", "c", "w"] : ["r", "g", "b", "w"])
    reader.add(entity, {
      role: `color.${part}`,
      maker: { kind: "number", min: 0, max: 255 },
      from: at("color", part),
      to: send((raw) => ({ color: { [part]: raw } })),
    });
  const effects = words(entity.config, "effect_list");
  if (effects.length > 0)
    reader.add(entity, {
      role: "effect",
      maker: { kind: "enum", values: effects },
      from: at("effect"),
      to: send((raw) => ({ effect: raw })),
    });
}

/** The default schema: a topic for each value. */
function plainLight(reader: EntityReader, entity: Entity): void {
  const { config } = entity;
  const [on, off] = [word(config, "payload_on", "ON"), word(config, "payload_off", "OFF")];
  const add = (
    role: string,
    part: Pick<Part, "word" | "maker" | "codec">,
    template = `${role}_value_template`,
  ): void => {
    const from = reader.source(entity, `${role}_state_topic`, template);
    reader.add(entity, {
      role,
      ...part,
      from,
      to: reader.writer(entity, `${role}_command_topic`, `${role}_command_template`),
    });
  };
  const from = reader.source(entity, "state_topic", "state_value_template");
  const to = reader.writer(entity, "command_topic");
  reader.add(entity, { word: "on", maker: { kind: "boolean", on, off }, from, to });
  add("brightness", { word: "level", maker: scale(reader, entity) });
  add("color_temp", { word: "color_temp", ...warmth(reader, entity) });
  for (const form of ["hs", "xy", "rgb"] as const) {
    const source = reader.source(entity, `${form}_state_topic`, `${form}_value_template`);
    const values = (raw: unknown) => ({ value: Object.values(Object(raw)).join(","), ...Object(raw) });
    const text = (raw: unknown) => Object.values(Object(raw)).join(",");
    const write = reader.writer(entity, `${form}_command_topic`, `${form}_command_template`, values);
    const plain = reader.text(entity, `${form}_command_template`) === undefined;
    if (!source && !write) continue;
    const done = addColour(reader, entity, form, source, write && ((raw) => write(plain ? text(raw) : raw)));
    if (!done) add(form, { maker: { kind: "text" } });
  }
  // With white besides, the numbers are kept as the maker writes them.
  for (const role of ["rgbw", "rgbww"]) add(role, { maker: { kind: "text" } });
  const effects = words(config, "effect_list");
  add("effect", { maker: effects.length > 0 ? { kind: "enum", values: effects } : { kind: "text" } });
}

/** `schema: template`: texts of the maker's own form both ways. */
function templateLight(reader: EntityReader, entity: Entity): void {
  const topic = reader.text(entity, "state_topic");
  const from = (key: string): Source => ({ topic, template: reader.text(entity, key) });
  const onWith = (name: string) =>
    reader.writer(entity, "command_topic", "command_on_template", (raw) => ({ state: "on", [name]: raw }));
  const offWrite = reader.writer(entity, "command_topic", "command_off_template", () => ({ state: "off" }));
  const on = onWith("value");
  const to: Send = on && offWrite && ((raw) => (raw === "on" ? on(raw) : offWrite(raw)));
  if (reader.text(entity, "state_template") !== undefined || to)
    reader.add(entity, {
      word: "on",
      maker: { kind: "boolean", on: "on", off: "off" },
      from: reader.text(entity, "state_template") === undefined ? undefined : from("state_template"),
      to,
    });
  if (reader.text(entity, "brightness_template") !== undefined)
    reader.add(entity, {
      role: "brightness",
      word: "level",
      maker: { kind: "number", min: 0, max: 255 },
      from: from("brightness_template"),
      to: onWith("brightness"),
    });
  if (reader.text(entity, "color_temp_template") !== undefined)
    reader.add(entity, {
      role: "color_temp",
      word: "color_temp",
      ...warmth(reader, entity),
      from: from("color_temp_template"),
      to: onWith("color_temp"),
    });
  for (const role of ["red", "green", "blue"])
    if (reader.text(entity, `${role}_template`) !== undefined)
      reader.add(entity, {
        role,
        maker: { kind: "number", min: 0, max: 255 },
        from: from(`${role}_template`),
        to: onWith(role),
      });
}

export function light(reader: EntityReader, entity: Entity): void {
  const schema = textOf(entity.config, "schema") ?? "default";
  const endpoint = reader.endpoint(entity, "on");
  const modes = words(entity.config, "supported_color_modes");
  const has = (key: string): boolean => reader.text(entity, key) !== undefined;
  const features = new Set<string>();
  if (
    get(entity.config, "brightness") === true ||
    modes.some((m) => m !== "onoff") ||
    has("brightness_command_topic") ||
    has("brightness_template")
  )
    features.add("brightness");
  if (modes.includes("color_temp") || has("color_temp_command_topic") || has("color_temp_template"))
    features.add("color_temp");
  if (
    modes.some((m) => /^(xy|hs|rgb)/.test(m)) ||
    has("rgb_command_topic") ||
    has("hs_command_topic") ||
    has("xy_command_topic")
  )
    features.add("color_xy");
  reader.draft.type(endpoint, lightType(features));
  if (schema === "json") jsonLight(reader, entity, modes);
  else if (schema === "template") templateLight(reader, entity);
  else plainLight(reader, entity);
}
