/** Components of one value: sensors, numbers, choices, texts, buttons and events. */
import type { MakerType } from "../../../codec.ts";
import { textOf } from "../../../json.ts";
import type { Entity } from "../config.ts";
import { type EntityReader, word, words } from "../reader.ts";
import { type Around, binaryWord, sensorWord } from "../words.ts";

function numberType(reader: EntityReader, entity: Entity): MakerType {
  const unit = textOf(entity.config, "unit_of_measurement");
  const [min, max, step] = ["min", "max", "step"].map((key) => reader.number(entity, key));
  return {
    kind: "number",
    ...(unit === undefined ? {} : { unit }),
    ...(min === undefined ? {} : { min }),
    ...(max === undefined ? {} : { max }),
    ...(step === undefined ? {} : { step }),
  };
}

/** A sensor is a number where it says anything that only numbers have. */
function sensorType(entity: Entity): MakerType {
  const { config } = entity;
  const unit = textOf(config, "unit_of_measurement");
  const kind = textOf(config, "device_class");
  const options = words(config, "options");
  if (options.length > 0) return { kind: "enum", values: options };
  if (kind === "timestamp" || kind === "date" || kind === "enum") return { kind: "text" };
  const counts = textOf(config, "state_class") !== undefined || config.suggested_display_precision !== undefined;
  if (unit === undefined && !counts && kind === undefined) return { kind: "text" };
  return unit === undefined ? { kind: "number" } : { kind: "number", unit };
}

export function sensor(reader: EntityReader, entity: Entity, around: Around): void {
  const from = reader.source(entity, "state_topic", "value_template");
  const maker = sensorType(entity);
  reader.add(entity, { word: sensorWord(entity, around), maker, from, guess: maker.kind === "text" });
  const template = reader.text(entity, "last_reset_value_template");
  if (template === undefined) return;
  const topic = reader.text(entity, "last_reset_topic") ?? from?.topic;
  reader.add(entity, { role: "last_reset", maker: { kind: "text" }, from: { topic, template } });
}

export function binarySensor(reader: EntityReader, entity: Entity): void {
  const from = reader.source(entity, "state_topic", "value_template");
  const on = word(entity.config, "payload_on", "ON");
  const off = word(entity.config, "payload_off", "OFF");
  reader.add(entity, { word: binaryWord(entity), maker: { kind: "boolean", on, off }, from });
}

/** A number that one sets, within the range that is named. */
export function number(reader: EntityReader, entity: Entity): void {
  const maker = numberType(reader, entity);
  const from = reader.source(entity, "state_topic", "value_template");
  reader.add(entity, { maker, from, to: reader.writer(entity, "command_topic", "command_template") });
}

export function select(reader: EntityReader, entity: Entity): void {
  const values = words(entity.config, "options");
  const maker: MakerType = values.length > 0 ? { kind: "enum", values } : { kind: "text" };
  const from = reader.source(entity, "state_topic", "value_template");
  reader.add(entity, { maker, from, to: reader.writer(entity, "command_topic", "command_template") });
}

export function text(reader: EntityReader, entity: Entity): void {
  const from = reader.source(entity, "state_topic", "value_template");
  reader.add(entity, {
    maker: { kind: "text" },
    from,
    to: reader.writer(entity, "command_topic", "command_template"),
  });
}

/** Words for people on a device's display or speaker: can only be sent. */
export function notify(reader: EntityReader, entity: Entity): void {
  reader.add(entity, { maker: { kind: "text" }, to: reader.writer(entity, "command_topic", "command_template") });
}

/** Of a picture only its address is read; its bytes are not carried. */
export function picture(reader: EntityReader, entity: Entity): void {
  reader.add(entity, {
    role: "url",
    maker: { kind: "text" },
    from: reader.source(entity, "url_topic", "url_template"),
  });
}

/** Buttons and scenes: one word to be sent. */
export function press(reader: EntityReader, entity: Entity): void {
  const scene = entity.component === "scene";
  const payload =
    String(word(entity.config, scene ? "payload_on" : "payload_press", scene ? "ON" : "PRESS")) || "PRESS";
  const to = reader.writer(entity, "command_topic", "command_template");
  reader.add(entity, { maker: { kind: "enum", values: [payload.slice(0, 80)] }, to, name: fieldOf(reader, entity) });
}

/** `<name>/set/<attribute>` names what a command without a state is of. */
function fieldOf(reader: EntityReader, entity: Entity): string {
  const topic = reader.text(entity, "command_topic") ?? "";
  return /\/set\/([^/]+)$/.exec(topic)?.[1] ?? entity.objectId;
}

/** Happenings: the JSON body names its type. */
export function event(reader: EntityReader, entity: Entity): void {
  const topic = reader.text(entity, "state_topic");
  const values = words(entity.config, "event_types");
  const maker: MakerType = values.length > 0 ? { kind: "enum", values } : { kind: "text" };
  const template = reader.text(entity, "value_template");
  const spoken = reader.speech !== undefined;
  const from = { topic, template, ...(spoken ? {} : { path: ["event_type"] }) };
  reader.draft.type(reader.endpoint(entity, undefined), "genericSwitch");
  const name = spoken ? {} : { name: entity.objectId };
  reader.add(entity, { maker: spoken ? { kind: "text" } : maker, event: true, from, ...name });
}

/** A tag that was held to a reader: its id. */
export function tag(reader: EntityReader, entity: Entity): void {
  const from = reader.source(entity, "topic", "value_template");
  reader.add(entity, { maker: { kind: "text" }, event: true, from });
}

export function deviceTracker(reader: EntityReader, entity: Entity): void {
  // Home, not home, or the name of a zone.
  reader.add(entity, { maker: { kind: "text" }, from: reader.source(entity, "state_topic", "value_template") });
  const topic = reader.text(entity, "json_attributes_topic");
  for (const key of ["latitude", "longitude", "gps_accuracy"])
    reader.add(entity, { role: key, maker: { kind: "number" }, from: { topic, path: [key] } });
}

/** Triggers of one topic become one happening, whose words are their payloads. */
export function triggers(reader: EntityReader, all: readonly Entity[]): void {
  const byTopic = new Map<string, Entity[]>();
  for (const entity of all) {
    const topic = reader.text(entity, "topic");
    const key = `${topic}\u0000${reader.text(entity, "value_template") ?? ""}`;
    if (topic !== undefined) byTopic.set(key, [...(byTopic.get(key) ?? []), entity]);
  }
  for (const group of byTopic.values()) {
    const [first] = group;
    if (!first) continue;
    const payloads = group.flatMap((e) => (textOf(e.config, "payload") ? [textOf(e.config, "payload") ?? ""] : []));
    const maker: MakerType = payloads.length === group.length ? { kind: "enum", values: payloads } : { kind: "text" };
    const from = reader.source(first, "topic", "value_template");
    const name = from?.topic?.split("/").at(-1);
    reader.draft.type(reader.endpoint(first, undefined), "genericSwitch");
    reader.add(first, { maker, event: true, from, ...(name ? { name } : {}) });
  }
}

/** What is installed and what there is; the body is JSON or a version alone. */
export function update(reader: EntityReader, entity: Entity): void {
  const state = reader.source(entity, "state_topic", "value_template");
  const latest = reader.source(entity, "latest_version_topic", "latest_version_template");
  const inJson = state?.template !== undefined && /"?installed_version/.test(state.template);
  const keys = ["installed_version", "latest_version"];
  if (state && inJson)
    for (const key of keys) reader.add(entity, { role: key, maker: { kind: "text" }, from: { ...state, path: [key] } });
  else if (state) reader.add(entity, { role: "installed_version", maker: { kind: "text" }, from: state });
  if (latest) reader.add(entity, { role: "latest_version", maker: { kind: "text" }, from: latest });
  const payload = textOf(entity.config, "payload_install");
  const to = reader.writer(entity, "command_topic");
  // A firmware is never put in by a rule that means something else: the word is the maker's own.
  if (payload && to)
    reader.add(entity, { role: "install", maker: { kind: "enum", values: ["install"] }, to: () => to(payload) });
}
