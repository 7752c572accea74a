/** How an attribute of a device is set: by writing it, or by the command that wants it so. */
import { capabilities, VENDOR } from "../../../hub/model/capabilities/index.ts";
import { misfit, type Value, type ValueType } from "../../../hub/model/capability.ts";
import type { Command } from "../../../hub/model/command.ts";
import type { CapabilityInstance, EndpointDescription, NodeDescription } from "../../../hub/model/node.ts";

/** An attribute as others are told of it. */
export interface Announced {
  readonly endpoint: EndpointDescription;
  readonly capability: string;
  readonly attribute: string;
  readonly type: ValueType;
  readonly label: string;
  readonly kind: "measurement" | "counter" | "state";
  /** The command that gives it this value; undefined where none does. */
  readonly set?: (value: Value) => Command | undefined;
}

type Ask = (command: string, args: Record<string, Value>) => Command;

/** A value that no command wants by itself: it shows which attribute an argument becomes. */
const MARK = 0.123456789;

/** Commands of a capability that bring an attribute to a value, found out by what they want. */
function byCommand(name: string, instance: CapabilityInstance, attribute: string, ask: Ask): Announced["set"] {
  const fixed = new Map<Value, Command>();
  let free: ((value: Value) => Command) | undefined;
  for (const [command, spec] of Object.entries(capabilities[name]?.commands ?? {})) {
    if (!Object.hasOwn(instance.commands, command)) continue;
    const needed = Object.keys(spec.args).filter((arg) => !spec.args[arg]?.optional);
    const [only] = needed;
    const wants = spec.wants(only === undefined ? {} : { [only]: MARK }, () => undefined);
    if (Object.keys(wants).length !== 1 || !Object.hasOwn(wants, attribute) || needed.length > 1) continue;
    const wanted = wants[attribute];
    if (only !== undefined && wanted === MARK) free = (value) => ask(command, { [only]: value });
    else if (only === undefined && wanted !== undefined) fixed.set(wanted, ask(command, {}));
  }
  if (free) return free;
  return fixed.size > 0 ? (value) => fixed.get(value) : undefined;
}

function setter(
  node: NodeDescription,
  endpoint: EndpointDescription,
  name: string,
  attribute: string,
): Announced["set"] {
  const instance = endpoint.capabilities[name];
  if (!instance) return undefined;
  const target = { node: node.id, endpoint: endpoint.number };
  const ask: Ask = (command, args) => ({ target, capability: name, command, args });
  if (instance.attributes[attribute]?.writable && Object.hasOwn(instance.commands, "set"))
    return (value) => ask("set", { [attribute]: value });
  return name === VENDOR ? undefined : byCommand(name, instance, attribute, ask);
}

/** Everything of a device that others may read and set. */
export function announcedOf(node: NodeDescription): readonly Announced[] {
  return node.endpoints.flatMap((endpoint) =>
    Object.entries(endpoint.capabilities).flatMap(([capability, instance]) =>
      Object.entries(instance.attributes).flatMap(([attribute, own]): readonly Announced[] => {
        const spec = capability === VENDOR ? undefined : capabilities[capability]?.attributes[attribute];
        const type = own.type ?? spec;
        if (!type) return [];
        const set = setter(node, endpoint, capability, attribute);
        const label = own.label ?? spec?.label ?? attribute;
        const kind = spec?.kind ?? "state";
        return [{ endpoint, capability, attribute, type, label, kind, ...(set ? { set } : {}) }];
      }),
    ),
  );
}

/** A body as a value of a type; undefined for what does not fit. */
export function readAs(type: ValueType, payload: string): Value | undefined {
  const text = payload.trim();
  const value: Value | undefined =
    type.type === "number"
      ? text === ""
        ? undefined
        : Number(text)
      : type.type === "boolean"
        ? booleanOf(text)
        : text;
  return value === undefined || misfit(type, value) ? undefined : value;
}

const booleanOf = (text: string): boolean | undefined =>
  /^(true|on|1)$/i.test(text) ? true : /^(false|off|0)$/i.test(text) ? false : undefined;
