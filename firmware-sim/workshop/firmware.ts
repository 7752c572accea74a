/** What a simulated product is to its connection: text in, text out, no socket and no clock of its own. */

/** When something happens, as the device sees it. */
export interface Moment {
  /** Seconds since the home was switched on: never jumps. */
  readonly elapsed: number;
  /** Epoch ms on the device's own clock, which a fault may move. */
  readonly wall: number;
}

/** One message of a device. */
export interface Said {
  readonly topic: string;
  readonly payload: string;
  readonly retain: boolean;
  readonly qos: 0 | 1 | 2;
  /** Name in the home file of the device that it is about. */
  readonly from: string;
  /** Seconds that the firmware takes before it speaks. */
  readonly after?: number;
}

/** A device that goes off the network for a while: asleep or restarting. */
export interface Absence {
  readonly seconds: number;
  /** True: it takes its leave with DISCONNECT; false: the broker publishes its last will. */
  readonly orderly: boolean;
}

/** What can happen to a device by its maker's own means. */
export type Act = "reboot" | "rename" | "remove" | "counter" | "offline";

/** What owns one MQTT connection: a bridge with its devices, or a device by itself. */
export interface Firmware {
  readonly clientId: string;
  /** The devices behind this connection, as the home file names them. */
  readonly names: readonly string[];
  will(): Said;
  subscriptions(): readonly string[];
  /** What it says when it has connected. */
  connected(now: Moment): Said[];
  /** What it has to say after `seconds` went by. */
  step(seconds: number, now: Moment): Said[];
  /** Acts on a message and answers as the product does. Never throws; what makes no sense is answered as the maker does. */
  receive(topic: string, payload: string, now: Moment): Said[];
  /** What it says when it is stopped in order; the connection then ends with DISCONNECT. Empty: its plug is pulled. */
  goodbye(now: Moment): Said[];
  /** Does `act` to one of its devices. */
  act(name: string, act: Act, now: Moment): Said[];
  /** The absence it asks for, once. */
  absence(): Absence | undefined;
}

/** A device or bridge by itself: what all firmwares need. */
export abstract class Station implements Firmware {
  abstract readonly clientId: string;
  readonly names: readonly string[];
  protected readonly name: string;
  private away: Absence | undefined;

  constructor(name: string, names: readonly string[] = [name]) {
    this.name = name;
    this.names = names;
  }

  abstract will(): Said;
  abstract subscriptions(): readonly string[];
  abstract connected(now: Moment): Said[];
  abstract step(seconds: number, now: Moment): Said[];
  abstract receive(topic: string, payload: string, now: Moment): Said[];
  abstract act(name: string, act: Act, now: Moment): Said[];

  goodbye(_now: Moment): Said[] {
    return [];
  }

  absence(): Absence | undefined {
    const away = this.away;
    this.away = undefined;
    return away;
  }

  protected leave(seconds: number, orderly: boolean): void {
    this.away = { seconds, orderly };
  }
}

/** Seconds of an absence from which nothing comes back. */
export const forever = 1e9;

/** JSON for the wire, text as it is. */
export const asPayload = (body: unknown): string => (typeof body === "string" ? body : JSON.stringify(body));

/** Says yes once in each period, on a grid that starts at the first question. Seconds. */
export class Every {
  private readonly period: number;
  private next: number | undefined;

  constructor(period: number) {
    this.period = period;
  }

  due({ elapsed }: Moment): boolean {
    if (this.next === undefined) this.next = elapsed + this.period;
    if (elapsed < this.next) return false;
    this.next += (Math.floor((elapsed - this.next) / this.period) + 1) * this.period;
    return true;
  }
}

/** JSON where it is JSON, else the text itself. */
export function plain(payload: string): unknown {
  try {
    return JSON.parse(payload);
  } catch {
    return payload;
  }
}

/** The number that a text is, or undefined: empty text and words are none. */
export function numberOf(text: unknown): number | undefined {
  if (typeof text === "number") return Number.isFinite(text) ? text : undefined;
  if (typeof text !== "string" || text.trim() === "") return undefined;
  const value = Number(text);
  return Number.isFinite(value) ? value : undefined;
}

export const clamp = (value: number, min: number, max: number): number => Math.max(min, Math.min(max, value));

/** ISO time of a device without time zone: `2026-01-31T08:15:00`. */
export const clockText = (wall: number): string => new Date(wall).toISOString().slice(0, 19);
