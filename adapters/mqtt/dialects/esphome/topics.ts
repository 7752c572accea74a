/** Whose a topic is, when a node of ESPHome speaks without describing itself (https://esphome.io/components/mqtt). */
import { macAddress } from "../../identity.ts";
import { get, isObject, type JsonObject, listOf, parseObject, textOf } from "../../json.ts";
import { Patience } from "../../patience.ts";

/** Most nodes, and most entities told of elsewhere, that are remembered. */
const MAX_NODES = 500;
const MAX_DESCRIBED = 10_000;
/** Descriptions come within so many milliseconds; who has none by then describes nothing. */
const PATIENCE_MS = 3000;

const components =
  "sensor|binary_sensor|text_sensor|switch|light|cover|climate|fan|lock|number|select|text|button|event|update|valve|date|time|datetime|alarm_control_panel|siren|media_player|water_heater|humidifier";
const parts =
  "position|tilt|mode|current_temperature|target_temperature|target_temperature_low|target_temperature_high|current_humidity|target_humidity|away|action|fan_mode|swing_mode|preset|speed|speed_level|oscillation|direction|preset_mode";
const STATE = new RegExp(`^(.+?)/(${components})/([^/]+)(?:/(${parts}))?/(state|command)$`);
const DESCRIPTION = new RegExp(`^(.+?)/(?:${components}|device|device_automation|tag|camera)/(?:.+/)?config$`);
/** `[C][mqtt.client:069]: …`, with or without colours: the log, which no other maker writes so. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: the log is coloured by escape sequences
const LOG = /^(?:\u001b\[[0-9;]+m)?(?:\[[0-9:.]+\])?\[[VDCIWES]{1,2}\]\[[a-z0-9_.]+:\d+\]/;

/** What the component that sends a node to sleep writes in the log (https://esphome.io/components/deep_sleep). */
const SLEEP_LOG = /\]\[deep_sleep(?:\.[a-z0-9_]+)?:\d+\]/;
const HOUR = 3600;

export interface EspNode {
  readonly prefix: string;
  readonly since: number;
  /** It showed that it is an ESPHome. */
  sure: boolean;
  /** A cell of its own, or deep sleep: it leaves between its reports. */
  sleeps: boolean;
  /** How long it sleeps, seconds; undefined: not told. */
  sleepS: number | undefined;
}

export interface Entity {
  readonly node: EspNode;
  readonly component: string;
  readonly object: string;
  /** Of components with several topics: `position`, `mode` …, else "". */
  readonly part: string;
  readonly command: boolean;
}

/** What a node says of itself on `esphome/discover/<name>`. */
export interface Hello {
  readonly mac: string | undefined;
  readonly name: string | undefined;
  readonly board: string | undefined;
  readonly version: string | undefined;
  readonly project: string | undefined;
}

export class EspTopics {
  readonly #nodes = new Map<string, EspNode>();
  readonly #hellos = new Map<string, Hello>();
  /** `<prefix>/<component>/<object>` that Home Assistant's discovery describes. */
  readonly #described = new Set<string>();
  /** Prefixes of descriptions: what is below is a copy of Home Assistant's own states. */
  readonly #describing = new Set<string>(["homeassistant"]);
  /** Nodes show themselves while they may still be described elsewhere. */
  readonly patience = new Patience(PATIENCE_MS);
  /** Prefix to what a description says of its device. */
  readonly #told = new Map<string, Hello>();

  hello(name: string, payload: string): boolean {
    const body = parseObject(payload);
    const mac = macAddress(textOf(body, "mac"));
    if (!body || mac === undefined || this.#hellos.size >= MAX_NODES) return body !== undefined && mac !== undefined;
    if (!this.#hellos.has(name)) this.patience.begin();
    this.#hellos.set(name, {
      mac,
      name: textOf(body, "friendly_name") ?? textOf(body, "name"),
      ...{ board: textOf(body, "board"), version: textOf(body, "version"), project: textOf(body, "project_name") },
    });
    return true;
  }

  /** The device behind a prefix: it is its name unless the owner chose another, and may lack the name's last six digits. */
  whoIs(prefix: string): Hello | undefined {
    const own = this.#hellos.get(prefix) ?? this.#told.get(prefix);
    if (own) return own;
    for (const [name, hello] of this.#hellos)
      if (hello.mac !== undefined && name === `${prefix}-${hello.mac.slice(-6)}`) return hello;
    return undefined;
  }

  /** Seconds of silence after which a node that sleeps is given up: after three wakes that did not come, and never less than an hour. */
  silentAfterS(prefix: string): number | undefined {
    const { sleeps, sleepS } = this.#nodes.get(prefix) ?? {};
    if (!sleeps) return undefined;
    return sleepS ? Math.min(400 * 24, Math.ceil((3 * sleepS) / HOUR)) * HOUR : 25 * HOUR;
  }

  /** Takes note of a description, which its own dialect reads. */
  note(topic: string, payload: string): void {
    const [, base] = DESCRIPTION.exec(topic) ?? [];
    if (base === undefined) return;
    if (this.#describing.size < 64) this.#describing.add(base);
    // Most descriptions are of other makers, whose topics end otherwise: those are not taken apart.
    const config = /\/(?:state|command)"/.test(payload) ? parseObject(payload) : undefined;
    if (!config) return;
    for (const key of ["stat_t", "cmd_t", "state_topic", "command_topic", "mode_stat_t", "pct_stat_t", "pos_t"]) {
      const [, prefix, component, object] = STATE.exec(textOf(config, key) ?? "") ?? [];
      if (prefix === undefined) continue;
      if (this.#described.size < MAX_DESCRIBED) this.#described.add(`${prefix}/${component}/${object}`);
      this.#learn(prefix, config);
    }
  }

  #learn(prefix: string, config: JsonObject): void {
    const device = get(config, "dev") ?? get(config, "device");
    const ids = get(device, "ids") ?? get(device, "identifiers");
    const [first] = Array.isArray(ids) ? ids : [ids];
    const told = listOf(device, "cns").find((c) => Array.isArray(c) && c[0] === "mac");
    const mac = macAddress(String(Array.isArray(told) ? told[1] : (first ?? "")));
    if (!isObject(device) || mac === undefined || this.#told.size >= MAX_NODES) return;
    const project = textOf(device, "mf");
    const name = textOf(device, "name");
    this.#told.set(prefix, { mac, name, board: textOf(device, "mdl"), version: undefined, project });
  }

  /** `<prefix>/debug` and `<prefix>/status`; true where the prefix is known to be an ESPHome's. */
  sign(prefix: string, kind: "debug" | "status", payload: string, at: number): EspNode | undefined {
    const fits = kind === "debug" ? LOG.test(payload) : payload === "online" || payload === "offline";
    if (!fits || this.#describing.has(prefix)) return undefined;
    const node =
      this.#nodes.get(prefix) ?? (kind === "debug" || this.#hellos.has(prefix) ? this.#meet(prefix, at) : undefined);
    if (!node) {
      this.#meet(prefix, at);
      return undefined;
    }
    if (kind === "debug" || this.#hellos.has(prefix)) node.sure = true;
    if (kind === "debug" && SLEEP_LOG.test(payload)) {
      node.sleeps = true;
      const [, ms] = /Sleep Duration: (\d{1,12}) ms/.exec(payload) ?? [];
      if (ms !== undefined) node.sleepS = Number(ms) / 1000;
    }
    return node.sure ? node : undefined;
  }

  #meet(prefix: string, at: number): EspNode | undefined {
    const known = this.#nodes.get(prefix);
    if (known || this.#nodes.size >= MAX_NODES) return known;
    const node = { prefix, since: at, sure: this.#hellos.has(prefix), sleeps: false, sleepS: undefined };
    this.#nodes.set(prefix, node);
    this.patience.begin();
    return node;
  }

  /** The entity of a state topic; undefined where nothing else shows an ESPHome there, or it is described elsewhere, or may yet be. */
  entity(topic: string, at: number): Entity | undefined {
    const [, prefix = "", component = "", object = "", part = "", end] = STATE.exec(topic) ?? [];
    if (end === undefined || this.#describing.has(prefix) || this.#described.has(`${prefix}/${component}/${object}`))
      return undefined;
    // A status alone, and then a topic of this form, is sign enough.
    const node = this.#nodes.get(prefix) ?? (this.whoIs(prefix) ? this.#meet(prefix, at) : undefined);
    if (!node || !this.patience.isOver(node.since)) return undefined;
    node.sure = true;
    const cell = component === "sensor" && /(?:^|_)battery(?:_level)?$/.test(object);
    // By its usual name it keeps the node awake for an update, so that there is a sleep to be kept from.
    if (cell || /(?:^|_)deep_?sleep(?:_|$)/.test(object)) node.sleeps = true;
    return { node, component, object, part, command: end === "command" };
  }
}
