import type { Expose } from "../../devices/zigbee/exposes.ts";
import type { Moment } from "../firmware.ts";
import type { Entry } from "../kind.ts";

/** What one product is behind the bridge. The bridge adds link quality and time, topics and answers. */
export interface ZigbeeProduct {
  readonly vendor: string;
  readonly model: string;
  readonly description: string;
  readonly modelId: string;
  readonly manufacturer: string;
  readonly battery: boolean;
  readonly exposes: readonly Expose[];
  /** The whole cached state, as each message carries it. */
  state(now: Moment): Record<string, unknown>;
  /** True when it reports; an object is what an event adds to one message, such as an action. */
  step(seconds: number, now: Moment): boolean | Readonly<Record<string, unknown>>;
  /** Applies one key of a `set` of which all is in `body`; a text says why it was refused. */
  set?(key: string, value: unknown, body: Readonly<Record<string, unknown>>, now: Moment): string | undefined;
  reset?(): void;
}

export interface ZigbeeDevice {
  readonly kind: "device";
  readonly entry: Entry;
  readonly product: ZigbeeProduct;
}

export interface ZigbeeGroup {
  readonly kind: "group";
  readonly entry: Entry;
  /** Names of devices. */
  readonly members: readonly string[];
}

export const device = (entry: Entry, product: ZigbeeProduct): ZigbeeDevice => ({ kind: "device", entry, product });

/** What a converter says to a key that it does not know. */
export const noConverter = (key: string): string => `No converter available for '${key}'`;
