/** What Zigbee2MQTT lets one do with a device besides its exposes: its options and its scenes. */
import type { MakerType } from "../../codec.ts";
import type { Draft } from "../../draft.ts";
import { entriesOf, get, isObject, type Json, type JsonObject, listOf, numberOf, textOf } from "../../json.ts";
import { type Fragment, makerType } from "./exposes.ts";
import { endpointNumber } from "./words.ts";

const MAX_OPTIONS = 64;
const MAX_SCENES = 100;

/** The field of an option: no state body can hold this key by chance. */
export const optionField = (property: string): string => `bridge/info.${property}`;

/** The `options` of a definition (https://www.zigbee2mqtt.io/guide/configuration/devices-groups.html): set through the bridge, told by its info. */
export function addOptions(draft: Draft<Fragment>, definition: Json | undefined, base: string): void {
  for (const option of listOf(definition, "options").slice(0, MAX_OPTIONS)) {
    const property = textOf(option, "property") ?? textOf(option, "name");
    if (!isObject(option) || property === undefined) continue;
    draft.add({
      endpoint: 1,
      field: optionField(property),
      source: `${base}/bridge/info#${property}`,
      name: `options.${property}`,
      label: `Option: ${textOf(option, "label") ?? property}`,
      maker: makerType(option),
      write: (raw) => ({ options: { [property]: raw as Json } }),
    });
  }
}

/** Scenes by name; two of one name are told apart by their number. */
function namesOf(scenes: readonly Json[]): ReadonlyMap<string, number> {
  const names = new Map<string, number>();
  for (const scene of scenes.slice(0, MAX_SCENES)) {
    const id = numberOf(scene, "id");
    if (id === undefined) continue;
    const name = (textOf(scene, "name") ?? `Scene ${id}`).slice(0, 80);
    names.set(names.has(name) ? `${name} (${id})` : name, id);
  }
  return names;
}

function addScenes(
  draft: Draft<Fragment>,
  scenes: readonly Json[],
  topic: string,
  part: string | undefined,
  key: string,
): void {
  const names = namesOf(scenes);
  if (names.size === 0) return;
  const maker: MakerType = { kind: "enum", values: [...names.keys()] };
  const name = part === undefined ? "scene" : `scene_${part}`;
  draft.add({
    endpoint: endpointNumber(part),
    field: `bridge/scenes.${name}`,
    source: `${topic}#${key}`,
    name,
    label: part === undefined ? "Scene" : `Scene ${part}`,
    maker,
    write: (raw) => ({ set: { [key]: names.get(String(raw)) ?? 0 } }),
  });
}

/**
 * Scenes that a group keeps, or a device's endpoints: recalled by `scene_recall` with their number; what is recalled is
 * told by the lamps' own states. The endpoint of one that has several is the tail of the key, as in all its bodies.
 */
export function addAllScenes(draft: Draft<Fragment>, entry: JsonObject, topic: string): void {
  addScenes(draft, listOf(entry, "scenes"), topic, undefined, "scene_recall");
  const parts = entriesOf(get(entry, "endpoints"), 32).filter(([, part]) => listOf(part, "scenes").length > 0);
  for (const [index, [number, part]] of parts.entries()) {
    const name = textOf(part, "name") ?? (index === 0 ? undefined : number);
    addScenes(draft, listOf(part, "scenes"), topic, name, name === undefined ? "scene_recall" : `scene_recall_${name}`);
  }
}

const plain: Readonly<Record<string, MakerType>> = {
  "update.state": { kind: "text" },
  "update.installed_version": { kind: "number" },
  "update.latest_version": { kind: "number" },
  "update.progress": { kind: "number", unit: "%" },
};

/** The form of a part of `update`, which says whether a newer firmware exists; undefined for the rest of it. */
export const updateType = (field: string): MakerType | undefined =>
  Object.hasOwn(plain, field) ? plain[field] : undefined;
