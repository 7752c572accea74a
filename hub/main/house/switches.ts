import { createSwitches, type SwitchAdapter } from "../../../adapters/house/switches.ts";
import { nameOf } from "../../model/home.ts";
import { type HouseSwitch, MAX_SWITCH_NAME, MAX_SWITCHES, switchIdOf } from "../../model/house-switch.ts";
import type { NodeId } from "../../model/path.ts";
import type { Clock, HouseSwitches, Store, SwitchView } from "../../ports.ts";
import type { CoreState, Input } from "../../step.ts";

export interface SwitchDeskParts {
  readonly state: CoreState;
  readonly store: Store;
  readonly clock: Clock;
  readonly put: (input: Input) => boolean;
  readonly switches: SwitchAdapter;
}

/** The adapter of the house's own switches, which are as they were kept. */
export const openSwitches = (store: Pick<Store, "list" | "put" | "remove" | "later">, clock: Clock): SwitchAdapter =>
  createSwitches({
    clock,
    kept: store.list<HouseSwitch>("houseSwitch"),
    keep: (one) => store.later(`houseSwitch-${one.id}`, () => store.put("houseSwitch", one.id, one), true),
    forget: (id) => store.later(`houseSwitch-${id}`, () => store.remove("houseSwitch", id), true),
  });

/** Switches of the house as people make and name them. */
export function createSwitchDesk({ state, store, clock, put, switches }: SwitchDeskParts): HouseSwitches {
  const audit = (by: string, what: string, subject: NodeId, detail: string) =>
    store.appendAudit({ at: clock.now(), by, what, subject, detail });
  const nameNow = ({ id, name }: HouseSwitch): string => {
    const node = state.home.nodes.get(id);
    return node ? nameOf(node) : name;
  };
  const view = (one: HouseSwitch, users = usersOf(state)): SwitchView => ({
    ...{ ...one, name: nameNow(one), usedBy: users.get(one.id) ?? [] },
  });
  const found = (id: NodeId) => switches.list().find((one) => one.id === id);
  const checked = (given: string, id?: NodeId): string => {
    const name = given.trim();
    if (name === "" || name.length > MAX_SWITCH_NAME || /\p{Cc}/u.test(name))
      throw new RangeError(`name: must be 1 to ${MAX_SWITCH_NAME} characters`);
    const others = switches.list().filter((one) => one.id !== id);
    if (others.some((one) => nameNow(one).toLowerCase() === name.toLowerCase()))
      throw new RangeError(`name: there is already a switch ${name}; choose another name`);
    return name;
  };
  return {
    list() {
      const users = usersOf(state);
      return switches.list().map((one) => view(one, users));
    },
    add(given, by) {
      const name = checked(given);
      if (switches.list().length >= MAX_SWITCHES)
        throw new RangeError(`name: there are already ${MAX_SWITCHES} switches; remove one first`);
      const id = freeId(state, switchIdOf(name));
      switches.put(id, name);
      audit(by, "switch-made", id, name);
      return view({ id, name, on: false });
    },
    rename(id, given, by) {
      const one = found(id);
      if (!one) return undefined;
      const name = checked(given, id);
      const before = nameNow(one);
      switches.put(id, name);
      audit(by, "switch-renamed", id, `${before}, now ${name}`);
      // A name that was given on the device's own page would cover this one.
      const node = state.home.nodes.get(id);
      if (node?.settings.name !== undefined) {
        const { name: _, ...settings } = node.settings;
        store.put("nodeSettings", id, settings);
        put({ kind: "configured", node: id, settings, at: clock.now() });
      }
      return view({ ...one, name });
    },
    idFor: (name) =>
      switches.list().find((one) => nameNow(one).toLowerCase() === name.toLowerCase())?.id ??
      freeId(state, switchIdOf(name)),
    drop: (id) => switches.drop(id),
  };
}

/** The id, with a number where another node has it. */
function freeId({ home }: CoreState, id: NodeId): NodeId {
  let free = id;
  for (let n = 2; home.nodes.has(free); n++) free = `${id.slice(0, 74)}-${n}`;
  return free;
}

/** Rules and scenes of people that name nodes, by the node. */
function usersOf({ automation, scenes }: CoreState): ReadonlyMap<NodeId, SwitchView["usedBy"]> {
  const users = new Map<NodeId, SwitchView["usedBy"][number][]>();
  const look = (kind: "rule" | "scene", of: { readonly id: string; readonly title: string }): void => {
    for (const name of new Set(wordsIn(of))) users.set(name, [...(users.get(name) ?? []), { kind, ...titled(of) }]);
  };
  for (const rule of automation.rules) look("rule", rule);
  for (const scene of scenes) look("scene", scene);
  return users;
}

const titled = ({ id, title }: { readonly id: string; readonly title: string }) => ({ id, title });

/** Whatever in a document may be a node's id: each text, of a path its first part. */
const wordsIn = (document: unknown): readonly string[] => {
  if (typeof document === "string") return [document.split("/", 1)[0] ?? ""];
  return typeof document === "object" && document !== null ? Object.values(document).flatMap(wordsIn) : [];
};
