import { expect, test } from "vitest";
import { IMAGE_LIMIT, readHeader, webAddress } from "../../../adapters/matter/update/image.ts";
import { fits, newestFor } from "../../../adapters/matter/update/match.ts";
import { judge, type Progress, wordsOf } from "../../../adapters/matter/update/progress.ts";
import { imageOf } from "./update-files.ts";

const why = (read: ReturnType<typeof readHeader>): string => (read.ok ? "fine" : read.why);

test("an update file tells for which devices it is", async () => {
  const image = await imageOf({ version: 7, words: "7.1 beta", min: 2, max: 6, notes: "https://example.com/7" });
  expect(readHeader(image, image.length)).toMatchObject({
    ok: true,
    header: {
      ...{ vendorId: 0xfff1, productId: 0x8001, version: 7, words: "7.1 beta", min: 2, max: 6 },
      ...{ notes: "https://example.com/7", digest: "sha256", payloadAt: image.length - 2000 },
    },
  });
});

test("a file that is no update, or not a whole one, says what is wrong with it", async () => {
  const image = await imageOf();
  expect(why(readHeader(new Uint8Array(0), 0))).toBe("is no Matter update file");
  expect(why(readHeader(new TextEncoder().encode("a picture of a cat"), 18))).toBe("is no Matter update file");
  expect(why(readHeader(image, image.length - 1))).toContain("cut");
  expect(why(readHeader(image, IMAGE_LIMIT + 1))).toContain("larger than 128 MB");
  const long = image.slice();
  new DataView(long.buffer).setUint32(12, 0xffff_ffff, true);
  expect(why(readHeader(long, long.length))).toContain("wrong length");
  const torn = image.slice();
  torn.fill(0xff, 16, 40);
  expect(why(readHeader(torn, torn.length))).toContain("can't be read");
  expect(why(readHeader(await imageOf({ vendorId: 0 }), (await imageOf({ vendorId: 0 })).length))).toContain("maker");
});

test("no bytes whatever make the reader of headers throw", async () => {
  const image = await imageOf();
  let seed = 1;
  const chance = (most: number) => {
    seed = (Math.imul(seed, 1_103_515_245) + 12_345) >>> 0;
    return seed % most;
  };
  for (let n = 0; n < 3000; n++) {
    const bad = image.slice(0, 4 + chance(200));
    for (let flips = chance(8); flips >= 0; flips--) bad[chance(bad.length)] = chance(256);
    expect(typeof readHeader(bad, chance(2) ? bad.length : image.length).ok).toBe("boolean");
  }
});

test("only a web page over https is shown as notes", () => {
  expect(webAddress("https://example.com/a b")).toBe("https://example.com/a%20b");
  const others = ["http://example.com", "javascript:alert(1)", "https://me:secret@example.com", "notes", 5, undefined];
  for (const other of others) expect(webAddress(other)).toBeUndefined();
  expect(webAddress(`https://example.com/${"x".repeat(300)}`)).toBeUndefined();
});

test("an update is for its maker's product alone, newer, and within the versions that it names", () => {
  const device = { vendorId: 1, productId: 2, version: 5 };
  const image = { vendorId: 1, productId: 2, version: 6 };
  expect(fits(device, image)).toBe(true);
  expect(fits(device, { ...image, productId: 0 })).toBe(true);
  for (const other of [
    { vendorId: 2 },
    { productId: 3 },
    { version: 5 },
    { version: 4 },
    { version: 5, max: 9 },
    { version: 4, max: 9 },
    { min: 6 },
    { max: 4 },
    { vendorId: 0, productId: 0 },
  ])
    expect(fits(device, { ...image, ...other }), JSON.stringify(other)).toBe(false);
  expect(newestFor(device, [image, { ...image, version: 9, max: 4 }, { ...image, version: 8 }])?.version).toBe(8);
  expect(newestFor(device, [])).toBeUndefined();
});

const at = (step: Progress["step"], share = 0, whole = false): Progress => ({ step, share, whole });
const idle = { version: 1, updateState: 1, quiet: true };

test("only the device's own new version makes an update done", () => {
  expect(judge(at("applying", 1, true), 2, { version: 2, updateState: 5, quiet: false })).toEqual({ kind: "done" });
  expect(judge(at("applying", 1, true), 2, { version: 1, updateState: 5, quiet: true })).toEqual({ kind: "going" });
  expect(judge(at("waiting"), 2, idle)).toEqual({ kind: "going" });
});

test("a device that gave up says where: cut, refused, gone back", () => {
  const reason = (progress: Progress, fresh = idle) => {
    const verdict = judge(progress, 2, fresh);
    return verdict.kind === "failed" ? verdict.reason : verdict.kind;
  };
  expect(reason(at("downloading", 0.426))).toContain("cut at 42 %");
  expect(reason(at("downloading", 0.426), { ...idle, quiet: false })).toBe("going");
  expect(reason(at("downloading", 1, true))).toContain("refused it");
  expect(reason(at("restarting", 1, true))).toContain("old version");
  expect(reason(at("applying", 1, true), { ...idle, updateState: 7 })).toContain("went back");
  expect(wordsOf(at("waiting"), 8)).toContain("yes on itself");
});
