/** What the rule asked for while a past was lived through. */
import { capabilities } from "../../model/capabilities/index.ts";
import type { Value } from "../../model/capability.ts";
import type { Command } from "../../model/command.ts";
import { knownOf } from "../../model/home.ts";
import { type NodeId, pathKey } from "../../model/path.ts";
import type { RuleAction } from "../../model/plan.ts";
import { targetOf } from "../../rules/arbitrate.ts";
import type { CoreState } from "../state.ts";

/** Something that the rule would have asked for and that was not so already. */
export interface Ask {
  readonly at: number;
  readonly target: string;
  readonly node: string;
  readonly action: RuleAction;
  /** What the device will show then, by text path. */
  readonly wants: readonly (readonly [key: string, value: Value])[];
}

/** Kept of one trial; further ones are left out of the list and of the figures. */
const MAX_KEPT = 50_000;

/** A capability of an endpoint, as far as it was asked for something. */
interface Place {
  readonly endpoint: number;
  readonly capability: string;
  /** Text paths of its attributes, by their names. */
  readonly keys: ReadonlyMap<string, string>;
  /** By command: the last such ask. In a year nearly all are alike, and have all in common but their moment. */
  readonly last: Map<string, Ask>;
}

export class Asks {
  readonly list: Ask[] = [];
  readonly #places = new Map<NodeId, Place[]>();

  note(state: CoreState, given: Command, at: number): Ask {
    const { target, capability, command, args } = given;
    const place = this.#placeOf(state, given);
    const wants = wantsOf(state, given, place.keys, at);
    const before = place.last.get(command);
    let ask: Ask;
    if (before && areSame(before, args, wants)) ask = { ...before, at };
    else {
      const action = { node: target.node, endpoint: target.endpoint, capability, command, args };
      ask = { at, target: targetOf(action), node: target.node, action, wants };
      place.last.set(command, ask);
    }
    if (this.list.length < MAX_KEPT) this.list.push(ask);
    return ask;
  }

  #placeOf({ home }: CoreState, { target: { node, endpoint }, capability }: Command): Place {
    const known = this.#places.get(node);
    const found = known?.find((p) => p.endpoint === endpoint && p.capability === capability);
    if (found) return found;
    const own = home.nodes.get(node)?.description.endpoints.find((e) => e.number === endpoint);
    const attributes = Object.keys(own?.capabilities[capability]?.attributes ?? {});
    const keys = new Map(attributes.map((a) => [a, pathKey({ node, endpoint, capability, attribute: a })]));
    const place: Place = { endpoint, capability, keys, last: new Map() };
    if (known) known.push(place);
    else this.#places.set(node, [place]);
    return place;
  }
}

function areSame({ action, wants }: Ask, args: Command["args"], now: Ask["wants"]): boolean {
  for (const name in args) if (args[name] !== action.args[name]) return false;
  for (const name in action.args) if (!(name in args)) return false;
  return wants.length === now.length && wants.every(([key, value], i) => now[i]?.[0] === key && now[i]?.[1] === value);
}

/** What a device will show once it has done this, by text path. */
function wantsOf(
  state: CoreState,
  { target, capability, command, args }: Command,
  keys: Place["keys"],
  now: number,
): Ask["wants"] {
  const node = state.home.nodes.get(target.node);
  const said = (attribute: string): Value | undefined => {
    const known = node && knownOf(node, keys.get(attribute) ?? "", now);
    return known && known.status !== "unknown" ? known.value : undefined;
  };
  const wants = command === "set" ? args : capabilities[capability]?.commands[command]?.wants(args, said);
  const own: [string, Value][] = [];
  for (const attribute in wants) {
    const key = keys.get(attribute);
    if (key !== undefined) own.push([key, wants[attribute] ?? ""]);
  }
  return own;
}
