import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { readPriceFile } from "../../hub/energy/price-file.ts";

const timeZone = "Europe/Berlin";
const HOUR = 3_600_000;
const read = (text: string, wish = {}) => readPriceFile(text, { timeZone, ...wish });

describe("a file of prices", () => {
  test("the home's clock, EUR/MWh, 24 rows even on days of 23 and 25 hours", () => {
    const rows = (day: string) =>
      Array.from({ length: 24 }, (_, h) => `${day}T${String(h).padStart(2, "0")}:00,${h * 10}`).join("\n");
    const head = "local_time,spot_eur_mwh\n";
    const spring = read(head + rows("2026-03-29"));
    expect(spring.preview).toMatchObject({ unit: "perMwh", rows: 23, skipped: 1, stepMinutes: 60 });
    expect(spring.preview.problems).toEqual(["row 4: no such time: 2026-03-29T02:00"]);
    expect(spring.preview.to - spring.preview.from).toBe(23 * HOUR);
    const autumn = read(head + rows("2026-10-25"));
    expect(autumn.preview).toMatchObject({ rows: 24, skipped: 0 });
    // The hour that the clock shows twice has one price.
    expect(autumn.points.find((p) => p.value === 0.02)).toMatchObject({
      from: Date.parse("2026-10-25T00:00:00Z"),
      to: Date.parse("2026-10-25T02:00:00Z"),
    });
  });

  test("an hour that is shown twice and given twice keeps both prices", () => {
    const { points } = read(
      "time;ct/kWh\n2026-10-25 01:00;1\n2026-10-25 02:00;2\n2026-10-25 02:00;3\n2026-10-25 03:00;4\n",
    );
    expect(points.map((p) => [new Date(p.from).toISOString().slice(11, 16), p.value])).toEqual([
      ["23:00", 0.01],
      ["00:00", 0.02],
      ["01:00", 0.03],
      ["02:00", 0.04],
    ]);
  });

  test("German numbers and dates, and a column that is named", () => {
    const { points, preview } = read("Datum;Menge;Preis\n01.02.2026 00:00;5;1.234,50\n01.02.2026 00:15;5;-3,5\n", {
      valueColumn: "Preis",
      unit: "perMwh",
    });
    expect(preview).toMatchObject({ stepMinutes: 15, valueColumn: "Preis" });
    expect(points.map((p) => p.value)).toEqual([1.2345, -0.0035]);
  });

  test("JSON, times with a zone or in seconds, grams of CO2", () => {
    const json = JSON.stringify({
      data: [
        { from: "2026-02-01T00:00:00+01:00", carbon: 210 },
        { from: "2026-02-01T01:00:00+01:00", carbon: 190 },
      ],
    });
    expect(read(json)).toMatchObject({ preview: { unit: "gPerKwh", rows: 2, mean: 200 } });
    expect(read(JSON.stringify([{ start: 1_770_000_000, price: 0.1 }])).points[0]?.from).toBe(1_770_000_000_000);
  });

  test("a hole stays a hole", () => {
    const { points } = read("utc,price\n2026-02-01T00:00Z,1\n2026-02-01T01:00Z,2\n2026-02-01T09:00Z,3\n");
    expect(points[1]).toEqual({ from: Date.parse("2026-02-01T01:00Z"), to: Date.parse("2026-02-01T02:00Z"), value: 2 });
  });

  test.each(["", "{", "[]", "a,b", "time,price\nnever,nothing", "one\n1"])("%j is refused with words", (text) => {
    expect(() => read(text)).toThrow(/^(text|timeColumn|valueColumn): /);
  });

  const shared = join(import.meta.dirname, "../../../shared/data/energy/spot_de_lu_2023_24.csv");
  const there = existsSync(shared);
  if (!there) console.warn(`The real year of prices is NOT read: ${shared} is not there.`);
  test.runIf(there)("a real year of day-ahead prices", () => {
    const { preview, points } = read(readFileSync(shared, "utf8"));
    expect(preview).toMatchObject({
      unit: "perMwh",
      valueColumn: "spot_eur_mwh",
      skipped: 1,
      rows: 8759,
      stepMinutes: 60,
    });
    expect(preview.least).toBeCloseTo(-0.135, 2);
    expect(preview.most).toBeCloseTo(0.524, 2);
    expect(points[0]).toMatchObject({ from: Date.parse("2023-07-30T23:00+02:00"), value: 0.07005 });
  });
});
