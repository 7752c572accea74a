import type { Condition } from "../../../../model/rule/condition.ts";
import type { Trigger } from "../../../../model/rule/trigger.ts";
import { buttonTriggers, pressedBy } from "../buttons.ts";
import { sunIs } from "../conditions/state.ts";
import { type Desk, domainOf, type MeantDevice, miss, note, onlyKnows } from "../desk.ts";
import { figureIn, inOurs } from "../figures.ts";
import { type Item, isTemplate, keyOf, listOf, namesOf, textOf } from "../item.ts";
import { attributeIs, joined, NO_VALUE, type Spoken, spokenOf, stateIs } from "../spoken.ts";
import { sayingOf } from "../states.ts";
import { targetOf } from "../targets.ts";
import { clockOf, minutesFor } from "../times.ts";
import { timerRanOut } from "./timer.ts";

interface Ask {
  readonly from: readonly string[];
  readonly to: readonly string[];
  readonly forMinutes: number | undefined;
  /** Whether any change will do, also one of an attribute. */
  readonly every: boolean;
}

/** A state that changes: one trigger for each entity and state. */
export function stateTriggers(desk: Desk, item: Item): readonly Trigger[] {
  onlyKnows(desk, item, [
    "platform",
    "trigger",
    "id",
    "entity_id",
    "from",
    "to",
    "not_from",
    "not_to",
    "for",
    "attribute",
  ]);
  const forMinutes = minutesFor(item);
  if (forMinutes === "bad") miss(desk, item, `"for" is no fixed time of a day at most.`);
  if (forMinutes === "bad") return [];
  const given = [...listOf(keyOf(item, "from")), ...listOf(keyOf(item, "to"))];
  const odd = given.find((one) => one.tag !== undefined || isTemplate(one));
  if (odd) miss(desk, odd, "The state is not written in the file.");
  if (odd) return [];
  for (const key of ["not_from", "not_to"])
    if (words(keyOf(item, key)).some((word) => !NO_VALUE.has(word))) miss(desk, item, `"${key}" is not translated.`);
  const [named = ""] = namesOf(keyOf(item, "entity_id")).map(({ name }) => name);
  if (named === "sensor.time") return minuteTurns(desk, item);
  if (named.startsWith("timer.")) return timerIdle(desk, item);
  if (named.startsWith("input_button.") && desk.find(named) === undefined) return byHand(desk, item, named);
  if (textOf(keyOf(item, "entity_id")) === "sun.sun") return sunTurns(desk, item, forMinutes);
  const ask = { from: words(keyOf(item, "from")), to: words(keyOf(item, "to")), forMinutes, every: isAny(item) };
  const attribute = textOf(keyOf(item, "attribute"));
  return spokenOf(desk, item).flatMap((spoken) =>
    attribute === undefined ? ofEntity(desk, spoken, ask) : ofAttribute(desk, spoken, attribute, ask),
  );
}

const isAny = (item: Item): boolean =>
  ["from", "to", "not_from", "not_to", "for"].every((key) => keyOf(item, key) === undefined);

/** A button that only Home Assistant shows: here a rule can be started by hand. */
function byHand(desk: Desk, item: Item, name: string): readonly Trigger[] {
  note(desk, item, `${name} is the button here that starts the rule by hand.`);
  desk.calledBy.add(name);
  return [];
}

/** The clock's own entity. */
function minuteTurns(desk: Desk, item: Item): readonly Trigger[] {
  const to = listOf(keyOf(item, "to"));
  if (to.length === 0) return [{ kind: "cron", expression: "* * * * *" }];
  return to.flatMap((one): Trigger[] => {
    const clock = clockOf(textOf(one));
    if (!clock) miss(desk, one, "It does not say when.");
    return clock ? [{ kind: "time", at: clock.slice(0, 5) }] : [];
  });
}

/** A timer that falls idle has run out, where nothing cancels it. */
function timerIdle(desk: Desk, item: Item): readonly Trigger[] {
  if (words(keyOf(item, "to")).join() === "idle") return timerRanOut(desk, item, keyOf(item, "entity_id"));
  miss(desk, item, "Only that a timer has run out can start a rule here.");
  return [];
}

/** The sun's own entity: it rises or sets. */
function sunTurns(desk: Desk, item: Item, forMinutes: number | undefined): readonly Trigger[] {
  const condition = sunIs(words(keyOf(item, "to")));
  if (!condition) miss(desk, item, "It does not say whether the sun rises or sets.");
  return condition ? [{ kind: "holds", condition, ...(forMinutes === undefined ? {} : { forMinutes }) }] : [];
}

/** The word of a state; true and false are on and off where they stand without quotes. */
const words = (item: Item | undefined): readonly string[] =>
  listOf(item).flatMap((one) => (one.scalar === true ? "on" : one.scalar === false ? "off" : (textOf(one) ?? [])));

function ofEntity(desk: Desk, spoken: Spoken, ask: Ask): readonly Trigger[] {
  const { name, at, meant } = spoken;
  const lasting = ask.forMinutes === undefined ? {} : { forMinutes: ask.forMinutes };
  if (meant.kind === "device" && meant.capabilities.includes("switch") && ask.to.length > 0)
    return presses(desk, spoken, ask);
  if (meant.kind === "device" && ask.to.length === 0) return anyChange(desk, spoken, ask);
  if (meant.kind === "device" && /^(sensor|number|input_number|counter)\./.test(name) && ask.from.length === 0)
    return figures(desk, spoken, ask);
  if (meant.kind === "house" && ask.to.length === 0 && ask.from.length === 0 && ask.forMinutes === undefined)
    return [{ kind: "mode", to: meant.modes.slice(0, 16) }];
  if (meant.kind === "value") {
    note(desk, at, `${name} is a fixed value here and never changes.`);
    return [];
  }
  if (ask.to.length === 0 && ask.from.length === 0) {
    miss(desk, at, `That ${name} changes to anything can't start a rule here.`);
    return [];
  }
  const was = ask.from.flatMap((state) => stateIs(desk, spoken, state, undefined) ?? []);
  if (was.length < ask.from.length) return [];
  const told = ask.to.length > 0 ? ask.to : ["not"];
  if (domainOf(name) === "cover" && told.includes("open"))
    note(desk, at, `${name} counts as open here as soon as it is not shut, not only when it has stopped.`);
  return told.flatMap((state): Trigger[] => {
    const now: Condition | undefined =
      state === "not" ? negated(joined("any", was)) : stateIs(desk, spoken, state, undefined);
    if (!now) return [];
    if (now.kind === "presence" && ask.forMinutes === undefined)
      return [{ kind: "presence", who: now.who, does: now.home ? "comes" : "leaves" }];
    if (now.kind === "mode" && ask.forMinutes === undefined) return [{ kind: "mode", to: now.in }];
    const plain = was.every((one) => one.kind === "state" && one.op === "=");
    if (now.kind === "state" && now.op === "=" && plain) {
      const { target, of, value } = now;
      const become = { kind: "becomes" as const, target, of, to: value, ...lasting };
      const from = was.flatMap((one) => (one.kind === "state" ? [one.value] : []));
      return from.length > 0 ? from.map((value) => ({ ...become, from: value })) : [become];
    }
    if (ask.from.length > 0 && ask.to.length > 0 && !opposite(ask)) {
      miss(desk, at, `What ${name} was before can't be asked here together with what it becomes.`);
    }
    return [{ kind: "holds", condition: now, ...lasting }];
  });
}

/** Of two states the one follows from the other. */
const opposite = ({ from, to }: Ask): boolean =>
  from.length === 1 &&
  to.length === 1 &&
  PAIRS.some((pair) => pair.includes(from[0] ?? "") && pair.includes(to[0] ?? ""));
const PAIRS = [
  ["on", "off"],
  ["home", "not_home"],
  ["open", "closed"],
];

const negated = (of: Condition | undefined): Condition | undefined => of && { kind: "not", of };

function presses(desk: Desk, { name, at, meant }: Spoken, ask: Ask): readonly Trigger[] {
  if (meant.kind !== "device") return [];
  return ask.to.flatMap((word) => {
    const pressed = pressedBy(word);
    if (pressed) return buttonTriggers(desk, at, name, pressed);
    miss(desk, at, `What press of ${name} "${word}" is can't be known here.`);
    return [];
  });
}

function anyChange(desk: Desk, spoken: Spoken, ask: Ask): readonly Trigger[] {
  const { name, at, meant } = spoken;
  if (meant.kind !== "device") return [];
  const lasting = ask.forMinutes === undefined ? {} : { forMinutes: ask.forMinutes };
  const from = ask.from.flatMap((state) => {
    const saying = sayingOf(name, meant, state);
    if (saying?.op === "=") return [saying.value];
    miss(desk, at, `${name} does not tell "${state}" here.`);
    return [];
  });
  if (from.length < ask.from.length) return [];
  const of = sayingOf(name, meant, FIRST[name.split(".", 1)[0] ?? ""] ?? "on")?.of ?? figureIn(false, name, meant)?.of;
  if (of === undefined) miss(desk, at, `${name} tells no state here.`);
  if (of === undefined) return [];
  const change = { kind: "becomes" as const, target: targetOf(meant), of, ...lasting };
  if (from.length > 0) return from.map((value) => ({ ...change, from: value }));
  const more = ask.every ? (ALSO[domainOf(name)] ?? []).filter((one) => can(meant, one)) : [];
  return [change, ...more.map((of) => ({ ...change, of }))];
}

/** What changes as well where neither `from` nor `to` is said: then Home Assistant means any of the entity's attributes. */
const ALSO: Readonly<Record<string, readonly string[]>> = {
  light: ["levelControl.currentLevel", "colorControl.colorTemperatureMireds", "colorControl.currentHue"],
  climate: ["thermostat.localTemperature", "thermostat.occupiedHeatingSetpoint"],
  fan: ["fanControl.percentSetting"],
  media_player: ["levelControl.currentLevel", "mediaInput.currentInput"],
};

const can = ({ capabilities }: MeantDevice, of: string): boolean => capabilities.includes(of.split(".", 1)[0] ?? "");

/** A state that every entity of a kind has: whose attribute is the one that changes. */
const FIRST: Readonly<Record<string, string>> = {
  ...{ cover: "open", lock: "locked", climate: "heat", media_player: "playing", valve: "open" },
};

function figures(desk: Desk, { name, at, meant }: Spoken, ask: Ask): readonly Trigger[] {
  const figure = meant.kind === "device" ? figureIn(desk.library.fahrenheit, name, meant) : undefined;
  return ask.to.flatMap((word): Trigger[] => {
    const value = Number(word);
    if (figure === undefined || meant.kind !== "device" || word === "" || !Number.isFinite(value)) {
      miss(desk, at, `${name} does not tell "${word}" here.`);
      return [];
    }
    const lasting = ask.forMinutes === undefined ? {} : { forMinutes: ask.forMinutes };
    return [{ kind: "becomes", target: targetOf(meant), of: figure.of, to: inOurs(figure, value), ...lasting }];
  });
}

function ofAttribute(desk: Desk, spoken: Spoken, attribute: string, ask: Ask): readonly Trigger[] {
  const { name, at, meant } = spoken;
  const lasting = ask.forMinutes === undefined ? {} : { forMinutes: ask.forMinutes };
  if (ask.to.length > 0 && ask.from.length === 0)
    return ask.to.flatMap((word): Trigger[] => {
      const is = attributeIs(desk, spoken, attribute, word);
      if (is?.kind !== "state") return [];
      return [{ kind: "becomes", target: is.target, of: is.of, to: is.value, ...lasting }];
    });
  const of = meant.kind === "device" ? figureIn(false, name, meant, attribute)?.of : undefined;
  if (of === undefined || meant.kind !== "device" || ask.from.length > 0) {
    miss(desk, at, `"${attribute}" of ${name} is not told here so.`);
    return [];
  }
  return [{ kind: "becomes", target: targetOf(meant), of, ...lasting }];
}
