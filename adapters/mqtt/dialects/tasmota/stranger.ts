/** Devices that never announced themselves (before 9.2, or SetOption19 1): known by the shape of what they say, and asked who they are. */
import type { MqttMessage, MqttPublish } from "../../dialect.ts";
import { get, isObject, type Json, type JsonObject, listOf, parseObject, textOf } from "../../json.ts";

/** The oldest is forgotten. */
const MAX_STRANGERS = 64;
/** So long one question stands. */
const ASK_AGAIN_MS = 600_000;

interface Stranger {
  /** Topic with `%prefix%` for its first word, as a device's own setting has it. */
  readonly template: string;
  askedAt: number | undefined;
  /** Its answers, by their single key: Status, StatusNET, … */
  readonly answers: Map<string, JsonObject>;
}

/** The place of a word in a topic, before its last part. */
const templateOf = (topic: string, word: string): string | undefined => {
  const parts = topic.split("/").slice(0, -1);
  const at = parts.indexOf(word);
  return at < 0 || parts.length < 2
    ? undefined
    : `${parts.map((part, i) => (i === at ? "%prefix%" : part)).join("/")}/`;
};

/** A body of STATE as every Tasmota sends it. */
const isState = (body: JsonObject | undefined): boolean =>
  isObject(get(body, "Wifi")) && (textOf(body, "Uptime") !== undefined || get(body, "POWER") !== undefined);

const answers: Readonly<Record<string, string>> = {
  ...{ STATUS: "Status", STATUS2: "StatusFWR", STATUS5: "StatusNET", STATUS11: "StatusSTS" },
  ...{ STATUS8: "StatusSNS", STATUS10: "StatusSNS" },
};

/** By relay: shutters take the first ones, two each; a lamp is the last. */
function relaysOf(state: JsonObject, sensors: Json | undefined): number[] {
  const powers = Object.keys(state).filter((key) => /^POWER\d{0,2}$/.test(key)).length;
  const shutters = [state, sensors].flatMap((body) =>
    isObject(body) ? Object.keys(body).filter((key) => /^Shutter\d$/.test(key)) : [],
  );
  const moved = new Set(shutters).size * 2;
  const lamp = ["Dimmer", "CT", "HSBColor"].some((key) => Object.hasOwn(state, key));
  return Array.from({ length: Math.min(32, Math.max(powers, moved)) }, (_, i) =>
    i < moved ? 3 : lamp && i === powers - 1 ? 2 : 1,
  );
}

function subtypeOf(state: JsonObject): number {
  const has = (key: string): boolean => Object.hasOwn(state, key);
  if (has("HSBColor")) return has("CT") ? 5 : has("White") ? 4 : 3;
  return has("CT") ? 2 : has("Dimmer") ? 1 : 0;
}

/** What a stranger answered, in the form of a discovery message; undefined until it is complete. */
function configOf({ template, answers: said }: Stranger): { mac: string; config: JsonObject } | undefined {
  const [status, net, state] = [said.get("Status"), said.get("StatusNET"), said.get("StatusSTS")];
  const mac = textOf(net, "Mac")?.replaceAll(":", "").toUpperCase();
  if (!status || !state || mac === undefined || !/^[0-9A-F]{12}$/.test(mac)) return undefined;
  const names = listOf(status, "FriendlyName");
  const name = textOf(status, "DeviceName") ?? names.find((n) => typeof n === "string" && n !== "");
  return {
    mac,
    config: {
      ver: 1,
      mac,
      ft: template,
      t: get(status, "Topic") ?? "",
      hn: textOf(net, "Hostname") ?? "",
      dn: name ?? textOf(status, "Topic") ?? mac,
      fn: names,
      sw: textOf(said.get("StatusFWR"), "Version")?.replace(/\(.*/, "") ?? null,
      rl: relaysOf(state, said.get("StatusSNS")),
      lt_st: subtypeOf(state),
    },
  };
}

export type Heard = { readonly ask: MqttPublish } | { readonly mac: string; readonly config: JsonObject } | undefined;

export class Strangers {
  readonly #byTemplate = new Map<string, Stranger>();

  /**
   * A message that no known device sent. A body of STATE is not asked about at its first time: another dialect that has
   * been told of this topic takes it, and it does not come here again. Answers are not taken until they are complete.
   */
  hear({ topic, payload, at }: MqttMessage): Heard {
    const tail = topic.slice(topic.lastIndexOf("/") + 1);
    if (tail === "STATE") return this.#state(topic, payload, at);
    const key = Object.hasOwn(answers, tail) ? answers[tail] : undefined;
    const template = key === undefined ? undefined : templateOf(topic, "stat");
    const stranger = template === undefined ? undefined : this.#byTemplate.get(template);
    const body = stranger && key !== undefined ? get(parseObject(payload), key) : undefined;
    if (stranger?.askedAt === undefined || key === undefined || !isObject(body)) return undefined;
    stranger.answers.set(key, body);
    const found = configOf(stranger);
    if (found) this.#byTemplate.delete(stranger.template);
    return found;
  }

  #state(topic: string, payload: string, at: number): Heard {
    const template = templateOf(topic, "tele");
    if (template === undefined || !isState(parseObject(payload))) return undefined;
    const known = this.#byTemplate.get(template);
    if (!known) {
      const oldest = this.#byTemplate.size >= MAX_STRANGERS ? this.#byTemplate.keys().next().value : undefined;
      if (oldest !== undefined) this.#byTemplate.delete(oldest);
      this.#byTemplate.set(template, { template, askedAt: undefined, answers: new Map() });
      return undefined;
    }
    if (known.askedAt !== undefined && at - known.askedAt < ASK_AGAIN_MS) return undefined;
    known.askedAt = at;
    return { ask: { topic: `${template.replace("%prefix%", "cmnd")}STATUS`, payload: "0", qos: 1 } };
  }
}
