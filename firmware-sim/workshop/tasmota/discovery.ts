/** What native discovery tells of a product (tasmota documentation, MQTT: Discovery). */
export interface Description {
  readonly model: string;
  /** One for each output: 1 relay, 2 light, 3 shutter. */
  readonly relays: readonly (0 | 1 | 2 | 3)[];
  /** FriendlyName of each output; the device's name where none are given. */
  readonly friendly?: readonly string[];
  /** 1 dimmer, 2 colour temperature, 3 RGB, 4 RGBW, 5 RGBCCT. */
  readonly light?: 0 | 1 | 2 | 3 | 4 | 5;
  /** iFan: 1. */
  readonly fan?: 0 | 1;
  /** Switches by SwitchMode, buttons by 1. */
  readonly switches?: readonly number[];
  readonly buttons?: readonly number[];
  readonly shutters?: readonly number[];
  readonly options?: Readonly<Record<number, number>>;
  readonly deepSleep?: number;
}

interface Address {
  readonly mac: string;
  readonly ip: string;
  readonly topic: string;
  readonly name: string;
}

/** `given`, filled up to `length`. */
const list = <T>(given: readonly T[], fill: T, length: number): T[] =>
  Array.from({ length }, (_, i) => given[i] ?? fill);

export function describe({ mac, ip, topic, name }: Address, product: Description): object {
  return {
    ip,
    dn: name,
    fn: list<string | null>(product.friendly ?? [name], null, 8),
    hn: `${topic}-${Number.parseInt(mac.slice(-4), 16) & 0x1fff}`,
    mac,
    md: product.model,
    ty: 0,
    if: product.fan ?? 0,
    cam: 0,
    ofln: "Offline",
    onln: "Online",
    state: ["OFF", "ON", "TOGGLE", "HOLD"],
    sw: "15.1.0",
    t: topic,
    ft: "%prefix%/%topic%/",
    tp: ["cmnd", "stat", "tele"],
    rl: list(product.relays, 0, 32),
    swc: list(product.switches ?? [], -1, 28),
    swn: list<string | null>([], null, 28),
    btn: list(product.buttons ?? [], 0, 32),
    so: { 4: 0, 11: 0, 13: 0, 17: 0, 20: 0, 30: 0, 68: 0, 73: 0, 82: 0, 114: 0, 117: 0, ...product.options },
    lk: product.light === 5 ? 1 : 0,
    lt_st: product.light ?? 0,
    bat: product.deepSleep === undefined ? 0 : 1,
    dslp: product.deepSleep ?? 0,
    sho: product.shutters ?? [],
    sht: (product.shutters ?? []).map(() => [0, 0, 0]),
    ver: 1,
  };
}
