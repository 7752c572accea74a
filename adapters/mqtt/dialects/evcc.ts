/** evcc: charging by the sun, with its site, loadpoints and cars (docs.evcc.io, MQTT API). */
import type { Command } from "../../../hub/model/command.ts";
import {
  type Decoded,
  type Dialect,
  type DialectSession,
  type Encoded,
  type MqttMessage,
  nothing,
} from "../dialect.ts";
import { type Json, parseJson } from "../json.ts";
import type { Act, Claim, Head, Known, Line, Sheet } from "../sheet/claim.ts";
import { sheetDialect } from "../sheet.ts";
import { EnergyUnit } from "./evcc/energy.ts";
import {
  isSettable,
  type Kind,
  kindOf,
  loadpointLine,
  loadpointValue,
  setName,
  stateCode,
  TELLS_KIND,
} from "./evcc/loadpoint.ts";
import { charging, isSiteSettable, nameOfKind, siteLine, typeOfKind } from "./evcc/site.ts";
import { rootOf, type Spot, spotOf, TELLING } from "./evcc/topic.ts";

const MAX_ROOTS = 8;
const MAX_LOADPOINTS = 64;
/** Fields of a loadpoint that are read again when it proves to be of another kind. */
const MAX_REMEMBERED = 200;

/** `root|pv/1|kind` */
const partsOf = (key: string): readonly [root: string, device: string, kind: Kind] => {
  const [root = "", device = "", kind = ""] = key.split("|");
  return [root, device, kind as Kind];
};
const groupOf = (device: string): string => device.split("/")[0] ?? "";

const willSays = (text: string): boolean | undefined =>
  text === "online" ? true : text === "offline" ? false : undefined;

/** A field that is not in the tables keeps the form of its first value: evcc's fields do not change theirs. */
function plain(sample: Json): Line {
  if (typeof sample === "number") return { maker: { kind: "number" } };
  return typeof sample === "boolean" ? { maker: { kind: "boolean", on: true, off: false } } : {};
}

function line(field: string, sample: Json, device: Known): Line | undefined {
  const [, part, kind] = partsOf(device.key);
  const group = groupOf(part);
  const found = group === "loadpoints" ? loadpointLine(field, kind) : siteLine(group, field);
  const name = field.replaceAll("/", ".");
  const set = group === "loadpoints" ? isSettable(field) : isSiteSettable(group, field);
  if (!set || !found) return { ...(found ?? plain(sample)), name };
  const last = setName(field);
  const own = (): string => device.topicOf(field) ?? "";
  const topic = (): string => `${last === field ? own() : own().replace(/[^/]+$/, last)}/set`;
  return { ...found, name, write: (raw) => ({ topic: topic(), payload: String(raw), qos: 1 }) };
}

function actsOf(device: Known, kind: Kind): readonly Act[] {
  const topic = device.topicOf("mode");
  if (kind !== "evse" || !topic) return [];
  const mode = (payload: string) => [{ topic: `${topic}/set`, payload, qos: 1 as const }];
  return [
    { endpoint: 1, path: "energyEvse.enableCharging", publish: mode("now") },
    { endpoint: 1, path: "energyEvse.disable", publish: mode("off") },
  ];
}

function head(device: Known): Head {
  const [root, name, kind] = partsOf(device.key);
  const [group = "", number] = name.split("/");
  const heats = device.fact("icon") === "heatpump" ? "heatPump" : "waterHeater";
  const type =
    group === "loadpoints" ? { evse: "energyEvse", heating: heats, load: undefined }[kind] : typeOfKind[group];
  const phases = [1, 2, 3].filter((n) =>
    ["chargeCurrents", "chargeVoltages", "chargePowers", "currents", "powers", "voltages"].some((f) =>
      device.has(`${f}/l${n}`),
    ),
  );
  return {
    addresses: [`own:evcc/${root}-${name.replace("/", "-")}`],
    name: device.fact("title") ?? [nameOfKind[group] ?? group, number].filter(Boolean).join(" "),
    vendor: "evcc",
    model: group === "site" ? "evcc" : group,
    firmware: device.fact("version"),
    ...(type ? { types: { 1: type } } : {}),
    labels: Object.fromEntries(phases.map((n) => [1 + n, `L${n}`])),
    acts: actsOf(device, kind),
  };
}

/** A body is a bare word or number; nested values come as topics of their own, some lists as JSON. */
const bodyOf = (payload: string): Json => {
  const json = parseJson(payload);
  return json === undefined || typeof json === "object" ? payload : json;
};

function sheet(roots: ReadonlySet<string>, kinds: ReadonlyMap<string, Kind>): Sheet {
  const units = new Map<string, EnergyUnit>();

  const reader = ({ root, device, field }: Spot, kind: Kind) => {
    const unit = units.get(root) ?? new EnergyUnit();
    units.set(root, unit);
    return (payload: string): Json => {
      const body = loadpointValue(field, kind, bodyOf(payload));
      return typeof body === "number" ? unit.read(device, field, body) : body;
    };
  };

  const claim = (topic: string): Claim | undefined => {
    const root = rootOf(topic);
    if (root === undefined || !roots.has(root)) return undefined;
    const spot = spotOf(topic);
    if (spot === "status") return { kind: "will", group: root, says: willSays };
    if (spot === "count" || spot === "set") return { kind: "ignored" };
    if (!spot) return undefined;
    if (groupOf(spot.device) !== "loadpoints")
      return { kind: "values", device: `${root}|${spot.device}`, under: spot.field, group: root, reads: bodyOf };
    const kind = kinds.get(`${root}|${spot.device}`) ?? "evse";
    const device = `${root}|${spot.device}|${kind}`;
    return { kind: "values", device, under: spot.field, group: root, reads: reader(spot, kind), once: true };
  };
  const state = { field: "state", from: ["connected", "charging", "enabled"], compute: stateCode };
  return { claim, head, line, derived: [state, ...charging] };
}

interface Loadpoint {
  readonly said: Map<string, string>;
  readonly heard: Map<string, MqttMessage>;
}

class Session implements DialectSession {
  readonly #roots = new Set<string>();
  readonly #kinds = new Map<string, Kind>();
  readonly #loadpoints = new Map<string, Loadpoint>();
  readonly #table: DialectSession;

  constructor(hubId: string) {
    this.#table = sheetDialect("evcc", () => sheet(this.#roots, this.#kinds)).open(hubId);
  }

  decode(message: MqttMessage): Decoded | undefined {
    const root = rootOf(message.topic);
    if (root === undefined || !this.#isRoot(root, message)) return undefined;
    const spot = spotOf(message.topic);
    if (spot === "status") return this.#status(root, message);
    if (typeof spot !== "object" || groupOf(spot.device) !== "loadpoints") return this.#table.decode(message);
    const changed = this.#notice(`${root}|${spot.device}`, spot, message);
    // It is another thing than it seemed: what it said before is read again.
    return changed ? joined(changed.map((m) => this.#table.decode(m) ?? nothing)) : this.#table.decode(message);
  }

  encode(command: Command): Encoded {
    return this.#table.encode(command);
  }

  #isRoot(root: string, { topic, payload }: MqttMessage): boolean {
    if (this.#roots.has(root)) return true;
    const status = topic.endsWith("/status") && /(^|\/)evcc$/.test(root) && willSays(payload) !== undefined;
    if (this.#roots.size >= MAX_ROOTS || root.includes("|") || !(status || TELLING.test(topic))) return false;
    this.#roots.add(root);
    return true;
  }

  /** The site is there as soon as evcc says whether it lives, also when it has withdrawn all else. */
  #status(root: string, message: MqttMessage): Decoded {
    const will = this.#table.decode(message) ?? nothing;
    const topic = `${root}/site/status`;
    return joined([will, this.#table.decode({ ...message, topic }) ?? nothing]);
  }

  /** All messages of a loadpoint whose kind this one changes. */
  #notice(key: string, { field }: Spot, message: MqttMessage): readonly MqttMessage[] | undefined {
    const known = this.#loadpoints.get(key);
    if (!known && this.#loadpoints.size >= MAX_LOADPOINTS) return undefined;
    const loadpoint = known ?? { said: new Map(), heard: new Map() };
    this.#loadpoints.set(key, loadpoint);
    const { said, heard } = loadpoint;
    // A topic that is withdrawn when evcc stops says nothing of what the thing is.
    if (message.payload === "") return undefined;
    if (heard.size < MAX_REMEMBERED || heard.has(message.topic)) heard.set(message.topic, message);
    const word = field === "chargerIcon" ? /^\w{1,40}$/ : /^(true|false)$/;
    if (!TELLS_KIND.test(field) || !word.test(message.payload)) return undefined;
    said.set(field, message.payload);
    const kind = kindOf(said);
    if (kind === (this.#kinds.get(key) ?? "evse")) return undefined;
    this.#kinds.set(key, kind);
    return [...heard.values()];
  }
}

const joined = (parts: readonly Decoded[]): Decoded => ({
  nodes: parts.flatMap((d) => d.nodes),
  gone: parts.flatMap((d) => d.gone),
  readings: parts.flatMap((d) => d.readings),
  reachable: parts.flatMap((d) => d.reachable),
  problems: parts.flatMap((d) => d.problems),
  publish: parts.flatMap((d) => d.publish),
});

export const evcc: Dialect = { name: "evcc", open: (hubId) => new Session(hubId) };
