/**
 * A maker's device, as the checks play it: what it says, what that means, and how it obeys. The checks vary it themselves:
 * fields go missing, turn to nonsense, come twice, late, retained, from the past.
 */
import type { Value } from "../../hub/model/capability.ts";

export type Body = string | number | boolean | null | readonly Body[] | { readonly [key: string]: Body };

/** One message of a device. An object is sent as JSON text, anything else as plain text. */
export interface Said {
  readonly topic: string;
  readonly body: Body;
  readonly retained?: boolean;
}

/** What must be known of one device, by `<endpoint>/<capability>.<attribute>`, in units and signs of the house. */
export type Truth = Readonly<Record<string, Value>>;

/** A message with values in it. */
export interface Report extends Said {
  /** By the field's path in the body (keys joined by dots; empty for a plain body): what it means. */
  readonly says: Readonly<Record<string, Truth>>;
  /** Where in the body a field that nobody announced may appear (path of an object, empty for the body itself). */
  readonly open?: string;
}

/** A command and what must follow. */
export interface Order {
  /** `<endpoint>/<capability>.<command>` */
  readonly command: string;
  readonly args?: Readonly<Record<string, Value>>;
  /** What must be published, in this order. Of an object, the keys given here must be there and equal. */
  readonly wire: readonly Said[];
  /** What the device reports once it has done it. */
  readonly echo: readonly Report[];
}

/** Who a device is this time. The checks make several of one model, give two the same name, and rename them. */
export interface Who {
  /** Unique and for ever: twelve small hexadecimal digits, to be dressed as the maker's MAC, serial or IEEE address. */
  readonly address: string;
  /** What people call it; letters, digits and `_`. Makers who put names into topics put this one there. */
  readonly name: string;
}

export interface Device {
  /** The name that the hub must show. */
  readonly name: string;
  /** By endpoint: device types of which each must be there. */
  readonly deviceTypes: Readonly<Record<string, readonly string[]>>;
  /** What it says when it comes up, without its values. */
  readonly announce: readonly Said[];
  /** What its bridge must know of it, see {@link Firmware.bridge}. */
  readonly card?: Body;
  /** Its values, at least one message; together they may say everything that it can. */
  readonly reports: readonly Report[];
  /** It runs on a battery and is silent for hours: that is no loss. */
  readonly sleeps?: boolean;
  /** Happenings (a button was pressed): retained ones are over. */
  readonly events?: readonly Report[];
  readonly orders?: readonly Order[];
  /** It died: its last will, or its bridge's word for it. */
  readonly offline?: readonly Said[];
  /** It is back. */
  readonly online?: readonly Said[];
  /** Its maker's way to say that it was removed for good. */
  readonly removed?: readonly Said[];
  /** It now measures in another unit (a new setting, a new firmware): what it says of that, then its reports. */
  readonly otherUnit?: { readonly said: readonly Said[]; readonly reports: readonly Report[] };
  /** Its answers to what the hub asks of it. */
  readonly answer?: (question: Question) => readonly Said[];
}

/** What the hub published that is no command. */
export interface Question {
  readonly topic: string;
  readonly body: Body;
}

/** What a device may lack; the checks that need it are left out when the firmware says why. */
export type Part = "names" | "events" | "orders" | "presence" | "removed" | "otherUnit" | "counters" | "open";

export interface Firmware {
  /** The version of this contract. */
  readonly kit: 1;
  /** Name of the dialect that it speaks. */
  readonly dialect: string;
  /** One function a model. */
  readonly models: Readonly<Record<string, (who: Who) => Device>>;
  /** Where one bridge announces all devices: the whole list, each time it changes. */
  readonly bridge?: (cards: readonly Body[]) => readonly Said[];
  /** What that bridge answers to what the hub asks of it, with the cards of the devices that are there. */
  readonly answer?: (question: Question, cards: readonly Body[]) => readonly Said[];
  /** Names of nodes that come along with the devices: the bridge itself, the site. Each may be there once. */
  readonly company?: readonly string[];
  /** What these devices do not have, and why. What is neither shown nor excused fails. */
  readonly without?: Readonly<Partial<Record<Part, string>>>;
}

export const wireText = (body: Body): string => (typeof body === "object" ? JSON.stringify(body) : String(body));
