/**
 * What Homie properties mean. Homie itself has no meanings: types of known makers first, then unit and name together.
 * A lock, valve, siren, gate or charger is never guessed from a name.
 */
import type { UnitName } from "../../../../hub/model/units.ts";
import { houseUnit } from "../../units.ts";
import { ebusKind, ebusWord } from "./ebus.ts";

export interface HomieAbout {
  readonly deviceType: string;
  readonly nodeType: string;
  readonly node: string;
  readonly property: string;
  readonly unit?: string | undefined;
  readonly datatype: string;
  readonly settable?: boolean;
}

export interface HomieWord {
  /** Word in meanings.ts, or `relay`, `colour`, which have forms of their own; without one it is the maker's own. */
  readonly word?: string;
  readonly turned?: true;
  /** Where it is not the node's own endpoint. */
  readonly endpoint?: number;
}

/** A rule by which a number is known: unit of the house, what its name must and must not hold. */
interface Rule {
  readonly units: readonly (UnitName | "")[];
  readonly name?: RegExp;
  readonly word: string;
  /** What the node must be. */
  readonly kind?: NodeKind;
  readonly settable?: boolean;
}

type NodeKind = "light" | "thermostat" | "cover";

const LIMITS = /target|set|min|max|offset|dew|limit|delta|diff|calib|nominal|rated|peak|average|avg|threshold/;
const PERIODS = /today|day|hour|week|month|year|session|last|trip/;
const EXPORT = /export|produc|return|feed|generat|yield/;
const GUARDED = /lock|valve|siren|alarm|charg|evse|garage|gate|door|boiler|heater|oven|stove/;

const numbers: readonly Rule[] = [
  {
    units: ["degC", "K"],
    name: /target|set|desired/,
    word: "occupied_heating_setpoint",
    kind: "thermostat",
    settable: true,
  },
  { units: ["degC"], word: "local_temperature", kind: "thermostat", settable: false },
  { units: ["degC"], word: "temperature", settable: false },
  { units: ["%"], name: /humid/, word: "humidity", settable: false },
  { units: ["%"], name: /batter/, word: "battery", settable: false },
  { units: ["%"], name: /soil/, word: "soil_moisture", settable: false },
  { units: ["%"], name: /position|opening|lift|level/, word: "position", kind: "cover" },
  { units: ["%"], name: /tilt|slat/, word: "tilt", kind: "cover" },
  { units: ["%", ""], name: /bright|dim|level|intensity/, word: "level", kind: "light" },
  { units: ["lx"], word: "illuminance_lux", settable: false },
  { units: ["hPa"], name: /press|baro/, word: "pressure", settable: false },
  { units: ["ppm"], name: /co2|carbon-?dioxide/, word: "co2", settable: false },
  { units: ["µg/m3"], name: /pm-?2[-.]?5/, word: "pm25", settable: false },
  { units: ["µg/m3"], name: /pm-?10/, word: "pm10", settable: false },
  { units: ["µg/m3"], name: /pm-?1$/, word: "pm1", settable: false },
  { units: ["W"], word: "power", settable: false },
  { units: ["VA"], word: "power_apparent", settable: false },
  { units: ["var"], word: "power_reactive", settable: false },
  { units: ["V"], name: /batter/, word: "battery_voltage", settable: false },
  { units: ["V"], word: "voltage", settable: false },
  { units: ["A"], word: "current", settable: false },
  { units: ["Hz"], name: /freq/, word: "ac_frequency", settable: false },
  { units: ["kWh"], name: EXPORT, word: "produced_energy", settable: false },
  { units: ["kWh"], name: /total|energy|import|consum|lifetime|meter/, word: "energy", settable: false },
];

/** Yes or no that a device only reports. */
const reports: readonly (readonly [name: RegExp, word: string])[] = [
  [/motion|presence|occupan/, "occupancy"],
  [/leak|flood/, "water_leak"],
  [/smoke/, "smoke"],
  [/battery-?low|low-?battery/, "battery_low"],
  [/^(contact|open|opened)$/, "contact"],
];

/** Names that say nothing by themselves; then the node's name counts. */
const PLAIN = /^(value|state|status|degrees|percentage|percent|lux|level|unit|sensor|measurement|reading)$/;
const SWITCH = /^(power|on|switch|relay|state|onoff|on-off|outlet|light)$/;

const kindOf = (about: HomieAbout): NodeKind | undefined => {
  const text = `${about.nodeType} ${about.node}`.toLowerCase();
  if (/thermostat|climate|radiator|\btrv\b/.test(text)) return "thermostat";
  if (/shutter|blind|cover|curtain|roller|awning|shade/.test(text)) return "cover";
  return /light|lamp|bulb|dimmer|\bled\b/.test(text) ? "light" : undefined;
};

/** True for nodes that are lamps by their type or name. */
export const isLamp = (nodeType: string, node: string): boolean =>
  kindOf({ deviceType: "", nodeType, node, property: "", datatype: "" }) === "light";

function numberWord(about: HomieAbout, name: string): string | undefined {
  const unit = about.unit?.trim() ? houseUnit(about.unit)?.unit : "";
  if (unit === undefined || PERIODS.test(name)) return undefined;
  // Water pressure is told in bar; the sky's is not.
  if (unit === "hPa" && /bar$|psi/i.test(about.unit ?? "") && !/mbar/i.test(about.unit ?? "")) return undefined;
  const settable = about.settable === true;
  const kind = kindOf(about);
  const rule = numbers.find(
    (r) =>
      r.units.includes(unit) &&
      (r.name?.test(name) ?? !LIMITS.test(name)) &&
      (r.kind === undefined || r.kind === kind) &&
      (r.settable === undefined || r.settable === settable),
  );
  return rule?.word;
}

function booleanWord(about: HomieAbout, name: string): string | undefined {
  if (about.settable !== true) return reports.find(([pattern]) => pattern.test(name))?.[1];
  const whole = `${about.nodeType} ${about.node} ${about.property} ${about.deviceType}`.toLowerCase();
  return SWITCH.test(about.property.toLowerCase()) && !GUARDED.test(whole) ? "on" : undefined;
}

const SIGNED = ["power", "energy", "produced_energy"];
const isEbus = ({ deviceType, nodeType }: HomieAbout): boolean => /^energy\.ebus\./.test(`${deviceType || nodeType}`);

/** What a property means; undefined keeps it the maker's own. Pure; the same for every version of Homie. */
export function homieWord(about: HomieAbout): HomieWord | undefined {
  const kind = ebusKind(about.nodeType) ?? ebusKind(about.deviceType);
  if (kind !== undefined) return ebusWord(kind, about.property);
  const property = about.property.toLowerCase();
  const name = PLAIN.test(property) ? `${about.node.toLowerCase()} ${property}` : property;
  let word: string | undefined;
  if (about.datatype === "float" || about.datatype === "integer") word = numberWord(about, name);
  else if (about.datatype === "boolean") word = booleanWord(about, name);
  else if (about.datatype === "enum" && kindOf(about) === "thermostat" && /mode/.test(name)) word = "system_mode";
  else if (about.datatype === "color") word = "colour";
  // Whose view a meter of the electrification bus has is known for the kinds above alone.
  if (word === undefined || (isEbus(about) && SIGNED.includes(word))) return undefined;
  return { word };
}

/** The address of a Homie 5 device, whichever road tells of it: ids are unique within their domain. */
export function homieAddress(domain: string, device: string): string {
  const plain = domain
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "");
  return `own:${plain || "homie"}/${device}`;
}

/** The address behind a topic of Homie 5, `<domain>/5/<device>/…`; undefined for other topics. */
export function homieAddressOfTopic(topic: string): string | undefined {
  const [, domain, device] = /^([^/$]+)\/5\/([^/$]+)\//.exec(topic) ?? [];
  return domain && device ? homieAddress(domain, device) : undefined;
}
