import { describe, expect, test } from "vitest";
import { catalogue, recommend } from "../../hub/llm/catalogue/index.ts";
import { GIB, MODEL_ID } from "../../hub/llm/catalogue/model.ts";

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

  test("recommends by memory: nothing for a tiny board, the 0.5B for 2 GB, the 1.5B from 4 GB on", () => {
    expect(recommend(0.9 * GIB)).toBeUndefined();
    expect(recommend(1.85 * GIB)).toBe("qwen2.5-coder-0.5b");
    expect(recommend(3.7 * GIB)).toBe("qwen2.5-coder-1.5b");
    expect(recommend(64 * GIB)).toBe("qwen2.5-coder-1.5b");
  });
});
