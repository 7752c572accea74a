import type { CapabilityInstance, CommandInstance } from "../../hub/model/node.ts";
import type { MatterEndpointFacts } from "./facts.ts";
import { below } from "./tree.ts";

/** Oven, Cook Surface, Cooktop and Microwave Oven (Device Library 13): what burns a house down when nobody looks. */
const HOT: ReadonlySet<number> = new Set([0x007b, 0x0077, 0x0078, 0x0079]);
/** A cabinet is an oven's and not a refrigerator's when it has one of these. */
const HOT_CLUSTERS = ["OvenCavityOperationalState", "OvenMode", "MicrowaveOvenControl"];

/** All that may be asked of what cooks: to stop. */
const STOPS: ReadonlySet<string> = new Set([
  "onOff.off",
  "operationalState.pause",
  "operationalState.stop",
  "ovenCavityOperationalState.stop",
]);

/** The endpoints that cook: by their own kind or clusters, and all that belongs to one that does. */
export function hotEndpoints(endpoints: readonly MatterEndpointFacts[]): ReadonlySet<number> {
  const hot = new Set<number>();
  for (const endpoint of endpoints) {
    const { number, deviceTypes, clusters } = endpoint;
    const own = deviceTypes.some((type) => HOT.has(type)) || HOT_CLUSTERS.some((name) => clusters[name] !== undefined);
    if (number === 0 || !own) continue;
    hot.add(number);
    for (const part of below(endpoint, endpoints)) hot.add(part);
  }
  return hot;
}

/** The same capability of something that cooks: it tells everything, and can be told to stop but never to heat. */
export function onlyStops(capability: string, { attributes, commands }: CapabilityInstance): CapabilityInstance {
  const offered = Object.entries(commands).filter(([name]) => STOPS.has(`${capability}.${name}`));
  const read = Object.entries(attributes).map(([name, { writable: _, ...rest }]) => [
    name,
    { ...rest, writable: false },
  ]);
  return {
    attributes: Object.fromEntries(read),
    commands: Object.fromEntries(offered) as Record<string, CommandInstance>,
  };
}
