/** The things of the home as sentences can name them. */
import type { Home, NodeState } from "../model/home.ts";
import { deviceTypesOf, endpointNameOf, nameOf } from "../model/home.ts";
import type { EndpointDescription } from "../model/node.ts";
import type { Language } from "./languages/language.ts";
import type { Candidate } from "./understood.ts";

export interface Target {
  readonly node: NodeState;
  readonly endpoint: EndpointDescription;
  /** As people see it. */
  readonly name: string;
  readonly room: string | undefined;
  /** A person's role first. */
  readonly types: readonly string[];
  /** The ways of naming it, each as stems. */
  readonly names: readonly (readonly string[])[];
  readonly roomStems: readonly string[];
}

/** Endpoints that sentences look at; a home with more is read up to here. */
const MAX_TARGETS = 2000;

/** Every endpoint by name and room. */
export function targetsOf(home: Home, language: Language): Target[] {
  const found: Target[] = [];
  const stems = (text: string): string[] => language.words(text.slice(0, 100)).map(language.stem);
  for (const node of home.nodes.values()) {
    const device = nameOf(node);
    const { room } = node.settings;
    const several = node.description.endpoints.length > 1;
    for (const endpoint of node.description.endpoints) {
      if (found.length >= MAX_TARGETS) return found;
      const own = endpointNameOf(node, endpoint);
      const names = [...new Set([own, device, ...(several && endpoint.label ? [endpoint.label] : [])])];
      found.push({
        node,
        endpoint,
        name: own,
        room,
        types: deviceTypesOf(node, endpoint),
        names: names.map(stems).filter((n) => n.length > 0),
        roomStems: room ? stems(room) : [],
      });
    }
  }
  return found;
}

/** Of several, those that are asked back with: at most eight. */
export const offered = (targets: readonly Target[]): readonly Target[] => targets.slice(0, 8);

/** For asking back. */
export const candidatesOf = (targets: readonly Target[]): Candidate[] =>
  offered(targets).map(({ node, endpoint, name, room }) => ({
    node: node.description.id,
    endpoint: endpoint.number,
    name,
    ...(room !== undefined && { room }),
  }));

/** A name, with its room where two things bear the same. */
export const namesOf = (targets: readonly Target[]): string[] =>
  targets.map((t) =>
    t.room && targets.filter((o) => o.name === t.name).length > 1 ? `${t.name} (${t.room})` : t.name,
  );
