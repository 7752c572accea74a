import { wireNumber } from "./clusters/codecs.ts";
import { bit, list } from "./clusters/structs.ts";
import type { MatterEndpointFacts } from "./facts.ts";
import { below } from "./tree.ts";

/** What measures power or energy. */
const METERS = ["ElectricalPowerMeasurement", "ElectricalEnergyMeasurement"];

const measures = ({ clusters }: MatterEndpointFacts): boolean => METERS.some((name) => clusters[name] !== undefined);

/**
 * The endpoint whose meter each metering endpoint is a part of, by Power Topology (2.14): a meter of the whole node
 * holds all others, one of a tree what is below it, one of a set what it names. With several, the smallest that holds it.
 * Endpoint numbers to endpoint numbers; never in a circle.
 */
export function partsOfMeters(endpoints: readonly MatterEndpointFacts[]): ReadonlyMap<number, number> {
  const meters = endpoints.filter((endpoint) => endpoint.number !== 0 && measures(endpoint));
  const held = new Map<number, ReadonlySet<number>>();
  for (const meter of meters) {
    const topology = meter.clusters.PowerTopology;
    if (!topology) continue;
    const has = (name: string, place: number) => bit(topology.featureMap, name, place) === true;
    const others = meters.map(({ number }) => number).filter((number) => number !== meter.number);
    const set = new Set(
      list(topology.activeEndpoints ?? topology.availableEndpoints).flatMap((one) => wireNumber(one) ?? []),
    );
    const covered = has("nodeTopology", 0)
      ? new Set(others)
      : has("treeTopology", 1)
        ? below(meter, endpoints)
        : has("setTopology", 2)
          ? set
          : new Set<number>();
    held.set(meter.number, new Set(others.filter((number) => covered.has(number))));
  }
  const parts = new Map<number, number>();
  for (const { number } of meters) {
    const size = (meter: number) => held.get(meter)?.size ?? 0;
    const holders = [...held.keys()].filter((meter) => held.get(meter)?.has(number));
    // Two meters that name each other are beside each other.
    const real = holders.filter((meter) => !held.get(number)?.has(meter));
    const [smallest] = real.sort((a, b) => size(a) - size(b) || a - b);
    if (smallest !== undefined) parts.set(number, smallest);
  }
  return parts;
}
