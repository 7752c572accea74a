import { expect, onTestFinished, test } from "vitest";
import { createBooks } from "../../hub/main/books.ts";
import { lookForSuspects } from "../../hub/main/suspects.ts";
import type { NodeState } from "../../hub/model/home.ts";
import { emptyState } from "../../hub/step.ts";
import { openStore } from "../../hub/storage/open.ts";
import { listeningLog, reading, temporaryFolder } from "../storage/support.ts";

const SLOT = 300_000;
const DAYS = 8;
const NOW = Date.UTC(2026, 4, 20, 12);
const START = NOW - DAYS * 86_400_000;

function meterOf(id: string, type: string): NodeState {
  const attributes = { activePower: { source: "t#" } };
  return {
    description: {
      ...{ id, name: id, adapter: "mqtt", dialect: "test", addresses: [] },
      endpoints: [
        {
          number: 1,
          deviceTypes: [type],
          capabilities: { electricalPowerMeasurement: { attributes, commands: {} } },
        },
      ],
    },
    settings: {},
    reachable: true,
    heardAt: NOW,
    values: new Map(),
  };
}

/** A house of 200 W with a kettle of 1.8 kW for 5 minutes every 2 h, whose own meter hangs the wrong way round. */
async function houseWithClampTurned() {
  const clock = { now: () => NOW };
  const store = openStore(temporaryFolder(), { log: listeningLog(), clock });
  onTestFinished(() => store.close());
  const state = emptyState(
    { name: "H", timeZone: "Europe/Berlin", latitude: 52, longitude: 13, currency: "EUR" },
    {
      ...{ name: "T", importPerKwh: 0.3, exportPerKwh: 0.1, standingPerDay: 0, co2GPerKwh: 400 },
      ...{ importBands: [], co2Bands: [] },
    },
  );
  for (const node of [
    meterOf("grid", "electricalMeter"),
    meterOf("roof", "solarPower"),
    meterOf("kettle", "onOffPlugInUnit"),
  ])
    state.home.nodes.set(node.description.id, node);
  const power = (id: string) => `${id}/1/electricalPowerMeasurement.activePower`;
  for (let at = START; at < NOW; at += SLOT) {
    const kettle = (at / SLOT) % 24 === 0 ? 1800 : 0;
    store.appendReadings([
      reading(at, kettle, power("kettle")),
      reading(at, 0, power("roof")),
      reading(at, -(200 + kettle), power("grid")),
    ]);
  }
  store.flush();
  return { state, store, clock };
}

test("a house meter the wrong way round is told; once a person says so the books are right, the past ones too", async () => {
  const house = await houseWithClampTurned();
  const problems = await lookForSuspects(house);
  expect(problems).toMatchObject([{ code: "meter-reversed", node: "grid" }]);
  expect(problems[0]?.message).toMatch(/steps of 300 W/);

  const books = createBooks(house);
  const day = { from: NOW - 36 * 3_600_000, to: NOW - 35 * 3_600_000, by: "day" as const };
  const [wrong] = await books.ledger(day);
  expect(wrong?.importedKwh).toBeCloseTo(0);

  const grid = house.state.home.nodes.get("grid");
  if (!grid) throw new Error("no grid meter");
  grid.settings = { meters: { "1": { kind: "meter", reversed: true } } };
  expect(await lookForSuspects(house)).toEqual([]);
  const [right] = await books.ledger(day);
  // 24 h of 200 W and twelve times 5 minutes of 1,800 W.
  expect(right?.importedKwh).toBeCloseTo(4.8 + 1.8, 6);
  expect(right?.loads).toMatchObject([{ name: "kettle", basis: "power" }]);
  expect(right?.loads[0]?.kwh).toBeCloseTo(1.8, 6);
  expect(right?.unmeteredKwh).toBeCloseTo(4.8, 6);
  expect(right?.cost).toBeCloseTo(6.6 * 0.3, 6);
});

test("the books of a day are those of its hours, and a range that is too long says so", async () => {
  const { state, store, clock } = await houseWithClampTurned();
  const books = createBooks({ state, store, clock });
  const [day] = await books.ledger({ from: NOW - 36 * 3_600_000, to: NOW - 35 * 3_600_000, by: "day" });
  const hours = await books.ledger({ from: day?.from ?? 0, to: day?.to ?? 0, by: "hour" });
  expect(hours).toHaveLength(24);
  expect(hours.reduce((sum, h) => sum + (h.exportedKwh ?? 0), 0)).toBeCloseTo(day?.exportedKwh ?? Number.NaN, 9);
  await expect(books.ledger({ from: 0, to: NOW, by: "year" })).rejects.toThrow(/^to: /);
  await expect(books.ledger({ from: NOW - 40 * 86_400_000, to: NOW, by: "hour" })).rejects.toThrow(/^by: /);
});
