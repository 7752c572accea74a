import type { Known } from "../../../model/reading.ts";
import type { Act, State } from "../../meaning.ts";
import type { Phrases, Told } from "../language.ts";

const list = (names: readonly string[], word = "and"): string => {
  const shown = names.length > 12 ? [...names.slice(0, 11), `${names.length - 11} more`] : names;
  return shown.length < 2 ? (shown[0] ?? "") : `${shown.slice(0, -1).join(", ")} ${word} ${shown.at(-1)}`;
};

const DOING: Readonly<Record<Exclude<Act["do"], "set" | "mode">, string>> = {
  on: "Turning on",
  off: "Turning off",
  toggle: "Toggling",
  open: "Opening",
  close: "Closing",
  stop: "Stopping",
  lock: "Locking",
  unlock: "Unlocking",
  charge: "Charging with",
  stopCharging: "Stopping the charging of",
  start: "Starting",
  pause: "Pausing",
  resume: "Resuming",
};

const DEED: Readonly<Record<Act["do"], string>> = {
  on: "be turned on",
  off: "be turned off",
  toggle: "be toggled",
  open: "be opened",
  close: "be closed",
  stop: "be stopped",
  lock: "be locked",
  unlock: "be unlocked",
  charge: "charge a car",
  stopCharging: "charge a car",
  start: "be started",
  pause: "be paused",
  resume: "be resumed",
  set: "be set to that",
  mode: "be set to that mode",
};

const UNIT = { "%": " %", degC: " °C", A: " A", kelvin: " K" } as const;
const MODE = { followLoad: "follow the load", hold: "hold", chargeFromGrid: "charge from the grid" } as const;

const STATE: Readonly<Record<State, string>> = {
  on: "on",
  off: "off",
  open: "open",
  closed: "closed",
  locked: "locked",
  unlocked: "unlocked",
  occupied: "occupied",
  clear: "empty",
  charging: "charging",
  pluggedIn: "plugged in",
  running: "running",
  alarm: "in alarm",
};

const doing: Phrases["doing"] = (act, names) => {
  if (act.do === "set")
    return `Setting ${list(names)} to ${act.value.number}${act.value.unit ? UNIT[act.value.unit] : ""}.`;
  if (act.do === "mode") return `Setting ${list(names)} to ${MODE[act.mode]}.`;
  return `${DOING[act.do]} ${list(names)}.`;
};

const yesNo: Phrases["yesNo"] = (yes, state, told, scope) => {
  const named = (is: boolean): string[] => told.filter((t) => t.is === is).map((t) => t.name);
  const unknown = told.filter((t) => t.is === undefined).map((t) => t.name);
  const rest = unknown.length > 0 ? ` Not known: ${list(unknown)}.` : "";
  if (scope === "one" && told.length === 1) {
    const [only] = told;
    if (only?.is === undefined)
      return `It is not known whether ${only?.name} is ${state}: ${only ? why(only.known) : ""}.`;
    return `${only.is ? "Yes" : "No"}, ${only.name} is ${only.is ? "" : "not "}${state}${age(only.known)}.`;
  }
  if (scope === "any") {
    if (yes) return `Yes: ${list(named(true))}.${rest}`;
    return yes === undefined ? `That is not known of ${list(unknown)}.` : `No, none is ${state}.${rest}`;
  }
  if (yes) return `Yes, all ${told.length} are ${state}.`;
  return named(false).length > 0
    ? `No, not ${state}: ${list(named(false))}.${rest}`
    : `That is not known of ${list(unknown)}.`;
};

const why = (known: Known): string => (known.status === "known" ? "" : known.reason);
const age = (known: Known): string => (known.status === "stale" ? ` as last heard (${known.reason})` : "");

/** At most two decimals, and none where the number is large. */
const round = (n: number): string => String(Math.abs(n) >= 100 ? Math.round(n) : Math.round(n * 10) / 10);
const kilo = (watts: number): string =>
  Math.abs(watts) >= 1000 ? `${Math.round(watts / 10) / 100} kW` : `${Math.round(watts)} W`;
const kwhText = (kwh: number): string => `${Math.round(kwh * 100) / 100} kWh`;

function toldOne(t: Told): string {
  if (t.known.status === "unknown") return `${t.name}: not known (${t.known.reason})`;
  const { value } = t.known;
  const tail = age(t.known);
  if (t.measure === "power" && typeof value === "number")
    return `${t.name} ${value < 0 ? "delivers" : "uses"} ${kilo(Math.abs(value))}${tail}`;
  const shown =
    typeof value === "number"
      ? `${round(value)}${t.unit === "" || t.unit === "°" ? t.unit : ` ${t.unit}`}`
      : words(String(value));
  return `${t.name}: ${shown}${tail}`;
}

/** `followLoad` as people read it. */
const words = (value: string): string => value.replace(/([a-z])([A-Z])/g, "$1 $2").toLowerCase();

/** What the house says in English. */
export const say: Phrases = {
  doing,
  leftAlone: (names) => `Left alone, as these are only switched by name: ${list(names)}.`,
  which: (what, names) => `Which one do you mean by "${what}": ${list(names, "or")}?`,
  whichRoom: (what) => `Which room do you mean by "${what}"?`,
  nothingCalled: (what) => `There is nothing called "${what}" in this home that fits.`,
  cannot: (name, act) => `${name} cannot ${DEED[act.do]} from here.`,
  cannotTell: (name) => `${name} does not report that.`,
  misfit: (name, reason) => `${name} ${reason}.`,
  notByKind: (what) => `"${what}" is only moved by its own name, for safety.`,
  notUnderstood: () =>
    'That was not understood. Try "turn on the kitchen light", "set the bedroom light to 40 %" or "how warm is it in the living room?".',
  later: () =>
    "Sentences are for now. What is to happen later, or again and again, is a rule: make one under Rules. What is to be ready by a time is a wish: say it under Plans.",
  tooLong: (limit) => `That is too long: at most ${limit} characters.`,
  tooMany: (limit) => `That would move more than ${limit} things at once.`,
  oneThing: () => "A sentence may either ask or tell, not both.",
  yesNo,
  listed: (state, names, unknown, count) => {
    const head = count
      ? `${names.length === 0 ? "None" : names.length}${names.length > 0 ? `: ${list(names)}` : ` is ${state}`}.`
      : names.length > 0
        ? `${list(names)}.`
        : `None is ${state}.`;
    return unknown.length > 0 ? `${head} Not known: ${list(unknown)}.` : head;
  },
  told: (all) => `${all.slice(0, 12).map(toldOne).join("; ")}.`,
  homePower: (use, grid, solar) => {
    const parts = [
      use === undefined ? "What the house uses is not known" : `The house uses ${kilo(use)}`,
      grid === undefined
        ? "the grid meter is not known"
        : grid < 0
          ? `${kilo(-grid)} goes to the grid`
          : `${kilo(grid)} comes from the grid`,
      ...(solar === undefined ? [] : [`${kilo(Math.max(0, -solar))} from the sun`]),
    ];
    return `${parts.join("; ")}.`;
  },
  homeEnergy: (use, grid) => {
    if (use === undefined && grid === undefined) return "Today's energy is not known yet.";
    const fromGrid = grid === undefined ? "" : `${kwhText(grid)} came from the grid today`;
    return use === undefined
      ? `${fromGrid}.`
      : `The house used ${kwhText(use)} today${fromGrid ? `; ${fromGrid}` : ""}.`;
  },
  energyToday: (name, kwh) =>
    kwh === undefined ? `The energy of ${name} today is not known.` : `${name}: ${kwhText(kwh)} today.`,
  stateWord: (ask) => (ask.ask === "state" || ask.ask === "why" ? STATE[ask.state] : ""),
};
