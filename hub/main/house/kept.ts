import { createKept, isNumber, type Kept, type KeptAdapter } from "../../../adapters/house/kept.ts";
import { nameOf } from "../../model/home.ts";
import type { HouseNumber } from "../../model/house-number.ts";
import { type HouseSwitch, keptIdOf, MAX_KEPT_NAME } from "../../model/house-switch.ts";
import type { NodeId } from "../../model/path.ts";
import type { Clock, KeptView, Store } from "../../ports.ts";
import type { CoreState, Input } from "../../step.ts";
import { usersOf } from "../users.ts";

export interface KeptDeskParts {
  readonly state: CoreState;
  readonly store: Store;
  readonly clock: Clock;
  readonly put: (input: Input) => boolean;
  readonly kept: KeptAdapter;
}

const placeOf = (one: Kept) => (isNumber(one) ? "houseNumber" : "houseSwitch");

/** The adapter of what the house itself keeps, which is as it was kept. */
export const openKept = (store: Pick<Store, "list" | "put" | "remove" | "later">, clock: Clock): KeptAdapter =>
  createKept({
    clock,
    kept: [...store.list<HouseSwitch>("houseSwitch"), ...store.list<HouseNumber>("houseNumber")],
    keep: (one) => store.later(`${placeOf(one)}-${one.id}`, () => store.put(placeOf(one), one.id, one), true),
    forget: (one) => store.later(`${placeOf(one)}-${one.id}`, () => store.remove(placeOf(one), one.id), true),
  });

/** What the desks of switches and of numbers share: names and ids that neither has twice, and what would miss one. */
export class KeptDesk {
  readonly #parts: KeptDeskParts;

  constructor(parts: KeptDeskParts) {
    this.#parts = parts;
  }

  /** As people call it now. */
  nameNow({ id, name }: Kept): string {
    const node = this.#parts.state.home.nodes.get(id);
    return node ? nameOf(node) : name;
  }

  /** Rules and scenes of people that name nodes, by the node. */
  users(): ReadonlyMap<NodeId, KeptView["usedBy"]> {
    return usersOf(this.#parts.state);
  }

  /** A name that fits and that nothing else that is kept has; throws RangeError. */
  checked(given: string, id?: NodeId): string {
    const name = given.trim();
    if (name === "" || name.length > MAX_KEPT_NAME || /\p{Cc}/u.test(name))
      throw new RangeError(`name: must be 1 to ${MAX_KEPT_NAME} characters`);
    const same = this.#called(name, id);
    if (same)
      throw new RangeError(
        `name: there is already a ${isNumber(same) ? "number" : "switch"} ${name}; choose another name`,
      );
    return name;
  }

  #called(name: string, not?: NodeId): Kept | undefined {
    const others = this.#parts.kept.list().filter((one) => one.id !== not);
    return others.find((one) => this.nameNow(one).toLowerCase() === name.toLowerCase());
  }

  /** The id of the one of this name, or the one that it would get. */
  idFor(name: string): NodeId {
    return this.#called(name)?.id ?? this.freeId(name);
  }

  /** With a number where another node has it. */
  freeId(name: string): NodeId {
    const { nodes } = this.#parts.state.home;
    const id = keptIdOf(name);
    let free = id;
    for (let n = 2; nodes.has(free); n++) free = `${id.slice(0, 74)}-${n}`;
    return free;
  }

  made(one: Kept, by: string): void {
    this.#parts.kept.put(one);
    this.#audit(by, isNumber(one) ? "number-made" : "switch-made", one.id, one.name);
  }

  /** `one` under its new name, which also counts over one that was given on the device's own page. */
  changed(one: Kept, by: string): void {
    const { state, store, clock, put, kept } = this.#parts;
    const node = state.home.nodes.get(one.id);
    const before = node ? nameOf(node) : one.name;
    kept.put(one);
    const detail = before === one.name ? one.name : `${before}, now ${one.name}`;
    this.#audit(by, isNumber(one) ? "number-changed" : "switch-renamed", one.id, detail);
    if (node?.settings.name === undefined) return;
    const { name: _, ...settings } = node.settings;
    store.put("nodeSettings", one.id, settings);
    put({ kind: "configured", node: one.id, settings, at: clock.now() });
  }

  #audit(by: string, what: string, subject: NodeId, detail: string): void {
    const { store, clock } = this.#parts;
    store.appendAudit({ at: clock.now(), by, what, subject, detail });
  }
}
