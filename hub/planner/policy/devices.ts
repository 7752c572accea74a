/** Devices that a policy can steer, and what keeps others from it. */
import type {
  FlexiblePart,
  Part,
  Parts,
  SolarPart,
  StoragePart,
  TankPart,
  ThermostatPart,
} from "../../energy/parts.ts";
import type { NodeId } from "../../model/path.ts";
import type { Policy, PolicyDevice } from "../../model/policy.ts";
import type { Model } from "../../twin/device.ts";
import type { Twin } from "../../twin/fit.ts";
import { seriesOf } from "../../twin/history.ts";

/** A machine behind a plug that measures and switches, as the twin knows its programme. */
export interface Plugged {
  readonly kind: "machine";
  readonly part: Part;
  readonly model: Model;
}

/** A machine that says itself when it could run: its forecast stands for a model. */
export interface Flexible {
  readonly kind: "machine";
  readonly part: FlexiblePart;
  readonly model: undefined;
}

/** Panels whose inverter can be told to give less. */
export interface Panels {
  readonly kind: "solar";
  readonly part: SolarPart;
  readonly model: undefined;
  /** The most that they gave in the past, kW, and their share of all the home's sun. */
  readonly mostKw: number;
  readonly share: number;
}

/** A device with its part and its fitted model. */
export type Steered =
  | Panels
  | Plugged
  | Flexible
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
      const reason = part.keptOut ?? noWay(kind, part) ?? (model ? undefined : unfitNote(twin, part.node));
      if (model && !reason) steered.push(make(part, model));
      else leftOut.push({ node: part.node, name: part.name, reason: reason ?? "nothing is known of it yet" });
    }
  };
  take("battery", parts.batteries, (part, model) => ({ kind: "battery", part, model }));
  take("car", parts.evses, (part, model) => ({ kind: "car", part, model }));
  take("tank", parts.tanks, (part, model) => ({ kind: "tank", part, model }));
  take("room", parts.thermostats, (part, model) => ({ kind: "room", part, model }));
  steered.push(...panelsOf(parts, twin));
  for (const machine of [...flexiblesOf(parts), ...pluggedOf(parts, twin)])
    if ("kind" in machine) steered.push(machine);
    else leftOut.push(machine);
  return { steered, leftOut };
}

/** What each roof with a limit gave in the past tells its share; one that gave nothing yet is left alone. */
function panelsOf({ solar }: Parts, { history }: Twin): Panels[] {
  const roofs = solar.map((part) => {
    const watts = seriesOf(history, part.power);
    const given = (sum: number, w: number) => (w < 0 ? sum - w : sum);
    return { part, sum: watts.reduce(given, 0), mostKw: watts.reduce((most, w) => (w < -most ? -w : most), 0) / 1000 };
  });
  const all = roofs.reduce((sum, roof) => sum + roof.sum, 0);
  return roofs
    .filter(({ part, mostKw }) => part.limit !== undefined && part.keptOut === undefined && mostKw > 0.1)
    .map(({ part, sum, mostKw }) => ({ kind: "solar", part, model: undefined, mostKw, share: sum / all }));
}

const STARTS = "startTimeAdjustRequest";
const APPLIANCES: ReadonlySet<string> = new Set(["dishwasher", "laundryWasher", "laundryDryer"]);

/** Machines whose start can be moved: by telling them. What is more than that (a heat pump, a charger) is steered as what it is. */
const flexiblesOf = (parts: Parts): Flexible[] =>
  parts.flexibles
    .filter((p) => p.commands.includes(STARTS) && p.types.some((t) => APPLIANCES.has(t)) && p.keptOut === undefined)
    .map((part) => ({ kind: "machine", part, model: undefined }));

/** Machines behind a plug; each that can't be planned with the reason. */
const pluggedOf = (parts: Parts, twin: Twin): (Plugged | Devices["leftOut"][number])[] =>
  parts.appliances
    .filter((p) => !parts.flexibles.some((f) => f.node === p.node && f.commands.includes(STARTS)))
    .map((part) => {
      const model = twin.models.find((m) => m.node === part.node);
      const reason = part.keptOut ?? (part.relay ? undefined : "the hub can neither start nor hold it");
      if (model && !reason) return { kind: "machine", part, model };
      return { node: part.node, name: part.name, reason: reason ?? unfitNote(twin, part.node) };
    });

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
export const withoutTaken = (found: Devices, taken: ReadonlySet<NodeId>): Devices =>
  withoutThese(found, taken, "a running plan steers it already: end that first");

/** Without some of them, for one reason. */
export function withoutThese(found: Devices, nodes: ReadonlySet<NodeId>, reason: string): Devices {
  const others = found.steered.filter((d) => nodes.has(d.part.node));
  const left = others.map(({ part }) => ({ node: part.node, name: part.name, reason }));
  return { steered: found.steered.filter((d) => !others.includes(d)), leftOut: [...found.leftOut, ...left] };
}
