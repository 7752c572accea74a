/** Makers' texts in one form, to be compared. */
import type { NodeDescription } from "../../model/node.ts";

const plain = (text: string): string => text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, "");

/** Companies and what their products are called by, in {@link plain} form. */
const brands: readonly (readonly [start: string, brand: string])[] = [
  ["allterco", "shelly"],
  ["shelly", "shelly"],
  ["signify", "philips"],
  ["philips", "philips"],
  ["ikea", "ikea"],
  ["osram", "ledvance"],
  ["ledvance", "ledvance"],
  ["eve", "eve"],
  ["espressif", "espressif"],
  ["tuya", "tuya"],
  ["tplink", "tplink"],
  ["tapo", "tplink"],
  ["kasa", "tplink"],
  ["aqara", "aqara"],
  ["lumi", "aqara"],
  ["sonoff", "sonoff"],
  ["itead", "sonoff"],
  ["ewelink", "sonoff"],
];

/** A maker in one form; undefined for one that is not named. */
export function brandOf(vendor: string | undefined): string | undefined {
  const word = plain(vendor ?? "").replace(/(inc|ltd|llc|gmbh|ag|bv|corp|corporation|limited|company|colt?d?)$/, "");
  if (word === "" || word === "unknown" || word === "generic") return undefined;
  return brands.find(([start]) => word.startsWith(start))?.[1] ?? word;
}

/** A model's name in one form. */
export const modelKey = (model: string | undefined): string | undefined => plain(model ?? "") || undefined;

/** Numbers that are printed on many devices, or on none. */
const nobodys = /^(0*1?2345678?9?0?|.*unknown.*|serial(number)?|none|null|undefined|default|test|n?a)$/;

/** A serial number in one form; undefined for one that tells no device from another. */
export function serialKey(serial: string | undefined): string | undefined {
  const key = plain(serial ?? "");
  return key.length >= 6 && new Set(key).size >= 4 && !nobodys.test(key) ? key : undefined;
}

/** The MAC that a serial number is with some makers, as an address; undefined for any other. */
export function macOfSerial(serial: string | undefined): string | undefined {
  const key = plain(serial ?? "");
  return /^[0-9a-f]{12}$/.test(key) && new Set(key).size >= 4 && /[a-f]/.test(key) ? `mac:${key}` : undefined;
}

/** A unique id that was made to be one. */
export const isStrongId = (id: string): boolean => id.length >= 8 && new Set(id).size >= 5;

/** Says nothing of what a device is. */
const sorts = new Set(["bridgedNode", "powerSource", "electricalSensor", "electricalMeter"]);

/** What a device is for, by its device types. */
export const kindsOf = ({ endpoints }: NodeDescription): ReadonlySet<string> =>
  new Set(endpoints.flatMap((e) => e.deviceTypes.map(kindOf)).filter((t) => !sorts.has(t)));

/** Plugs, switches and lamps are told as one another by one road or the other. */
const kindOf = (type: string): string =>
  /light$/i.test(type) && type !== "lightSensor"
    ? "light"
    : /^(onOffPlugInUnit|mountedOnOffControl)$/.test(type)
      ? "switch"
      : type;
