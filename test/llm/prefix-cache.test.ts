import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { openPrefixCache, prefixKey, type Stateful } from "../../hub/llm/prefix-cache.ts";

let folder: string;
/** Stands for the runtime's sequence: its state is a text. */
class Sequence implements Stateful {
  state = "";
  private readonly dies: boolean;
  constructor(state = "", dies = false) {
    this.state = state;
    this.dies = dies;
  }
  async loadStateFromFile(path: string) {
    if (this.dies) throw new Error("does not fit");
    this.state = readFileSync(path, "utf8");
  }
  async saveStateToFile(path: string) {
    writeFileSync(path, this.state);
  }
  async clearHistory() {
    this.state = "";
  }
}
const key = prefixKey(["model", "runtime", "form", 1, 2, 3]);
const files = () => readdirSync(folder).sort();
const loaded = async (cache = openPrefixCache(folder)): Promise<string | undefined> => {
  const sequence = new Sequence();
  return (await cache.load(sequence, key)) ? sequence.state : undefined;
};

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "prefix-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe("what a model made of a question's fixed part", () => {
  test("is kept on disk for its owner only, and found again", async () => {
    await openPrefixCache(folder).save(new Sequence("fixed part"), key);
    expect(await loaded()).toBe("fixed part");
    expect(statSync(join(folder, files()[0] ?? "")).mode & 0o777).toBe(0o600);
  });

  test("belongs to one model, runtime, form and text", async () => {
    await openPrefixCache(folder).save(new Sequence("fixed part"), key);
    for (const other of [
      ["other", "runtime", "form", 1, 2, 3],
      ["model", "newer", "form", 1, 2, 3],
      ["model", "runtime", "form", 1, 2, 4],
    ])
      expect(await openPrefixCache(folder).load(new Sequence(), prefixKey(other))).toBe(false);
  });

  test("a damaged one is thrown away, and the next is as good as new", async () => {
    const cache = openPrefixCache(folder);
    await cache.save(new Sequence("fixed part"), key);
    writeFileSync(join(folder, files()[0] ?? ""), "fixed parT");
    expect(await loaded()).toBeUndefined();
    expect(files()).toEqual([]);
    await cache.save(new Sequence("fixed part"), key);
    expect(await loaded()).toBe("fixed part");
  });

  test("one that the runtime refuses, or did not survive, is not tried again", async () => {
    const cache = openPrefixCache(folder);
    await cache.save(new Sequence("fixed part"), key);
    expect(await cache.load(new Sequence("", true), key)).toBe(false);
    expect(files()).toEqual([]);
    writeFileSync(join(folder, `${key}.trying`), "killed while loading");
    expect(await loaded()).toBeUndefined();
    expect(files()).toEqual([]);
  });

  test("takes a bounded place: those unused longest go first", async () => {
    const cache = openPrefixCache(folder, { files: 2, bytes: 1000 });
    for (const [i, text] of ["a", "b", "c"].entries()) {
      await cache.save(new Sequence(text), prefixKey([text]));
      const own = files().find((name) => name.startsWith(prefixKey([text])));
      if (own) utimesSync(join(folder, own), 100 + i, 100 + i);
    }
    expect(files()).toHaveLength(2);
    expect(await cache.load(new Sequence(), prefixKey(["a"]))).toBe(false);
    await openPrefixCache(folder, { files: 9, bytes: 10 }).save(new Sequence("123456789"), prefixKey(["d"]));
    expect(files().map((name) => name.slice(0, 32))).toContain(prefixKey(["d"]));
    expect(files().length).toBeLessThanOrEqual(2);
  });

  test("a disk that cannot be written to costs only time", async () => {
    writeFileSync(join(folder, "a-file"), "");
    const cache = openPrefixCache(join(folder, "a-file", "below"));
    await expect(cache.save(new Sequence("x"), key)).resolves.toBeUndefined();
    expect(await cache.load(new Sequence(), key)).toBe(false);
  });
});
