/** What messages show that no config names: numbers without a form, and the keys of JSON attributes. */
import { type MakerType, sampleType } from "../../codec.ts";
import { entriesOf, isObject, type Json, textOf } from "../../json.ts";
import type { Body } from "./body.ts";
import type { Entity } from "./config.ts";
import type { Slot } from "./reader.ts";
import { at, compile } from "./template/compile.ts";

/** Most learned values of one device; the rest of its attributes are not kept. */
const MAX_EXTRAS = 64;

interface Extra {
  readonly entity: Entity;
  readonly topic: string;
  readonly template: string | undefined;
  readonly key: string;
  readonly name: string;
  readonly maker: MakerType;
}

/** Outlives a new making of the device. */
export interface Learned {
  /** Fields that turned out to be numbers. */
  readonly numbers: Set<string>;
  /** By topic and key. */
  readonly extras: Map<string, Extra>;
}

/** An entity whose config names a topic of attributes. */
export interface Attributes {
  readonly entity: Entity;
  readonly topic: string;
  readonly template: string | undefined;
}

export function attributesOf(entity: Entity): Attributes | undefined {
  const topic = textOf(entity.config, "json_attributes_topic");
  if (topic === undefined || /[#+]/.test(topic)) return undefined;
  return { entity, topic, template: textOf(entity.config, "json_attributes_template") };
}

function attributesIn({ template }: Attributes, body: Body): Json | undefined {
  if (template === undefined) return body.json();
  const rendered = body.render(compile(template));
  if (!rendered.ok) return undefined;
  return typeof rendered.value === "string" ? body.parse(rendered.value) : (rendered.value as Json | undefined);
}

/** Learns from a message; true when something new was in it, so that the device is to be made anew. */
export function learn(
  learned: Learned,
  slots: readonly Slot[],
  attributes: readonly Attributes[],
  body: Body,
): boolean {
  let fresh = false;
  for (const slot of slots) {
    if (!slot.guess || slot.template || slot.path.length === 0 || learned.numbers.has(slot.field)) continue;
    if (typeof at(body.json(), slot.path) !== "number") continue;
    learned.numbers.add(slot.field);
    fresh = true;
  }
  for (const source of attributes) {
    if (source.topic !== body.topic) continue;
    const json = attributesIn(source, body);
    if (!isObject(json)) continue;
    const shared = slots.length > 0;
    for (const [key, value] of entriesOf(json, 128)) {
      const place = `${source.topic}#${key}`;
      if (value === null || value === "" || learned.extras.has(place) || learned.extras.size >= MAX_EXTRAS) continue;
      if (slots.some((s) => s.path[0] === key)) continue;
      const name = shared ? key : `${source.entity.objectId}.${key}`;
      learned.extras.set(place, { ...source, key, name, maker: sampleType(value) });
      fresh = true;
    }
  }
  return fresh;
}
