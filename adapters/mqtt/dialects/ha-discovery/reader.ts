/** Makes one device's draft out of its entities: where each value is read, and how it is written. */
import type { Codec, MakerType } from "../../codec.ts";
import { Draft, namedEndpoint } from "../../draft.ts";
import { get, type Json, type JsonObject, numberOf, textOf, usableName } from "../../json.ts";
import type { Entity } from "./config.ts";
import type { Speech } from "./speech.ts";
import { compile, type Template } from "./template/compile.ts";

/** A message to be sent; parts of one JSON body go out together. */
export type Write =
  | { readonly topic: string; readonly payload: string }
  | { readonly topic: string; readonly merge: JsonObject }
  /** A part of a colour that the device takes as a whole. */
  | { readonly topic: string; readonly part: readonly [name: string, value: number]; readonly finish: Finish };

/** The whole message of the parts that a command set. */
export type Finish = (parts: ReadonlyMap<string, number>) => Write;

/** Where a value is read: a topic, and what is done with its body. */
export interface Slot {
  /** May hold wildcards. */
  readonly topic: string;
  /** Only where it is more than a path. */
  readonly template: Template | undefined;
  /** Within the body, or within what the template gives. */
  readonly path: readonly string[];
  readonly field: string;
  /** The first that reads here. */
  readonly entity: Entity;
  /** What bodies mean where only these say something. */
  readonly only: ReadonlyMap<string, unknown> | undefined;
  /** Announced without any form: a number that comes makes it one. */
  readonly guess: boolean;
}

/** Where a part of an entity is read. */
export interface Source {
  readonly topic: string | undefined;
  readonly template?: string | undefined;
  readonly path?: readonly string[];
  readonly only?: ReadonlyMap<string, unknown>;
}

export interface Part {
  /** What of its entity it is; part of the maker's own name where it has no better one. */
  readonly role?: string;
  /** Word in meanings.ts. */
  readonly word?: string | undefined;
  readonly maker: MakerType;
  readonly codec?: Codec;
  readonly event?: boolean;
  readonly from?: Source | undefined;
  readonly to?: ((raw: unknown) => Write) | undefined;
  /** Instead of what the config says. */
  readonly name?: string;
  /** The config names no form; see {@link Slot.guess}. */
  readonly guess?: boolean;
}

const MAX_SLOTS = 512;

/** Fields that many messages have, whatever they tell of. */
const SAYS_NOTHING = /^(value|val|v|data|result|payload|reading)$/i;

/** Text of a payload for a value that no template shapes. */
const plainPayload = (raw: unknown): string =>
  typeof raw === "object" ? JSON.stringify(raw) : typeof raw === "number" ? String(raw) : String(raw ?? "");

export class EntityReader {
  readonly draft = new Draft<Write>();
  readonly slots: Slot[] = [];
  readonly speech: Speech | undefined;
  readonly #fields = new Map<string, string>();
  readonly #names = new Set<string>();
  readonly #endpoints = new Map<Entity, number>();

  readonly #samples: ReadonlySet<string>;

  /** `samples`: fields without an announced form that turned out to be numbers. */
  constructor(speech: Speech | undefined, samples: ReadonlySet<string>) {
    this.speech = speech;
    this.#samples = samples;
  }

  label(entity: Entity): string {
    return nameOf(entity);
  }

  /** Text of the config under a key. */
  text(entity: Entity, key: string): string | undefined {
    return textOf(entity.config, key) ?? longText(entity.config[key]);
  }

  /** A number of the config, also written as text. */
  number(entity: Entity, key: string): number | undefined {
    const value = numberOf(entity.config, key) ?? Number(textOf(entity.config, key) ?? Number.NaN);
    return Number.isFinite(value) ? value : undefined;
  }

  /** A topic and its template by their keys in the config. */
  source(entity: Entity, topicKey: string, templateKey?: string): Source | undefined {
    const topic = this.text(entity, topicKey);
    return topic === undefined ? undefined : { topic, template: templateKey && this.text(entity, templateKey) };
  }

  /** How a raw value is sent by a command topic; undefined where there is none. */
  writer(
    entity: Entity,
    topicKey: string,
    templateKey?: string,
    vars: (raw: unknown) => Readonly<Record<string, unknown>> = (raw) => ({ value: raw }),
  ): ((raw: unknown) => Write) | undefined {
    const topic = this.text(entity, topicKey);
    if (topic === undefined || /[#+]/.test(topic)) return undefined;
    const source = templateKey === undefined ? undefined : this.text(entity, templateKey);
    const template = source === undefined ? undefined : compile(source);
    if (template?.broken !== undefined) return undefined;
    return (raw) => {
      if (!template) return { topic, payload: plainPayload(raw) };
      const rendered = template.run(vars(raw), 0);
      return { topic, payload: plainPayload(rendered.ok ? rendered.value : raw) };
    };
  }

  /**
   * The endpoint of an entity: 1 where the place of its leading meaning is free, else one of its own. Words that the
   * publisher's own dialect knows bring their endpoint with them.
   */
  endpoint(entity: Entity, word: string | undefined): number {
    const known = this.#endpoints.get(entity);
    if (known !== undefined) return known;
    const spoken = this.speech?.endpointOf(entity);
    const number = spoken ?? (word !== undefined && this.draft.has(1, word) ? namedEndpoint(entity.objectId) : 1);
    this.#endpoints.set(entity, number);
    if (number !== 1) this.draft.label(number, this.label(entity));
    return number;
  }

  add(entity: Entity, part: Part): void {
    const { from, to } = part;
    if (from?.topic === undefined && !to) return;
    const slot = from?.topic === undefined ? undefined : this.#slot(entity, part, from);
    const spoken = slot && this.speech?.place(entity, slot, part);
    const word = spoken ? spoken.word : part.word;
    const endpoint = spoken?.endpoint ?? this.endpoint(entity, word);
    if (spoken && endpoint !== 1) this.draft.label(endpoint, spoken.label ?? this.label(entity));
    const [topic, tail] = slot ? [slot.topic, slot.field.slice(slot.topic.length + 1)] : [to?.("").topic ?? "", ""];
    this.draft.add({
      endpoint,
      field: slot?.field ?? `${topic}#!${entity.objectId}.${part.role ?? ""}`,
      source: `${topic}#${tail}`,
      word,
      name: this.#nameOf(entity, part, slot, endpoint),
      label: [this.label(entity), part.role?.replaceAll("_", " ")].filter(Boolean).join(" "),
      maker: spoken?.maker ?? (slot && this.#samples.has(slot.field) ? { kind: "number" } : part.maker),
      ...(part.codec && !spoken ? { codec: part.codec } : {}),
      ...(part.event ? { event: true } : {}),
      write: to,
    });
  }

  #slot(entity: Entity, part: Part, from: Source): Slot {
    const { topic = "", template: source, path: within = [] } = from;
    const compiled = source === undefined || source === "" ? undefined : compile(source);
    const fetched = this.speech?.raw(entity, compiled) ?? compiled?.path;
    const template = compiled && !fetched ? compiled : undefined;
    const path = [...(fetched ?? []), ...within];
    const hint = template ? (template.paths.length === 1 ? template.paths[0]?.join(".") : undefined) : path.join(".");
    const tail = hint ?? [entity.objectId, part.role].filter(Boolean).join(".");
    const key = template ? `${source}\u0000${within.join(".")}` : from.only ? "only" : "";
    let field = `${topic}#${tail}`;
    // Two templates may look at one field: each has a place of its own.
    for (let n = 2; (this.#fields.get(field) ?? key) !== key; n += 1) field = `${topic}#${tail}~${n}`;
    const guess = part.guess === true && !this.#samples.has(field);
    const slot = { topic, template, path, field, entity, only: from.only, guess };
    if (!this.#fields.has(field) && this.slots.length < MAX_SLOTS) this.slots.push(slot);
    this.#fields.set(field, key);
    return slot;
  }

  /** The JSON field where there is one, else the object id; told apart where that is taken. */
  #nameOf(entity: Entity, part: Part, slot: Slot | undefined, endpoint: number): string {
    const own = [entity.objectId, part.role].filter(Boolean).join(".");
    const path = slot && !slot.template && slot.path.length > 0 ? slot.path.join(".") : undefined;
    const field = path !== undefined && !SAYS_NOTHING.test(path) ? path : undefined;
    for (const name of [part.name, field, own, `${own}.${entity.component}`]) {
      if (name === undefined || !usableName(name) || this.#names.has(`${endpoint}/${name}`)) continue;
      this.#names.add(`${endpoint}/${name}`);
      return name;
    }
    return own.slice(0, 120);
  }
}

/** The entity's own name for people. */
export const nameOf = (entity: Entity): string => textOf(entity.config, "name") ?? entity.objectId;

/** Templates are longer than other texts of a config. */
function longText(json: Json | undefined): string | undefined {
  // One character more than a template may have, so that it is refused as one.
  return typeof json === "string" && json.length > 256 ? json.slice(0, 8_193) : undefined;
}

/** Texts of a list in the config. */
export function words(config: JsonObject, key: string): readonly string[] {
  const list = get(config, key);
  if (!Array.isArray(list)) return [];
  return list
    .slice(0, 256)
    .flatMap((w: Json) => (typeof w === "string" || typeof w === "number" ? [String(w).slice(0, 80)] : []));
}

/** A word of the config that may be given as text, number or boolean. */
export function word(config: JsonObject, key: string, usual: string): Json {
  const value = get(config, key);
  return value === undefined || value === null || typeof value === "object" ? usual : value;
}
