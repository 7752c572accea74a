/**
 * Acme's own topics, as the worked example of an adapter:
 *
 *   acme/<name>/info    retained  {"mac":"a0…","model":"AP-1","version":"1.4.0","parts":["relay","meter"],"unit":"C"}
 *                                 empty: the device was removed
 *   acme/<name>/online  retained  1, or 0 as its last will
 *   acme/<name>/state             {"on":true,"watts":12.5,"wh":1500}
 *   acme/<name>/event             {"press":"single"}
 *   acme/<name>/set     to it     {"on":false}
 *
 * People choose <name> and may change it; the MAC stays.
 */
import {
  Draft,
  defineDialect,
  entriesOf,
  harvest,
  identify,
  listOf,
  nothing,
  parseObject,
  planCommand,
  readField,
  sampleType,
  textOf,
} from "#inglenook-kit";

/** Most devices of one broker; more are a problem, not a memory leak. */
const MAX_DEVICES = 500;
/** Most fields of one device that nobody announced. */
const MAX_EXTRAS = 32;

const HOUR_S = 3600;

/**
 * What each part of a device says. `word` is a meaning of the house (see the list in the makers' page); without one a
 * value stays the maker's own. `set: true`: the field can be written.
 * @type {Record<string, { endpoint: number, type?: string, fields: Record<string, any> }>}
 */
const parts = {
  relay: {
    endpoint: 1,
    type: "onOffPlugInUnit",
    fields: { on: { word: "on", maker: { kind: "boolean", on: true, off: false }, set: true } },
  },
  dimmer: {
    endpoint: 1,
    type: "dimmableLight",
    fields: { level: { word: "level", maker: { kind: "number", min: 0, max: 255 }, set: true } },
  },
  meter: {
    endpoint: 1,
    fields: {
      watts: { word: "power", maker: { kind: "number", unit: "W" } },
      wh: { word: "energy", maker: { kind: "number", unit: "Wh" } },
      // A counter of the day is no lifetime counter: it stays Acme's own.
      wh_today: { maker: { kind: "number", unit: "Wh" } },
    },
  },
  inverter: {
    endpoint: 2,
    type: "solarPower",
    fields: {
      // What it gives out is negative in the house.
      yield_w: { word: "power", maker: { kind: "number", unit: "W", scale: -1 } },
      yield_wh: { word: "produced_energy", maker: { kind: "number", unit: "Wh" } },
    },
  },
  climate: {
    endpoint: 3,
    fields: {
      temp: { word: "temperature", maker: { kind: "number", unit: "" } },
      humidity: { word: "humidity", maker: { kind: "number", unit: "%" } },
    },
  },
  thermostat: {
    endpoint: 4,
    fields: {
      target: {
        word: "occupied_heating_setpoint",
        maker: { kind: "number", unit: "C", min: 5, max: 30, step: 0.5 },
        set: true,
      },
    },
  },
  battery: { endpoint: 0, fields: { battery: { word: "battery", maker: { kind: "number", unit: "%" } } } },
  button: {
    endpoint: 5,
    type: "genericSwitch",
    fields: { press: { maker: { kind: "enum", values: ["single", "double", "long"] }, event: true } },
  },
};

/** @param {any} device */
function build(device) {
  /** @type {Draft<Record<string, any>>} */
  const draft = new Draft();
  for (const name of device.parts) {
    const part = Object.hasOwn(parts, name) ? parts[name] : undefined;
    if (!part) continue;
    if (part.type) draft.type(part.endpoint, part.type);
    for (const [field, { word, maker, set, event = false }] of Object.entries(part.fields))
      draft.add({
        endpoint: part.endpoint,
        field,
        source: `${device.base}/${event ? "event" : "state"}#${field}`,
        name: field,
        word,
        maker: maker.unit === "" ? { ...maker, unit: device.unit } : maker,
        event,
        write: set ? (raw) => ({ [field]: raw }) : undefined,
      });
    if (name === "relay")
      draft.action(1, "onOff.toggle", { source: `${device.base}/set#on`, writes: [{ on: "toggle" }] });
  }
  for (const [field, maker] of device.extras)
    draft.add({ endpoint: 1, field, source: `${device.base}/state#${field}`, name: field, maker });
  device.built = draft.build();
  return device;
}

/** @param {any} device */
const nodeOf = (device) => ({
  id: device.id,
  name: device.name,
  vendor: "Acme",
  ...(device.model ? { model: device.model } : {}),
  ...(device.version ? { firmware: device.version } : {}),
  adapter: /** @type {const} */ ("mqtt"),
  dialect: "acme",
  addresses: [`mac:${device.mac}`],
  endpoints: device.built.endpoints,
  // What runs on a battery speaks when something changes, or once a day.
  ...(device.parts.includes("battery") ? { silentAfterS: 25 * HOUR_S } : {}),
});

class Session {
  #byBase = new Map();
  #byMac = new Map();
  #byNode = new Map();

  /**
   * @param {import("#inglenook-kit").MqttMessage} message
   * @returns {import("#inglenook-kit").Decoded | undefined}
   */
  decode(message) {
    const [root, name, kind, ...rest] = message.topic.split("/");
    if (root !== "acme" || !name || rest.length > 0) return undefined;
    const base = `acme/${name}`;
    if (kind === "info") return this.#info(base, name, message);
    const device = this.#byBase.get(base);
    // Not known yet: the hub keeps the message and offers it again when a device has come.
    if (!device) return undefined;
    if (kind === "online") return this.#online(device, message.payload);
    if (kind === "state") return this.#fields(device, message, true);
    if (kind === "event") return this.#fields(device, message, false);
    return kind === "set" ? nothing : undefined;
  }

  /**
   * @param {import("#inglenook-kit").Command} command
   * @returns {import("#inglenook-kit").Encoded}
   */
  encode(command) {
    const device = this.#byNode.get(command.target.node);
    if (!device) return { ok: false, reason: `there is no Acme device ${command.target.node}` };
    const planned = planCommand(device.built, command);
    if (!planned.ok) return planned;
    const body = Object.assign({}, ...planned.writes);
    return { ok: true, publish: [{ topic: `${device.base}/set`, payload: JSON.stringify(body), qos: 1 }] };
  }

  #info(base, name, { payload, topic }) {
    const known = this.#byBase.get(base);
    if (payload === "") return known ? this.#remove(known) : nothing;
    const into = harvest();
    const info = parseObject(payload);
    const mac = textOf(info, "mac");
    if (!info || !mac || !/^[0-9a-f]{12}$/.test(mac)) {
      const message = `the description of ${name} is not readable; what was known stays`;
      into.problems.push({ code: "message-not-understood", message, topic, ...(known ? { node: known.id } : {}) });
      return into;
    }
    const before = this.#byMac.get(mac);
    if (!before && this.#byMac.size >= MAX_DEVICES) {
      const message = `${name} is left out: there are more than ${MAX_DEVICES} Acme devices`;
      into.problems.push({ code: "too-many-devices", message, topic });
      return into;
    }
    // It was renamed: its old topics are over.
    if (before && this.#byBase.get(before.base) === before) this.#byBase.delete(before.base);
    const device = build({
      id: identify([`mac:${mac}`], "acme", mac),
      mac,
      base,
      name,
      model: textOf(info, "model"),
      version: textOf(info, "version"),
      unit: textOf(info, "unit") ?? "C",
      parts: listOf(info, "parts").slice(0, 16).map(String),
      extras: before?.extras ?? new Map(),
    });
    this.#byBase.set(base, device);
    this.#byMac.set(mac, device);
    this.#byNode.set(device.id, device);
    into.nodes.push(nodeOf(device));
    return into;
  }

  #remove(device) {
    this.#byBase.delete(device.base);
    this.#byMac.delete(device.mac);
    this.#byNode.delete(device.id);
    return { ...harvest(), gone: [device.id] };
  }

  #online(device, payload) {
    if (payload !== "1" && payload !== "0") return nothing;
    return { ...harvest(), reachable: [{ node: device.id, reachable: payload === "1" }] };
  }

  #fields(device, message, learns) {
    const into = harvest();
    const place = { node: device.id, topic: message.topic, retained: message.retained };
    const body = parseObject(message.payload);
    if (!body) {
      const text = `what ${device.name} says is no JSON object`;
      into.problems.push({ code: "message-not-understood", message: text, node: device.id, topic: message.topic });
      return into;
    }
    const fields = entriesOf(body, 64);
    if (learns && this.#learn(device, fields)) into.nodes.push(nodeOf(build(device)));
    for (const [field, raw] of fields) readField(device.built, place, field, raw, into);
    return into;
  }

  /** A field that no part has is kept as Acme's own, by its first value. */
  #learn(device, fields) {
    let learned = false;
    for (const [field, raw] of fields) {
      if (raw === null || typeof raw === "object" || device.built.fields.has(field)) continue;
      if (device.extras.has(field) || device.extras.size >= MAX_EXTRAS) continue;
      device.extras.set(field, sampleType(raw));
      learned = true;
    }
    return learned;
  }
}

export default defineDialect({ kit: 1, name: "acme", open: () => new Session() });
