import { deepseekR1 } from "./deepseek-r1.ts";
import { gemma3 } from "./gemma-3.ts";
import { llama32 } from "./llama-3.2.ts";
import type { CatalogueModel } from "./model.ts";
import { moonlight } from "./moonlight.ts";
import { qwen25Coder } from "./qwen2.5-coder.ts";
import { qwen3 } from "./qwen3.ts";
import { smollm2 } from "./smollm2.ts";

/** Every model that is known whole: file, size and hash. Any other is added by a person with address and hash. */
export const catalogue: readonly CatalogueModel[] = [
  ...qwen25Coder,
  ...qwen3,
  ...llama32,
  ...deepseekR1,
  ...gemma3,
  ...smollm2,
  ...moonlight,
];
