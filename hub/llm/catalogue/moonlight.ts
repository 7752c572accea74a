import { type CatalogueModel, hubFile, lfsRecord } from "./model.ts";

/**
 * Moonshot's smallest open model: 16 billion weights, of which 3 work at a time. The Kimi models proper have a trillion and
 * fit no home's machine. Moonshot publishes no GGUF: this is mmnga's conversion.
 */
export const moonlight: readonly CatalogueModel[] = [
  {
    id: "moonlight-16b-a3b",
    name: "Moonlight 16B-A3B Instruct (Q4_K_M)",
    licence: "MIT",
    form: "file",
    purpose: "untried",
    sizeBytes: 10_537_205_632,
    sha256: "42f6e4d55765811b5710dcb1b30e79b8315735f956363da4965e0471d5b7e2b7",
    hashFrom: lfsRecord("the model list of the project kalsa, which read it there on 2026-09-16"),
    // 27 layers x 16 heads x (192 + 128) x 2 bytes: without the compressed form, which older conversions lack.
    kvBytesPerToken: 276_480,
    url: hubFile(
      "mmnga/Moonlight-16B-A3B-Instruct-gguf",
      "eb4728b376af0f3e168dc96d23cd21818c5738f6",
      "Moonlight-16B-A3B-Instruct-Q4_K_M.gguf",
    ),
  },
];
