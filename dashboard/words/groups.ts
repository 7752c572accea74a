import type { NodeView } from "../../hub/http/schemas.ts";
import { iconOf } from "./values.ts";

/** Devices under one heading of the home view. */
export type Group = readonly [title: string, nodes: readonly NodeView[]];

const NO_ROOM = "No room yet";
/** Up to so many devices without a room stand together; more are told apart by what they are. */
const MANY = 8;

/** What devices without a room are, by their picture; in the order in which they are shown. */
const KINDS: readonly (readonly [title: string, pictures: readonly string[]])[] = [
  ["lights", ["light"]],
  [
    "plugs and appliances",
    ["plug", "switch", "tv", "appliance", "fridge", "oven", "hob", "robot", "speaker", "pump", "valve", "sprinkler"],
  ],
  ["blinds and locks", ["blind", "lock", "gate", "bell", "camera"]],
  ["heating and air", ["thermostat", "heat", "cooling", "water", "fan", "air", "hood"]],
  ["energy", ["grid", "solar", "battery", "car"]],
  ["sensors", ["temperature", "humidity", "door", "motion", "leak", "rain", "brightness", "alarm", "soil", "pressure"]],
  ["buttons", ["button", "remote"]],
];
const REST = "meters, bridges and more";

/** The home by room, in the person's order; what has no room comes last. */
export function groupsOf(all: readonly NodeView[], order: readonly string[]): Group[] {
  const rooms = new Map<string, NodeView[]>(order.map((room) => [room, []]));
  const homeless: NodeView[] = [];
  for (const node of all) {
    const held = node.room === undefined ? homeless : rooms.get(node.room);
    if (held) held.push(node);
    else if (node.room !== undefined) rooms.set(node.room, [node]);
  }
  const apart = homeless.length > MANY ? byKind(homeless) : [[NO_ROOM, homeless] as const];
  return [...rooms, ...apart].filter(([, nodes]) => nodes.length > 0);
}

function byKind(nodes: readonly NodeView[]): Group[] {
  const kindOf = (node: NodeView) => KINDS.find(([, pictures]) => pictures.includes(iconOf(node)))?.[0] ?? REST;
  const sorted = [...nodes].sort((a, b) => a.name.localeCompare(b.name, undefined, { numeric: true }));
  const titles = [...KINDS.map(([title]) => title), REST];
  return titles.map((title) => [`${NO_ROOM}: ${title}`, sorted.filter((n) => kindOf(n) === title)]);
}

/** The devices whose name, room, maker or kind holds all words of a search. */
export function search(all: readonly NodeView[], text: string): readonly NodeView[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return all;
  return all.filter((n) => {
    const kinds = n.endpoints.flatMap((e) => [e.label, ...e.deviceTypes.map((t) => t.label)]);
    const said = [n.name, n.room, n.vendor, n.model, n.dialect, ...kinds].join(" ").toLowerCase();
    return words.every((word) => said.includes(word));
  });
}
