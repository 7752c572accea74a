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
/** Characters of a switch's name. */
export const MAX_SWITCH_NAME = 60;

/** Where its onOff is told: the topic of a device that has none. */
const SOURCE = "house";

/** The id of a switch by its name: one that is made anew under its old name has its history and its rules again. */
export const switchIdOf = (name: string): NodeId => nodeIdOf(SOURCE, name);

/** Whether the hub itself keeps it: nothing outside can be the same, and "everything off" does not mean it. */
export const isHouseSwitch = ({ adapter }: Pick<NodeDescription, "adapter">): boolean => adapter === "house";

/** The switch as a node: no Matter device type is a word of the house, so it has none. */
export const switchNode = ({ id, name }: Pick<HouseSwitch, "id" | "name">): NodeDescription => ({
  ...{ id, name, adapter: "house", dialect: SOURCE, addresses: [] },
  endpoints: [
    {
      number: 1,
      deviceTypes: [],
      label: "House switch",
      capabilities: {
        onOff: {
          attributes: { onOff: { source: SOURCE } },
          commands: { on: { source: SOURCE }, off: { source: SOURCE }, toggle: { source: SOURCE } },
        },
      },
    },
  ],
});
