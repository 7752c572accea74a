import { randomInt } from "node:crypto";
import { Endpoint, Environment, LogDestination, Logger, LogLevel, ServerNode } from "@matter/main";
import { AggregatorEndpoint } from "@matter/main/endpoints/aggregator";
import { planOf } from "../../../adapters/matter/bridge/plan.ts";
import { BridgedDevice } from "../../../adapters/matter/bridge/process/device.ts";
import { allOf, build } from "../../../adapters/matter/bridge/process/endpoint.ts";
import type { Value } from "../../../hub/model/capability.ts";
import type { NodeDescription } from "../../../hub/model/node.ts";
import { duplicateGaps, gapsOf } from "./conformance.ts";
import { temporary } from "./support.ts";

/** A bridge that is never online: endpoints are made and checked by matter.js as on the air, many in a second. */
export interface Shelf {
  /** Shows the device with these values, takes it off again, and tells every gap. Empty: nothing of it can go out. */
  check(node: NodeDescription, values: Readonly<Record<string, Value>>): Promise<Checked>;
  close(): Promise<void>;
}

interface Checked {
  readonly types: readonly string[];
  readonly gaps: readonly string[];
  readonly reachable: boolean;
}

export async function openShelf(): Promise<Shelf> {
  Environment.default.vars.set("storage", { driver: "file", path: temporary() });
  const complaints: string[] = [];
  for (const name of Object.keys(Logger.destinations)) delete Logger.destinations[name];
  Logger.destinations.test = LogDestination({
    name: "test",
    level: LogLevel.WARN,
    add: (message) => void complaints.push(message.values.map(String).join(" ")),
  });
  const node = await ServerNode.create({ id: `shelf-${randomInt(1e9)}`, network: { port: 0 } });
  const aggregator = new Endpoint(AggregatorEndpoint, { id: "aggregator", number: 1 });
  await node.add(aggregator);
  let next = 2;
  return {
    async check(description, values) {
      complaints.length = 0;
      const device = {
        ...{ node: description.id, name: description.name, uniqueId: "unique", serial: "serial" },
        endpoints: description.endpoints,
        kinds: {},
      };
      const { top } = planOf(description, (e) => e.deviceTypes);
      if (!top) return { types: [], gaps: [], reachable: false };
      const information = { nodeLabel: "test", uniqueId: "unique", serialNumber: "serial", reachable: false };
      const built = build(top, `device-${next}`, () => next++, information);
      const shown = new BridgedDevice(
        device,
        built,
        () => Promise.reject(new Error("nobody asks")),
        (error) => {
          complaints.push(String(error));
        },
      );
      try {
        await aggregator.add(built.endpoint);
        shown.tell({ node: description.id, reachable: true, values });
        await shown.idle();
        const all = allOf(built);
        const gaps = all.flatMap(({ endpoint }) => [...gapsOf(endpoint), ...duplicateGaps(endpoint)]);
        const { reachable } = built.endpoint.stateOf("bridgedDeviceBasicInformation");
        return {
          types: all.flatMap(({ plan }) => plan.types),
          gaps: [...gaps, ...complaints],
          reachable: reachable === true,
        };
      } catch (error) {
        return { types: [...top.types], gaps: [deepest(error), ...complaints], reachable: false };
      } finally {
        await built.endpoint.close().catch(() => undefined);
      }
    },
    close: () => node.close(),
  };
}

function deepest(error: unknown): string {
  const inner: unknown =
    error instanceof AggregateError ? error.errors[0] : error instanceof Error ? error.cause : undefined;
  return inner === undefined ? (error instanceof Error ? error.message : String(error)) : deepest(inner);
}
