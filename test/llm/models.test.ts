import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { GIB } from "../../hub/llm/catalogue/model.ts";
import { createModels, type ModelRoom, type ModelsOptions } from "../../hub/llm/models.ts";
import { officialSource } from "../../hub/llm/sources/official.ts";
import type { ModelStatus } from "../../hub/ports.ts";
import { type ModelServer, modelBytes, modelOf, serveModel } from "./model-server.ts";
import { quietLog } from "./quiet-log.ts";

let folder: string;
let server: ModelServer;
const bytes = modelBytes(3_000_000);
const kept = new Map<string, unknown>();
const store = {
  get: <T>(id: string) => kept.get(id) as T | undefined,
  put: (id: string, doc: unknown) => void kept.set(id, doc),
};
const open = (more: Partial<ModelsOptions> = {}): Promise<ModelRoom> =>
  createModels({
    ...{
      folder,
      memory: () => ({ totalBytes: 4 * GIB, availableBytes: 3 * GIB }),
      log: quietLog(),
      store,
      tell: () => undefined,
    },
    sources: [officialSource({ stallMs: 2000, attempts: 2, retryMs: 5 })],
    ...more,
  });
const own = (url: string) => ({ id: "own", name: "My model", url, sha256: modelOf(bytes, {}).sha256 });
const statusOf = (models: ModelRoom, id: string): ModelStatus | undefined => models.list().find((m) => m.id === id);

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "models-"));
  kept.clear();
  server = await serveModel(bytes, { pieceMs: 1 });
});
afterEach(async () => {
  await server.close();
  rmSync(folder, { recursive: true, force: true });
});

describe("the models of a hub", () => {
  test("a fresh hub has none, and recommends one for its memory", async () => {
    const models = await open();
    expect(models.inUse()?.path).toBeUndefined();
    expect(models.list().every((m) => m.state === "absent")).toBe(true);
    expect(
      models
        .list()
        .filter((m) => m.recommended)
        .map((m) => m.id),
    ).toEqual(["qwen2.5-coder-1.5b"]);
  });

  test("any GGUF by address and hash: fetched in the background with progress, used at once, and still after a restart", async () => {
    const tell = vi.fn();
    const models = await open({ tell });
    models.add(own(server.url));
    models.pull("own");
    expect(statusOf(models, "own")?.state).toBe("fetching");
    await vi.waitFor(() => expect(statusOf(models, "own")?.fetchedBytes).toBeGreaterThan(0));
    await models.settled();
    expect(statusOf(models, "own")).toMatchObject({
      state: "inUse",
      fetchedBytes: bytes.length,
      sizeBytes: bytes.length,
    });
    expect(tell).toHaveBeenCalled();
    const again = await open({ loaded: () => true });
    expect(again.inUse()?.path).toBe(join(folder, "own.gguf"));
    expect(again.inUse()?.id).toBe("own");
    expect(statusOf(again, "own")?.state).toBe("loaded");
  });

  test("a file that was changed after its check is no longer used", async () => {
    const models = await open();
    models.add(own(server.url));
    models.pull("own");
    await models.settled();
    writeFileSync(join(folder, "own.gguf"), modelBytes(bytes.length));
    expect((await open()).inUse()).toBeUndefined();
  });

  test("a download that is stopped keeps its bytes and goes on later", async () => {
    const models = await open();
    models.add(own(server.url));
    models.pull("own");
    await vi.waitFor(() => expect(server.sent()).toBeGreaterThan(200_000));
    models.cancel("own");
    expect(statusOf(models, "own")).toMatchObject({ state: "absent" });
    models.pull("own");
    await models.settled();
    expect(statusOf(models, "own")?.state).toBe("inUse");
    expect(server.starts.at(-1)).toBeGreaterThan(0);
  });

  test("a model that is removed frees its place; one that a person added goes from the list", async () => {
    const models = await open();
    models.add(own(server.url));
    models.pull("own");
    await models.settled();
    await models.remove("own");
    expect(readdirSync(folder)).toEqual([]);
    expect(statusOf(models, "own")).toBeUndefined();
    expect(models.inUse()).toBeUndefined();
    await models.remove("smollm2-135m");
    expect(statusOf(models, "smollm2-135m")?.state).toBe("absent");
    await expect(models.remove("../evil")).rejects.toThrow(/no model/);
  });

  test("what was measured here is kept over a restart, shown, and counts for exactly that file", async () => {
    const models = await open();
    const result = {
      ...{ at: 1, loadMs: 1, promptPerSecond: 1, tokensPerSecond: 1, rssBytes: 3 * GIB, inventedNames: 0 },
      ...{ alone: { right: 1, of: 2 }, house: { right: 2, of: 2 }, proposalMs: 1, load: 0, cores: 4 },
    };
    const { id, sha256 } = statusOf(models, "qwen2.5-coder-1.5b") ?? { id: "", sha256: "" };
    models.benches.keep(id, "another file", result);
    expect(statusOf(models, id)?.bench).toBeUndefined();
    models.benches.keep(id, sha256, result);
    expect(statusOf(await open(), id)).toMatchObject({
      bench: result,
      memoryBytes: 3 * GIB,
      memoryMeasured: true,
      fits: false,
    });
    expect((await open()).advice()).toMatchObject({ id: "qwen2.5-coder-0.5b", memoryBytes: 4 * GIB });
  });

  test("what fails says why", async () => {
    const models = await open();
    models.add({ ...own(server.url), sha256: "ab".repeat(32) });
    models.pull("own");
    await models.settled();
    expect(statusOf(models, "own")).toMatchObject({ state: "failed", note: expect.stringContaining("SHA-256") });
    expect(models.inUse()?.path).toBeUndefined();
  });

  test("unknown ids, absent files and malformed models are refused by field", async () => {
    const models = await open();
    expect(() => models.pull("nope")).toThrow(/no model nope/);
    expect(() => models.pull("__proto__")).toThrow(/no model/);
    expect(() => models.use("smollm2-135m")).toThrow(/pull it first/);
    expect(() => models.add({ ...own(server.url), id: "../evil" })).toThrow(/^id:/);
    expect(() => models.add({ ...own("ftp://x/y") })).toThrow(/^url:/);
    expect(() => models.add({ ...own(server.url), sha256: "12" })).toThrow(/^sha256:/);
    expect(() => models.add({ ...own(server.url), id: "smollm2-135m" })).toThrow(/already/);
  });
});
