/** Which topics are a first-generation Shelly's, and what is remembered of it while it is read. */
import { macAddress } from "../../identity.ts";
import { numberOf, parseObject, textOf } from "../../json.ts";

/** Most devices remembered; further ones are not read. */
const MAX_ROOTS = 500;
/** A device that has not said its MAC after so many milliseconds is old or deaf, and goes by its id. */
const PATIENCE_MS = 10_000;

export interface Root {
  /** `shellies/<id>`: what stands before all its topics. */
  readonly topic: string;
  readonly id: string;
  readonly since: number;
  mac: string | undefined;
  /** `SHSW-25`, as it announces itself. */
  model: string | undefined;
  /** Of lamps: `white` or `color`. */
  mode: string | undefined;
  /** The unit that its owner set for `sensor/temperature`; undefined until it is told. */
  unit: "C" | "F" | undefined;
  /** Temperatures that came while their unit was not known. */
  unsure: number;
  asked: boolean;
  /** It speaks another language on this topic. */
  foreign: boolean;
  /** `light`, `white` or `color`, by channel: the topic that the lamp speaks on now. */
  readonly lamps: Map<number, string>;
  /** Last count of happenings, by input. */
  readonly counts: Map<number, number>;
}

/** `shellyht-703523`, `shellix3-98CDAC24E7F1`: the type, and six or twelve capital digits of the MAC. */
const ID = /^shell(?:y|ix)[a-z0-9-]*-(?:[0-9A-F]{6}|[0-9A-F]{12})$/i;
/** Types of the later generations, whose ids end in small digits. */
const LATER = /^shelly(?:plus|pro|blu|wall|mini|[a-z0-9]*g[3-9]|[a-z0-9-]*-(?=[0-9a-f]{12}$)[0-9]*[a-f])/;

const known = [
  "online|announce|info|status|settings|command|voltage|temperature|temperature_f|temperature_status",
  "overtemperature|overload|loaderror|ext_temperatures|ext_humidities|ext_switches",
  "relay/(?:power|energy|[0-9](?:/[a-z_]+)?)|roller/[0-9](?:/[a-z_]+){0,2}|(?:light|color|white)/[0-9](?:/[a-z]+)?",
  "emeter/[0-9]/[a-z_]+|emeter_n/[a-z_]+|(?:input|input_event|longpush|adc)/[0-9]|sensor/[a-z_]+",
  "ext_(?:temperature|temperature_f|humidity|switch)/[0-9]|(?:valve|thermostat)/[0-9](?:/[a-z_]+){0,2}",
].join("|");
const TAIL = new RegExp(`^(.+?)/(${known})$`);

/** Runs on a battery and leaves the network between its reports: its going is no loss. */
const SLEEPERS = /^SH(?:HT|WT|DW|SM|BTN)-|^shelly(?:ht|flood|dw2?|smoke|button[0-9]?)-/i;
/** Runs on a battery. */
const BATTERY = /^SH(?:MOS|TRV)-|^shelly(?:motion|trv)/i;

const named = ({ model, id }: Root): string => model ?? id;
export const sleeps = (root: Root): boolean => SLEEPERS.test(named(root));
export const onBattery = (root: Root): boolean => sleeps(root) || BATTERY.test(named(root));
/** Its three clamps are the phases of one connection; those of the others hang where their owner likes. */
export const isThreePhase = (root: Root): boolean => /^SHEM-3|^shellyem3/i.test(named(root));
/** A button wakes because it was pressed. */
export const isButton = (root: Root): boolean => /^SHBTN-|^shellybutton/i.test(named(root));

/** Its address, so that a device that was given another id is still the same; else its root. */
export const keyOf = (root: Root): string => root.mac ?? root.topic;

export class Roots {
  readonly #byTopic = new Map<string, Root>();
  /** The root that a device spoke from last, which is the one it listens to. */
  readonly #byKey = new Map<string, Root>();

  /** By {@link keyOf}. */
  get(key: string): Root | undefined {
    return this.#byKey.get(key);
  }

  speaks(root: Root): void {
    this.#byKey.set(keyOf(root), root);
  }

  /** The device that a topic belongs to, and what follows its root. */
  find(topic: string, at: number): { readonly root: Root; readonly tail: string } | undefined {
    const [, base = "", tail] = TAIL.exec(topic) ?? [];
    if (tail === undefined) {
      this.#noteForeign(topic);
      return undefined;
    }
    const id = base.slice(base.lastIndexOf("/") + 1);
    const mine = /^shellies\/./.test(base) ? !LATER.test(id) : ID.test(id) && !LATER.test(id);
    const root = this.#byTopic.get(base) ?? (mine ? this.add(base, id, at) : undefined);
    return root && !root.foreign ? { root, tail } : undefined;
  }

  /** Undefined: there is no room for another. */
  add(topic: string, id: string, at: number): Root | undefined {
    const before = this.#byTopic.get(topic);
    if (before || this.#byTopic.size >= MAX_ROOTS) return before;
    const root: Root = {
      ...{ topic, id, since: at, mac: macAddress(id.slice(-12)), model: undefined, mode: undefined, unit: undefined },
      ...{ unsure: 0, asked: false, foreign: false, lamps: new Map(), counts: new Map() },
    };
    this.#byTopic.set(topic, root);
    return root;
  }

  /** The device that an announcement introduces, on its own topic or on the common one; undefined when it is none of these. */
  announced(topic: string, payload: string, at: number): Root | undefined {
    const body = parseObject(payload);
    const [id, mac, model] = [textOf(body, "id"), macAddress(textOf(body, "mac")), textOf(body, "model")];
    if (id === undefined || mac === undefined || (numberOf(body, "gen") ?? 1) > 1) return undefined;
    if (textOf(body, "fw_ver") === undefined || /[#+\0]/.test(id)) return undefined;
    const base = topic.slice(0, topic.lastIndexOf("/"));
    const root = this.add(base === id || base.endsWith(`/${id}`) ? base : `${base}/${id}`, id, at);
    if (!root) return undefined;
    root.foreign = false;
    root.mac = mac;
    root.model = model ?? root.model;
    root.mode = textOf(body, "mode") ?? root.mode;
    return root;
  }

  /** A later Shelly may have been given a root like ours. */
  #noteForeign(topic: string): void {
    const cut = /\/(?:events\/rpc|rpc|status\/[a-z0-9_]+:[0-9]+)$/.exec(topic);
    const root = cut && this.#byTopic.get(topic.slice(0, cut.index));
    if (root) root.foreign = true;
  }
}

/** Whether a device may be shown: its MAC is its identity, so that it is waited for a while. */
export const isReady = (root: Root, at: number): boolean => root.mac !== undefined || at - root.since > PATIENCE_MS;
