import { type HouseSwitch, switchNode } from "../../hub/model/house-switch.ts";
import type { NodeId } from "../../hub/model/path.ts";
import type { Adapter, Clock, Sink } from "../../hub/ports.ts";

export interface SwitchParts {
  readonly clock: Pick<Clock, "now">;
  /** As they were when the hub ended. */
  readonly kept: readonly HouseSwitch[];
  /** Writes a switch down, soon: the loop does not wait for the disk. */
  readonly keep: (one: HouseSwitch) => void;
  readonly forget: (id: NodeId) => void;
}

/** The switches that the hub keeps, as one more way out to devices. */
export interface SwitchAdapter {
  readonly adapter: Adapter;
  /** In the order in which they were made. */
  list(): readonly HouseSwitch[];
  /** Makes one, which is off, or renames the one of this id. */
  put(id: NodeId, name: string): void;
  /** The node is taken out of the home by who asks. */
  drop(id: NodeId): void;
}

/**
 * The hub knows how its own switches stand, so their states are told as live from the start; as the first word since the start
 * they begin no rule.
 */
export function createSwitches({ clock, kept, keep, forget }: SwitchParts): SwitchAdapter {
  const all = new Map(kept.map((one) => [one.id, one]));
  let sink: Sink = () => undefined;
  const describe = (one: HouseSwitch): void => {
    const at = clock.now();
    sink({ kind: "nodeFound", node: switchNode(one), at });
    sink({ kind: "reachable", node: one.id, reachable: true, at });
  };
  const tell = ({ id, on }: HouseSwitch): void => {
    const path = { node: id, endpoint: 1, capability: "onOff", attribute: "onOff" };
    sink({ kind: "readings", readings: [{ path, value: on, at: clock.now(), source: "house" }] });
  };
  const set = (one: HouseSwitch): void => {
    all.set(one.id, one);
    keep(one);
  };
  return {
    list: () => [...all.values()],
    put(id, name) {
      const before = all.get(id);
      const one = { id, name, on: before?.on ?? false };
      set(one);
      describe(one);
      if (!before) tell(one);
    },
    drop(id) {
      if (all.delete(id)) forget(id);
    },
    adapter: {
      name: "house",
      start: (to) => {
        sink = to;
        for (const one of all.values()) describe(one);
        for (const one of all.values()) tell(one);
        return Promise.resolve();
      },
      send: ({ capability, command }, { id }) => {
        const one = all.get(id);
        if (!one) return Promise.resolve({ ok: false, reason: "there is no such switch of the house" });
        const on = capability === "onOff" ? wanted.get(command)?.(one.on) : undefined;
        if (on === undefined)
          return Promise.resolve({ ok: false, reason: "a switch of the house can be turned on, off or the other way" });
        if (on !== one.on) set({ ...one, on });
        tell({ ...one, on });
        return Promise.resolve({ ok: true });
      },
      stop: () => Promise.resolve(),
    },
  };
}

const wanted = new Map<string, (on: boolean) => boolean>([
  ["on", () => true],
  ["off", () => false],
  ["toggle", (on) => !on],
]);
