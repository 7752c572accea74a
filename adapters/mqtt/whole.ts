/** Which endpoints measure a part of what another measures. */
import type { EndpointDescription } from "../../hub/model/node.ts";

/** The endpoints of phases a, b and c in every dialect. */
const PHASES: readonly number[] = [91, 92, 93];

const isPhase = (number: number): boolean => PHASES.includes(number);

const measures = (e: EndpointDescription): boolean =>
  e.capabilities.electricalPowerMeasurement?.attributes.activePower !== undefined;

/** The endpoint with the one that it is a part of: as its dialect says, or the meter whose phase it is. */
export function withWhole(
  endpoint: EndpointDescription,
  all: readonly EndpointDescription[],
  said: ReadonlyMap<number, number>,
): EndpointDescription {
  const meter = isPhase(endpoint.number) ? all.find((e) => !isPhase(e.number) && measures(e))?.number : undefined;
  const partOf = said.get(endpoint.number) ?? meter;
  return partOf === undefined ? endpoint : { ...endpoint, partOf };
}
