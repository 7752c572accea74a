import { offersIn } from "./answers.ts";
import { type Blueprint, filledIn, isBlueprint } from "./blueprint.ts";
import { type Find, LINK, type Library } from "./desk.ts";
import { all, type Item, keyOf, listOf, namesOf, numberOf, textOf } from "./item.ts";
import { numbersIn } from "./numbers.ts";
import { secondsOf } from "./times.ts";

/** Something of the files that becomes a rule or a scene of its own. */
export interface Thing {
  readonly kind: "automation" | "script" | "scene" | "timer";
  /** Its name in Home Assistant: `automation.hall_light`. */
  readonly key: string;
  /** The file that it stands in, by its place among the files. */
  readonly file: number;
  readonly item: Item;
}

/** What files that came together hold. */
export interface Holdings {
  readonly things: readonly Thing[];
  readonly library: Library;
  /** Automations that begin when a timer's time is over, by the timer. */
  readonly listeners: ReadonlyMap<string, readonly string[]>;
}

/** A name as Home Assistant makes it of words. */
export const slugOf = (words: string): string =>
  words
    .normalize("NFKD")
    .replaceAll(/\p{M}/gu, "")
    .replaceAll("ß", "ss")
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, "_")
    .replaceAll(/^_|_$/g, "");

/** `find` tells how many minutes a timer runs that was made in Home Assistant itself. */
export function holdingsOf(files: readonly Blueprint[], find: Find): Holdings {
  const roots = files.map(({ root }) => root);
  const blueprints = files.filter(({ root }) => isBlueprint(root));
  const found = roots.flatMap((root, file) =>
    isBlueprint(root)
      ? []
      : thingsIn(root).map((thing) => ({ ...thing, item: filledIn(blueprints, thing.item) ?? thing.item, file })),
  );
  const things = unique(found);
  const byKey = new Map(things.map((thing) => [thing.key, thing]));
  const aliases = new Map(
    things.flatMap((thing): [string, string][] => {
      const id = textOf(keyOf(thing.item, "id"));
      return id ? [[`${thing.kind}.${slugOf(id)}`, thing.key]] : [];
    }),
  );
  const timers = timersIn(roots, find);
  const listeners = new Map<string, string[]>();
  for (const { kind, key, item } of things)
    for (const timer of kind === "automation" ? timersHeard(item) : [])
      if (timers.has(timer)) listeners.set(timer, [...(listeners.get(timer) ?? []), key]);
  const keyFor = (name: string) => {
    const key = byKey.has(name) ? name : aliases.get(name);
    return key ?? (timers.has(name) && listeners.has(name) ? name : undefined);
  };
  const ruled = [...listeners.keys()].map((key): Thing => {
    const first = listeners.get(key)?.[0] ?? "";
    const { file, item } = byKey.get(first) ?? { file: 0, item: { line: 1 } };
    return { kind: "timer", key, file, item };
  });
  const library: Library = {
    keyFor,
    script: (name) => (name.startsWith("script.") ? byKey.get(name)?.item : undefined),
    timers,
    offers: offersIn(things),
    numbers: numbersIn(roots),
    fahrenheit: roots.some(tellsFahrenheit) || (roots.some(writes(/°\s?F\b/)) && !roots.some(writes(/°\s?C\b/))),
    cools: roots.some(tellsCooling),
  };
  return { things: [...things, ...ruled], library, listeners };
}

/** Two of one name are told apart, as Home Assistant does. */
function unique(found: readonly Thing[]): readonly Thing[] {
  const taken = new Set<string>();
  return found.map((thing) => {
    let key = thing.key;
    for (let n = 2; taken.has(key); n++) key = `${thing.key}_${n}`;
    taken.add(key);
    return { ...thing, key };
  });
}

type Bare = Omit<Thing, "file">;

function thingsIn(root: Item): readonly Bare[] {
  if (isAutomation(root)) return [automation(root)];
  if (root.list?.some(isAutomation)) return root.list.map(automation);
  if (root.list?.some(isScene)) return root.list.filter(isScene).map(scene);
  if (keyOf(root, "sequence")) return [{ kind: "script", key: `script.${slugOf(nameOf(root))}`, item: root }];
  return [...(root.map ?? [])].flatMap(([key, value]): readonly Bare[] => {
    // What can be none of them, or stands in another file, is listed like one that can not be translated.
    if (/^automation( |$)/.test(key)) return listOf(value).map(automation);
    if (/^script( |$)/.test(key)) return scriptsIn(value);
    if (/^scene( |$)/.test(key)) return listOf(value).map(scene);
    // A file of a package has its parts one level deeper; a file of scripts has them by their names.
    if (isScript(value)) return [{ kind: "script", key: `script.${key}`, item: value }];
    return key === "homeassistant" || value.map === undefined ? [] : packagesIn(value);
  });
}

const packagesIn = (item: Item): readonly Bare[] =>
  ["automation", "script", "scene"].some((key) => keyOf(item, key)) ? thingsIn(item) : [];

const scriptsIn = (item: Item): readonly Bare[] =>
  item.map
    ? [...item.map].map(([key, value]) => ({ kind: "script", key: `script.${key}`, item: value }))
    : listOf(item).map((one) => ({ kind: "script", key: `script.line_${one.line}`, item: one }));

const nameOf = (item: Item): string => textOf(keyOf(item, "alias", "id", "name")) ?? `line ${item.line}`;
const automation = (item: Item): Bare => ({ kind: "automation", key: `automation.${slugOf(nameOf(item))}`, item });
const scene = (item: Item): Bare => ({
  ...{ kind: "scene", key: `scene.${slugOf(textOf(keyOf(item, "name", "id")) ?? "")}`, item },
});

const isAutomation = (item: Item): boolean =>
  keyOf(item, "triggers", "trigger", "use_blueprint") !== undefined && keyOf(item, "platform") === undefined;
const isScene = (item: Item): boolean =>
  keyOf(item, "name")?.scalar !== undefined && keyOf(item, "entities")?.map !== undefined;
const isScript = (item: Item): boolean => keyOf(item, "sequence") !== undefined;

/** Timers whose time is written down, in seconds: where they are made, or, always the same, where they are started. */
function timersIn(roots: readonly Item[], find: Find): ReadonlyMap<string, number> {
  const said = new Map<string, Set<number>>();
  const started = new Set<string>();
  const say = (name: string, seconds: number | undefined) => {
    if (seconds !== undefined && seconds > 0 && seconds <= 86_400)
      said.set(name, (said.get(name) ?? new Set()).add(seconds));
  };
  for (const item of roots.flatMap((root) => [...all(root)])) {
    for (const [name, value] of keyOf(item, "timer")?.map ?? [])
      if (value.map) say(`timer.${name}`, secondsOf(keyOf(value, "duration")));
    if (textOf(keyOf(item, "action", "service")) !== "timer.start") continue;
    const data = keyOf(item, "data", "service_data", "data_template");
    for (const place of [keyOf(item, "target"), data, item])
      for (const { name } of namesOf(keyOf(place, "entity_id"))) {
        started.add(name);
        say(name, secondsOf(keyOf(data, "duration")));
      }
  }
  for (const name of started) {
    const meant = said.has(name) ? undefined : find(name);
    if (meant?.kind === "value" && typeof meant.value === "number") say(name, meant.value * 60);
  }
  return new Map([...said].flatMap(([name, times]) => (times.size === 1 ? [[name, [...times][0] ?? 0]] : [])));
}

/** Timers that an automation begins with the end of. */
function timersHeard(item: Item): readonly string[] {
  return listOf(keyOf(item, "triggers", "trigger")).flatMap((one) => {
    const heard = textOf(keyOf(one, "event_type")) === "timer.finished" ? keyOf(one, "event_data") : undefined;
    const ended = textOf(keyOf(one, "to")) === "idle" ? one : undefined;
    return namesOf(keyOf(heard ?? ended, "entity_id"))
      .map(({ name }) => name)
      .filter((name) => name.startsWith("timer."));
  });
}

/** No room is heated to 45 degrees Celsius. */
const WARM_F = 45;

function tellsFahrenheit(root: Item): boolean {
  for (const item of all(root)) {
    if (textOf(keyOf(item, "action", "service")) !== "climate.set_temperature") continue;
    const data = keyOf(item, "data", "service_data", "data_template");
    for (const key of ["temperature", "target_temp_low", "target_temp_high"])
      if ((numberOf(keyOf(data, key)) ?? 0) >= WARM_F) return true;
  }
  return false;
}

/** Whether a word is written somewhere in a file. */
const writes = (word: RegExp) => (root: Item) => {
  for (const { scalar } of all(root)) if (typeof scalar === "string" && word.test(scalar)) return true;
  return false;
};

/** Whether a file sets a thermostat to cool, or asks whether one does. */
function tellsCooling(root: Item): boolean {
  for (const item of all(root))
    if (["hvac_mode", "state", "to"].some((key) => listOf(keyOf(item, key)).some((one) => textOf(one) === "cool")))
      return true;
  return false;
}

/** Rules and scenes of the same files that a draft speaks of. */
export const linksIn = (draft: unknown): readonly string[] =>
  [...JSON.stringify(draft ?? null).matchAll(new RegExp(`"${LINK}([^"]+)"`, "g"))].map((m) => m[1] ?? "");
