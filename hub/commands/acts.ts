/** From an act and a thing to the command that carries it out. */
import { capabilities } from "../model/capabilities/index.ts";
import { misfit, type Value } from "../model/capability.ts";
import type { Command } from "../model/command.ts";
import type { Target } from "./directory.ts";
import type { Act, Amount, Settable } from "./meaning.ts";

type Order = readonly [capability: string, command: string, args?: Readonly<Record<string, Value>>];

/** The ways of an act, the first that a thing has is taken. `set` with an attribute writes it. */
const fixed: Readonly<Record<Exclude<Act["do"], "set" | "mode">, readonly Order[]>> = {
  on: [
    ["onOff", "on"],
    ["energyEvse", "enableCharging"],
    ["fanControl", "set", { fanMode: "on" }],
    ["thermostat", "set", { systemMode: "heat" }],
  ],
  off: [
    ["onOff", "off"],
    ["energyEvse", "disable"],
    ["fanControl", "set", { fanMode: "off" }],
    ["thermostat", "set", { systemMode: "off" }],
  ],
  toggle: [["onOff", "toggle"]],
  open: [["windowCovering", "upOrOpen"]],
  close: [["windowCovering", "downOrClose"]],
  stop: [
    ["windowCovering", "stopMotion"],
    ["operationalState", "stop"],
  ],
  lock: [["doorLock", "lockDoor"]],
  unlock: [["doorLock", "unlockDoor"]],
  charge: [
    ["energyEvse", "enableCharging"],
    ["batteryControl", "set", { mode: "chargeFromGrid" }],
  ],
  stopCharging: [["energyEvse", "disable"]],
  start: [["operationalState", "start"]],
  pause: [
    ["operationalState", "pause"],
    ["deviceEnergyManagement", "pauseRequest", { duration: 1800 }],
  ],
  resume: [
    ["operationalState", "resume"],
    ["deviceEnergyManagement", "resumeRequest"],
  ],
};

/** A water valve is an on/off thing that people open and close. */
const valve: Readonly<Partial<Record<Act["do"], Order>>> = { open: ["onOff", "on"], close: ["onOff", "off"] };

/** What can be set, by unit; without a unit the thing decides by this order. */
const settings: readonly {
  readonly what: Settable;
  readonly unit: Amount["unit"];
  readonly order: (n: number) => Order;
}[] = [
  { what: "temperature", unit: "degC", order: (n) => ["thermostat", "set", { occupiedHeatingSetpoint: n }] },
  { what: "chargeLimit", unit: "A", order: (n) => ["energyEvse", "set", { userMaximumChargeCurrent: n }] },
  { what: "position", unit: "%", order: (n) => ["windowCovering", "goToLiftPercentage", { liftPercent: n }] },
  { what: "brightness", unit: "%", order: (n) => ["levelControl", "moveToLevel", { level: n }] },
  { what: "speed", unit: "%", order: (n) => ["fanControl", "set", { percentSetting: n }] },
  {
    what: "colorTemperature",
    unit: "kelvin",
    // A mired is a million divided by the colour temperature in kelvin.
    order: (n) => [
      "colorControl",
      "moveToColorTemperature",
      { colorTemperatureMireds: n > 0 ? Math.round(1e6 / n) : 0 },
    ],
  },
];

function ordersOf(act: Act, target: Target): readonly Order[] {
  if (act.do === "mode") return [["batteryControl", "set", { mode: act.mode }]];
  if (act.do === "set") {
    const { number, unit } = act.value;
    const own = numberOf(target);
    if (own && act.what === "any" && (unit === undefined || unit === own.unit))
      return [["houseNumber", "set", { value: number }]];
    const fits = settings.filter(
      (s) => (act.what === "any" || s.what === act.what) && (unit === undefined || s.unit === unit),
    );
    // A bare number never sets a colour: "set the lamp to 40" is a brightness.
    return fits
      .filter((s) => unit !== undefined || act.what !== "any" || s.unit !== "kelvin")
      .map((s) => s.order(number));
  }
  const asValve = target.types.includes("waterValve") ? valve[act.do] : undefined;
  return asValve ? [asValve] : fixed[act.do];
}

/** The type of a number of the house: it is set in its own unit. */
function numberOf({ endpoint }: Target) {
  const type = endpoint.capabilities.houseNumber?.attributes.value?.type;
  return type?.type === "number" ? type : undefined;
}

function has({ endpoint }: Target, [capability, command, args = {}]: Order): boolean {
  if (!Object.hasOwn(endpoint.capabilities, capability)) return false;
  const instance = endpoint.capabilities[capability];
  if (!instance || !Object.hasOwn(instance.commands, command)) return false;
  if (command !== "set") return true;
  return Object.keys(args).every((name) => {
    const attribute = Object.hasOwn(instance.attributes, name) ? instance.attributes[name] : undefined;
    return (
      attribute !== undefined && (attribute.writable ?? capabilities[capability]?.attributes[name]?.writable) === true
    );
  });
}

/** Whether a thing can do it at all, whatever the value. */
export const canDo = (act: Act, target: Target): boolean => ordersOf(act, target).some((o) => has(target, o));

/** The command, or why its value does not fit. Undefined when the thing has no such command. */
export function commandFor(act: Act, target: Target): Command | { readonly problem: string } | undefined {
  const order = ordersOf(act, target).find((o) => has(target, o));
  if (!order) return undefined;
  const [capability, command, args = {}] = order;
  const problem = misfitOf(target, order);
  if (problem) return { problem };
  return { target: { node: target.node.description.id, endpoint: target.endpoint.number }, capability, command, args };
}

/** The device's own range counts before the capability's. */
function misfitOf({ endpoint }: Target, [capability, command, args = {}]: Order): string | undefined {
  const spec = capabilities[capability];
  for (const [name, value] of Object.entries(args)) {
    const type =
      command === "set"
        ? (endpoint.capabilities[capability]?.attributes[name]?.type ?? spec?.attributes[name])
        : (endpoint.capabilities[capability]?.commands[command]?.args?.[name] ?? spec?.commands[command]?.args[name]);
    const why = type && misfit(type, value);
    if (why) return why;
  }
  return undefined;
}

const LIGHTS: ReadonlySet<string> = new Set([
  "onOffLight",
  "dimmableLight",
  "colorTemperatureLight",
  "extendedColorLight",
]);
const IMPLIED: Readonly<Partial<Record<Act["do"] | Settable, ReadonlySet<string>>>> = {
  open: new Set(["windowCovering"]),
  close: new Set(["windowCovering"]),
  charge: new Set(["energyEvse"]),
  stopCharging: new Set(["energyEvse"]),
  mode: new Set(["batteryStorage"]),
  brightness: LIGHTS,
  colorTemperature: LIGHTS,
  temperature: new Set(["thermostat"]),
  position: new Set(["windowCovering"]),
  chargeLimit: new Set(["energyEvse"]),
  speed: new Set(["fan"]),
};

/** Kinds that an act means when no thing was named; empty: none. */
export function impliedKinds(act: Act): ReadonlySet<string> {
  if (act.do !== "set") return IMPLIED[act.do] ?? new Set();
  const byUnit = { "%": LIGHTS, degC: IMPLIED.temperature, A: IMPLIED.chargeLimit, kelvin: LIGHTS } as const;
  return (act.what === "any" ? act.value.unit && byUnit[act.value.unit] : IMPLIED[act.what]) ?? new Set();
}

/** Things that must not be switched along with others, or by "the plug": food, programmes, heat, water, doors. */
const BY_NAME_ONLY: readonly string[] = [
  ...[
    "refrigerator",
    "dishwasher",
    "laundryWasher",
    "laundryDryer",
    "waterHeater",
    "heatPump",
    "batteryStorage",
    "energyEvse",
  ],
  ...["oven", "cooktop", "cookSurface", "microwaveOven", "closure", "irrigationSystem"],
  ...["thermostat", "pump", "waterValve", "doorLock", "smokeCoAlarm", "electricalMeter", "solarPower"],
];
const GARAGE = /\b(garage|gate)\b/i;

/**
 * Whether a thing, meant by its kind alone, is to be left alone: a lock or a garage door is never opened that way, and
 * "all plugs" leaves out the plug of the fridge. Naming that very kind ("turn off the dishwasher") is naming it.
 */
export function onlyByName(act: Act, target: Target, said: ReadonlySet<string>): boolean {
  if (act.do === "unlock") return true;
  if (target.endpoint.capabilities.windowCovering && GARAGE.test(`${target.name} ${target.room ?? ""}`)) return true;
  if (target.types.includes("waterValve")) return true;
  if (act.do === "lock") return false;
  return target.types.some((t) => BY_NAME_ONLY.includes(t) && !said.has(t));
}
