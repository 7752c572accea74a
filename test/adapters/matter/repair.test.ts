import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { repairStore } from "../../../adapters/matter/process/repair.ts";

const FILES = { "fabrics.fabrics": "[1]", "certificates.rootKeyPair": '{"k":1}', "nodes.peer1.addresses": "[]" };

describe("a damaged Matter store", () => {
  let home: string;
  const storage = () => join(home, "matter");
  const file = (name: string) => join(storage(), "hub", name);

  beforeEach(() => {
    home = mkdtempSync(join(tmpdir(), "inglenook-repair-"));
    for (const folder of ["matter", "matter-backup"]) {
      mkdirSync(join(home, folder, "hub"), { recursive: true });
      for (const [name, text] of Object.entries(FILES)) writeFileSync(join(home, folder, "hub", name), text);
    }
  });
  afterEach(() => rmSync(home, { recursive: true, force: true }));

  test("is left alone when nothing is wrong with it", async () => {
    expect(await repairStore(storage())).toBeUndefined();
  });

  test.each([
    ["empty", ""],
    ["cut off", '{"k":'],
    ["zeros", "\0\0\0\0"],
  ])("gets a file back that is %s", async (_, text) => {
    writeFileSync(file("fabrics.fabrics"), text);
    expect(await repairStore(storage())).toMatchObject({ files: ["fabrics.fabrics"], count: 1 });
    expect(readFileSync(file("fabrics.fabrics"), "utf8")).toBe("[1]");
    expect(readdirSync(join(home, "matter-damaged"))).toEqual(["fabrics.fabrics"]);
  });

  test("gets back what is lost of the home's key, but no device that was removed since", async () => {
    rmSync(file("certificates.rootKeyPair"));
    rmSync(file("nodes.peer1.addresses"));
    expect(await repairStore(storage())).toMatchObject({ files: ["certificates.rootKeyPair"] });
    expect(readdirSync(join(storage(), "hub")).sort()).toEqual(["certificates.rootKeyPair", "fabrics.fabrics"]);
  });

  test("gets all of it back when all is lost, and never from a copy that is damaged itself", async () => {
    rmSync(storage(), { recursive: true });
    writeFileSync(join(home, "matter-backup", "hub", "nodes.peer1.addresses"), "");
    expect(await repairStore(storage())).toMatchObject({ count: 2 });
    expect(readdirSync(join(storage(), "hub")).sort()).toEqual(["certificates.rootKeyPair", "fabrics.fabrics"]);
  });

  test("without a copy stays as it is", async () => {
    rmSync(join(home, "matter-backup"), { recursive: true });
    writeFileSync(file("fabrics.fabrics"), "");
    expect(await repairStore(storage())).toBeUndefined();
    expect(readFileSync(file("fabrics.fabrics"), "utf8")).toBe("");
  });
});
