import type { Expression } from "../../../../model/rule/expression.ts";
import type { Step } from "../../../../model/rule/step.ts";
import { amountOf } from "../amounts.ts";
import { type Desk, domainOf, type MeantDevice, meantBy, miss, note } from "../desk.ts";
import { type Item, keyOf, namesOf } from "../item.ts";
import { targetOf } from "../targets.ts";
import { AIMS } from "./aim.ts";

const VALUE = "houseNumber.value";

/** What is done to one number; undefined where it can't be said, which is listed. */
type Doing = (desk: Desk, given: Given) => Expression | undefined;

interface Given {
  readonly entity: string;
  readonly device: MeantDevice;
  readonly data: Item | undefined;
  readonly at: Item;
}

const set: Doing = (desk, { data, at }) =>
  amountOf(desk, keyOf(data, "value")) ?? miss(desk, at, `"value" is not written in the file.`);

/** Up or down by its own step; Home Assistant stays at the end of its range. */
const by =
  (sign: 1 | -1): Doing =>
  (desk, { entity, device, at }) => {
    const { step = 1, min, max } = desk.library.numbers.get(entity) ?? {};
    if (!desk.library.numbers.has(entity)) note(desk, at, `How far ${entity} goes is not in the files: 1 was taken.`);
    const next: Expression = {
      op: sign > 0 ? "+" : "-",
      of: [{ read: VALUE, target: targetOf(device) }, step],
    };
    const end = sign > 0 ? max : min;
    return end === undefined ? next : { op: sign > 0 ? "min" : "max", of: [next, end] };
  };

const reset: Doing = (desk, { entity, at }) => {
  const { initial } = desk.library.numbers.get(entity) ?? {};
  if (!desk.library.numbers.has(entity)) note(desk, at, `Where ${entity} begins is not in the files: 0 was taken.`);
  return initial ?? 0;
};

const doings = new Map<string, readonly [Doing, known: readonly string[]]>([
  ["input_number.set_value", [set, ["value"]]],
  ["input_number.increment", [by(1), []]],
  ["input_number.decrement", [by(-1), []]],
  ["counter.set_value", [set, ["value"]]],
  ["counter.increment", [by(1), []]],
  ["counter.decrement", [by(-1), []]],
  ["counter.reset", [reset, []]],
  ["number.set_value", [set, ["value"]]],
]);

/** Steps of a call that sets or counts a number; `none`: it is no such call. */
export function numberSteps(
  desk: Desk,
  item: Item,
  name: string,
  data: Item | undefined,
): readonly Step[] | undefined | "none" {
  const found = doings.get(name);
  if (!found) return "none";
  const [doing, known] = found;
  for (const [key, value] of data?.map ?? [])
    if (!known.includes(key) && !AIMS.includes(key)) miss(desk, value, `"${key}" of ${name} is not translated.`);
  const places = [keyOf(item, "target"), data, item];
  for (const place of places)
    for (const key of AIMS.slice(1))
      if (keyOf(place, key)) miss(desk, item, `A number of Home Assistant is meant by its own name, not by "${key}".`);
  const entities = places.flatMap((place) => namesOf(keyOf(place, "entity_id")));
  if (entities.length === 0) return miss(desk, item, "It does not say which number.");
  return entities.flatMap(({ name: entity, at }): Step[] => {
    const meant = meantBy(desk, entity, at);
    if (!meant) return [];
    if (meant.kind !== "device" || !meant.capabilities.includes("houseNumber")) {
      const is = domainOf(entity) === "number" ? "no number that can be set" : "a fixed value";
      miss(desk, item, `"${name}": ${entity} is ${is} here.`);
      return [];
    }
    const value = doing(desk, { entity, device: meant, data, at: item });
    if (value === undefined) return [];
    return [{ kind: "command", target: targetOf(meant), capability: "houseNumber", command: "set", args: { value } }];
  });
}
