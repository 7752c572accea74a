import type { EndpointDescription, NodeDescription } from "../../../hub/model/node.ts";
import { battery } from "./clusters/power.ts";
import type { Recipe, Tag, Use } from "./recipe.ts";
import { recipes, whyNot } from "./recipes.ts";
import { has, type Source } from "./table.ts";

/** One Matter endpoint to be. `key` stays the same for the same part of the device over changes of its kind. */
export interface EndpointPlan {
  readonly key: string;
  /** Names of the standard's device types, the one that people see first. */
  readonly types: readonly string[];
  readonly uses: readonly Use[];
  readonly label?: string;
  /** What its device type wants said, and what tells it from siblings of the same kind (Base device type; namespace 7 counts). */
  readonly tags?: readonly Tag[];
  readonly children: readonly EndpointPlan[];
}

/** Something of the device that no ecosystem will see, and why. */
export interface LeftOut {
  readonly endpoint: number;
  readonly what: string;
  readonly why: string;
}

export interface NodePlan {
  /** The bridged node itself; undefined when nothing of the device can go out. */
  readonly top: EndpointPlan | undefined;
  readonly leftOut: readonly LeftOut[];
}

/** More parts of one device are left out: a controller reads each of them. */
const MAX_PARTS = 40;

export const TOP = "top";

interface Part {
  readonly plan: EndpointPlan;
  readonly endpoint: number;
}

/**
 * Which Matter endpoints a device becomes. One part: the bridged node is that part. Several: the bridged node holds them
 * (Matter core 9.12, composed bridged devices). `kinds` gives an endpoint's device types, a person's role first.
 */
export function planOf(
  { endpoints }: Pick<NodeDescription, "endpoints">,
  kinds: (endpoint: EndpointDescription) => readonly string[],
): NodePlan {
  const leftOut: LeftOut[] = [];
  const sources = endpoints.map((e): Source & { readonly description: EndpointDescription } => ({
    endpoint: e.number,
    kinds: kinds(e),
    capabilities: e.capabilities,
    description: e,
  }));
  const cell = sources.find((s) => has(s, "powerSource") && !s.kinds.includes("batteryStorage"));
  const all = sources.flatMap((source) => partsOf(source, cell, leftOut));
  const parts = all.slice(0, MAX_PARTS);
  for (const { endpoint, plan } of all.slice(MAX_PARTS))
    leftOut.push({ endpoint, what: plan.types[0] ?? "", why: `a device has at most ${MAX_PARTS} parts` });
  const nested = nest(parts, sources);
  if (nested.length === 0) return { top: undefined, leftOut };
  // Nearly every device has some of its maker's own values; that they stay is worth saying only where nothing goes out.
  return { top: together(nested, cell), leftOut: leftOut.filter(({ what }) => what !== "vendor") };
}

function together(parts: readonly EndpointPlan[], cell: Source | undefined): EndpointPlan {
  const [only] = parts;
  const powered: Use[] = cell ? [{ cluster: battery, source: cell, type: "PowerSource" }] : [];
  const extra = (plan?: EndpointPlan) =>
    powered.filter(() => !plan?.uses.some(({ cluster }) => cluster.cluster === "PowerSource"));
  const types = (own: readonly string[], withPower: boolean) => [
    ...own,
    "BridgedNode",
    ...(withPower ? ["PowerSource"] : []),
  ];
  if (only && parts.length === 1) {
    const more = extra(only);
    return { ...only, key: TOP, types: types(only.types, more.length > 0), uses: [...only.uses, ...more] };
  }
  return { key: TOP, types: types([], powered.length > 0), uses: powered, children: counted(parts) };
}

const COMMON_NUMBER = 7;
const ELECTRICAL = 0x0a;

/** Siblings of one device type are told apart by number; phases of a meter by their own names (tags 2 to 4: phase 1 to 3). */
function counted(parts: readonly EndpointPlan[], namespaceId = COMMON_NUMBER): EndpointPlan[] {
  const seen = new Map<string, number>();
  const alike = (plan: EndpointPlan) => parts.filter((p) => p.types[0] === plan.types[0]).length > 1;
  return parts.map((plan) => {
    if (!alike(plan)) return plan;
    const kind = plan.types[0] ?? "";
    const count = (seen.get(kind) ?? 0) + 1;
    seen.set(kind, count);
    const tag = { namespaceId, tag: namespaceId === ELECTRICAL ? Math.min(count, 3) + 1 : count };
    return { ...plan, tags: [...(plan.tags ?? []), tag] };
  });
}

/** A phase or a string is under the meter or inverter that it is a part of. */
function nest(
  parts: readonly Part[],
  sources: readonly { readonly description: EndpointDescription }[],
): EndpointPlan[] {
  const wholeOf = new Map(sources.map(({ description: d }) => [d.number, d.partOf]));
  const isUnder = (part: Part): boolean => {
    const whole = wholeOf.get(part.endpoint);
    return whole !== undefined && whole !== part.endpoint && parts.some((p) => p.endpoint === whole);
  };
  return parts
    .filter((part) => !isUnder(part))
    .map(({ plan, endpoint }, at, tops) => {
      const isFirst = tops.findIndex((t) => t.endpoint === endpoint) === at;
      const under = isFirst ? parts.filter((p) => isUnder(p) && wholeOf.get(p.endpoint) === endpoint) : [];
      if (under.length === 0) return plan;
      const phases = plan.types.includes("ElectricalSensor") && under.length <= 3 ? ELECTRICAL : COMMON_NUMBER;
      return {
        ...plan,
        children: [
          ...plan.children,
          ...counted(
            under.map((p) => p.plan),
            phases,
          ),
        ],
      };
    });
}

function partsOf(
  source: Source & { readonly description: EndpointDescription },
  cell: Source | undefined,
  leftOut: LeftOut[],
) {
  const parts: Part[] = [];
  const below: EndpointPlan[] = [];
  const left = new Set(Object.keys(source.capabilities));
  for (const recipe of recipes) {
    if (!recipe.takes.some((c) => left.has(c)) || !recipe.fits(source, left)) continue;
    const uses = recipe.uses(source, left, cell);
    for (const capability of recipe.takes) left.delete(capability);
    // The first main thing of an endpoint is the endpoint; a lamp beside a fan is named by what it takes.
    const isMain = recipe.main && !parts.some(({ plan }) => plan.key === String(source.endpoint));
    const key = isMain ? String(source.endpoint) : `${source.endpoint}.${recipe.takes[0]}`;
    for (const { cluster } of uses) for (const c of recipe.alsoTakes?.(cluster.cluster) ?? []) left.delete(c);
    const plan = planFor(recipe, key, uses, source);
    if (recipe.under) below.push(plan);
    else parts.push({ endpoint: source.endpoint, plan });
  }
  if (below.length > 0) {
    const main = parts.findIndex(({ plan }) => plan.key === String(source.endpoint));
    const [held] = parts.splice(main, main < 0 ? 0 : 1);
    const plans = held ? [{ ...held.plan, children: [...held.plan.children, ...below] }] : below;
    parts.unshift(...plans.map((plan) => ({ endpoint: source.endpoint, plan })));
  }
  left.delete("powerSource");
  for (const capability of left)
    leftOut.push({ endpoint: source.endpoint, what: capability, why: whyNot(capability, source) });
  return parts;
}

function planFor(
  recipe: Recipe,
  key: string,
  uses: readonly Use[],
  source: Source & { readonly description: EndpointDescription },
): EndpointPlan {
  const { label } = source.description;
  const children = (recipe.parts?.(source) ?? []).map((part) => ({
    ...part,
    key: `${source.endpoint}.${recipe.type}.${part.key}`,
    children: [],
  }));
  return {
    key,
    types: [...new Set([recipe.type, ...utilities(recipe, uses)])],
    uses,
    children,
    ...(recipe.tags ? { tags: recipe.tags } : {}),
    ...(label ? { label } : {}),
  };
}

const utilities = (recipe: Recipe, uses: readonly Use[]): string[] => {
  const found = new Set(uses.map(({ cluster }) => cluster.cluster));
  return [
    ...(found.has("PowerSource") ? ["PowerSource"] : []),
    ...(found.has("PowerTopology") && recipe.type !== "ElectricalSensor" ? ["ElectricalSensor"] : []),
    ...(found.has("DeviceEnergyManagement") ? ["DeviceEnergyManagement"] : []),
  ];
};
