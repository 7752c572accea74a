import type { Endpoint } from "@matter/main";
import { type DeviceTypeModel, Matter, type RequirementModel } from "@matter/main/model";

const lower = (name: string): string => name.charAt(0).toLowerCase() + name.slice(1);
const features = (endpoint: Endpoint, cluster: string): Record<string, boolean> => {
  const state: Record<string, unknown> = { ...endpoint.maybeStateOf(lower(cluster)) };
  return (state.featureMap ?? {}) as Record<string, boolean>;
};

/** Features stand by their words in matter.js and shouted in the device types. */
const shouted = (name: string): string => name.toUpperCase().replace(/[^A-Z0-9]/g, "");

const typesOf = (endpoint: Endpoint): DeviceTypeModel[] => {
  const { deviceTypeList }: Record<string, unknown> = { ...endpoint.maybeStateOf("descriptor") };
  return ((deviceTypeList ?? []) as { deviceType: number }[]).flatMap(({ deviceType }) => {
    const model = [...Matter.deviceTypes].find(({ id }) => id === deviceType);
    return model ? [model] : [];
  });
};

const isMandatory = (requirement: RequirementModel): boolean => /(^|, )M$/.test(String(requirement.conformance));
const isForbidden = (requirement: RequirementModel): boolean => String(requirement.conformance) === "X";

function clusterGaps(endpoint: Endpoint, type: { readonly name: string }, requirement: RequirementModel): string[] {
  const at = `${type.name}: ${requirement.name}`;
  const has = endpoint.behaviors.supported[lower(requirement.name)] !== undefined;
  if (isForbidden(requirement)) return has ? [`${at} may not be there`] : [];
  if (!has) return isMandatory(requirement) ? [`${at} is missing`] : [];
  const state: Record<string, unknown> = { ...endpoint.maybeStateOf(lower(requirement.name)) };
  const gaps: string[] = [];
  for (const part of requirement.requirements) {
    if (!isMandatory(part) && !isForbidden(part)) continue;
    const wanted = isMandatory(part);
    if (part.element === "feature") {
      const own = Object.entries(features(endpoint, requirement.name)).find(([name]) => shouted(name) === part.name);
      if ((own?.[1] ?? false) !== wanted) gaps.push(`${at} feature ${part.name} must ${wanted ? "" : "not "}be there`);
    } else if (part.element === "attribute" && wanted && state[lower(part.name)] === undefined)
      gaps.push(`${at}.${part.name} is missing`);
    else if (part.element === "command" && wanted) {
      const command = Matter.clusters(requirement.name)?.commands.find((c) => c.name === part.name);
      const accepted = (state.acceptedCommandList ?? []) as number[];
      if (command && !accepted.includes(command.id)) gaps.push(`${at}.${part.name} is not accepted`);
    }
  }
  return gaps;
}

/** Parts that a device type is made of, at least one each: on the endpoint itself or below it (device library 1.1.4). */
function compositionGaps(endpoint: Endpoint, type: DeviceTypeModel): string[] {
  const family = [endpoint, ...endpoint.parts];
  return type.requirements.flatMap((requirement) => {
    if (requirement.element !== "deviceType" || !isMandatory(requirement)) return [];
    const found = family.filter((e) => typesOf(e).some((t) => t.name === requirement.name));
    if (found.length === 0) return [`${type.name}: the device type ${requirement.name} is missing`];
    const wanted = requirement.requirements.filter((r) => r.element === "serverCluster" && r.name !== "UserLabel");
    const gaps = found.map((e) => wanted.flatMap((r) => clusterGaps(e, requirement, r)));
    return gaps.some((g) => g.length === 0) ? [] : (gaps[0] ?? []).map((gap) => `${type.name}, ${gap}`);
  });
}

/**
 * Holds an endpoint against what the standard's device types want, by the model that matter.js carries: server clusters,
 * features, commands and attributes that are mandatory or forbidden, and the device types that must be beside it.
 * Conditions (such as a time source) are no part of it.
 */
export function gapsOf(endpoint: Endpoint): string[] {
  const types = typesOf(endpoint);
  if (types.length === 0) return ["it has no device type that the standard knows"];
  return types.flatMap((type) => [
    ...type.requirements.filter((r) => r.element === "serverCluster").flatMap((r) => clusterGaps(endpoint, type, r)),
    ...compositionGaps(endpoint, type),
  ]);
}

/** Siblings of the same kind must be told apart by tags (Base device type, feature TagList, condition Duplicate). */
export function duplicateGaps(endpoint: Endpoint): string[] {
  const byType = new Map<string, Endpoint[]>();
  for (const part of endpoint.parts) {
    const [first] = typesOf(part);
    if (first) byType.set(first.name, [...(byType.get(first.name) ?? []), part]);
  }
  return [...byType].flatMap(([type, parts]) => {
    const tags = parts.map((part) => JSON.stringify(part.maybeStateOf("descriptor")?.tagList ?? null));
    return parts.length > 1 && (new Set(tags).size < parts.length || tags.includes("null"))
      ? [`${parts.length} times ${type} without tags that tell them apart`]
      : [];
  });
}
