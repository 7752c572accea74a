import { expect, test } from "vitest";
import { flatTariff, newHome } from "../../hub/main/defaults.ts";
import type { NodeDescription } from "../../hub/model/node.ts";
import { emptyState, step } from "../../hub/step.ts";

test("a device that was taken out of its bridge and comes back is in its room again, under its name", () => {
  const state = emptyState(newHome(), flatTariff);
  const node: NodeDescription = {
    id: "lamp",
    name: "0x12",
    adapter: "mqtt",
    dialect: "zigbee2mqtt",
    addresses: [],
    endpoints: [],
  };
  step(state, { kind: "nodeFound", node, at: 1 }, 1);
  step(state, { kind: "configured", node: "lamp", settings: { name: "Lamp", room: "Hall" }, at: 2 }, 2);
  step(state, { kind: "nodeGone", node: "lamp", at: 3 }, 3);
  expect(state.home.nodes.has("lamp")).toBe(false);
  step(state, { kind: "nodeFound", node, at: 4 }, 4);
  expect(state.home.nodes.get("lamp")?.settings).toEqual({ name: "Lamp", room: "Hall" });
});
