import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { check } from "../../adapters/kit/check.ts";
import { AdapterFault, findAdapter } from "../../adapters/kit/find.ts";
import { firmwares } from "../../adapters/kit/firmware/index.ts";
import { loadDialect, loadFirmware } from "../../adapters/kit/load.ts";
import { inWords, type Published, publish } from "../../adapters/kit/report.ts";
import { asHtml } from "../../adapters/kit/report-html.ts";
import { live } from "../../adapters/kit/rules/live.ts";
import { scaffold } from "../../adapters/kit/scaffold.ts";
import { dialects } from "../../adapters/mqtt/dialects/index.ts";
import { openBenchBroker } from "../../hub/cli/kit/bench-broker.ts";
import { root } from "../support/sources.ts";
import { openWorkshop, type Workshop } from "./workshop.ts";

let workshop: Workshop;
beforeAll(async () => {
  workshop = await openWorkshop();
}, 90_000);
afterAll(() => workshop.remove());

const about = { adapter: "kit <b>&", version: "1.0.0", hub: "0.1.0", node: "20.0.0", at: "2026-01-01T00:00:00.000Z" };
const sizes = { fuzz: 200, flood: 500, seconds: 1 };

const made = (name: string): string => {
  const folder = join(workshop.folder, `inglenook-${name}`);
  scaffold({ name, folder, kitFolder: workshop.kit, hubVersion: "0.1.0", taken: dialects.map((d) => d.name) });
  return folder;
};

describe("a new maker's package", () => {
  test("has tests that run without a network, and its adapter reaches gold through a real broker", async () => {
    const folder = made("sunny-works");
    const ran = spawnSync(process.execPath, ["--test"], {
      cwd: folder,
      encoding: "utf8",
      env: { PATH: process.env.PATH },
    });
    expect(ran.stdout).toMatch(/# pass 2\b[\s\S]*# fail 0\b/);
    const place = findAdapter(folder, "/");
    const [dialect, firmware] = [await loadDialect(place.dialect), await loadFirmware(place.firmware ?? "")];
    expect(dialect.name).toBe("sunny-works");
    const report = await check(dialect, firmware, { sizes, liveRules: live, openBroker: openBenchBroker });
    expect(report.results.filter((r) => r.state !== "passed")).toEqual([]);
    expect(report).toMatchObject({ kit: 1, grade: "gold", complete: true, models: ["plug", "inverter", "climate"] });
  }, 180_000);

  test("is found by folder, by file and by the name of an installed package, also through a link", () => {
    const folder = made("found");
    const home = join(workshop.folder, "home");
    mkdirSync(join(home, "node_modules"), { recursive: true });
    symlinkSync(folder, join(home, "node_modules/inglenook-found"));
    const places = [
      findAdapter(folder, "/"),
      findAdapter("inglenook-found", home),
      findAdapter(join(folder, "dialect.js"), "/"),
    ];
    expect(new Set(places.map((p) => p.dialect))).toEqual(new Set([join(folder, "dialect.js")]));
    expect(places.every((p) => p.firmware === join(folder, "firmware.js"))).toBe(true);
  });

  test("is not written over another, nor under a name that can't be used", () => {
    const folder = made("once");
    const again = (name: string, to: string) => () =>
      scaffold({ name, folder: to, kitFolder: workshop.kit, hubVersion: "0", taken: ["tasmota"] });
    expect(again("once", folder)).toThrow(/not empty/);
    for (const name of ["Bad Name", "../x", "tasmota", ""])
      expect(again(name, join(workshop.folder, "no"))).toThrow(AdapterFault);
    expect(existsSync(join(workshop.folder, "no"))).toBe(false);
  });

  test.each([
    ["no such thing", "nowhere", /no folder, no file/],
    ["a folder without a package", ".", /no package\.json/],
    ["another version of the kit", { inglenook: { kit: 2, dialect: "./d.js" } }, /version 2 of the kit/],
    ["no dialect named", { name: "x" }, /names no dialect/],
    ["a file outside of it", { inglenook: { kit: 1, dialect: "../kit/kit.mjs" } }, /no file of/],
  ])("with %s is refused in words", (_, given, words) => {
    const folder = join(workshop.folder, `refused-${Math.abs(JSON.stringify(given).length)}`);
    mkdirSync(folder, { recursive: true });
    if (typeof given === "object") writeFileSync(join(folder, "package.json"), JSON.stringify(given));
    const asked = typeof given === "string" && given !== "." ? given : folder;
    expect(() => findAdapter(asked, workshop.folder)).toThrow(words);
  });
});

describe("the report", () => {
  const tasmota = firmwares.find((f) => f.dialect === "tasmota");
  const deaf = {
    name: "tasmota",
    open: () => ({
      decode: () => undefined,
      encode: () => ({ ok: false as const, reason: "<script>alert(1)</script>" }),
    }),
  };
  let report: Published;
  beforeAll(async () => {
    if (!tasmota) throw new Error("no firmware");
    report = publish(await check(deaf, tasmota, { sizes: { fuzz: 10, flood: 10 } }), about);
  });

  test("of an adapter that hears nothing has no grade, and says for each rule what was found and what to do", () => {
    expect(report).toMatchObject({ report: 1, check: { grade: "none", complete: false } });
    const found = report.check.results.find((r) => r.id === "discovery.found");
    expect(found).toMatchObject({ state: "failed", fix: expect.stringContaining("decode()") });
    expect(found?.evidence[0]).toContain("no node");
    expect(inWords(report)).toMatch(/discovery\.found: A device[\s\S]*Fix: /);
    expect(JSON.parse(JSON.stringify(report))).toEqual(report);
  });

  test("says of rules that do not apply why, and does not count them as passed", async () => {
    const [meter] = firmwares.filter((f) => f.dialect === "dsmr-reader");
    const dialect = dialects.find((d) => d.name === "dsmr-reader");
    if (!meter || !dialect) throw new Error("no meter");
    const read = publish(await check(dialect, meter, { only: ["commands.wire", "values.truth"] }), about);
    expect(read.summary).toEqual({ passed: 1, failed: 0, excused: 1 });
    expect(inWords(read)).toContain("commands.wire: not applicable. It takes no commands over MQTT.");
    expect(asHtml(read)).toContain("1 of 1 applicable rules passed");
  });

  test("knows a bridge's own node from its devices only where the firmware names it", async () => {
    const [evcc] = firmwares.filter((f) => f.dialect === "evcc");
    const dialect = dialects.find((d) => d.name === "evcc");
    if (!evcc || !dialect) throw new Error("no evcc");
    const found = async (company: readonly string[]) =>
      (await check(dialect, { ...evcc, company }, { only: ["discovery.found"] })).results[0];
    expect(await found(["Mill Lane"])).toMatchObject({ state: "passed" });
    expect((await found(["Another"]))?.evidence[0]).toContain("became 2 nodes");
  });

  test("is one page that needs nothing else, and in which an adapter's words are text", () => {
    const page = asHtml(report);
    expect(page).toContain("kit &lt;b&gt;&amp;");
    expect(page).not.toMatch(/<script|<b>|src=|https?:/);
    expect(page).toMatch(/<html lang="en">[\s\S]*<main>[\s\S]*<th scope="col">Rule/);
    expect(page).toContain("prefers-color-scheme: dark");
  });

  test("names each rule by an id of its own, which the makers' page explains", () => {
    const guide = readFileSync(join(root, "adapters/kit/README.md"), "utf8");
    const ids = [...report.check.results, ...live].map((r) => r.id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.filter((id) => !guide.includes(`\`${id}\``))).toEqual([]);
  });
});
