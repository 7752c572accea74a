import { type CatalogueModel, hubFile, lfsRecord } from "./model.ts";

/** Thinks by itself unless it is told not to; the hub's form tells it. */
const family = { licence: "Apache-2.0", form: "qwen3", purpose: "untried" } as const;
const MANY = "ten public model lists that agree on it";

export const qwen3: readonly CatalogueModel[] = [
  {
    ...family,
    id: "qwen3-0.6b",
    name: "Qwen3 0.6B (Q8_0)",
    sizeBytes: 639_446_688,
    sha256: "9465e63a22add5354d9bb4b99e90117043c7124007664907259bd16d043bb031",
    hashFrom: lfsRecord(MANY),
    kvBytesPerToken: 114_688,
    url: hubFile("Qwen/Qwen3-0.6B-GGUF", "23749fefcc72300e3a2ad315e1317431b06b590a", "Qwen3-0.6B-Q8_0.gguf"),
  },
  {
    ...family,
    id: "qwen3-1.7b",
    name: "Qwen3 1.7B (Q8_0)",
    sizeBytes: 1_834_426_016,
    sha256: "061b54daade076b5d3362dac252678d17da8c68f07560be70818cace6590cb1a",
    hashFrom: lfsRecord(MANY),
    kvBytesPerToken: 114_688,
    url: hubFile("Qwen/Qwen3-1.7B-GGUF", "90862c4b9d2787eaed51d12237eafdfe7c5f6077", "Qwen3-1.7B-Q8_0.gguf"),
  },
  {
    ...family,
    id: "qwen3-4b",
    name: "Qwen3 4B (Q4_K_M)",
    sizeBytes: 2_497_280_256,
    sha256: "7485fe6f11af29433bc51cab58009521f205840f5b4ae3a32fa7f92e8534fdf5",
    hashFrom: lfsRecord(MANY),
    kvBytesPerToken: 147_456,
    url: hubFile("Qwen/Qwen3-4B-GGUF", "bc640142c66e1fdd12af0bd68f40445458f3869b", "Qwen3-4B-Q4_K_M.gguf"),
  },
];
