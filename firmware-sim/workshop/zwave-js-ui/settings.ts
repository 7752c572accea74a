import { z } from "zod";
import { kind } from "../kind.ts";
import type { GatewaySettings } from "./gateway.ts";

/** Where a node is, part of its topics. */
export const placed = {
  location: z
    .string()
    .max(32)
    .regex(/^[^/+#]*$/)
    .default("")
    .describe("the room in the topic, such as hall; empty for none"),
};

const options = z.strictObject({
  prefix: z
    .string()
    .regex(/^[\w-]+$/)
    .default("zwave")
    .describe("the first part of all topics, such as zwave"),
  topics: z.enum(["named", "valueId"]).default("named").describe("named or valueId"),
  payload: z.enum(["time-value", "full", "raw"]).default("time-value").describe("time-value, full or raw"),
});

/** The gateway itself: only needed where it is not set up as usual. */
export const gateway = kind(
  "gateway",
  "how the gateway is set up: named or valueId topics, form of its payloads; the first counts",
  options,
  (entry, set): GatewaySettings => ({ kind: "gateway", name: entry.name, ...set }),
);

export const usual: GatewaySettings = {
  kind: "gateway",
  name: "workshop",
  prefix: "zwave",
  topics: "named",
  payload: "time-value",
};
