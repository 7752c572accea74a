import type { NodeDescription } from "./node.ts";
import { type NodeId, nodeIdOf } from "./path.ts";

/** A switch that stands for a word of the house, such as "Guest mode": the hub itself keeps it, and no device is behind it. */
export interface HouseSwitch {
  readonly id: NodeId;
  readonly name: string;
  readonly on: boolean;
}

/** Switches that a house may have. */
export const MAX_SWITCHES = 100;
/** Characters of the name of a switch or number of the house. */
export const MAX_KEPT_NAME = 60;

/** Where what the hub keeps is told: the topic of a device that has none. */
export const HOUSE = "house";

/** The id of a switch or number by its name: one that is made anew under its old name has its history and its rules again. */
export const keptIdOf = (name: string): NodeId => nodeIdOf(HOUSE, name);

/** Whether the hub itself keeps it: nothing outside can be the same, and "everything off" does not mean it. */
export const isKeptHere = ({ adapter }: Pick<NodeDescription, "adapter">): boolean => adapter === "house";

/** The switch as a node: no Matter device type is a word of the house, so it has none. */
export const switchNode = ({ id, name }: Pick<HouseSwitch, "id" | "name">): NodeDescription => ({
  ...{ id, name, adapter: "house", dialect: HOUSE, addresses: [] },
  endpoints: [
    {
      number: 1,
      deviceTypes: [],
      label: "House switch",
      capabilities: {
        onOff: {
          attributes: { onOff: { source: HOUSE } },
          commands: { on: { source: HOUSE }, off: { source: HOUSE }, toggle: { source: HOUSE } },
        },
      },
    },
  ],
});
