import { describe, expect, test } from "vitest";
import { catalogue } from "../../hub/llm/catalogue/index.ts";
import { GIB, MODEL_ID, memoryOf } from "../../hub/llm/catalogue/model.ts";
import { type Known, recommend } from "../../hub/llm/catalogue/recommend.ts";
import type { BenchResult } from "../../hub/ports.ts";

describe("the catalogue of models", () => {
  test("names each model once, with a whole hash and at least one source", () => {
    expect(new Set(catalogue.map((m) => m.id)).size).toBe(catalogue.length);
    for (const model of catalogue) {
      expect(model.id).toMatch(MODEL_ID);
      expect(model.sha256).toMatch(/^[0-9a-f]{64}$/);
      expect(model.sizeBytes).toBeGreaterThan(0);
      expect(Boolean(model.url) || (model.wheels?.length ?? 0) > 0).toBe(true);
    }
  });

  test("names the parts of a model in the order in which they are joined", () => {
    const parts = catalogue.find((m) => m.id === "qwen2.5-coder-1.5b")?.wheels ?? [];
    expect(parts.map((p) => p.member)).toEqual(parts.map((_, i) => `data/part${String(i + 1).padStart(2, "0")}.bin`));
    expect(parts).toHaveLength(22);
  });

  test("says of each hash who states it, of each licence what it is, and how much memory the model takes", () => {
    for (const model of catalogue) {
      expect(model.hashFrom.length).toBeGreaterThan(10);
      expect(model.licence).not.toBe("");
      expect(memoryOf(model)).toBeGreaterThan(model.sizeBytes ?? Number.NaN);
      expect(model.kvBytesPerToken).toBeGreaterThan(0);
      if (model.url)
        expect(model.url).toMatch(/^https:\/\/huggingface\.co\/[^/]+\/[^/]+\/resolve\/[^/]+\/[^/]+\.gguf$/);
    }
    expect(catalogue.filter((m) => m.form === "deepseek").map((m) => m.id)).toHaveLength(2);
    expect(catalogue.find((m) => m.id === "qwen2.5-coder-3b")?.licenceNote).toContain("commercial");
  });

  test("names the families that homes ask for", () => {
    for (const id of ["qwen2.5-coder-7b", "qwen3-1.7b", "llama-3.2-3b", "deepseek-r1-distill-qwen-1.5b", "gemma-3-4b"])
      expect(catalogue.some((m) => m.id === id)).toBe(true);
    for (const id of ["smollm2-360m", "moonlight-16b-a3b"]) expect(catalogue.some((m) => m.id === id)).toBe(true);
  });

  const known = (benches: Readonly<Record<string, BenchResult>> = {}): Known[] =>
    catalogue.map((model) => ({ model, memoryBytes: memoryOf(model), bench: benches[model.id] }));

  test("recommends by memory: nothing for a tiny board, the 0.5B for 2 GB, the 1.5B from 4 GB on", () => {
    expect(recommend(known(), 0.9 * GIB).id).toBeUndefined();
    expect(recommend(known(), 0.9 * GIB).why).toContain("without");
    expect(recommend(known(), 1.85 * GIB).id).toBe("qwen2.5-coder-0.5b");
    expect(recommend(known(), 3.7 * GIB).id).toBe("qwen2.5-coder-1.5b");
    expect(recommend(known(), 64 * GIB)).toMatchObject({
      id: "qwen2.5-coder-1.5b",
      why: expect.stringContaining("half of this machine's 68.7 GB"),
    });
  });

  const bench = (right: number, proposalMs = 2000): BenchResult => ({
    ...{ at: 1, loadMs: 1, promptPerSecond: 1, tokensPerSecond: 1, alone: { right, of: 30 }, house: { right, of: 30 } },
    ...{ inventedNames: 0, proposalMs, load: 0, cores: 4 },
  });

  test("one measured here to read more wishes right goes first, if it is quick enough and fits", () => {
    const id = (better: BenchResult, machine = 64): string | undefined =>
      recommend(known({ "qwen2.5-coder-1.5b": bench(25), "qwen3-4b": better }), machine * GIB).id;
    expect(id(bench(28))).toBe("qwen3-4b");
    expect(id(bench(24))).toBe("qwen2.5-coder-1.5b");
    expect(id(bench(28, 90_000))).toBe("qwen2.5-coder-1.5b");
    expect(id(bench(28), 3.7)).toBe("qwen2.5-coder-1.5b");
  });
});
