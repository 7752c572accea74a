import { MAX_SWITCH_NAME, switchNode } from "../../model/house-switch.ts";
import type { NodeDescription } from "../../model/node.ts";
import type { HouseSwitches } from "../../ports.ts";
import type { Meant, Translated } from "../../rules/translate/home-assistant/index.ts";
import type { CoreState } from "../../step.ts";

/** What a person, or a guess, says of an entity that is to become a switch of the house. */
export const NEW_SWITCH = "switch:new";

/** Home Assistant's own switches, which no device is behind. */
export const mayBeSwitch = (entity: string): boolean => entity.startsWith("input_boolean.");

/** `input_boolean.guest_mode` is called Guest mode; at most {@link MAX_SWITCH_NAME} characters. */
export function switchNameOf(entity: string): string {
  const words = entity.slice(entity.indexOf(".") + 1).replaceAll("_", " ");
  return (words.charAt(0).toUpperCase() + words.slice(1)).replace(/\s+/g, " ").trim().slice(0, MAX_SWITCH_NAME);
}

/** The node that it is, or will be. */
export const asSwitch = (entity: string, switches: HouseSwitches): Meant => ({
  ...{ kind: "device", node: switches.idFor(switchNameOf(entity)), endpoint: 1, capabilities: ["onOff"], types: [] },
});

/** Names of the switches that are to be made for one thing of the files; those that are there already are not. */
export const switchesFor = (
  { entities }: Pick<Translated, "entities">,
  isNew: (entity: string) => boolean,
  { home }: CoreState,
  switches: HouseSwitches,
): readonly string[] =>
  [
    ...new Set(
      entities
        .map(({ entity }) => entity)
        .filter(isNew)
        .map(switchNameOf),
    ),
  ].filter((name) => !home.nodes.has(switches.idFor(name)));

export const comingNodes = (names: readonly string[], switches: HouseSwitches): readonly NodeDescription[] =>
  [...new Set(names)].map((name) => switchNode({ id: switches.idFor(name), name }));

/** The home as it will be with these nodes, for what is said of rules before they are there. Nothing of it is kept. */
export function withComing(state: CoreState, coming: readonly NodeDescription[]): CoreState {
  if (coming.length === 0) return state;
  const nodes = new Map(state.home.nodes);
  for (const description of coming)
    nodes.set(description.id, { description, settings: {}, reachable: true, heardAt: 0, values: new Map() });
  return { ...state, home: { ...state.home, nodes } };
}

/** Makes the switches that kept things need. Answers the places of those for which there was no room. */
export function makeSwitches(
  needs: ReadonlyMap<number, readonly string[]>,
  places: readonly number[],
  switches: HouseSwitches,
  by: string,
): ReadonlySet<number> {
  const without = new Set<number>();
  for (const place of places)
    for (const name of needs.get(place) ?? []) {
      if (switches.list().some((one) => one.name === name)) continue;
      try {
        switches.add(name, by);
      } catch (error) {
        if (!(error instanceof RangeError)) throw error;
        without.add(place);
      }
    }
  return without;
}
