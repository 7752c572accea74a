import { gemma3270m } from "./gemma-3-270m.ts";
import type { CatalogueModel } from "./model.ts";
import { qwen25Coder05b } from "./qwen2.5-coder-0.5b.ts";
import { qwen25Coder15b } from "./qwen2.5-coder-1.5b.ts";
import { smollm2135m } from "./smollm2-135m.ts";

/**
 * Every model that is known whole: file, size and hash. Other families (Qwen3, Llama 3.2, DeepSeek-R1 distills, Moonshot's
 * open models) are added by a person with address and hash until an official file and its hash are both certain.
 */
export const catalogue: readonly CatalogueModel[] = [qwen25Coder15b, qwen25Coder05b, smollm2135m, gemma3270m];

/** The largest planning model that this much memory carries (whole machine, bytes); undefined: plan without a model. */
export function recommend(totalMemoryBytes: number): string | undefined {
  return catalogue
    .filter((m) => m.purpose === "planning" && m.minMemoryBytes <= totalMemoryBytes)
    .sort((a, b) => b.minMemoryBytes - a.minMemoryBytes)[0]?.id;
}
