import { capabilities } from "../../../hub/model/capabilities/index.ts";
import { misfit, type Value } from "../../../hub/model/capability.ts";
import type { Command } from "../../../hub/model/command.ts";
import type { Problem } from "../../../hub/model/finding.ts";
import { operationalState, waterHeaterManagement } from "./appliances.ts";
import { colorControl } from "./color-control.ts";
import { concentrations } from "./concentrations.ts";
import { doorLock } from "./door-lock.ts";
import { energyEvse } from "./energy-evse.ts";
import { fanControl } from "./fan-control.ts";
import { levelControl } from "./level-control.ts";
import * as measurements from "./measurements.ts";
import { onOff } from "./on-off.ts";
import * as power from "./power.ts";
import * as states from "./states.ts";
import type { ClusterTable, Siblings } from "./table.ts";
import { thermostat } from "./thermostat.ts";
import { windowCovering } from "./window-covering.ts";

/** Every cluster that has a capability: one line each. */
export const clusterTables: readonly ClusterTable[] = [
  onOff,
  levelControl,
  colorControl,
  windowCovering,
  doorLock,
  thermostat,
  fanControl,
  ...Object.values(measurements),
  ...concentrations,
  ...Object.values(states),
  ...Object.values(power),
  energyEvse,
  waterHeaterManagement,
  operationalState,
];

const byCluster = new Map(clusterTables.map((table) => [table.cluster, table]));
const byCapability = new Map(clusterTables.map((table) => [table.capability, table]));

/** The table of a cluster by the standard's name; undefined for one beyond our model. */
export const tableOf = (cluster: string): ClusterTable | undefined => byCluster.get(cluster);

export type DecodedAttribute =
  | { readonly kind: "value"; readonly capability: string; readonly attribute: string; readonly value: Value }
  /** The device has no value now (null on the wire): nothing is known, nothing is wrong. */
  | { readonly kind: "none"; readonly capability: string; readonly attribute: string }
  /** Not in our model. */
  | { readonly kind: "beyond" }
  | { readonly kind: "problem"; readonly problem: Problem };

const alone: Siblings = () => undefined;

/**
 * Reads one attribute report: Matter's names and wire scale into ours. Pure; never throws.
 * `siblings` gives the other attributes of the same cluster, for the few values that need them (a unit, a second form).
 */
export function decodeAttribute(
  cluster: string,
  attribute: string,
  wire: unknown,
  siblings: Siblings = alone,
): DecodedAttribute {
  const table = byCluster.get(cluster);
  const codec = table && Object.hasOwn(table.attributes, attribute) ? table.attributes[attribute] : undefined;
  if (!table || !codec) return { kind: "beyond" };
  const ours = codec.as ?? attribute;
  const value = codec.decode(wire, siblings);
  if (value === null) return { kind: "none", capability: table.capability, attribute: ours };
  if (value !== undefined) return { kind: "value", capability: table.capability, attribute: ours, value };
  const problem: Problem = {
    code: "matter-value-not-readable",
    message: `${cluster}.${attribute} carries a value outside the Matter specification`,
    fix: "Update the device's firmware; until then this value stays unknown.",
    field: `${cluster}.${attribute}`,
  };
  return { kind: "problem", problem };
}

/** What has to be done on the device's endpoint, in Matter's names and wire scale. */
export type MatterAction =
  | {
      readonly kind: "invoke";
      readonly cluster: string;
      readonly command: string;
      readonly fields?: Readonly<Record<string, unknown>>;
    }
  | { readonly kind: "write"; readonly cluster: string; readonly values: Readonly<Record<string, unknown>> };

export type EncodedCommand =
  | { readonly ok: true; readonly action: MatterAction }
  | { readonly ok: false; readonly reason: string };

const refuse = (reason: string): EncodedCommand => ({ ok: false, reason });

/** Turns one of our commands into the Matter command or write that carries it out. Pure; never throws. */
export function encodeCommand(
  command: Pick<Command, "capability" | "command" | "args">,
  siblings: Siblings = alone,
): EncodedCommand {
  const table = byCapability.get(command.capability);
  if (!table) return refuse(`Matter devices have no ${command.capability}`);
  if (command.command === "set") return encodeSet(table, command.args);
  const codec =
    table.commands && Object.hasOwn(table.commands, command.command) ? table.commands[command.command] : undefined;
  const spec = capabilities[table.capability]?.commands[command.command];
  if (!codec || !spec) return refuse(`${command.capability} has no command ${command.command} in Matter`);
  for (const [name, type] of Object.entries(spec.args)) {
    const value = Object.hasOwn(command.args, name) ? command.args[name] : undefined;
    if (value === undefined && type.optional) continue;
    const why = misfit(type, value);
    if (why) return refuse(`${name} ${why}`);
  }
  const fields = codec.fields?.(command.args, siblings);
  const action = { kind: "invoke", cluster: table.cluster, command: codec.command } as const;
  return { ok: true, action: fields ? { ...action, fields } : action };
}

function encodeSet(table: ClusterTable, args: Command["args"]): EncodedCommand {
  const values: Record<string, unknown> = {};
  const spec = capabilities[table.capability]?.attributes ?? {};
  for (const [name, value] of Object.entries(args)) {
    const found = Object.entries(table.attributes).find(([matter, codec]) => (codec.as ?? matter) === name);
    const type = Object.hasOwn(spec, name) ? spec[name] : undefined;
    if (!found?.[1].encode || !type?.writable) return refuse(`${name} can't be set over Matter`);
    const why = misfit(type, value);
    if (why) return refuse(`${name} ${why}`);
    const wire = found[1].encode(value);
    if (wire === undefined) return refuse(`${name} can't be ${String(value)} over Matter`);
    values[found[0]] = wire;
  }
  if (Object.keys(values).length === 0) return refuse("set needs at least one attribute");
  return { ok: true, action: { kind: "write", cluster: table.cluster, values } };
}
