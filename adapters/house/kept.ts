import { type HouseNumber, numberMisfit, numberNode } from "../../hub/model/house-number.ts";
import { type HouseSwitch, switchNode } from "../../hub/model/house-switch.ts";
import type { NodeId } from "../../hub/model/path.ts";
import type { Adapter, Clock, Sink } from "../../hub/ports.ts";

/** What the hub itself keeps. */
export type Kept = HouseSwitch | HouseNumber;

export const isNumber = (one: Kept): one is HouseNumber => "value" in one;

export interface KeptParts {
  readonly clock: Pick<Clock, "now">;
  /** As they were when the hub ended. */
  readonly kept: readonly Kept[];
  /** Writes one down, soon: the loop does not wait for the disk. */
  readonly keep: (one: Kept) => void;
  readonly forget: (one: Kept) => void;
}

/** The switches and numbers that the hub keeps, as one more way out to devices. */
export interface KeptAdapter {
  readonly adapter: Adapter;
  /** In the order in which they were made. */
  list(): readonly Kept[];
  /** Makes one, or describes the one of this id anew. */
  put(one: Kept): void;
  /** The node is taken out of the home by who asks. */
  drop(id: NodeId): void;
}

/**
 * The hub knows how what it keeps stands, so its states are told as live from the start; as the first word since the start
 * they begin no rule.
 */
export function createKept({ clock, kept, keep, forget }: KeptParts): KeptAdapter {
  const all = new Map(kept.map((one) => [one.id, one]));
  let sink: Sink = () => undefined;
  const describe = (one: Kept): void => {
    const at = clock.now();
    sink({ kind: "nodeFound", node: isNumber(one) ? numberNode(one) : switchNode(one), at });
    sink({ kind: "reachable", node: one.id, reachable: true, at });
  };
  const tell = (one: Kept): void => {
    const own = { node: one.id, endpoint: 1 };
    const [path, value] = isNumber(one)
      ? [{ ...own, capability: "houseNumber", attribute: "value" }, one.value]
      : [{ ...own, capability: "onOff", attribute: "onOff" }, one.on];
    sink({ kind: "readings", readings: [{ path, value, at: clock.now(), source: "house" }] });
  };
  const set = (one: Kept): void => {
    all.set(one.id, one);
    keep(one);
  };
  return {
    list: () => [...all.values()],
    put(one) {
      const isNew = !all.has(one.id);
      set(one);
      describe(one);
      if (isNew) tell(one);
    },
    drop(id) {
      const one = all.get(id);
      if (one && all.delete(id)) forget(one);
    },
    adapter: {
      name: "house",
      start: (to) => {
        sink = to;
        for (const one of all.values()) describe(one);
        for (const one of all.values()) tell(one);
        return Promise.resolve();
      },
      send: (command, { id }) => {
        const one = all.get(id);
        if (!one) return Promise.resolve({ ok: false, reason: "the house keeps no such switch or number" });
        const next = isNumber(one) ? numberAfter(one, command) : switchAfter(one, command);
        if (typeof next === "string") return Promise.resolve({ ok: false, reason: next });
        if (next !== one) set(next);
        tell(next);
        return Promise.resolve({ ok: true });
      },
      stop: () => Promise.resolve(),
    },
  };
}

type Asked = Pick<Parameters<Adapter["send"]>[0], "capability" | "command" | "args">;

/** As it is after a command; the very same where nothing changes, or why it is refused. */
function switchAfter(one: HouseSwitch, { capability, command }: Asked): HouseSwitch | string {
  const on = capability === "onOff" ? wanted.get(command)?.(one.on) : undefined;
  if (on === undefined) return "a switch of the house can be turned on, off or the other way";
  return on === one.on ? one : { ...one, on };
}

const wanted = new Map<string, (on: boolean) => boolean>([
  ["on", () => true],
  ["off", () => false],
  ["toggle", (on) => !on],
]);

function numberAfter(one: HouseNumber, { capability, command, args: { value } }: Asked): HouseNumber | string {
  if (capability !== "houseNumber" || command !== "set") return "a number of the house can be set";
  const problem = numberMisfit(one, value);
  if (problem !== undefined || typeof value !== "number") return `args.value: ${problem ?? "must be a number"}`;
  return value === one.value ? one : { ...one, value };
}
