import type { Value } from "../../../model/capability.ts";
import type { Condition } from "../../../model/rule/condition.ts";
import type { Expression } from "../../../model/rule/expression.ts";
import { type Desk, domainOf, type Meant, meantBy, miss, note } from "./desk.ts";
import { asTheirs, figureIn, inOurs } from "./figures.ts";
import { type Item, isTemplate, keyOf, namesOf, numberOf, textOf } from "./item.ts";
import { sayingOf } from "./states.ts";
import { targetOf } from "./targets.ts";

export interface Spoken {
  readonly name: string;
  readonly at: Item;
  readonly meant: Meant;
}

/** The entities that a part speaks of, as they are here; what is not known is listed. */
export function spokenOf(desk: Desk, item: Item, key = "entity_id"): readonly Spoken[] {
  const given = keyOf(item, key);
  if (!given) miss(desk, item, "It does not say which entity.");
  return namesOf(given).flatMap(({ name, at }) => {
    if (given?.tag || at.tag) return [];
    const meant = meantBy(desk, name, at);
    return meant ? [{ name, at, meant }] : [];
  });
}

/** What an alarm panel calls its states. */
const ALARM: Readonly<Record<string, string>> = {
  ...{ armed_away: "away", armed_night: "night", armed_vacation: "holiday", disarmed: "home" },
};

/** The mode of the house that a state means; a mode of the same name, save for those of an alarm panel. */
export function modeCalled(entity: string, state: string): string | undefined {
  if (domainOf(entity) !== "alarm_control_panel") return state.trim().slice(0, 40) || undefined;
  return Object.hasOwn(ALARM, state) ? ALARM[state] : undefined;
}

/** What an entity says that says nothing. */
export const NO_VALUE: ReadonlySet<string> = new Set(["unavailable", "unknown", "none"]);

/** That an entity is in a state, as a condition; what can't be said is listed. */
export function stateIs(
  desk: Desk,
  { name, at, meant }: Spoken,
  state: string,
  forMinutes: number | undefined,
): Condition | undefined {
  const lasting = forMinutes === undefined ? {} : { forMinutes };
  if (NO_VALUE.has(state))
    return miss(desk, at, `"${state}" is no value here: what is not known starts and keeps nothing.`);
  if (meant.kind === "device") {
    const saying = sayingOf(name, meant, state);
    if (saying) return { kind: "state", target: targetOf(meant), ...saying, ...lasting };
    return miss(desk, at, `${name} does not tell "${state}" here.`);
  }
  if (forMinutes !== undefined) return miss(desk, at, `How long ${name} has been so can't be asked here.`);
  if (meant.kind === "person") {
    if (["home", "on"].includes(state)) return { kind: "presence", who: meant.who, home: true };
    if (["not_home", "away", "off"].includes(state)) return { kind: "presence", who: meant.who, home: false };
    return miss(desk, at, `Whether somebody is at "${state}" is not known here, only whether at home.`);
  }
  if (meant.kind === "house") {
    const mode = modeCalled(name, state);
    return mode ? { kind: "mode", in: [mode] } : miss(desk, at, `No mode of the house is "${state}" of ${name}.`);
  }
  if (meant.kind === "mode") {
    const mode: Condition = { kind: "mode", in: [state === "on" || state === "off" ? meant.mode : state] };
    return state === "off" ? { kind: "not", of: mode } : mode;
  }
  return miss(desk, at, `${name} has no state here.`);
}

/** That an attribute of an entity is such a word or number; what can't be said is listed. */
export function attributeIs(
  desk: Desk,
  { name, at, meant }: Spoken,
  attribute: string,
  word: string,
  forMinutes?: number,
): Condition | undefined {
  const lasting = forMinutes === undefined ? {} : { forMinutes };
  const device = meant.kind === "device" ? meant : undefined;
  const action = attribute === "hvac_action" && Object.hasOwn(RUNS, word) ? RUNS[word] : undefined;
  if (device?.capabilities.includes("thermostat") && action !== undefined)
    return { kind: "state", target: targetOf(device), of: RUNNING, op: "=", value: action, ...lasting };
  if (device?.capabilities.includes("mediaInput") && attribute === "source")
    return { kind: "state", target: targetOf(device), of: INPUT, op: "=", value: word.slice(0, 64), ...lasting };
  const figure = device && figureIn(desk.library.fahrenheit, name, device, attribute);
  const value = Number(word);
  if (device && figure && word !== "" && Number.isFinite(value))
    return {
      kind: "state",
      target: targetOf(device),
      of: figure.of,
      op: "=",
      value: inOurs(figure, value),
      ...lasting,
    };
  return miss(desk, at, `"${attribute}" of ${name} is not told here so.`);
}

const RUNNING = "thermostat.thermostatRunningMode";
const RUNS: Readonly<Record<string, string>> = { heating: "heat", cooling: "cool", idle: "off", off: "off" };
const INPUT = "mediaInput.currentInput";

/** No air on earth has less, hPa: such a figure is of water, or in another unit. */
const LEAST_HPA = 300;

/** The number that a setting of Home Assistant is here, or where the house keeps it; undefined for what is none. */
function settingOf(desk: Desk, item: Item | undefined): number | Exclude<Expression, Value> | undefined {
  const name = textOf(item);
  if (!item || name === undefined || !/^[a-z_]+\.[a-z0-9_]+$/.test(name)) return undefined;
  const meant = meantBy(desk, name, item);
  if (meant?.kind === "device" && meant.capabilities.includes("houseNumber"))
    return { read: "houseNumber.value", target: targetOf(meant) };
  return meant?.kind === "value" && typeof meant.value === "number" ? meant.value : undefined;
}

/** The limits of a numeric trigger or condition on one entity; what can't be said is listed. */
export function limitsOf(desk: Desk, item: Item, spoken: Spoken) {
  const { name, at, meant } = spoken;
  if (meant.kind !== "device") return miss(desk, at, `${name} is no device with a figure here.`);
  const attribute = textOf(keyOf(item, "attribute"));
  const figure = figureIn(desk.library.fahrenheit, name, meant, attribute);
  if (!figure)
    return miss(desk, at, `${attribute ? `"${attribute}" of ${name}` : name} is no figure that its device tells here.`);
  const kept: Expression[] = [];
  const limit = (key: string, op: ">" | "<"): number | undefined => {
    const given = keyOf(item, key);
    const value = numberOf(given) ?? settingOf(desk, given);
    if (typeof value === "object") {
      // The number is in their unit, and the figure in ours.
      kept.push({ op, of: [asTheirs(figure, { read: figure.of, target: targetOf(meant) }), value] });
      return undefined;
    }
    if (given && value === undefined)
      miss(desk, given, `"${key}" is ${isTemplate(given) ? "worked out by a template" : "another entity's state"}.`);
    if (typeof value === "number" && figure.of.startsWith("pressure") && value < LEAST_HPA)
      return miss(desk, given ?? item, `In what unit ${name} tells a pressure can't be known here.`);
    return typeof value === "number" ? inOurs(figure, value) : undefined;
  };
  if (figure.offset !== 0) note(desk, item, "Its degrees Fahrenheit are degrees Celsius here.");
  const above = limit("above", ">");
  const below = limit("below", "<");
  if (above === undefined && below === undefined && kept.length === 0) return undefined;
  return { target: targetOf(meant), of: figure.of, above, below, kept };
}

/** The sun's height above limits, in degrees; undefined where the entity is not the sun or no limit is a number. */
export function sunWithin(item: Item): Condition | undefined {
  if (textOf(keyOf(item, "entity_id")) !== "sun.sun" || textOf(keyOf(item, "attribute")) !== "elevation")
    return undefined;
  const side = (key: string, op: ">" | "<"): Condition[] => {
    const value = numberOf(keyOf(item, key));
    return value === undefined ? [] : [{ kind: "formula", is: { op, of: [{ now: "sunElevation" }, value] } }];
  };
  return joined("all", [...side("above", ">"), ...side("below", "<")]);
}

/** A figure above one limit, below another, or both, as a condition; how long it lasts is not asked of numbers that the house keeps. */
export function withinLimits(limits: NonNullable<ReturnType<typeof limitsOf>>, forMinutes?: number): Condition {
  const lasting = forMinutes === undefined ? {} : { forMinutes };
  const { target, of, above, below, kept } = limits;
  const sides: Condition[] = kept.map((is) => ({ kind: "formula", is }));
  if (above !== undefined) sides.push({ kind: "state", target, of, op: ">", value: above, ...lasting });
  if (below !== undefined) sides.push({ kind: "state", target, of, op: "<", value: below, ...lasting });
  return joined("all", sides) ?? { kind: "all", of: sides };
}

/** Several conditions as one; undefined for none. */
export function joined(kind: "all" | "any", of: readonly Condition[]): Condition | undefined {
  const [first] = of;
  return of.length > 1 ? { kind, of } : first;
}
