import { createHash } from "node:crypto";
import { readdirSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { DclClient } from "@matter/main/protocol";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { fetchImage, Ledger, type LedgerEntry } from "../../../adapters/matter/process/update/ledger.ts";
import { temporary } from "./support.ts";
import { imageOf } from "./update-files.ts";

const device = { vendorId: 0xfff1, productId: 0x8001, version: 1 };
const folder = temporary();
const asked: string[] = [];
let versions: Record<string, unknown>[] = [];
let image: Uint8Array;

/** Speaks as the ledger does: the versions of a product, and what is said of each. */
const server = createServer((request, response) => {
  asked.push(request.url ?? "");
  const [, , , , vid, pid, version] = (request.url ?? "").split("/").map(Number);
  const one = versions.find(({ softwareVersion }) => softwareVersion === version);
  const numbers = versions.map(({ softwareVersion }) => softwareVersion);
  const answer = version
    ? { modelVersion: { vid, pid, schemaVersion: 0, ...one } }
    : { modelVersions: { vid, pid, softwareVersions: numbers, schemaVersion: 0 } };
  response.setHeader("content-type", "application/json").end(JSON.stringify(answer));
});
const ledger = () => new Ledger(new DclClient({ url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` }));
const version = (softwareVersion: number, more: object = {}) => ({
  ...{ softwareVersion, softwareVersionString: `${softwareVersion}.0.0`, softwareVersionValid: true },
  ...{ minApplicableSoftwareVersion: 0, maxApplicableSoftwareVersion: softwareVersion - 1 },
  ...{ otaUrl: "https://maker.example/plug.ota", otaFileSize: image.length, otaChecksumType: 1 },
  ...{ otaChecksum: createHash("sha256").update(image).digest("base64"), ...more },
});

beforeAll(async () => {
  image = await imageOf();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", () => resolve()));
});
beforeEach(() => {
  asked.length = 0;
  versions = [];
});
afterAll(() => {
  server.close();
  rmSync(folder, { recursive: true, force: true });
});

test("the newest update that the ledger allows is found; what is withdrawn, unsafe to fetch or can't be checked is not", async () => {
  versions = [
    version(2),
    version(3, { releaseNotesUrl: "https://maker.example/notes" }),
    version(4, { otaUrl: "http://maker.example/plug.ota" }),
    version(5, { otaChecksum: "" }),
    version(6, { minApplicableSoftwareVersion: 5 }),
    version(7, { softwareVersionValid: false }),
  ];
  const one = ledger();
  await one.ask(device, false);
  expect(one.newestFor(device)).toMatchObject({ version: 3, words: "3.0.0", notes: "https://maker.example/notes" });
  const count = asked.length;
  await one.ask(device, true);
  expect(asked).toHaveLength(count);
});

test("a ledger that does not answer as it should has no updates", async () => {
  versions = [{ softwareVersion: 9, softwareVersionString: 5, otaUrl: { not: "text" }, softwareVersionValid: true }];
  const one = ledger();
  await one.ask(device, false);
  expect(one.newestFor(device)).toBeUndefined();
});

test("a file is kept only when it is the one that the ledger names", async () => {
  versions = [version(2)];
  const one = ledger();
  await one.ask(device, false);
  const entry = one.newestFor(device) as LedgerEntry;
  const get = async () => new Response(image.slice());
  await expect(fetchImage({ ...entry, expected: "other" }, folder, get)).rejects.toThrow("not the one");
  await expect(fetchImage(entry, folder, async () => new Response("gone", { status: 404 }))).rejects.toThrow("404");
  expect(readdirSync(folder)).toEqual([]);
  await fetchImage(entry, folder, get);
  expect(readdirSync(folder)).toEqual(["ledger-fff1-8001-2.ota"]);
});
