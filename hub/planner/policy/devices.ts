/** Devices that a policy can steer, and what keeps others from it. */
import type { Parts, StoragePart, TankPart, ThermostatPart } from "../../energy/parts.ts";
import type { NodeId } from "../../model/path.ts";
import type { Policy, PolicyDevice } from "../../model/policy.ts";
import type { Model } from "../../twin/device.ts";
import type { Twin } from "../../twin/fit.ts";

/** A device with its part and its fitted model. */
export type Steered =
  | { readonly kind: "battery" | "car"; readonly part: StoragePart; readonly model: Model }
  | { readonly kind: "tank"; readonly part: TankPart; readonly model: Model }
  | { readonly kind: "room"; readonly part: ThermostatPart; readonly model: Model };

export interface Devices {
  readonly steered: readonly Steered[];
  /** What could be steered and can't be planned, with the reason. */
  readonly leftOut: readonly { readonly node: NodeId; readonly name: string; readonly reason: string }[];
}

/** What stands in the way of steering a part, or undefined. */
function noWay(kind: PolicyDevice["kind"], part: StoragePart | TankPart | ThermostatPart): string | undefined {
  if (kind === "room") return undefined;
  if (kind === "tank") {
    const tank = part as TankPart;
    return tank.relay || tank.boost ? undefined : "it can be neither switched nor boosted";
  }
  const storage = part as StoragePart;
  if (!storage.control) return kind === "battery" ? "its mode can't be set" : "its charging can't be switched";
  return storage.stateOfCharge ? undefined : "it does not tell its charge";
}

/** All that this home could let a policy steer. */
export function devicesOf(parts: Parts, twin: Twin): Devices {
  const steered: Steered[] = [];
  const leftOut: { node: NodeId; name: string; reason: string }[] = [];
  const take = <P extends StoragePart | TankPart | ThermostatPart>(
    kind: PolicyDevice["kind"],
    list: readonly P[],
    make: (part: P, model: Model) => Steered,
  ) => {
    for (const part of list) {
      const model = twin.models.find((m) => m.node === part.node);
      const reason = noWay(kind, part) ?? (model ? undefined : unfitNote(twin, part.node));
      if (model && !reason) steered.push(make(part, model));
      else leftOut.push({ node: part.node, name: part.name, reason: reason ?? "nothing is known of it yet" });
    }
  };
  take("battery", parts.batteries, (part, model) => ({ kind: "battery", part, model }));
  take("car", parts.evses, (part, model) => ({ kind: "car", part, model }));
  take("tank", parts.tanks, (part, model) => ({ kind: "tank", part, model }));
  take("room", parts.thermostats, (part, model) => ({ kind: "room", part, model }));
  return { steered, leftOut };
}

const unfitNote = (twin: Twin, node: NodeId): string =>
  twin.unfit.find((u) => u.node === node)?.note ?? "the hub has not learned yet how it behaves";

/** As a policy names it. */
export const namedIn = ({ kind, part }: Steered): PolicyDevice => ({
  node: part.node,
  endpoint: part.endpoint,
  kind,
  name: part.name,
});

/** The devices that a policy names, or why one of them is not to be had any more. */
export function steeredBy(policy: Pick<Policy, "devices">, found: Devices): readonly Steered[] | string {
  const chosen: Steered[] = [];
  for (const { node, kind, name } of policy.devices) {
    const device = found.steered.find((d) => d.part.node === node && d.kind === kind);
    if (!device) return `${name}: ${found.leftOut.find((l) => l.node === node)?.reason ?? "it is no longer there"}`;
    chosen.push(device);
  }
  return chosen;
}

/** Without those that something else steers already. */
export function withoutTaken(found: Devices, taken: ReadonlySet<NodeId>): Devices {
  const others = found.steered.filter((d) => taken.has(d.part.node));
  const left = others.map(({ part }) => ({
    node: part.node,
    name: part.name,
    reason: "a running plan steers it already: end that first",
  }));
  return { steered: found.steered.filter((d) => !others.includes(d)), leftOut: [...found.leftOut, ...left] };
}
