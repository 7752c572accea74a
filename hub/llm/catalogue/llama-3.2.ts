import { type CatalogueModel, hubFile, LOCALAI } from "./model.ts";

/** Meta publishes no GGUF: these are the conversions of hugging-quants, a group of the Hugging Face hub itself. */
const family = {
  licence: "Llama 3.2 Community License",
  licenceNote: "with Meta's acceptable use policy; not for services with more than 700 million users",
  form: "llama3",
  purpose: "untried",
} as const;

export const llama32: readonly CatalogueModel[] = [
  {
    ...family,
    id: "llama-3.2-1b",
    name: "Llama 3.2 1B Instruct (Q4_K_M)",
    sizeBytes: 807_690_656,
    sha256: "1d0e9419ec4e12aef73ccf4ffd122703e94c48344a96bc7c5f0f2772c2152ce3",
    hashFrom: LOCALAI,
    kvBytesPerToken: 32_768,
    url: hubFile("hugging-quants/Llama-3.2-1B-Instruct-Q4_K_M-GGUF", "main", "llama-3.2-1b-instruct-q4_k_m.gguf"),
  },
  {
    ...family,
    id: "llama-3.2-3b",
    name: "Llama 3.2 3B Instruct (Q4_K_M)",
    sizeBytes: 2_019_373_920,
    sha256: "c55a83bfb6396799337853ca69918a0b9bbb2917621078c34570bc17d20fd7a1",
    hashFrom: LOCALAI,
    kvBytesPerToken: 114_688,
    url: hubFile("hugging-quants/Llama-3.2-3B-Instruct-Q4_K_M-GGUF", "main", "llama-3.2-3b-instruct-q4_k_m.gguf"),
  },
];
