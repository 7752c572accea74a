import type { Step } from "../../../../model/rule/step.ts";
import { type Desk, miss, onlyKnows } from "../desk.ts";
import { type Item, keyOf, numberOf, textOf } from "../item.ts";
import { aimsOf } from "./aim.ts";
import { doings } from "./devices.ts";

const services: Readonly<Record<string, string>> = {
  ...{ turn_on: "turn_on", turn_off: "turn_off", toggle: "toggle", open: "open_cover", close: "close_cover" },
  ...{ stop: "stop_cover", lock: "lock", unlock: "unlock", set_position: "set_cover_position" },
  ...{ set_hvac_mode: "set_hvac_mode" },
};

/** What a device is asked for directly. */
export function deviceSteps(desk: Desk, item: Item): readonly Step[] | undefined {
  onlyKnows(desk, item, ["device_id", "entity_id", "domain", "type", "brightness_pct", "position", "hvac_mode"]);
  const domain = textOf(keyOf(item, "domain")) ?? "";
  const type = textOf(keyOf(item, "type")) ?? "";
  const verb = Object.hasOwn(services, type) ? services[type] : undefined;
  const doing = verb === undefined ? undefined : doings.get(`${domain}.${verb}`)?.[0];
  if (!doing) return miss(desk, item, `"${type || "?"}" of a ${domain || "device"} has no like here.`);
  const entity = textOf(keyOf(item, "entity_id")) ?? "";
  // An entity is spoken of by its name or by a number of Home Assistant's own; of the latter only the device tells.
  const key = entity.includes(".") ? "entity_id" : "device_id";
  const given = keyOf(item, key) ?? item;
  const { aims, others } = aimsOf(desk, { line: item.line, map: new Map([[key, given]]) }, domain);
  if (others.length > 0) return miss(desk, item, "It is no device here.");
  return aims.flatMap((aim) => doing(desk, aim, dataOf(item), item) ?? []);
}

function dataOf(item: Item): Item {
  const keys = ["brightness_pct", "position", "hvac_mode"].filter((key) => textOf(keyOf(item, key)) !== undefined);
  if (numberOf(keyOf(item, "brightness_pct")) === undefined && keys.length === 0)
    return { line: item.line, map: new Map() };
  return { line: item.line, map: new Map(keys.map((key) => [key, keyOf(item, key) ?? item])) };
}
