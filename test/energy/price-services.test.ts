/** Answers in the form that each service documents; written for these tests, not recorded. */
import { describe, expect, test } from "vitest";
import { priceServices } from "../../adapters/prices/index.ts";
import { fetchPoints } from "../../hub/main/prices/fetch.ts";

const HOUR = 3_600_000;
const midnight = Date.parse("2026-01-14T23:00:00Z");

function service(id: string) {
  const found = priceServices.find((s) => s.id === id);
  if (!found) throw new Error(`there is no service ${id}`);
  return found;
}

describe("answers of price services", () => {
  test("aWATTar: EUR/MWh with both ends of each hour", () => {
    const row = (i: number, marketprice: number) => ({
      start_timestamp: midnight + i * HOUR,
      end_timestamp: midnight + (i + 1) * HOUR,
      marketprice,
      unit: "Eur/MWh",
    });
    const text = JSON.stringify({ object: "list", data: [row(1, -12.5), row(0, 92.5)], url: "/de/v1/marketdata" });
    expect(service("awattar-de").read(text)).toEqual([
      { from: midnight, to: midnight + HOUR, value: 0.0925 },
      { from: midnight + HOUR, to: midnight + 2 * HOUR, value: -0.0125 },
    ]);
  });

  test("Energy-Charts: two lists side by side, quarter hours, a price that is not known", () => {
    const text = JSON.stringify({
      license_info: "CC BY 4.0",
      unix_seconds: [0, 1, 2].map((i) => midnight / 1000 + i * 900),
      price: [80, null, 100],
      unit: "EUR / MWh",
      deprecated: false,
    });
    expect(service("energy-charts").read(text)).toEqual([
      { from: midnight, to: midnight + HOUR / 4, value: 0.08 },
      { from: midnight + HOUR / 2, to: midnight + (3 * HOUR) / 4, value: 0.1 },
    ]);
  });

  test("Octopus: pence with VAT, the newest first, an end that is open", () => {
    const text = JSON.stringify({
      count: 2,
      results: [
        { value_exc_vat: 20, value_inc_vat: 21, valid_from: "2026-01-15T00:30:00Z", valid_to: null },
        {
          value_exc_vat: -2,
          value_inc_vat: -2.1,
          valid_from: "2026-01-15T00:00:00Z",
          valid_to: "2026-01-15T00:30:00Z",
        },
      ],
    });
    const from = Date.parse("2026-01-15T00:00:00Z");
    expect(service("octopus-agile").read(text)).toEqual([
      { from, to: from + HOUR / 2, value: -0.021 },
      { from: from + HOUR / 2, to: from + HOUR, value: 0.21 },
    ]);
  });

  const entsoe = (
    curve: string,
    resolution: string,
    points: readonly (readonly [number, number])[],
    end = "2026-01-15T23:00Z",
  ) =>
    `<?xml version="1.0" encoding="utf-8"?>
<Publication_MarketDocument xmlns="urn:iec62325.351:tc57wg16:451-3:publicationdocument:7:3">
  <type>A44</type>
  <TimeSeries>
    <mRID>1</mRID><currency_Unit.name>EUR</currency_Unit.name><price_Measure_Unit.name>MWH</price_Measure_Unit.name>
    <curveType>${curve}</curveType>
    <Period>
      <timeInterval><start>2026-01-14T23:00Z</start><end>${end}</end></timeInterval>
      <resolution>${resolution}</resolution>
      ${points.map(([position, price]) => `<Point><position>${position}</position><price.amount>${price}</price.amount></Point>`).join("\n")}
    </Period>
  </TimeSeries>
</Publication_MarketDocument>`;

  test("ENTSO-E: curve A03 leaves out what repeats, in quarter hours", () => {
    const points = service("entsoe").read(
      entsoe("A03", "PT15M", [
        [1, 50],
        [3, 60],
        [96, -5],
      ]),
    );
    expect(points).toHaveLength(96);
    expect(points.slice(0, 3).map((p) => p.value)).toEqual([0.05, 0.05, 0.06]);
    expect(points[94]?.value).toBe(0.06);
    expect(points[95]).toEqual({ from: midnight + 95 * (HOUR / 4), to: midnight + 24 * HOUR, value: -0.005 });
  });

  test("ENTSO-E: curve A01 by the hour: a missing point is not known", () => {
    const points = service("entsoe").read(
      entsoe("A01", "PT60M", [
        [1, 50],
        [3, 60],
      ]),
    );
    expect(points).toEqual([
      { from: midnight, to: midnight + HOUR, value: 0.05 },
      { from: midnight + 2 * HOUR, to: midnight + 3 * HOUR, value: 0.06 },
    ]);
  });

  test("ENTSO-E: a refusal is told in the service's words", () => {
    const text = `<Acknowledgement_MarketDocument><Reason><code>999</code><text>No matching data found</text></Reason></Acknowledgement_MarketDocument>`;
    expect(() => service("entsoe").read(text)).toThrow("No matching data found");
  });

  test.each(priceServices.map((s) => [s.id, s] as const))("%s refuses what is no answer of its own", (_, s) => {
    for (const text of [
      "",
      "null",
      "[]",
      "{}",
      "<html></html>",
      '{"data":[{"marketprice":"1"}]}',
      "<TimeSeries>",
      "x".repeat(5000),
    ])
      expect(() => s.read(text), text.slice(0, 30)).toThrow(RangeError);
  });

  test("each service is asked at its own host alone, over TLS, whatever zone or key is put in", async () => {
    for (const s of priceServices) {
      const asked: URL[] = [];
      const zone = s.zones[0]?.id ?? "";
      const ask = async (url: string, init: RequestInit) => {
        asked.push(new URL(url));
        expect(init.redirect).toBe("error");
        return new Response("no", { status: 503 });
      };
      const query = { zone, from: midnight, to: midnight + 24 * HOUR, key: "secret@evil.example/?#" };
      const error: unknown = await fetchPoints(s, query, ask).catch((e: unknown) => e);
      expect(String(error)).toContain("503");
      expect(String(error)).not.toContain("secret");
      expect(asked.map((u) => `${u.protocol}//${u.host}`)).toEqual([`https://${s.host}`]);
    }
  });
});

describe("a service that misbehaves", () => {
  const s = service("awattar-de");
  const query = { zone: "DE-LU", from: 0, to: HOUR, key: "" };

  test("an endless answer is cut", async () => {
    const endless = new ReadableStream<Uint8Array>({ pull: (c) => c.enqueue(new Uint8Array(1_000_000)) });
    await expect(fetchPoints(s, query, async () => new Response(endless))).rejects.toThrow("too long");
  });

  test("one that can't be reached is named without its address", async () => {
    const ask = () => Promise.reject(new TypeError("fetch failed https://api.awattar.de/v1"));
    await expect(fetchPoints(s, query, ask)).rejects.toThrow(
      /^aWATTar, Germany could not be reached, or sent the hub elsewhere$/,
    );
  });
});
