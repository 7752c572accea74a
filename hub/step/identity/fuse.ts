/** One description of a device out of those of its roads. Endpoint numbers stay for good, since rules and history name them. */
import { VENDOR } from "../../model/capabilities/index.ts";
import type { CapabilityInstance, EndpointDescription, NodeDescription } from "../../model/node.ts";
import { type Group, type Road, slotOf } from "./state.ts";

/** Endpoints that only another road has are numbered from here: no device has so many. */
const FIRST_ADDED = 20_001;
/** Endpoint and capability pairs of one road; what is beyond is left out. */
const MAX_SLOTS = 4096;

/** What a capability of which there is one for the whole makes a part of it on another endpoint. */
const summed = new Set(["electricalPowerMeasurement", "electricalEnergyMeasurement"]);

/** The roads that can be told of now: those that were removed are left out, unless all were. */
export function openRoads({ roads }: Group): readonly Road[] {
  const open = roads.filter((r) => !r.gone);
  return open.length > 0 ? open : roads;
}

/**
 * Gives every capability of a road its place in the merged device: that of the same capability on the leading road, in the
 * order of endpoints; else beside the road's other capabilities; else an endpoint of its own. Given places stay.
 */
export function place(group: Group, road: Road): void {
  const lead = group.roads[0];
  const caps = road.description.endpoints.flatMap((e) => Object.keys(e.capabilities).map((c) => [e, c] as const));
  const shared = caps.filter(([, c]) => c !== VENDOR);
  const others = group.roads.filter((r) => r !== road);
  for (const [endpoint, capability] of [...shared, ...caps.filter(([, c]) => c === VENDOR)]) {
    const slot = slotOf(endpoint.number, capability);
    if (road.at.has(slot) || road.at.size >= MAX_SLOTS) continue;
    if (road === lead) road.at.set(slot, endpoint.number);
    else
      road.at.set(slot, alike(others, road, endpoint, capability) ?? beside(group, others, road, endpoint, capability));
  }
}

/** Endpoints of the merged device with a capability, wholes before their parts. */
function endpointsWith(roads: readonly Road[], capability: string): readonly number[] {
  const found = new Map<number, boolean>();
  for (const { description, at } of roads)
    for (const e of description.endpoints) {
      const number = Object.hasOwn(e.capabilities, capability) ? at.get(slotOf(e.number, capability)) : undefined;
      if (number !== undefined) found.set(number, (found.get(number) ?? false) || e.partOf === undefined);
    }
  return [...found].sort(([a, wholeA], [b, wholeB]) => Number(wholeB) - Number(wholeA) || a - b).map(([n]) => n);
}

/** The endpoint on the other roads that this one's capability is: the first with the first, the second with the second. */
function alike(
  others: readonly Road[],
  road: Road,
  endpoint: EndpointDescription,
  capability: string,
): number | undefined {
  if (capability === VENDOR) return undefined;
  const mine = road.description.endpoints
    .filter((e) => Object.hasOwn(e.capabilities, capability))
    .sort((a, b) => Number(a.partOf !== undefined) - Number(b.partOf !== undefined) || a.number - b.number);
  const taken = new Set(mine.flatMap((e) => road.at.get(slotOf(e.number, capability)) ?? []));
  const free = endpointsWith(others, capability).filter((n) => !taken.has(n));
  const unplaced = mine.filter((e) => !road.at.has(slotOf(e.number, capability)));
  return free[unplaced.indexOf(endpoint)];
}

function beside(
  group: Group,
  others: readonly Road[],
  road: Road,
  endpoint: EndpointDescription,
  capability: string,
): number {
  const own = Object.keys(endpoint.capabilities).flatMap((c) => road.at.get(slotOf(endpoint.number, c)) ?? []);
  const has = new Set(endpointsWith(others, capability));
  const near = own.find((n) => capability === VENDOR || !has.has(n));
  if (near !== undefined) return near;
  const known = new Set(others.flatMap((r) => [...r.at.values()]));
  const isOnly = road.description.endpoints.length === 1 && known.size === 1;
  const [only] = known;
  if (isOnly && only !== undefined && (capability === VENDOR || !has.has(only))) return only;
  const used = group.roads.flatMap((r) => [...r.at.values()]);
  return Math.max(FIRST_ADDED - 1, ...used) + 1;
}

/** The road's words for a slot of the merged device, and where they stand on that road. */
export function slotsOn(
  road: Road,
): { number: number; own: EndpointDescription; capability: string; instance: CapabilityInstance }[] {
  return road.description.endpoints.flatMap((own) =>
    Object.entries(own.capabilities).flatMap(([capability, instance]) => {
      const number = road.at.get(slotOf(own.number, capability));
      return number === undefined ? [] : [{ number, own, capability, instance }];
    }),
  );
}

/** The merged device. Facts and the maker's own values of the leading road count; the others fill what it lacks. */
export function fuse(group: Group): NodeDescription {
  const roads = openRoads(group);
  const endpoints = new Map<number, EndpointDescription>();
  for (const road of roads) for (const slot of slotsOn(road)) add(endpoints, road, slot);
  const [lead] = roads;
  if (!lead) throw new RangeError(`${group.device} has no road`);
  const rest = roads.filter((r) => r !== lead).map((r) => r.description);
  const {
    alsoBy: _,
    silentAfterS: __,
    ...facts
  } = Object.assign({}, ...[...rest].reverse(), lead.description) as NodeDescription;
  const also = [...new Set(roads.flatMap(({ description: d }) => [d.dialect, ...(d.alsoBy ?? [])]))];
  const { adapter, dialect, name } = lead.description;
  const silent = roads.map((r) => r.description.silentAfterS);
  const isTimed = silent.every((s) => s !== undefined);
  return {
    ...facts,
    ...{ id: group.device, name, adapter, dialect },
    alsoBy: also.filter((d) => d !== dialect),
    addresses: [...new Set(roads.flatMap((r) => r.description.addresses))],
    endpoints: [...endpoints.values()].map((e) => withWhole(e, endpoints)).sort((a, b) => a.number - b.number),
    ...(isTimed ? { silentAfterS: Math.max(...silent.map(Number)) } : {}),
  };
}

function add(into: Map<number, EndpointDescription>, road: Road, slot: ReturnType<typeof slotsOn>[number]): void {
  const { number, own, capability, instance } = slot;
  const before = into.get(number);
  const held = before?.capabilities[capability];
  const types = [...(before?.deviceTypes ?? []), ...(before && capability === VENDOR ? [] : own.deviceTypes)];
  const kinds = [...new Set(types.length > 1 ? types.filter((t) => t !== "bridgedNode") : types)];
  const label = before?.label ?? own.label;
  const whole = before?.partOf ?? (before === undefined ? wholeOf(road, own) : undefined);
  into.set(number, {
    number,
    deviceTypes: kinds,
    ...(label === undefined ? {} : { label }),
    ...(whole === undefined || whole === number ? {} : { partOf: whole }),
    capabilities: {
      ...before?.capabilities,
      [capability]: {
        attributes: { ...instance.attributes, ...held?.attributes },
        commands: { ...instance.commands, ...held?.commands },
      },
    },
  });
}

/** Where the endpoint that this one is a part of stands in the merged device. */
function wholeOf(road: Road, { partOf }: EndpointDescription): number | undefined {
  if (partOf === undefined) return undefined;
  return [...road.at].find(([slot]) => slot.startsWith(`${partOf}/`))?.[1];
}

/** What only another road counts, beside what is counted already, is a part of that: nothing is counted twice. */
function withWhole(e: EndpointDescription, all: ReadonlyMap<number, EndpointDescription>): EndpointDescription {
  if (e.number < FIRST_ADDED || e.partOf !== undefined || !Object.keys(e.capabilities).some((c) => summed.has(c)))
    return e;
  const whole = [...all.values()].find(
    (o) => o.number < FIRST_ADDED && o.partOf === undefined && Object.keys(o.capabilities).some((c) => summed.has(c)),
  );
  return whole ? { ...e, partOf: whole.number } : e;
}
