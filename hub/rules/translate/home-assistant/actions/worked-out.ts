import type { Condition } from "../../../../model/rule/condition.ts";
import type { Step } from "../../../../model/rule/step.ts";
import type { Desk } from "../desk.ts";
import { type Item, isTemplate, keyOf, textOf } from "../item.ts";
import { waysOf } from "../template/ways.ts";

type Make = (desk: Desk, item: Item) => readonly Step[] | undefined;

/** Words of a call that must be written out, and those that people read. */
const WORDS = [
  ...["service", "action", "service_template", "entity_id", "area_id", "device_id", "option", "hvac_mode", "source"],
  ...["color_name", "topic", "payload", "payload_template", "scene", "fan_mode", "preset_mode"],
];
const TEXTS = ["message", "title"];
/** Templates in one call that say now this, now that. */
const DEEPEST = 3;

interface Place {
  readonly at: Item;
  readonly words: boolean;
  readonly put: (text: string) => Item;
}

/** A call whose words are worked out by a choice is a choice of calls. "none": there is no such template in it. */
export function workedOut(desk: Desk, item: Item, make: Make, depth = 0): readonly Step[] | undefined | "none" {
  for (const { at, words, put } of depth < DEEPEST ? placesIn(item) : []) {
    const ways = waysOf(desk, at, words);
    if (!ways) continue;
    const steps = (text: string): readonly Step[] | undefined => {
      if (text.trim() === "") return [];
      const made = workedOut(desk, put(text), make, depth + 1);
      return made === "none" ? make(desk, put(text)) : made;
    };
    const options: { if: Condition; do: readonly Step[] }[] = [];
    for (const one of ways.options) options.push({ if: one.if, do: steps(one.text) ?? [] });
    const otherwise = ways.otherwise === undefined ? [] : (steps(ways.otherwise) ?? []);
    if (options.every((one) => one.do.length === 0)) return options.length === 0 ? otherwise : [];
    return [{ kind: "choose", options, ...(otherwise.length > 0 ? { otherwise } : {}) }];
  }
  return "none";
}

/** Where such templates may stand: in the call itself, its target and its data. */
function placesIn(item: Item): readonly Place[] {
  const own = within(item, (map) => ({ ...item, map }));
  const inner = ["target", "data", "service_data", "data_template"].flatMap((key) => {
    const part = keyOf(item, key);
    const put = (map: ReadonlyMap<string, Item>): Item => ({
      ...item,
      map: new Map(item.map).set(key, { line: part?.line ?? item.line, map }),
    });
    return part?.map ? within(part, put) : [];
  });
  return [...own, ...inner];
}

const within = (item: Item, put: (map: ReadonlyMap<string, Item>) => Item): readonly Place[] =>
  [...(item.map ?? [])].flatMap(([key, at]): Place[] => {
    const words = WORDS.includes(key);
    const text = textOf(at) ?? "";
    if (!isTemplate(at) || !(words || (TEXTS.includes(key) && /\{%|\bif\b/.test(text)))) return [];
    return [{ at, words, put: (said) => put(new Map(item.map).set(key, { line: at.line, scalar: said.trim() })) }];
  });
