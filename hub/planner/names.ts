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
  /** Lower case words and phrases that mean it. */
  readonly words: readonly string[];
}

export interface Names {
  readonly things: readonly Thing[];
  /** Rooms with a thermostat, by lower-case name. */
  readonly rooms: ReadonlyMap<string, string>;
  readonly nameOf: (node: NodeId) => string;
}

const MAX_THINGS = 200;
const MAX_NAME = 40;

const EXTRA: Readonly<Record<Thing["kind"], readonly string[]>> = {
  car: ["car", "ev", "electric car", "vehicle"],
  tank: ["hot water", "water", "shower", "showers", "boiler", "water heater", "tank"],
  battery: ["battery", "home battery", "house battery"],
  appliance: [],
  corner: ["tv", "television", "tv corner"],
  thermostat: ["heating", "thermostat"],
  light: [],
  other: [],
};

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
      const typed = part.types.flatMap((type) => deviceTypes[type]?.words ?? []);
      const words = new Set([name.toLowerCase(), ...EXTRA[kind], ...(kind === "other" ? [] : typed)]);
      things.push({ kind, node: part.node, name, room: part.room, words: [...words].map((w) => w.toLowerCase()) });
    }
  const heated = parts.thermostats.flatMap((t) => (t.room ? [t.room] : []));
  const rooms = new Map(heated.map((room) => [cleanName(room).toLowerCase(), room]));
  return { things, rooms, nameOf: (node) => things.find((t) => t.node === node)?.name ?? node };
}

const escaped = (word: string): string => word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

/** Things named in a text made by `plain`; a longer name wins over a word inside it. */
export function thingsIn(text: string, names: Names): { readonly thing: Thing; readonly at: number }[] {
  const hits: { thing: Thing; at: number; end: number }[] = [];
  for (const thing of names.things)
    for (const word of thing.words) {
      const match = new RegExp(`(?<![\\p{L}\\p{N}])${escaped(word)}s?(?![\\p{L}\\p{N}])`, "u").exec(text);
      if (match) hits.push({ thing, at: match.index, end: match.index + match[0].length });
    }
  const best = hits.filter(
    (hit) =>
      !hits.some((other) => other.at <= hit.at && other.end >= hit.end && other.end - other.at > hit.end - hit.at),
  );
  const seen = new Set<NodeId>();
  return best.sort((a, b) => a.at - b.at).filter(({ thing }) => !seen.has(thing.node) && seen.add(thing.node));
}

/** The heated room a text names, else the only heated room when it speaks of the house or of none. */
export function roomIn(text: string, names: Names): string | undefined {
  for (const [word, room] of names.rooms) if (text.includes(word)) return room;
  return names.rooms.size === 1 ? [...names.rooms.values()][0] : undefined;
}
