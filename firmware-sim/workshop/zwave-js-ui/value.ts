import type { Moment } from "../firmware.ts";

/** One value of a Z-Wave node with what the driver knows of it. */
export interface NodeValue {
  readonly commandClass: number;
  readonly property: string | number;
  readonly propertyKey?: string | number;
  /** Where it differs from the property. */
  readonly propertyName?: string;
  readonly propertyKeyName?: string;
  readonly label: string;
  readonly type: "boolean" | "number" | "string" | "any";
  readonly unit?: string;
  readonly min?: number;
  readonly max?: number;
  readonly states?: Readonly<Record<number, string>>;
  readonly ccSpecific?: object;
  /** An event: told once, not kept. */
  readonly stateless?: boolean;
  get(now: Moment): unknown;
  /** Undefined: read only. False: the driver refuses the value. */
  set?(value: unknown, now: Moment): boolean;
}

/** Command classes: the name in topics and the name for people (Z-Wave specification, command class definitions). */
export const commandClasses: Readonly<Record<number, readonly [topic: string, name: string]>> = {
  37: ["switch_binary", "Binary Switch"],
  38: ["switch_multilevel", "Multilevel Switch"],
  49: ["sensor_multilevel", "Multilevel Sensor"],
  50: ["meter", "Meter"],
  64: ["thermostat_mode", "Thermostat Mode"],
  67: ["thermostat_setpoint", "Thermostat Setpoint"],
  66: ["thermostat_operating_state", "Thermostat Operating State"],
  91: ["central_scene", "Central Scene"],
  112: ["configuration", "Configuration"],
  113: ["notification", "Notification"],
  128: ["battery", "Battery"],
};

/** `<class>-<endpoint>-<property>[-<key>]`, as the gateway names values. */
export const valueId = (value: NodeValue): string =>
  [value.commandClass, 0, value.property, ...(value.propertyKey === undefined ? [] : [value.propertyKey])].join("-");

/** Blanks become `_`; what a topic should not hold goes. */
export const sanitized = (text: string): string => text.replace(/\s/g, "_").replace(/[+*#\\.'`!?^=(),"%[\]:;{}]+/g, "");

/** The value's topic below its node's. */
export function valueTopic(value: NodeValue, named: boolean): string {
  const [name = ""] = commandClasses[value.commandClass] ?? [];
  const property = named ? (value.propertyName ?? value.property) : value.property;
  const parts = named ? [name, "endpoint_0", property] : [value.commandClass, 0, property];
  if (value.propertyKey !== undefined) parts.push(value.propertyKey);
  return parts.map((part) => sanitized(String(part))).join("/");
}

/** The whole value as the gateway shows it. */
export function described(node: number, value: NodeValue, now: Moment): Record<string, unknown> {
  const { get, set, states, ...known } = value;
  return {
    id: `${node}-${valueId(value)}`,
    nodeId: node,
    commandClassName: commandClasses[value.commandClass]?.[1],
    endpoint: 0,
    propertyName: String(value.property),
    ...known,
    readable: true,
    writeable: set !== undefined,
    stateless: value.stateless === true,
    list: states !== undefined,
    ...(states ? { states: Object.entries(states).map(([number, text]) => ({ text, value: Number(number) })) } : {}),
    lastUpdate: now.wall,
    value: get(now),
  };
}
