import { z } from "zod";
import { kind } from "../kind.ts";
import type { BridgeSettings } from "./bridge.ts";
import type { ZigbeeGroup } from "./product.ts";

const options = z.strictObject({
  base: z
    .string()
    .regex(/^[\w-]+(\/[\w-]+)*$/)
    .default("zigbee2mqtt")
    .describe("the base topic, such as zigbee2mqtt"),
  availability: z.boolean().default(true).describe("true or false: whether each device's presence is told"),
  retain: z.boolean().default(false).describe("true or false: whether states are retained"),
});

/** The bridge itself: only needed where it is not set up as usual. */
export const bridge = kind(
  "bridge",
  "how the bridge is set up: base topic, availability, retained states; the first counts",
  options,
  (entry, set): BridgeSettings => ({ kind: "bridge", name: entry.name, ...set }),
);

export const usual: BridgeSettings = {
  kind: "bridge",
  name: "Zigbee2MQTT",
  base: "zigbee2mqtt",
  availability: true,
  retain: false,
};

const members = z.strictObject({
  members: z.array(z.string()).max(100).default([]).describe("a list of names of Zigbee devices in this file"),
});

/** A group: one topic that moves its members. */
export const group = kind(
  "group",
  "a group of lights or plugs",
  members,
  (entry, set): ZigbeeGroup => ({
    kind: "group",
    entry,
    members: set.members,
  }),
);
