/** Tariffs, prices and bills of a home on its real store, by the API. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test, vi } from "vitest";
import { co2At, exportPriceAt, marginalPrice, priceAt } from "../../hub/energy/tariff.ts";
import type { Bill, Comparison, PriceServices, TariffBook } from "../../hub/http/schemas.ts";
import { createMoney } from "../../hub/main/prices/money.ts";
import { parsePath } from "../../hub/model/path.ts";
import type { Contract } from "../../hub/model/tariff-book.ts";
import { emptyState, type Input } from "../../hub/step.ts";
import { openStore } from "../../hub/storage/open.ts";
import { house as openHouse } from "../http/support/house.ts";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const zone = "Europe/Berlin";
const settings = { name: "H", timeZone: zone, latitude: 52, longitude: 10, currency: "EUR" };
/** 1 November 2026, 00:00 in Berlin. */
const november = Date.parse("2026-10-31T23:00:00Z");
const log = { info: () => {}, warn: () => {}, error: () => {} };
const simple = {
  ...{ name: "One price", importBands: [], importPerKwh: 0.3, exportPerKwh: 0.08, standingPerDay: 0.4 },
  ...{ co2Bands: [], co2GPerKwh: 380 },
};

/** A house whose meter counted 0.5 kWh each hour since the first of November; now it is the 4th, 00:00. */
function house(ask?: (url: string) => Promise<Response>) {
  const folder = mkdtempSync(join(tmpdir(), "inglenook-money-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const clock = { now: () => november + 3 * DAY };
  const store = openStore(folder, { log, clock });
  onTestFinished(() => store.close());
  const state = emptyState(settings, simple);
  const key = "meter/1/electricalEnergyMeasurement.cumulativeEnergyImported";
  const path = parsePath(key);
  if (!path) throw new Error("no path");
  const attributes = { cumulativeEnergyImported: { source: "t#" } };
  state.home.nodes.set("meter", {
    description: {
      ...{ id: "meter", name: "Meter", adapter: "mqtt", dialect: "test", addresses: [] },
      endpoints: [
        {
          number: 1,
          deviceTypes: ["electricalMeter"],
          capabilities: { electricalEnergyMeasurement: { attributes, commands: {} } },
        },
      ],
    },
    settings: {},
    reachable: true,
    heardAt: 0,
    values: new Map(),
  });
  const quarters = Array.from({ length: 3 * 96 + 1 }, (_, i) => ({
    at: november + i * 15 * 60_000,
    value: 1000 + i * 0.125,
  }));
  store.appendReadings(quarters.map(({ at, value }) => ({ path, at, value, source: "t#" })));
  store.flush();
  const put = (input: Input) => {
    if (input.kind === "tariffSet") state.tariff = input.tariff;
    return true;
  };
  const money = createMoney({ state, store, clock, log, put, ...(ask ? { ask: (url: string) => ask(url) } : {}) });
  onTestFinished(() => money.stop());
  money.start();
  return { store, state, money, clock };
}

const contract = (id: string, perKwh: number, validFrom = "2020-01-01"): Contract => ({
  ...{ id, name: `At ${perKwh}`, validFrom },
  components: [
    { kind: "perKwh", label: "Energy", role: "energy", direction: "import", bands: [], perKwh },
    { kind: "percent", label: "VAT", percent: 20, of: ["energy"] },
  ],
});

test("a home with the simple tariff has a bill, and learns what the days would have cost under another contract", async () => {
  const { money } = house();
  const api = openHouse({}, { money });
  const cookie = await api.signedIn();
  const bill = (await (await api.ask("GET", "/api/bills?from=2026-11-01&to=2026-11-04", { cookie })).json()) as Bill;
  // 3 days of 12 kWh at 0.30 and 0.40 a day.
  expect(bill.total).toBeCloseTo(36 * 0.3 + 3 * 0.4, 4);
  expect(bill.coverage.share).toBeGreaterThan(0.99);
  expect(bill.basis).toBe("counter");
  const body = { from: "2026-11-01", to: "2026-11-04", contracts: [contract("b", 0.25)] };
  const compared = (await (await api.ask("POST", "/api/bills/compare", { cookie, body })).json()) as Comparison;
  expect(compared.bills.map((b) => [b.contract, b.bill.total.toFixed(2)])).toEqual([
    ["book", "12.00"],
    ["b", "10.80"],
  ]);
  const refused = await api.ask("GET", "/api/bills?from=2026-12-01&to=2027-01-01", { cookie });
  expect(await refused.json()).toMatchObject({ errors: [{ field: "from", message: "is not past yet" }] });
});

test("a book of contracts counts from then on: rules and plans see its prices, taxes in them", async () => {
  const { money, state, clock } = house();
  const api = openHouse({}, { money });
  const cookie = await api.signedIn();
  const before = (await (await api.ask("GET", "/api/tariffs", { cookie })).json()) as TariffBook;
  expect(before.contracts[0]).toMatchObject({ id: "simple", name: "One price" });
  const book: TariffBook = { ...before, contracts: [contract("old", 0.2), contract("new", 0.5, "2026-11-03")] };
  expect((await api.ask("PUT", "/api/tariffs", { cookie, body: book })).status).toBe(200);
  expect(priceAt(state.tariff, clock.now() - 30 * HOUR, zone)).toBeCloseTo(0.24, 9);
  expect(priceAt(state.tariff, clock.now(), zone)).toBeCloseTo(0.6, 9);
  const bill = await money.bill("2026-11-01", "2026-11-04");
  expect(bill.total).toBeCloseTo((24 * 0.2 + 12 * 0.5) * 1.2, 4);
  expect(bill.lines.map((l) => l.contract)).toEqual(["At 0.2", "At 0.2", "At 0.5", "At 0.5"]);
  const wrong = { ...book, contracts: [contract("old", 0.2), contract("old", 0.2)] };
  const refused = await api.ask("PUT", "/api/tariffs", { cookie, body: wrong });
  expect(await refused.json()).toMatchObject({ errors: [{ field: "contracts.1.id" }] });
});

test("a file of prices is previewed, kept, priced, and what it does not tell yet is a guess", async () => {
  const { money, state, clock } = house();
  const api = openHouse({}, { money });
  const cookie = await api.signedIn();
  const hours = Array.from(
    { length: 72 },
    (_, i) => `${new Date(november + i * HOUR).toISOString()},${i % 24 < 12 ? 100 : 200}`,
  );
  const file = {
    series: "day-ahead",
    name: "Day ahead",
    currency: "EUR",
    source: "a file",
    text: `utc,eur_mwh\n${hours.join("\n")}`,
  };
  const preview = await api.ask("POST", "/api/price-files/preview", { cookie, body: file });
  expect(await preview.json()).toMatchObject({ rows: 72, unit: "perMwh", mean: expect.closeTo(0.15, 9) });
  expect(money.series()).toEqual([]);
  expect((await api.ask("POST", "/api/price-files", { cookie, body: file })).status).toBe(200);
  expect(money.series()).toMatchObject([
    { id: "day-ahead", from: november, to: november + 3 * DAY, publishedAt: clock.now() },
  ]);
  const book = money.book();
  const spot: Contract = {
    ...contract("spot", 0),
    components: [
      {
        kind: "dynamic",
        label: "Spot",
        role: "energy",
        direction: "import",
        series: "day-ahead",
        factor: 1,
        perKwh: 0.02,
      },
      {
        kind: "dynamic",
        label: "Given",
        role: "export",
        direction: "export",
        series: "day-ahead",
        factor: 0.5,
        perKwh: 0,
      },
    ],
  };
  money.setBook({ ...book, contracts: [spot] }, "Kim");
  expect((await money.bill("2026-11-01", "2026-11-04")).total).toBeCloseTo(18 * 0.12 + 18 * 0.22, 4);
  expect(marginalPrice(state.tariff, november + DAY, zone)).toEqual({
    importPerKwh: 0.12000000000000001,
    exportPerKwh: 0.05,
    guess: false,
  });
  expect(marginalPrice(state.tariff, clock.now() + 13 * HOUR, zone)).toMatchObject({ guess: true });
  expect(priceAt(state.tariff, clock.now() + 13 * HOUR, zone)).toBeCloseTo(0.22, 9);
  expect(exportPriceAt(state.tariff, clock.now() + 13 * HOUR, zone)).toBeCloseTo(0.1, 9);
  // Sums in another currency would be nonsense.
  expect(() => money.setBook({ ...book, currency: "NOK", contracts: [spot] }, "Kim")).toThrow("currency: is NOK");
});

test("CO2 comes from a series where one is known", () => {
  const { money, state, clock } = house();
  money.importFile(
    {
      series: "co2",
      name: "Grid",
      currency: "EUR",
      source: "a file",
      text: `utc,gco2\n${new Date(clock.now()).toISOString()},123\n`,
    },
    "Kim",
  );
  money.setBook({ ...money.book(), co2: { bands: [], gPerKwh: 400, series: "co2" } }, "Kim");
  expect(co2At(state.tariff, clock.now(), zone)).toBe(123);
  expect(co2At(state.tariff, november, zone)).toBe(400);
});

test("nothing leaves the house until a person turns a service on; its key is never told", async () => {
  const asked: string[] = [];
  const { money, clock, store } = house(async (url) => {
    asked.push(new URL(url).host);
    const row = { start_timestamp: clock.now(), end_timestamp: clock.now() + HOUR, marketprice: 90, unit: "Eur/MWh" };
    return new Response(JSON.stringify({ data: [row] }));
  });
  const api = openHouse({}, { money });
  const cookie = await api.signedIn();
  expect((await api.ask("POST", "/api/price-service/fetch", { cookie })).status).toBe(400);
  expect(asked).toEqual([]);
  const noKey = { on: true, service: "entsoe", zone: "DE-LU", series: "day-ahead" };
  expect((await api.ask("PUT", "/api/price-service", { cookie, body: noKey })).status).toBe(400);
  const kept = await api.ask("PUT", "/api/price-service", {
    cookie,
    body: { ...noKey, on: false, key: "very-secret" },
  });
  expect(await kept.json()).toMatchObject({ hasKey: true, on: false });
  const now = await (await api.ask("GET", "/api/price-service", { cookie })).text();
  expect(now).not.toContain("very-secret");
  const on = { on: true, service: "awattar-de", zone: "DE-LU", series: "day-ahead" };
  expect((await api.ask("PUT", "/api/price-service", { cookie, body: on })).status).toBe(200);
  await vi.waitFor(() => expect(store.prices.list()).toHaveLength(1));
  expect(asked).toEqual(["api.awattar.de"]);
  const status = (JSON.parse(await (await api.ask("GET", "/api/price-service", { cookie })).text()) as PriceServices)
    .status;
  expect(status).toMatchObject({ on: true, knownUntil: clock.now() + HOUR });
  expect(status.problem).toBeUndefined();
  expect(JSON.stringify(store.audit({ limit: 50 }))).not.toContain("very-secret");
});

test("prices merge hour by hour, a hole stays a hole, and are forgotten on wish", () => {
  const { store, clock } = house();
  const facts = { id: "p", name: "P", unit: "perKwh" as const, currency: "EUR", source: "s", licence: "" };
  const at = clock.now();
  store.prices.put(facts, [{ from: at, to: at + HOUR, value: 0.1 }], at);
  store.prices.put(facts, [{ from: at + HOUR / 2, to: at + 2 * HOUR, value: 0.2 }], at + 1);
  const { starts, values } = store.prices.read("p", at - DAY, at + 2 * DAY);
  expect([...starts].map((s, i) => [(s - at) / HOUR, values[i]])).toEqual([
    [0, 0.1],
    [0.5, 0.2],
    [2, Number.NaN],
  ]);
  expect(store.prices.list()).toMatchObject([{ days: 2, from: at, to: at + 2 * HOUR, publishedAt: at + 1 }]);
  expect([store.prices.remove("p"), store.prices.remove("p")]).toEqual([true, false]);
});
