import type { Condition } from "../../../../model/rule/condition.ts";
import { type Desk, type Meant, type MeantDevice, meantBy, miss } from "../desk.ts";
import { hinted } from "../figures.ts";
import { type Item, keyOf, textOf } from "../item.ts";
import { limitsOf, stateIs, withinLimits } from "../spoken.ts";

/** Words that Home Assistant has for a state of a device, each as the state of an entity. */
const states: readonly (readonly [words: RegExp, state: string])[] = [
  [
    /^(is_|turned_|changed_)?off$|^(is_)?(no_motion|not_occupied|no_smoke|not_open(ed)?|not_moist|no_problem|no_gas|not_present|no_vibration)$/,
    "off",
  ],
  [/^(is_|turned_)?on$|^(is_)?(motion|occupied|smoke|opened|moist|problem|gas|present|vibration)$/, "on"],
  [/^(is_)?open$/, "open"],
  [/^(is_)?closed$/, "closed"],
  [/^(is_)?locked$/, "locked"],
  [/^(is_)?unlocked$/, "unlocked"],
];

/** That a device is as the word says; what can't be said is listed. */
export function deviceIs(desk: Desk, item: Item, type: string): Condition | undefined {
  const id = keyOf(item, "device_id");
  const domain = textOf(keyOf(item, "domain")) ?? "";
  const entity = textOf(keyOf(item, "entity_id")) ?? "";
  // An entity is spoken of by its name or by a number of Home Assistant's own; of the latter only the device tells.
  const name = entity.includes(".") ? entity : `device/${textOf(id) ?? ""}`;
  const meant = meantBy(desk, name, id ?? item);
  if (!meant) return undefined;
  const state = states.find(([words]) => words.test(type))?.[1];
  // A cover is open, a contact is on.
  const asked = domain === "binary_sensor" && state === "open" ? "on" : state;
  if (asked !== undefined)
    return stateIs(desk, { name: `${domain}.x`, at: item, meant: only(meant, domain, type) }, asked, undefined);
  if (hinted(type).length > 0 && meant.kind === "device") return figureIs(desk, item, type, meant);
  return miss(desk, item, `"${type || "?"}" of a ${domain || "device"} has no like here.`);
}

/** A device that senses several things is asked for the one that the word is about. */
function only(meant: Meant, domain: string, type: string): Meant {
  if (meant.kind !== "device" || domain !== "binary_sensor") return meant;
  const about = /motion|occupied|present/.test(type) ? "occupancySensing" : "booleanState";
  return { ...meant, capabilities: meant.capabilities.filter((one) => one === about) };
}

function figureIs(desk: Desk, item: Item, type: string, meant: MeantDevice): Condition | undefined {
  const limits = limitsOf(desk, item, { name: `sensor.${type}`, at: item, meant });
  return limits && withinLimits(limits);
}
