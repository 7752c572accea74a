import { deviceTypesOf, type Home, type NodeState } from "../model/home.ts";
import type { NodeId } from "../model/path.ts";
import type { Target } from "../model/rule/target.ts";
import { typesOfKind } from "./kinds.ts";
import type { Spot } from "./picture.ts";

/** Finds the device that an id means now: also of one that became part of another. */
export type Find = (id: NodeId) => NodeState | undefined;

/** The endpoints that a target means now and that have the capability, in the order of the home. */
export function selectFrom(home: Home, target: Target, capability: string, find: Find): readonly Spot[] {
  const named = target.nodes && new Set(target.nodes.map((id) => find(id)?.description.id ?? id));
  const except = new Set(target.except?.map((id) => find(id)?.description.id ?? id));
  const nodes = named ? [...named].flatMap((id) => home.nodes.get(id) ?? []) : [...home.nodes.values()];
  return nodes
    .filter((node) => !except.has(node.description.id) && isThere(node, target, home))
    .flatMap((node) => endpointsOf(node, target, capability));
}

function isThere({ settings }: NodeState, { rooms, floors, labels }: Target, home: Home): boolean {
  const { room } = settings;
  if (rooms && !(room !== undefined && rooms.includes(room))) return false;
  if (labels && !labels.some((l) => settings.labels?.includes(l))) return false;
  const here = Object.entries(home.settings.floors ?? {}).find(
    ([, on]) => room !== undefined && on.includes(room),
  )?.[0];
  return !floors || (here !== undefined && floors.includes(here));
}

function endpointsOf(node: NodeState, { endpoint, kinds }: Target, capability: string): Spot[] {
  const types = kinds?.flatMap((k) => typesOfKind(k) ?? []);
  return node.description.endpoints
    .filter((e) => endpoint === undefined || e.number === endpoint)
    .filter((e) => Object.hasOwn(e.capabilities, capability))
    .filter((e) => !types || deviceTypesOf(node, e).some((t) => types.includes(t)))
    .map((e) => ({ node: node.description.id, endpoint: e.number }));
}
