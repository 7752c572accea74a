/** Command classes by the names that topics carry: the gateway's own and the standard's (Z-Wave Application Specification). */

const names: Readonly<Record<number, readonly string[]>> = {
  32: ["basic"],
  37: ["binary switch", "switch binary"],
  38: ["multilevel switch", "switch multilevel"],
  43: ["scene activation"],
  44: ["scene actuator configuration", "scene actuator conf"],
  48: ["binary sensor", "sensor binary"],
  49: ["multilevel sensor", "sensor multilevel"],
  50: ["meter"],
  51: ["color switch", "switch color", "color"],
  64: ["thermostat mode"],
  66: ["thermostat operating state"],
  67: ["thermostat setpoint"],
  68: ["thermostat fan mode"],
  69: ["thermostat fan state"],
  71: ["thermostat setback"],
  91: ["central scene"],
  98: ["door lock"],
  99: ["user code"],
  102: ["barrier operator"],
  106: ["window covering"],
  112: ["configuration"],
  113: ["notification", "alarm"],
  114: ["manufacturer specific"],
  117: ["protection"],
  118: ["lock"],
  119: ["node naming and location", "node naming"],
  121: ["sound switch"],
  122: ["firmware update meta data", "firmware update md"],
  128: ["battery"],
  129: ["clock"],
  132: ["wake up"],
  134: ["version"],
  135: ["indicator"],
  94: ["z-wave plus info", "zwaveplus info"],
};

/** In small letters and digits alone: gateways write blanks as `_` and leave other signs out. */
export const plainName = (text: string): string => text.toLowerCase().replace(/[^a-z0-9]+/g, "");

const numbers = new Map(
  Object.entries(names).flatMap(([cc, all]) => all.map((name) => [plainName(name), Number(cc)] as const)),
);

/** The class of a topic's segment; classes without a line here have no number, but their names serve as well. */
export function classOf(segment: string): number | string {
  if (/^\d{1,3}$/.test(segment)) return Number(segment);
  return numbers.get(plainName(segment)) ?? segment;
}

export const className = (cc: number | string): string =>
  typeof cc === "string" ? cc : (names[cc]?.[0]?.replaceAll(" ", "_") ?? `class_${cc}`);
