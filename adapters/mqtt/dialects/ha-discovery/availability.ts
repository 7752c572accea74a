/** Whether an entity can be reached, by its availability topics (https://www.home-assistant.io/integrations/mqtt/#using-availability-topics). */
import { get, type Json, type JsonObject, listOf, parseJson, textOf } from "../../json.ts";
import { compile } from "./template/compile.ts";
import { shown } from "./template/python.ts";

interface Watch {
  readonly topic: string;
  readonly template: string | undefined;
  readonly up: string;
  readonly down: string;
}

export interface Availability {
  readonly watches: readonly Watch[];
  readonly mode: "all" | "any" | "latest";
}

const word = (json: Json | undefined, key: string, usual: string): string => {
  const value = get(json, key);
  return value === undefined || value === null || typeof value === "object" ? usual : String(value);
};

function watch(json: Json, topicKey: string, templateKey: string): readonly Watch[] {
  const topic = textOf(json, topicKey);
  if (topic === undefined || /[#+]/.test(topic)) return [];
  const template = textOf(json, templateKey);
  const [up, down] = [word(json, "payload_available", "online"), word(json, "payload_not_available", "offline")];
  return [{ topic, template, up, down }];
}

/** The availability topics of a config in full words; at most 16. */
export function availabilityOf(config: JsonObject): Availability {
  const mode = textOf(config, "availability_mode");
  const list = listOf(config, "availability")
    .slice(0, 16)
    .flatMap((entry) => watch(entry, "topic", "value_template"));
  const single = watch(config, "availability_topic", "availability_template");
  return { watches: [...list, ...single], mode: mode === "all" || mode === "any" ? mode : "latest" };
}

/** What a body on an availability topic says; undefined where it says neither. */
function says(watched: Watch, payload: string): boolean | undefined {
  let said = payload;
  if (watched.template !== undefined) {
    const json = parseJson(payload);
    const rendered = compile(watched.template).run({ value: payload, value_json: json }, 0);
    if (!rendered.ok || rendered.value === undefined || rendered.value === null) return undefined;
    const written = shown(rendered.value);
    if (written === undefined) return undefined;
    said = written;
  }
  if (said === watched.up) return true;
  return said === watched.down ? false : undefined;
}

/** The last bodies of availability topics, with their order. */
export type Heard = ReadonlyMap<string, { readonly payload: string; readonly order: number }>;

/**
 * True, false, or undefined while nothing is known. Mode `all`: what was not heard of counts as offline, once anything
 * was; `any`: one is enough; `latest`: the last message decides.
 */
export function available({ watches, mode }: Availability, heard: Heard): boolean | undefined {
  const known = watches.flatMap((w) => {
    const last = heard.get(w.topic);
    const said = last && says(w, last.payload);
    return last && said !== undefined ? [{ said, order: last.order }] : [];
  });
  if (known.length === 0) return undefined;
  if (mode === "any") return known.some((k) => k.said) || (known.length < watches.length ? undefined : false);
  if (mode === "all") return known.length === watches.length && known.every((k) => k.said);
  return known.reduce((last, k) => (k.order > last.order ? k : last)).said;
}
