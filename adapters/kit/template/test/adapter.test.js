import assert from "node:assert/strict";
import test from "node:test";
import { check } from "#inglenook-kit";
import dialect from "../dialect.js";
import { firmware } from "../firmware.js";

test("the adapter keeps every rule that needs no broker", async () => {
  const { results } = await check(dialect, firmware, { sizes: { fuzz: 300, flood: 1000 } });
  const failed = results.filter((r) => r.state === "failed");
  assert.deepEqual(
    failed.map((r) => `${r.id}: ${r.evidence.join(" | ")}`),
    [],
  );
});

test("one message becomes readings in the units of the house", () => {
  const session = dialect.open("test");
  const say = (topic, body) => session.decode({ topic, payload: JSON.stringify(body), retained: false, at: 0 });
  say("acme/boiler/info", { mac: "02a0b1c2d3e4", model: "AP-1", parts: ["relay", "meter"] });
  const decoded = say("acme/boiler/state", { on: true, wh: 1500 });
  assert.deepEqual(
    decoded?.readings.map((r) => [`${r.path.endpoint}/${r.path.capability}.${r.path.attribute}`, r.value]),
    [
      ["1/onOff.onOff", true],
      ["1/electricalEnergyMeasurement.cumulativeEnergyImported", 1.5],
    ],
  );
});
