import { join } from "node:path";
import { catalogue } from "../../hub/llm/catalogue/index.ts";
import { fetchModel } from "../../hub/llm/download.ts";
import { sha256Of } from "../../hub/llm/files.ts";
import { root } from "./sources.ts";

/** Kept between runs: a fresh machine fetches once. */
export const modelsFolder = process.env.INGLENOOK_TEST_MODELS ?? join(root, ".data", "models");

/** No source may hold a run up for longer. */
const FETCH_MS = 240_000;

export type Fetched =
  | { readonly ok: true; readonly path: string; readonly sha256: string; readonly expected: string }
  | { readonly ok: false; readonly reason: string };

/** Brings a model of the catalogue here by the hub's own downloader and hashes the file anew, whatever was noted of it. */
export async function realModel(id: string): Promise<Fetched> {
  const model = catalogue.find((m) => m.id === id);
  if (!model) return { ok: false, reason: `the catalogue has no ${id}` };
  const signal = AbortSignal.timeout(FETCH_MS);
  try {
    const fetched = await fetchModel(model, { folder: modelsFolder, signal, onProgress: () => undefined });
    if (!fetched.ok) return fetched;
    const sha256 = await sha256Of(fetched.path, signal, () => undefined);
    console.info(`${id}: ${fetched.note}`);
    return { ok: true, path: fetched.path, sha256, expected: model.sha256 };
  } catch (error) {
    return { ok: false, reason: error instanceof Error ? error.message : String(error) };
  }
}
