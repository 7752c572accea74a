import { DeviceTypeId, Endpoint, type EndpointNumber, MutableEndpoint, SupportedBehaviors } from "@matter/main";
import { BridgedDeviceBasicInformationServer } from "@matter/main/behaviors/bridged-device-basic-information";
import { DescriptorServer } from "@matter/main/behaviors/descriptor";
import { Matter } from "@matter/main/model";
import { type EndpointPlan, TOP } from "../plan.ts";
import type { Use } from "../recipe.ts";
import { serverFor } from "./server-for.ts";

export interface Built {
  readonly plan: EndpointPlan;
  readonly endpoint: Endpoint;
  readonly number: number;
  readonly children: readonly Built[];
}

const typeOf = (name: string) => {
  const model = Matter.deviceTypes(name);
  if (model?.id === undefined) throw new Error(`the standard has no device type ${name}`);
  return { deviceType: DeviceTypeId(model.id), revision: model.revision };
};

/** The id of the behavior in matter.js's state: the cluster's name with a small first letter. */
export const behaviorId = (use: Use): string => {
  const name = use.cluster.cluster;
  return name.charAt(0).toLowerCase() + name.slice(1);
};

/** Builds the endpoints of a plan; nothing is added to the bridge yet. `information` is of the bridged node itself. */
export function build(
  plan: EndpointPlan,
  id: string,
  numberOf: (key: string) => number,
  information?: Readonly<Record<string, unknown>>,
): Built {
  const number = numberOf(plan.key);
  const children = plan.children.map((child) => build(child, `part-${child.key.replace(/\W/g, "-")}`, numberOf));
  const own = numbersOf({ number, children });
  const types = plan.types.map(typeOf);
  const [first] = types;
  if (!first) throw new Error("an endpoint needs a device type");
  const descriptor = plan.tags ? DescriptorServer.with("TagList") : DescriptorServer;
  const servers = plan.uses.map(serverFor);
  const type = MutableEndpoint({
    name: plan.types[0] ?? TOP,
    deviceType: first.deviceType,
    deviceRevision: first.revision,
    behaviors: SupportedBehaviors(
      descriptor,
      ...servers,
      ...(plan.key === TOP ? [BridgedDeviceBasicInformationServer] : []),
    ),
  });
  const state = Object.fromEntries(plan.uses.map((use) => [behaviorId(use), initial(use, own)]));
  const endpoint = new Endpoint(type, {
    id,
    number,
    ...state,
    descriptor: {
      deviceTypeList: types,
      ...(plan.tags
        ? { tagList: plan.tags.map((tag) => ({ mfgCode: null, ...tag, label: plan.label?.slice(0, 64) ?? null })) }
        : {}),
    },
    ...(information ? { bridgedDeviceBasicInformation: information } : {}),
    parts: children.map((child) => child.endpoint),
  } as Endpoint.Options<typeof type>);
  return { plan, endpoint, number, children };
}

function initial({ cluster, source, type }: Use, own: readonly number[]): Record<string, unknown> {
  const unknown = Object.assign(() => undefined, { changed: () => 0 });
  const fixed = { ...cluster.fixed?.(source, type) };
  if (cluster.cluster === "PowerSource") fixed.endpointList = own;
  return { ...fixed, ...cluster.blank?.(source, type), ...cluster.state?.(unknown, source) };
}

const numbersOf = ({ number, children }: Pick<Built, "number" | "children">): EndpointNumber[] => [
  number as EndpointNumber,
  ...children.flatMap(numbersOf),
];

/** The endpoint and all below it. */
export const allOf = (built: Built): readonly Built[] => [built, ...built.children.flatMap(allOf)];
