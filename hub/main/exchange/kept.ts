/** Switches and numbers of Home Assistant that no device is behind, which are to become the house's own. */
import { MAX_NUMBER, type NumberUnit, numberNode, numberUnits } from "../../model/house-number.ts";
import { MAX_KEPT_NAME, switchNode } from "../../model/house-switch.ts";
import type { NodeDescription } from "../../model/node.ts";
import { units } from "../../model/units.ts";
import type { HouseNumbers, HouseSwitches, NumberWish } from "../../ports.ts";
import type { Meant, Translated, WrittenNumber } from "../../rules/translate/home-assistant/index.ts";
import type { CoreState } from "../../step.ts";

/** What a person, or a guess, says of an entity that is to become a switch or a number of the house. */
export const NEW_SWITCH = "switch:new";
export const NEW_NUMBER = "number:new";
export type New = typeof NEW_SWITCH | typeof NEW_NUMBER;

/** The two desks at which the house's own things are made. */
export interface KeptDesks {
  readonly switches: HouseSwitches;
  readonly numbers: HouseNumbers;
}

/** One that is made once the rules that need it are kept. */
export type Coming =
  | { readonly kind: "switch"; readonly name: string }
  | { readonly kind: "number"; readonly name: string; readonly wish: NumberWish };

/** What an entity may become: Home Assistant's own switches, numbers and counters, which no device is behind. */
export function mayBecome(entity: string): New | undefined {
  if (entity.startsWith("input_boolean.")) return NEW_SWITCH;
  return entity.startsWith("input_number.") || entity.startsWith("counter.") ? NEW_NUMBER : undefined;
}

/** `input_boolean.guest_mode` is called Guest mode; at most {@link MAX_KEPT_NAME} characters. */
function nameOf(entity: string): string {
  const words = entity.slice(entity.indexOf(".") + 1).replaceAll("_", " ");
  return (words.charAt(0).toUpperCase() + words.slice(1)).replace(/\s+/g, " ").trim().slice(0, MAX_KEPT_NAME);
}

/** The node that it is, or will be. */
export function asKept(entity: string, as: New, { switches, numbers }: KeptDesks): Meant {
  const [desk, capability] = as === NEW_SWITCH ? [switches, "onOff"] : [numbers, "houseNumber"];
  return {
    ...{ kind: "device", node: desk.idFor(nameOf(entity)), endpoint: 1, capabilities: [capability], types: [] },
  };
}

/** A range wide enough for what a home counts, where the files don't say one. */
const WIDE = 1_000_000;

/** The number that an entity becomes: as the files say it, as far as that fits. */
function wishOf(entity: string, written: WrittenNumber = {}): NumberWish {
  const end = (given: number | undefined, otherwise: number) =>
    given === undefined ? otherwise : Math.max(-MAX_NUMBER, Math.min(MAX_NUMBER, given));
  const min = end(written.min, entity.startsWith("counter.") ? 0 : -WIDE);
  const max = Math.max(end(written.max, WIDE), min + 1);
  const { step = 1 } = written;
  return { name: nameOf(entity), unit: unitOf(written.unit), min, max, step: step > 0 && step <= max - min ? step : 1 };
}

const unitOf = (written: string | undefined): NumberUnit =>
  numberUnits.find((unit) => unit !== "1" && (unit === written || units[unit] === written)) ?? "1";

/** What is to be made for one thing of the files; what is there already is not. */
export function comingFor(
  { entities }: Pick<Translated, "entities">,
  asNew: (entity: string) => New | undefined,
  written: ReadonlyMap<string, WrittenNumber>,
  { home }: CoreState,
  { switches, numbers }: KeptDesks,
): readonly Coming[] {
  const found = new Map<string, Coming>();
  for (const { entity } of entities) {
    const [as, name] = [asNew(entity), nameOf(entity)];
    if (as === NEW_SWITCH && !home.nodes.has(switches.idFor(name))) found.set(name, { kind: "switch", name });
    if (as === NEW_NUMBER && !home.nodes.has(numbers.idFor(name)))
      found.set(name, { kind: "number", name, wish: wishOf(entity, written.get(entity)) });
  }
  return [...found.values()];
}

export function comingNodes(all: readonly Coming[], { switches, numbers }: KeptDesks): readonly NodeDescription[] {
  const byName = new Map(all.map((one) => [one.name, one]));
  return [...byName.values()].map((one) =>
    one.kind === "switch"
      ? switchNode({ id: switches.idFor(one.name), name: one.name })
      : numberNode({ ...one.wish, id: numbers.idFor(one.name) }),
  );
}

/** The home as it will be with these nodes, for what is said of rules before they are there. Nothing of it is kept. */
export function withComing(state: CoreState, coming: readonly NodeDescription[]): CoreState {
  if (coming.length === 0) return state;
  const nodes = new Map(state.home.nodes);
  for (const description of coming)
    nodes.set(description.id, { description, settings: {}, reachable: true, heardAt: 0, values: new Map() });
  return { ...state, home: { ...state.home, nodes } };
}

/** Makes what kept things need. Answers the places of those for which there was no room. */
export function makeComing(
  needs: ReadonlyMap<number, readonly Coming[]>,
  places: readonly number[],
  { switches, numbers }: KeptDesks,
  by: string,
): ReadonlySet<number> {
  const without = new Set<number>();
  const there = (name: string) => [...switches.list(), ...numbers.list()].some((one) => one.name === name);
  for (const place of places)
    for (const one of needs.get(place) ?? []) {
      if (there(one.name)) continue;
      try {
        if (one.kind === "switch") switches.add(one.name, by);
        else numbers.add(one.wish, by);
      } catch (error) {
        if (!(error instanceof RangeError)) throw error;
        without.add(place);
      }
    }
  return without;
}
