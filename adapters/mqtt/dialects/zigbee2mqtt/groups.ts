/** Groups of Zigbee2MQTT: lamps, relays and covers that are commanded as one (https://www.zigbee2mqtt.io/guide/usage/groups.html). */
import { get, isObject, type Json, type JsonObject, listOf, numberOf, textOf } from "../../json.ts";

/** What a group passes on to its members, the leading kind first; the program itself knows only these in groups. */
const kinds = ["light", "switch", "cover", "lock"];
const shared = new Set(["state", "brightness", "color_temp", "color_xy", "color_hs", "position", "tilt"]);
const MAX_MEMBERS = 200;

/** The wider of two ranges: each member does what it can of it. */
function wider(a: JsonObject, b: JsonObject): JsonObject {
  const ends = (name: string, pick: (x: number, y: number) => number): JsonObject => {
    const [x, y] = [numberOf(a, name), numberOf(b, name)];
    return x === undefined || y === undefined ? {} : { [name]: pick(x, y) };
  };
  return { ...a, ...ends("value_min", Math.min), ...ends("value_max", Math.max) };
}

/** A feature under its plain property: a group has no endpoints. */
function plainly(feature: JsonObject, name: string): JsonObject {
  const { endpoint: _, ...rest } = feature;
  return { ...rest, property: name.startsWith("color_") && name !== "color_temp" ? "color" : name };
}

function gather(exposes: readonly Json[], byKind: Map<string, Map<string, JsonObject>>): void {
  for (const expose of exposes) {
    const kind = textOf(expose, "type") ?? "";
    if (!kinds.includes(kind)) continue;
    const features = byKind.get(kind) ?? new Map<string, JsonObject>();
    byKind.set(kind, features);
    for (const feature of listOf(expose, "features")) {
      const name = textOf(feature, "name");
      if (!isObject(feature) || name === undefined || !shared.has(name)) continue;
      // Old definitions call any setting a switch; only a state of its own, or of an endpoint, is one.
      if (name === "state" && !/^state(_|$)/.test(textOf(feature, "property") ?? name)) continue;
      const own = plainly(feature, name);
      const before = features.get(name);
      features.set(name, before ? wider(before, own) : own);
    }
  }
}

/** IEEE addresses of a group's members. */
const membersOf = (group: Json): readonly string[] =>
  listOf(group, "members")
    .slice(0, MAX_MEMBERS)
    .flatMap((member) => textOf(member, "ieee_address") ?? []);

/**
 * An entry like a device's own for a group of `bridge/groups`: what its members can do together, `state` in the form of
 * the leading kind. `definitionOf` gives a member's definition. Undefined where nothing can be done with the group.
 */
export function entryOf(group: JsonObject, definitionOf: (ieee: string) => Json | undefined): JsonObject | undefined {
  const members = membersOf(group);
  const byKind = new Map<string, Map<string, JsonObject>>();
  for (const ieee of members) gather(listOf(definitionOf(ieee), "exposes"), byKind);
  const there = kinds.filter((kind) => (byKind.get(kind)?.size ?? 0) > 0);
  const exposes = there.map((kind, index): JsonObject => {
    const features = [...(byKind.get(kind) ?? [])].filter(([name]) => index === 0 || name !== "state");
    return { type: kind, features: features.map(([, feature]) => feature) };
  });
  const scenes = listOf(group, "scenes");
  if (exposes.length === 0 && scenes.length === 0) return undefined;
  const description = textOf(group, "description") ?? "";
  return {
    friendly_name: get(group, "friendly_name") ?? null,
    scenes,
    members,
    definition: { vendor: "Zigbee2MQTT", model: "Group", description, exposes },
  };
}

/** The address that the program's own discovery gives a group: its base topic in character codes, and the number. */
export function groupAddress(base: string, id: number): string {
  const codes = [...base].map((letter) => letter.charCodeAt(0)).join("");
  return `own:ha/zigbee2mqtt_${codes.slice(0, 100)}_${id}`;
}
