import { misfit, type Value } from "../model/capability.ts";
import type { Command } from "../model/command.ts";
import type { Home } from "../model/home.ts";
import type { CapabilityInstance, NodeDescription } from "../model/node.ts";
import { argOf, commandSpec, own, takesOption, typeOf, writableOf } from "./attribute-type.ts";
import type { FieldError } from "./problem.ts";
import type { CommandRequest } from "./schemas.ts";

export type Checked =
  | { readonly ok: true; readonly command: Command }
  | { readonly ok: false; readonly unknownTarget: boolean; readonly errors: readonly FieldError[] };

/** Checks a command against the home: target, capability, command and every argument; each error names its field. */
export function checkCommand(home: Home, request: CommandRequest): Checked {
  const node = home.nodes.get(request.node);
  if (!node) return unknown("node", "is no device of this home");
  const endpoint = node.description.endpoints.find((e) => e.number === request.endpoint);
  if (!endpoint) {
    const numbers = node.description.endpoints.map((e) => e.number).join(", ");
    return unknown("endpoint", `is none of this device: it has ${numbers || "none"}`);
  }
  const instance = own(endpoint.capabilities, request.capability);
  if (!instance) {
    const names = Object.keys(endpoint.capabilities).join(", ");
    return wrong([{ field: "capability", message: `is none of this endpoint: it has ${names || "none"}` }]);
  }
  const args = request.args ?? {};
  const errors =
    request.command === "set"
      ? checkSet(request.capability, instance, args)
      : checkArgs(request.capability, instance, request.command, args, node.description.adapter);
  if (errors.length > 0) return wrong(errors);
  const { capability, command } = request;
  return {
    ok: true,
    command: { target: { node: request.node, endpoint: request.endpoint }, capability, command, args },
  };
}

type Args = Readonly<Record<string, Value>>;

function checkSet(capability: string, instance: CapabilityInstance, args: Args): FieldError[] {
  const names = Object.keys(args);
  const writable = Object.keys(instance.attributes).filter((a) => writableOf(capability, a, instance));
  if (names.length === 0)
    return [{ field: "args", message: `must name what to set: ${writable.join(", ") || "nothing here can be set"}` }];
  return names.flatMap((name): FieldError[] => {
    const type = typeOf(capability, name, instance);
    if (!writable.includes(name) || !type)
      return [{ field: `args.${name}`, message: `can't be set; what can: ${writable.join(", ") || "nothing here"}` }];
    const message = misfit(type, args[name]);
    return message === undefined ? [] : [{ field: `args.${name}`, message }];
  });
}

function checkArgs(
  capability: string,
  instance: CapabilityInstance,
  command: string,
  args: Args,
  adapter: NodeDescription["adapter"],
): FieldError[] {
  const spec = commandSpec(capability, command);
  if (!spec || !own(instance.commands, command)) {
    const names = Object.keys(instance.commands).join(", ");
    return [{ field: "command", message: `is none of ${capability} here: it has ${names || "none"}` }];
  }
  const unknownArgs = Object.keys(args)
    .filter((name) => !own(spec.args, name))
    .map((name) => ({ field: `args.${name}`, message: `is not known to ${command}` }));
  const misfits = Object.entries(spec.args).flatMap(([name, type]): FieldError[] => {
    const given = own(args, name);
    if (given !== undefined && type.optional && !takesOption(adapter, name))
      return [{ field: `args.${name}`, message: "has no way to this device: leave it out" }];
    if (given === undefined) return type.optional ? [] : [{ field: `args.${name}`, message: "is missing" }];
    const message = misfit(argOf(instance, command, name, type), given);
    return message === undefined ? [] : [{ field: `args.${name}`, message }];
  });
  return [...unknownArgs, ...misfits];
}

const unknown = (field: string, message: string): Checked => ({
  ok: false,
  unknownTarget: true,
  errors: [{ field, message }],
});

const wrong = (errors: readonly FieldError[]): Checked => ({ ok: false, unknownTarget: false, errors });
