import type { Condition } from "../../../model/rule/condition.ts";
import { type Desk, type Meant, meantBy, miss } from "./desk.ts";
import { figureOf } from "./figures.ts";
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

const NO_VALUE = new Set(["unavailable", "unknown", "none"]);

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
  if (meant.kind === "mode") {
    const mode: Condition = { kind: "mode", in: [state === "on" || state === "off" ? meant.mode : state] };
    return state === "off" ? { kind: "not", of: mode } : mode;
  }
  return miss(desk, at, `${name} has no state here.`);
}

/** The limits of a numeric trigger or condition on one entity; what can't be said is listed. */
export function limitsOf(desk: Desk, item: Item, spoken: Spoken) {
  const { name, at, meant } = spoken;
  if (meant.kind !== "device") return miss(desk, at, `${name} is no device with a figure here.`);
  const attribute = textOf(keyOf(item, "attribute"));
  const figure = figureOf(name, meant, attribute);
  if (!figure)
    return miss(desk, at, `${attribute ? `"${attribute}" of ${name}` : name} is no figure that its device tells here.`);
  const limit = (key: string): number | undefined => {
    const given = keyOf(item, key);
    const value = numberOf(given);
    if (given && value === undefined)
      miss(desk, given, `"${key}" is ${isTemplate(given) ? "worked out by a template" : "another entity's state"}.`);
    return value === undefined ? undefined : Math.round(value * figure.scale * 100) / 100;
  };
  const above = limit("above");
  const below = limit("below");
  if (above === undefined && below === undefined) return undefined;
  return { target: targetOf(meant), of: figure.of, above, below };
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

/** A figure above one limit, below another, or both, as a condition. */
export function withinLimits(limits: NonNullable<ReturnType<typeof limitsOf>>, forMinutes?: number): Condition {
  const lasting = forMinutes === undefined ? {} : { forMinutes };
  const { target, of, above, below } = limits;
  const sides: Condition[] = [];
  if (above !== undefined) sides.push({ kind: "state", target, of, op: ">", value: above, ...lasting });
  if (below !== undefined) sides.push({ kind: "state", target, of, op: "<", value: below, ...lasting });
  return joined("all", sides) ?? { kind: "all", of: sides };
}

/** Several conditions as one; undefined for none. */
export function joined(kind: "all" | "any", of: readonly Condition[]): Condition | undefined {
  const [first] = of;
  return of.length > 1 ? { kind, of } : first;
}
