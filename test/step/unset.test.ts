import { expect, test } from "vitest";
import { flatTariff, newHome } from "../../hub/main/defaults.ts";
import { read } from "../../hub/model/home.ts";
import type { NodeDescription } from "../../hub/model/node.ts";
import { emptyState, step } from "../../hub/step.ts";

const NOON = Date.UTC(2026, 2, 2, 12);

test("a charger that the car has left has no state of charge any more, and the dashboard hears it once", () => {
  const state = emptyState(newHome(), flatTariff);
  const attributes = { stateOfCharge: { source: "x" }, state: { source: "x" } };
  const node: NodeDescription = {
    ...{ id: "wallbox", name: "Wallbox", adapter: "matter", dialect: "matter", addresses: [] },
    endpoints: [{ number: 1, deviceTypes: [], capabilities: { energyEvse: { attributes, commands: {} } } }],
  };
  step(state, { kind: "nodeFound", node, at: NOON }, NOON);
  const at = { endpoint: 1, capability: "energyEvse", attribute: "stateOfCharge" };
  const path = { node: "wallbox", ...at };
  const reading = { path, value: 62, at: NOON, source: "x" };
  step(state, { kind: "readings", readings: [reading] }, NOON);
  expect(read(state.home, path, NOON)).toMatchObject({ status: "known", value: 62 });
  const gone = {
    kind: "unset",
    node: "wallbox",
    attributes: [at, { ...at, attribute: "state" }],
    at: NOON + 1,
  } as const;
  expect(step(state, gone, NOON + 1)).toMatchObject([
    { kind: "tell", event: { type: "value", key: "wallbox/1/energyEvse.stateOfCharge", known: { status: "unknown" } } },
  ]);
  expect(read(state.home, path, NOON + 2).status).toBe("unknown");
  expect(step(state, gone, NOON + 3)).toEqual([]);
  expect(step(state, { ...gone, node: "nobody" }, NOON + 3)).toEqual([]);
  step(state, { kind: "readings", readings: [{ ...reading, value: 20, at: NOON + 4 }] }, NOON + 4);
  expect(read(state.home, path, NOON + 5)).toMatchObject({ status: "known", value: 20 });
});
