/** The things of this home that a wish can be about, under the words people have for them. */
import type { Part, Parts } from "../energy/parts.ts";
import { deviceTypes } from "../model/device-types/index.ts";
import type { NodeId } from "../model/path.ts";

export interface Thing {
  readonly kind: "car" | "tank" | "battery" | "appliance" | "corner" | "thermostat" | "light" | "other";
  readonly node: NodeId;
  /** Shown to people and to the model; cleaned, unique in this home. */
  readonly name: string;
  readonly room: string | undefined;
  /** Device types, a person's role first; none where they would say too little, as of a plug. */
  readonly types: readonly string[];
  /** Words of its device types. */
  readonly words: readonly string[];
}

export interface Names {
  readonly things: readonly Thing[];
  /** Rooms with a thermostat, by lower-case name. */
  readonly rooms: ReadonlyMap<string, string>;
  /** Every room in which something is. */
  readonly allRooms: readonly string[];
  readonly nameOf: (node: NodeId) => string;
}

const MAX_THINGS = 200;
const MAX_ROOMS = 60;
const MAX_NAME = 40;
/** Device types that say nothing of what a thing is for. */
const GENERAL = new Set([
  "onOffPlugInUnit",
  "dimmablePlugInUnit",
  "electricalSensor",
  "onOffSwitch",
  "deviceEnergyManagement",
]);

/** A foreign name as plain words: no control characters, quotes or brackets, one line, at most 40 characters. */
export const cleanName = (name: string): string =>
  name
    .normalize("NFKC")
    .replace(/[^\p{L}\p{N} .,'&+/-]+/gu, " ")
    .replace(/\s+/g, " ")
    .trim()
    .slice(0, MAX_NAME)
    .trim() || "unnamed";

function kinds(parts: Parts): [Thing["kind"], readonly Part[]][] {
  return [
    ["car", parts.evses],
    ["tank", parts.tanks],
    ["battery", parts.batteries],
    ["appliance", parts.appliances],
    ["corner", parts.corners],
    ["thermostat", parts.thermostats],
    ["light", parts.lights],
    ["appliance", parts.flexibles],
    ["other", [...parts.heatPumps, ...parts.others]],
  ];
}

/** Names everything once; of two devices of one name the second is numbered. At most 200 devices are named. */
export function namesOf(parts: Parts): Names {
  const things: Thing[] = [];
  const used = new Set<string>();
  for (const [kind, list] of kinds(parts))
    for (const part of list) {
      if (things.length >= MAX_THINGS || things.some((t) => t.node === part.node)) continue;
      const base = cleanName(part.name);
      let name = base;
      for (let n = 2; used.has(name.toLowerCase()); n++) name = `${base} ${n}`;
      used.add(name.toLowerCase());
      const types = part.types.filter((type) => !GENERAL.has(type));
      const words = kind === "other" ? [] : types.flatMap((type) => deviceTypes[type]?.words ?? []);
      things.push({ kind, node: part.node, name, room: part.room, types, words });
    }
  const heated = parts.thermostats.flatMap((t) => (t.room ? [t.room] : []));
  const rooms = new Map(heated.map((room) => [cleanName(room).toLowerCase(), room]));
  const allRooms = [...new Set([...heated, ...things.flatMap((thing) => thing.room ?? [])])].slice(0, MAX_ROOMS);
  return { things, rooms, allRooms, nameOf: (node) => things.find((t) => t.node === node)?.name ?? node };
}

/** The thing that is this node. */
export const thingOf = (names: Names, node: NodeId): Thing | undefined => names.things.find((t) => t.node === node);
