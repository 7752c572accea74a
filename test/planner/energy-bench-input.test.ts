import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Command } from "commander";
import { afterAll, afterEach, describe, expect, test, vi } from "vitest";
import { readHome } from "../../hub/cli/energy-bench/home.ts";
import { pricesOf } from "../../hub/cli/energy-bench/prices.ts";
import { addEnergyBench } from "../../hub/cli/energy-bench.ts";
import { madeUpHome } from "./energy-bench-homes.ts";

const folder = mkdtempSync(join(tmpdir(), "energy-bench-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
afterEach(() => vi.restoreAllMocks());

let files = 0;
function file(text: string): string {
  const path = join(folder, `${files++}.csv`);
  writeFileSync(path, text);
  return path;
}

const HEAD = "start,load_kwh,pv_kwh,price_kwh,carbon_kg_kwh";
const start = (t: number) => new Date(Date.UTC(2024, 0, 1, t)).toISOString().slice(0, 16);
const rows = (count: number) => Array.from({ length: count }, (_, t) => `${start(t)},0.5,0.25,0.3,0.2`);
const home = (lines: readonly string[], head = HEAD) => file([head, ...lines, ""].join("\n"));
const changed = (row: number, text: string) => rows(5).map((line, t) => (t === row ? text : line));

describe("a home's file", () => {
  test("is read with its columns in any order, semicolons, decimal commas, Windows line ends and a byte-order mark", () => {
    const lines = ["PV_kWh;start;Load_kWh;temp", '0,25;2024-01-01T00:00;1,5;"3"', "0;2024-01-01 01:00:00;2;x"];
    const { load, sun, hours, price, carbon } = readHome(file(`\uFEFF${lines.join("\r\n")}\r\n\r\n`));
    expect([...load]).toEqual([1.5, 2]);
    expect([...sun]).toEqual([0.25, 0]);
    expect((hours[1] ?? 0) - (hours[0] ?? 0)).toBe(1);
    expect([price, carbon]).toEqual([undefined, undefined]);
  });

  test("may have hours nobody knows, hours that are missing and the hour of autumn that comes twice: it says so", () => {
    const { load, notes, hours } = readHome(
      home([...changed(1, `${start(1)},,0.1,0.3,0.2`), `${start(4)},1,0,0.3,0.2`, `${start(9)},1,0,0.3,0.2`]),
    );
    expect(load[1]).toBeNaN();
    expect((hours[6] ?? 0) - (hours[5] ?? 0)).toBe(5);
    expect(notes).toEqual([
      expect.stringContaining("line 7: the hour comes twice"),
      expect.stringContaining("1 gaps in time"),
      expect.stringContaining("1 hours have no load or no sun"),
    ]);
  });

  test.each([
    [
      "has no sun",
      () => home(rows(3), HEAD.replace("pv_kwh", "solar")),
      /no column pv_kwh; it has start, load_kwh, solar/,
    ],
    [
      "has a word for a number",
      () => home(changed(2, `${start(2)},NaN,0,0.3,0.2`)),
      /line 4, column load_kwh: "NaN" is no number/,
    ],
    [
      "counts the yield as negative",
      () => home(changed(3, `${start(3)},1,-2,0.3,0.2`)),
      /line 5, column pv_kwh: -2 is a negative yield/,
    ],
    [
      "has a negative load",
      () => home(changed(3, `${start(3)},-1,0,0.3,0.2`)),
      /line 5, column load_kwh: -1 is a negative load/,
    ],
    ["lacks a price", () => home(changed(1, `${start(1)},1,0,,0.2`)), /line 3, column price_kwh: is empty/],
    [
      "has decimal commas between commas",
      () => home(changed(1, `${start(1)},1,5,0,3,0,2`)),
      /line 3: 7 cells for 5 columns/,
    ],
    [
      "is not in order",
      () => home([...rows(3), `${start(0)},1,0,0.3,0.2`]),
      /line 5, column start: lies before the row above/,
    ],
    [
      "has quarters",
      () => home(changed(1, "2024-01-01T00:15,1,0,0.3,0.2")),
      /line 3, column start: .* is no whole hour/,
    ],
    [
      "has another form of time",
      () => home(changed(1, "01.02.2024 00:00,1,0,0.3,0.2")),
      /line 3, column start: .* is no time/,
    ],
    [
      "has a day that isn't",
      () => home(changed(1, "2024-02-31T00:00,1,0,0.3,0.2")),
      /line 3, column start: .* is no time/,
    ],
    [
      "is put together of the same hours",
      () => home(Array.from({ length: 9 }, () => rows(1)[0] ?? "")),
      /more than 5 hours come twice/,
    ],
    [
      "is mostly empty",
      () => home(Array.from({ length: 9 }, (_, t) => `${start(t)},,,0.3,0.2`)),
      /empty in 9 of 9 rows/,
    ],
    ["has no rows", () => file(`${HEAD}\n`), /no rows below its head/],
    ["is not there", () => join(folder, "none.csv"), /does not exist/],
    ["has a column twice", () => home(rows(3), `${HEAD},start`), /the column start is there twice/],
  ])("that %s is refused with the line, the column and the fix", (_, make, message) => {
    const path = make();
    expect(() => readHome(path)).toThrow(
      expect.objectContaining({ message: expect.stringMatching(message), fix: expect.stringMatching(/\w{4}/) }),
    );
  });
});

describe("prices", () => {
  const choice = { adder: 0.15, publishHour: 13, exportPrice: 0 };
  const spot = (count: number, head = "local_time,spot_eur_mwh", first = 0) =>
    file([head, ...Array.from({ length: count }, (_, t) => `${start(t + first)},${t * 10}`)].join("\n"));

  test("of a day ahead are known to its end, and from the publishing hour on to the end of the next", () => {
    const of = pricesOf(readHome(home(rows(60))), "home.csv", { ...choice, file: spot(60) });
    expect(of.price[10]).toBeCloseTo(0.25, 9);
    expect([0, 12, 13, 23, 24].map((t) => of.published(t))).toEqual([24, 12, 35, 25, 24]);
  });

  test("follow the price file's own clock where it has one", () => {
    const of = pricesOf(readHome(home(rows(60))), "home.csv", { ...choice, file: spot(60, undefined, -1) });
    expect([0, 1, 14].map((t) => of.published(t))).toEqual([25, 24, 35]);
  });

  test.each([
    ["is shorter than the home", () => spot(59), /has 59 hours, the home has 60/],
    ["has no price", () => spot(60, "local_time,price"), /no column that begins with spot/],
    ["is per kWh", () => spot(60, "local_time,spot_eur_kwh"), /spot_eur_kwh says per kWh/],
  ])("in a file that %s are refused", (_, make, message) => {
    const hours = readHome(home(rows(60)));
    const path = make();
    expect(() => pricesOf(hours, "home.csv", { ...choice, file: path })).toThrow(message);
  });

  test("must come from somewhere", () => {
    const bare = readHome(
      home(
        rows(3).map((r) => r.split(",").slice(0, 3).join(",")),
        "start,load_kwh,pv_kwh",
      ),
    );
    expect(() => pricesOf(bare, "home.csv", choice)).toThrow("home.csv has no column that begins with price.");
    expect([...pricesOf(bare, "home.csv", { ...choice, flat: 0.3 }).price]).toEqual([0.3, 0.3, 0.3]);
  });
});

describe("inglenook energy-bench", () => {
  const bench = async (...args: string[]) => {
    const program = new Command("inglenook").exitOverride();
    addEnergyBench(program);
    for (const command of program.commands) command.exitOverride().configureOutput({ writeErr: () => {} });
    const said = vi.spyOn(console, "log").mockImplementation(() => {});
    await program.parseAsync(["energy-bench", ...args], { from: "user" });
    return String(said.mock.calls.at(-1)?.[0]);
  };
  const { starts, load, sun } = madeUpHome(6, 1);
  const csv = home(
    starts.map((at, t) => [at, load[t], sun[t], t % 24 >= 16 && t % 24 < 21 ? 0.5 : 0.2, 0.2].join(",")),
  );

  test("writes each hour in the form of the scorer, and prints what it came to", async () => {
    const out = join(folder, "dispatch.csv");
    const report = JSON.parse(await bench("--csv", csv, "--out", out, "--json", "--battery", "4,2,0.8"));
    const [head, ...lines] = readFileSync(out, "utf8").trim().split("\n");
    expect(head).toBe("start,mode,charge_kwh,discharge_kwh,grid_kwh");
    expect(lines).toHaveLength(144);
    const grid = lines.map((line) => Number(line.split(",")[4]));
    const bill = grid.reduce((sum, kwh, t) => sum + Math.max(0, kwh) * (t % 24 >= 16 && t % 24 < 21 ? 0.5 : 0.2), 0);
    expect(report.bill).toBeCloseTo(bill, 6);
    expect(report.co2_kg).toBeCloseTo(0.2 * grid.reduce((sum, kwh) => sum + Math.max(0, kwh), 0), 6);
    expect(report.optimum).toBeLessThan(report.bill);
    expect(report.solve_ms).toEqual({ p50: expect.any(Number), p95: expect.any(Number), max: expect.any(Number) });
    expect(await bench("--csv", csv)).toContain("planned by the hub");
  });

  test.each([
    [["--battery", "6.4,5"], /round-trip efficiency/],
    [["--battery", "6.4,5,1.2"], /round-trip efficiency/],
    [["--publish-hour", "25"], /whole number from 0 to 23/],
    [["--flat", "cheap"], /number from -10 to 100/],
    [["--flat", "0.3", "--price", csv], /--price and --flat are both given/],
    [["--out", join(folder, "none", "d.csv")], /does not exist/],
    [["--out", folder], /is a folder/],
  ])("refuses %j before any work", async (args, message) => {
    await expect(bench("--csv", csv, ...args)).rejects.toThrow(message);
  });
});
