import { capabilities } from "../../../hub/model/capabilities/index.ts";
import { misfit } from "../../../hub/model/capability.ts";
import type { Command } from "../../../hub/model/command.ts";
import { tableFor } from "./index.ts";
import type { ClusterTable, Siblings } from "./table.ts";

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
const alone: Siblings = () => undefined;

/**
 * Turns one of our commands into the Matter command or write that carries it out. Pure; never throws.
 * `siblings` gives the attributes of the cluster that the endpoint has for the capability.
 */
export function encodeCommand(
  command: Pick<Command, "capability" | "command" | "args">,
  siblings: Siblings = alone,
): EncodedCommand {
  const table = tableFor(command.capability);
  if (!table) return refuse(`Matter devices have no ${command.capability}`);
  if (command.command === "set") return encodeSet(table, command.args, siblings);
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
  if (typeof fields === "string") return refuse(fields);
  const action = { kind: "invoke", cluster: table.cluster, command: codec.command } as const;
  return { ok: true, action: fields ? { ...action, fields } : action };
}

function encodeSet(table: ClusterTable, args: Command["args"], siblings: Siblings): EncodedCommand {
  const values: Record<string, unknown> = {};
  const spec = capabilities[table.capability]?.attributes ?? {};
  for (const [name, value] of Object.entries(args)) {
    const found = Object.entries(table.attributes).find(([matter, codec]) => (codec.as ?? matter) === name);
    const type = Object.hasOwn(spec, name) ? spec[name] : undefined;
    if (!found?.[1].encode || !type?.writable) return refuse(`${name} can't be set over Matter`);
    const why = misfit(type, value);
    if (why) return refuse(`${name} ${why}`);
    const wire = found[1].encode(value, siblings);
    if (wire === undefined) return refuse(`${name} can't be ${String(value)} over Matter`);
    values[found[0]] = wire;
  }
  if (Object.keys(values).length === 0) return refuse("set needs at least one attribute");
  return { ok: true, action: { kind: "write", cluster: table.cluster, values } };
}
