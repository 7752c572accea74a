import { type CatalogueModel, hubFile, LOCALAI } from "./model.ts";

/**
 * Thinks in words before it answers: the hub lets it think a bounded number of tokens, throws them away, and only then
 * lets it answer under the grammar. DeepSeek publishes no GGUF: these are bartowski's conversions.
 */
const family = { licence: "MIT", form: "deepseek", purpose: "untried" } as const;

export const deepseekR1: readonly CatalogueModel[] = [
  {
    ...family,
    id: "deepseek-r1-distill-qwen-1.5b",
    name: "DeepSeek-R1 distill Qwen 1.5B (Q4_K_M)",
    sizeBytes: 1_117_320_800,
    sha256: "1741e5b2d062b07acf048bf0d2c514dadf2a48f94e2b4aa0cfe069af3838ee2f",
    hashFrom: LOCALAI,
    kvBytesPerToken: 28_672,
    url: hubFile("bartowski/DeepSeek-R1-Distill-Qwen-1.5B-GGUF", "main", "DeepSeek-R1-Distill-Qwen-1.5B-Q4_K_M.gguf"),
  },
  {
    ...family,
    id: "deepseek-r1-distill-qwen-7b",
    name: "DeepSeek-R1 distill Qwen 7B (Q4_K_M)",
    sizeBytes: 4_683_073_504,
    sha256: "731ece8d06dc7eda6f6572997feb9ee1258db0784827e642909d9b565641937b",
    hashFrom: LOCALAI,
    kvBytesPerToken: 57_344,
    url: hubFile(
      "bartowski/DeepSeek-R1-Distill-Qwen-7B-GGUF",
      "361004151d4f4f6b446dc5e6d46fbf4422a80d5f",
      "DeepSeek-R1-Distill-Qwen-7B-Q4_K_M.gguf",
    ),
  },
];
