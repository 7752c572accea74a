import type { Amount, BatteryMode, State } from "../../meaning.ts";

const UNITS: ReadonlyMap<string, Amount["unit"] | "fahrenheit"> = new Map([
  ["%", "%"],
  ["° c", "degC"],
  ["°", "degC"],
  ["degrees", "degC"],
  ["degree", "degC"],
  ["c", "degC"],
  ["celsius", "degC"],
  ["degrees celsius", "degC"],
  ["degrees c", "degC"],
  ["° celsius", "degC"],
  ["° f", "fahrenheit"],
  ["f", "fahrenheit"],
  ["degrees fahrenheit", "fahrenheit"],
  ["degrees f", "fahrenheit"],
  ["fahrenheit", "fahrenheit"],
  ["a", "A"],
  ["amp", "A"],
  ["amps", "A"],
  ["ampere", "A"],
  ["amperes", "A"],
  ["k", "kelvin"],
  ["kelvin", "kelvin"],
]);

const NAMED: ReadonlyMap<string, Amount> = new Map([
  ["max", { number: 100, unit: "%" }],
  ["maximum", { number: 100, unit: "%" }],
  ["full", { number: 100, unit: "%" }],
  ["full brightness", { number: 100, unit: "%" }],
  ["half", { number: 50, unit: "%" }],
  ["halfway", { number: 50, unit: "%" }],
  ["min", { number: 1, unit: "%" }],
  ["minimum", { number: 1, unit: "%" }],
  ["candle light", { number: 1900, unit: "kelvin" }],
  ["warm white", { number: 2700, unit: "kelvin" }],
  ["neutral white", { number: 3500, unit: "kelvin" }],
  ["cool white", { number: 4000, unit: "kelvin" }],
  ["cold white", { number: 5000, unit: "kelvin" }],
  ["daylight", { number: 6500, unit: "kelvin" }],
]);

/** "21", "21.5 degrees", "50 %", "half"; undefined when the words are no amount. Fahrenheit becomes Celsius. */
export function amount(words: readonly string[]): Amount | undefined {
  const named = NAMED.get(words.join(" "));
  if (named) return named;
  const [first = "", ...rest] = words;
  if (!/^-?\d{1,6}(\.\d{1,3})?$/.test(first)) return undefined;
  const number = Number(first);
  if (rest.length === 0) return { number };
  const unit = UNITS.get(rest.join(" "));
  if (unit === undefined) return undefined;
  if (unit === "fahrenheit") return { number: Math.round(((number - 32) / 1.8) * 2) / 2, unit: "degC" };
  return { number, unit };
}

export const states: ReadonlyMap<string, State> = new Map([
  ["on", "on"],
  ["turned on", "on"],
  ["switched on", "on"],
  ["lit", "on"],
  ["off", "off"],
  ["turned off", "off"],
  ["switched off", "off"],
  ["out", "off"],
  ["open", "open"],
  ["opened", "open"],
  ["up", "open"],
  ["closed", "closed"],
  ["shut", "closed"],
  ["down", "closed"],
  ["locked", "locked"],
  ["unlocked", "unlocked"],
  ["occupied", "occupied"],
  ["in use", "occupied"],
  ["empty", "clear"],
  ["clear", "clear"],
  ["free", "clear"],
  ["unoccupied", "clear"],
  ["charging", "charging"],
  ["plugged in", "pluggedIn"],
  ["connected", "pluggedIn"],
  ["running", "running"],
  ["heating", "running"],
  ["working", "running"],
  ["wet", "alarm"],
  ["leaking", "alarm"],
  ["triggered", "alarm"],
]);

export const modes: ReadonlyMap<string, BatteryMode> = new Map([
  ["hold", "hold"],
  ["holding", "hold"],
  ["standby", "hold"],
  ["idle", "hold"],
  ["follow", "followLoad"],
  ["follow load", "followLoad"],
  ["follow the load", "followLoad"],
  ["following the load", "followLoad"],
  ["self consumption", "followLoad"],
  ["self use", "followLoad"],
  ["automatic", "followLoad"],
  ["auto", "followLoad"],
  ["normal", "followLoad"],
  ["charge", "chargeFromGrid"],
  ["charging", "chargeFromGrid"],
  ["charge from grid", "chargeFromGrid"],
  ["charge from the grid", "chargeFromGrid"],
  ["grid charging", "chargeFromGrid"],
]);
