import { expect, test } from "vitest";
import type { Panels } from "../../../hub/planner/policy/devices.ts";
import { rulesOf } from "../../../hub/planner/policy/enact.ts";
import { pose } from "../../../hub/planner/policy/pose/index.ts";
import type { Block } from "../../../hub/planner/schedule/schedule.ts";
import { HighsSolver } from "../../../hub/solver/highs.ts";
import { carryOut } from "../../../hub/solver/work.ts";

const HOUR = 3_600_000;
const NOON = Date.parse("2026-06-20T12:00:00+02:00");
const roof: Panels = {
  kind: "solar",
  part: {
    ...{
      node: "roof",
      endpoint: 1,
      name: "Roof",
      room: undefined,
      types: [],
      power: undefined,
      meter: {},
      relay: undefined,
    },
    limit: "roof/1/solarControl.limit",
  },
  ...{ model: undefined, mostKw: 5, share: 1 },
};

/** Four hours of sun; giving costs money in the first two. */
const posed = (exportPrice: number) => {
  const slots = Array.from({ length: 4 }, (_, k) => ({
    ...{ from: NOON + k * HOUR, hours: 1, importPrice: 0.2, priceKnown: true, loadKwh: 0.8, pvKwh: 4 },
    exportPrice: k < 2 ? exportPrice : 0.05,
  }));
  return pose([roof], {
    ...{ demands: [], limits: { noGridCharging: false }, outlook: { slots, outsideC: undefined } },
    ...{ around: { timeZone: "Europe/Berlin", home: undefined, at: NOON }, now: () => undefined },
  });
};

const asked = (blocks: readonly Block[]) =>
  rulesOf({ id: "p", title: "t" }, { at: NOON, blocks }, [roof], () => "").map((r) => r.then[0]?.args.limit);

test("panels are held back to about what the house uses while giving costs money, and otherwise free", async () => {
  const { problem } = posed(-0.06);
  const plan = carryOut(await HighsSolver.load(), { problem, timeLimitMs: 5000 }, () => false);
  if (!("blocks" in plan)) throw new Error("no schedule");
  expect(plan.blocks.map((b) => b.mode)).toEqual(["curtailed", "free"]);
  // 0.8 kW foreseen, a quarter and 0.2 kW to spare, of 5 kW; then all, and all again where nobody plans.
  expect(asked(plan.blocks)).toEqual([24, 100, 100]);
});

test("where giving never costs anything there is nothing to plan", () => {
  expect(posed(0.05)).toMatchObject({ problem: { devices: [] }, aside: [{ node: "roof" }] });
});
