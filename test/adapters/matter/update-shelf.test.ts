import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { Shelf } from "../../../adapters/matter/process/update/shelf.ts";
import { temporary } from "./support.ts";
import { imageOf, putImage } from "./update-files.ts";

const home = temporary();
const folder = join(home, "matter-updates");

afterEach(() => rmSync(folder, { recursive: true, force: true }));

test("a folder that is not there is made, and holds no updates", async () => {
  const shelf = new Shelf(folder);
  await shelf.look();
  expect([shelf.images, shelf.bad]).toEqual([[], []]);
  await putImage(folder, "plug.ota");
  await shelf.look();
  expect(shelf.images.map(({ version }) => version)).toEqual([2]);
});

test("a file whose content was changed is named, and taken once it is right again", async () => {
  const shelf = new Shelf(folder);
  const image = await imageOf();
  image[image.length - 1] = 0xff;
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "plug.OTA"), image);
  mkdirSync(join(folder, "not-a-file.ota"));
  writeFileSync(join(folder, "readme.txt"), "not looked at");
  await shelf.look();
  expect(shelf.images).toEqual([]);
  expect(shelf.bad).toEqual([{ file: "plug.OTA", why: expect.stringContaining("damaged") }]);
  await putImage(folder, "plug.OTA", { version: 3 });
  await shelf.look();
  expect([shelf.images.map(({ version }) => version), shelf.bad]).toEqual([[3], []]);
  rmSync(join(folder, "plug.OTA"));
  await shelf.look();
  expect(shelf.images).toEqual([]);
});

test("of very many files the first hundred are read, and the rest is told of", async () => {
  mkdirSync(folder, { recursive: true });
  for (let n = 0; n < 130; n++) writeFileSync(join(folder, `${String(n).padStart(3, "0")}.ota`), "");
  const shelf = new Shelf(folder);
  await shelf.look();
  expect(shelf.bad).toHaveLength(101);
  expect(shelf.bad.at(-1)?.why).toContain("29 more are not read");
});
