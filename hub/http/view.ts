/** Devices as people see them: words, units and ranges from the capability files, what only the maker has from the node itself. */
import { VENDOR } from "../model/capabilities/index.ts";
import type { ValueType } from "../model/capability.ts";
import { unknownKindWords } from "../model/device-type.ts";
import { deviceTypes } from "../model/device-types/index.ts";
import { deviceTypesOf, knownOf, type NodeState, nameOf, presenceOf } from "../model/home.ts";
import type { CapabilityInstance, EndpointDescription } from "../model/node.ts";
import { pathKey } from "../model/path.ts";
import { units } from "../model/units.ts";
import {
  argOf,
  attributeSpec,
  capabilityOf,
  commandSpec,
  own,
  takesOption,
  typeOf,
  writableOf,
} from "./attribute-type.ts";
import type { ArgView, AttributeView, CommandView, DeviceTypeView, EndpointView, NodeView } from "./schemas.ts";

/** One node for the dashboard; `now` in epoch ms decides what is stale. */
export function nodeView(node: NodeState, now: number): NodeView {
  const { description, settings } = node;
  const { id, vendor, model, serial, firmware, adapter, dialect } = description;
  return {
    id,
    name: nameOf(node),
    ...defined({ vendor, model, serial, firmware }),
    adapter,
    dialect,
    ...defined({ room: settings.room }),
    labels: [...(settings.labels ?? [])],
    noPlans: settings.noPlans === true,
    ...(settings.switchedThere ? { switchedThere: true } : {}),
    told: { ...settings.told },
    reachable: node.reachable,
    presence: presenceOf(node, now),
    ...defined({ heardAt: node.heardAt || undefined }),
    roles: { ...settings.roles },
    meters: { ...settings.meters },
    endpoints: description.endpoints.map((endpoint) => endpointView(node, endpoint, now)),
  };
}

function endpointView(node: NodeState, endpoint: EndpointDescription, now: number): EndpointView {
  const instances = Object.entries(endpoint.capabilities);
  return {
    number: endpoint.number,
    ...defined({ label: endpoint.label }),
    deviceTypes: deviceTypesOf(node, endpoint).map(deviceTypeView),
    attributes: instances.flatMap(([capability, instance]) =>
      Object.keys(instance.attributes).map((attribute) =>
        attributeView(node, endpoint.number, capability, attribute, instance, now),
      ),
    ),
    commands: instances.flatMap(([capability, instance]) => commandViews(capability, instance, node)),
  };
}

/** A kind of endpoint in words; one that nobody knows stays its name. */
export function deviceTypeView(name: string): DeviceTypeView {
  const known = own(deviceTypes, name);
  return { name, label: known?.label ?? unknownKindWords(name) ?? name, icon: known?.icon ?? "device" };
}

function attributeView(
  node: NodeState,
  endpoint: number,
  capability: string,
  attribute: string,
  instance: CapabilityInstance,
  now: number,
): AttributeView {
  const key = pathKey({ node: node.description.id, endpoint, capability, attribute });
  const spec = attributeSpec(capability, attribute);
  const here = own(instance.attributes, attribute);
  return {
    key,
    capability,
    attribute,
    label: spec?.label ?? readable(here?.label ?? attribute),
    capabilityLabel: capabilityOf(capability)?.label ?? (capability === VENDOR ? "From the maker" : capability),
    ...typeView(typeOf(capability, attribute, instance) ?? { type: "string" }),
    kind: spec?.kind ?? "state",
    writable: writableOf(capability, attribute, instance),
    source: here?.source ?? "",
    known: knownOf(node, key, now),
  };
}

/** A maker's field name as words, `wifi_rssi` as `Wifi rssi`; what already is words stays. The source tells the field itself. */
function readable(label: string): string {
  if (/\s/.test(label)) return label;
  const words = label
    .replace(/[._/-]+/g, " ")
    .replace(/([a-z])([A-Z])/g, "$1 $2")
    .trim();
  return words === "" ? label : words.charAt(0).toUpperCase() + words.slice(1);
}

function commandViews(capability: string, instance: CapabilityInstance, { description }: NodeState): CommandView[] {
  return Object.keys(instance.commands).flatMap((command) => {
    const spec = commandSpec(capability, command);
    // `set` shows as writable attributes; a name that no capability knows could not be checked, so it is not offered.
    if (!spec || command === "set") return [];
    const taken = Object.entries(spec.args).filter(
      ([name, arg]) => !arg.optional || takesOption(description.adapter, name),
    );
    const args = taken.map(
      ([name, arg]): ArgView => ({
        name,
        label: arg.label,
        ...typeView(argOf(instance, command, name, arg)),
        optional: arg.optional === true,
      }),
    );
    return [{ capability, command, label: spec.label, args }];
  });
}

type Shape = Pick<AttributeView, "type" | "unit" | "unitText" | "min" | "max" | "step" | "values" | "words">;

function typeView(type: ValueType): Shape {
  switch (type.type) {
    case "number": {
      const { unit, min, max, step } = type;
      return { type: "number", unit, unitText: own(units, unit) ?? unit, min, max, ...defined({ step }) };
    }
    case "boolean":
      return { type: "boolean", ...defined({ words: type.words }) };
    case "enum":
      return { type: "enum", values: type.values };
    case "string":
      return { type: "string" };
  }
}

/** Leaves out the keys whose value is undefined. */
function defined<T extends object>(fields: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>;
  };
}
