/** What a field's or topic's name says of its value. */
import { isSecret } from "../../mqtt/mask.ts";

export type Sort = "secret" | "network" | "place" | "person" | "mac" | "serial";

const NETWORK = /ssid$|wifi_?name$/i;
const PLACE = /^(.*[_-])?(lat|lon|lng|latitude|longitude|altitude|gps|geohash|coordinates?)$/i;
const STREET = /^(street|postcode|zip|zip_?code|city|postal_?address)$/i;
const PERSON = /^(mqtt_?|wifi_?)?(user|user_?name|login|e?-?mail)$/i;
const MAC = /^(.*[_-])?(mac|mac_?address|ieee|ieee_?addr(ess)?|eui_?64)$/i;
const SERIAL =
  /^(.*[_-])?(serial|serial_?(no|nr|num|number)|sn|imei|imsi|iccid|home_?id|equipment_?id|device_?sn|portal_?id)$/i;
/** Camel case as words, so that one rule fits all. */
const snake = (name: string): string => name.replace(/([a-z])([A-Z])/g, "$1_$2");

/** Keys that open nothing: zwave-js tells values apart by them. */
const NO_SECRET = /^property_?key$/i;

/** What stands anywhere below such a name is a secret. */
export const hidesSecret = (name: string): boolean =>
  !NO_SECRET.test(name) && (isSecret(name) || isSecret(snake(name)));

export function sortOf(name: string): Sort | undefined {
  const key = snake(name);
  if (NETWORK.test(key)) return "network";
  if (hidesSecret(name)) return "secret";
  if (PLACE.test(key) || STREET.test(key)) return "place";
  if (PERSON.test(key)) return "person";
  if (MAC.test(key)) return "mac";
  return SERIAL.test(key) ? "serial" : undefined;
}

/** Last parts of topics that only say that a value follows. */
const CARRIER = /^(state|status|value|set|get)$/i;

/** The part of a topic that names its plain value. */
export function nameInTopic(topic: string): string {
  const parts = topic.split("/");
  const last = parts.at(-1) ?? "";
  return CARRIER.test(last) ? (parts.at(-2) ?? last) : last;
}
