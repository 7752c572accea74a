import { type Act, asPayload, forever, type Moment, type Said, Station } from "../firmware.ts";
import type { Entry } from "../kind.ts";

/** One thing that discovery announces. */
interface Announced {
  /** `light`, `sensor` …: the part of the topic. */
  readonly platform: string;
  readonly id: string;
  /** Options; `~/…` stands for the device's own base topic. */
  readonly config: Readonly<Record<string, unknown>>;
}

/** What one product says beside its announcements. */
export interface HaProduct {
  readonly manufacturer: string;
  readonly model: string;
  /** `device`: one message for all; `single`: one a component, abbreviated. */
  readonly form: "device" | "single";
  readonly announced: readonly Announced[];
  /** Everything it tells of its state, by topic below its base. */
  states(now: Moment): readonly (readonly [tail: string, body: object | string])[];
  /** Tails that are to be told now, and events, which are told once and not kept. */
  step(
    seconds: number,
    now: Moment,
  ): { readonly tails?: readonly string[]; readonly events?: readonly (readonly [tail: string, body: object])[] };
  /** A message below `<base>/`; the tails to be told. Undefined: ignored. */
  command?(tail: string, payload: string, now: Moment): readonly string[] | undefined;
  reset?(): void;
  /** States are kept by the broker. */
  readonly retained?: boolean;
}

const prefix = "homeassistant";
const birth = `${prefix}/status`;
/** A publisher answers a birth message within some seconds, so that not all speak at once. */
const birthDelay = 1.5;
const commandDelay = 0.15;

/** A product that announces itself by Home Assistant's discovery (Home Assistant documentation, MQTT: Discovery messages). */
export class HaPublisher extends Station {
  readonly clientId: string;
  private readonly product: HaProduct;
  private readonly mac: string;
  private readonly base: string;
  private readonly object: string;
  private label: string;

  constructor(entry: Entry, product: HaProduct) {
    super(entry.name);
    this.product = product;
    this.mac = entry.id.toLowerCase();
    this.label = entry.name;
    this.object = `${product.model.toLowerCase().replace(/[^a-z0-9]+/g, "_")}_${this.mac}`;
    this.base = `maker/${this.object}`;
    this.clientId = this.object;
  }

  will(): Said {
    return this.own("status", "offline", true);
  }

  subscriptions(): readonly string[] {
    return [birth, `${this.base}/set`, `${this.base}/+/set`];
  }

  connected(now: Moment): Said[] {
    return [...this.discovery(), this.own("status", "online", true), ...this.told(now)];
  }

  step(seconds: number, now: Moment): Said[] {
    const { tails = [], events = [] } = this.product.step(seconds, now);
    return [...this.told(now, tails), ...events.map(([tail, body]) => this.own(tail, body, false))];
  }

  receive(topic: string, payload: string, now: Moment): Said[] {
    if (topic === birth) {
      if (payload !== "online") return [];
      return [...this.discovery(), this.own("status", "online", true), ...this.told(now)].map((said) => ({
        ...said,
        after: birthDelay,
      }));
    }
    const tails = this.product.command?.(topic.slice(this.base.length + 1), payload, now);
    return tails ? this.told(now, tails).map((said) => ({ ...said, after: commandDelay })) : [];
  }

  override goodbye(_now: Moment): Said[] {
    return [this.will()];
  }

  act(_name: string, act: Act, _now: Moment): Said[] {
    if (act === "counter") this.product.reset?.();
    if (act === "reboot") this.leave(5, false);
    if (act === "offline") this.leave(forever, false);
    if (act === "rename") {
      this.label = `${this.label} 2`;
      return this.discovery();
    }
    if (act === "remove") {
      this.leave(forever, false);
      return this.discovery().map((said) => ({ ...said, payload: "" }));
    }
    return [];
  }

  private told(now: Moment, tails?: readonly string[]): Said[] {
    const states = this.product.states(now);
    const wanted = tails ? states.filter(([tail]) => tails.includes(tail)) : states;
    return wanted.map(([tail, body]) => this.own(tail, body, this.product.retained === true));
  }

  private discovery(): Said[] {
    const { announced, form, manufacturer, model } = this.product;
    const origin = { name: "maker2mqtt", sw_version: "3.2.0", support_url: "https://example.org/maker2mqtt" };
    const device = {
      identifiers: [this.object],
      connections: [["mac", colons(this.mac)]],
      name: this.label,
      manufacturer,
      model,
      sw_version: "3.2.0",
    };
    if (form === "device") {
      const components = announced.map(({ platform, id, config }) => [
        id,
        { platform, unique_id: `${this.object}_${id}`, ...this.spelled(config) },
      ]);
      const body = {
        device,
        origin,
        availability: [{ topic: `${this.base}/status` }],
        components: Object.fromEntries(components),
      };
      return [this.raw(`${prefix}/device/${this.object}/config`, JSON.stringify(body), true)];
    }
    const short = {
      ids: device.identifiers,
      cns: device.connections,
      name: device.name,
      mf: manufacturer,
      mdl: model,
      sw: "3.2.0",
    };
    return announced.map(({ platform, id, config }) => {
      const body = {
        "~": this.base,
        avty_t: "~/status",
        uniq_id: `${this.object}_${id}`,
        ...config,
        dev: short,
        o: { name: origin.name, sw: "3.2.0" },
      };
      return this.raw(`${prefix}/${platform}/${this.object}/${id}/config`, JSON.stringify(body), true);
    });
  }

  /** The device form knows no `~` of its own here: topics in full. */
  private spelled(config: Readonly<Record<string, unknown>>): object {
    const spell = ([key, value]: [string, unknown]) => [
      key,
      typeof value === "string" ? value.replace(/^~/, this.base) : value,
    ];
    return Object.fromEntries(Object.entries(config).map(spell));
  }

  private own(tail: string, body: object | string, retain: boolean): Said {
    return this.raw(`${this.base}/${tail}`, asPayload(body), retain);
  }

  private raw(topic: string, payload: string, retain: boolean): Said {
    return { topic, payload, retain, qos: 0, from: this.name };
  }
}

const colons = (mac: string): string => mac.match(/../g)?.join(":") ?? mac;
