import type { Value } from "../../../../model/capability.ts";
import { MAX_ACTIONS, type SceneAction } from "../../../../model/house.ts";
import type { CommandStep, Step } from "../../../../model/rule/step.ts";
import { type Desk, domainOf, miss, part } from "../desk.ts";
import { type Item, keyOf, numberOf, textOf } from "../item.ts";
import { aimsOf } from "./aim.ts";
import { doings } from "./devices.ts";

/** What a scene sets: each of its entities as it is to be. */
export function sceneActions(desk: Desk, item: Item): readonly SceneAction[] {
  const entities = [...(keyOf(item, "entities")?.map ?? [])];
  const all = entities.flatMap(([name, value]) =>
    part(desk, "action", value, () =>
      stepsFor(desk, name, value).flatMap((step) => (step.kind === "command" ? actionsOf(step) : [])),
    ),
  );
  if (all.length > MAX_ACTIONS)
    miss(desk, item, `A scene sets at most ${MAX_ACTIONS} things; the others were left out.`);
  return all.slice(0, MAX_ACTIONS);
}

/** What would bring an entity there. */
const verbs: Readonly<Record<string, string>> = {
  ...{ on: "turn_on", off: "turn_off", open: "open_cover", closed: "close_cover", locked: "lock", unlocked: "unlock" },
};

function stepsFor(desk: Desk, name: string, value: Item): readonly Step[] {
  const domain = domainOf(name);
  const state = value.map ? keyOf(value, "state") : value;
  const word = state?.scalar === true ? "on" : state?.scalar === false ? "off" : (textOf(state) ?? "on");
  const position = numberOf(keyOf(value, "current_position", "position"));
  const verb = Object.hasOwn(verbs, word) ? verbs[word] : undefined;
  const found = doings.get(
    domain === "climate"
      ? "climate.set_temperature"
      : position !== undefined
        ? "cover.set_cover_position"
        : `${domain}.${verb}`,
  );
  const data = dataOf(value, word, position);
  if (!found) {
    miss(desk, value, `That ${name} is "${word}" can't be set here.`);
    return [];
  }
  const call: Item = { line: value.line, map: new Map([["entity_id", { line: value.line, scalar: name }]]) };
  return aimsOf(desk, call, domain).aims.flatMap((aim) => found[0](desk, aim, data, value) ?? []);
}

/** What a scene notes of a light or a thermostat, as its service calls it. */
const KEPT = ["brightness", "color_temp", "color_temp_kelvin", "rgb_color", "hs_color", "xy_color", "temperature"];

function dataOf(value: Item, word: string, position: number | undefined): Item {
  const line = value.line;
  // A light tells its colour in all forms at once; that by which it is set counts.
  const mode = textOf(keyOf(value, "color_mode"));
  const counts =
    mode === undefined
      ? KEPT
      : KEPT.filter(
          (key) =>
            !/_color$|^color_temp/.test(key) ||
            key.startsWith(mode === "hs" || mode === "xy" || mode === "rgb" ? mode : "color_temp"),
        );
  const map = new Map<string, Item>();
  for (const key of word === "off" ? [] : counts) {
    const given = keyOf(value, key);
    if (given && given.scalar !== null) map.set(key, given);
  }
  if (position !== undefined) map.set("position", { line, scalar: position });
  if (keyOf(value, "temperature")) map.set("hvac_mode", { line, scalar: word });
  return { line, map };
}

/** A scene asks single devices for plain values. */
function actionsOf({ target, capability, command, args }: CommandStep): readonly SceneAction[] {
  const plain: Record<string, Value> = {};
  for (const [key, value] of Object.entries(args ?? {})) if (typeof value !== "object") plain[key] = value;
  return (target.nodes ?? []).map((node) => ({
    ...{ node, endpoint: target.endpoint ?? 1, capability, command, args: plain },
  }));
}
