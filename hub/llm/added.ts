import type { AddedModel } from "../ports.ts";
import { type CatalogueModel, MODEL_ID } from "./catalogue/model.ts";
import { isAllowed } from "./sources/official.ts";

/** Small settings that outlive a restart. */
export interface ModelSettings {
  get<T>(id: string): T | undefined;
  put(id: string, document: unknown): void;
}

const MAX_ADDED = 20;

/** The models that a person added before. */
export const addedBefore = (store: ModelSettings): readonly CatalogueModel[] =>
  (store.get<{ models: readonly CatalogueModel[] }>("added")?.models ?? []).slice(0, MAX_ADDED);

/** Checks and keeps an added model. Throws RangeError naming the field; at most 20 models. */
export function keepAdded(store: ModelSettings, model: AddedModel): CatalogueModel {
  const added = addedBefore(store);
  if (added.length >= MAX_ADDED) throw new RangeError(`at most ${MAX_ADDED} models can be added`);
  const checked = check(model);
  store.put("added", { models: [...added, checked] });
  return checked;
}

/** Forgets a model that a person added. */
export function dropAdded(store: ModelSettings, id: string): void {
  store.put("added", { models: addedBefore(store).filter((m) => m.id !== id) });
}

function check(model: AddedModel): CatalogueModel {
  if (!MODEL_ID.test(model.id)) throw new RangeError("id: use small letters, digits, dots and dashes, at most 64");
  if (!isAllowed(model.url)) throw new RangeError("url: must begin with https://");
  const sha256 = model.sha256.toLowerCase();
  if (!/^[0-9a-f]{64}$/.test(sha256)) throw new RangeError("sha256: must be 64 hexadecimal digits");
  const { sizeBytes } = model;
  if (sizeBytes !== undefined && !(Number.isSafeInteger(sizeBytes) && sizeBytes > 0))
    throw new RangeError("sizeBytes: must be a whole number of bytes");
  return {
    id: model.id,
    name: model.name.slice(0, 100),
    licence: model.licence?.slice(0, 100) ?? "not stated",
    sha256,
    hashFrom: "the person who added it",
    purpose: "untried",
    form: "file",
    url: model.url,
    ...(sizeBytes !== undefined && { sizeBytes }),
  };
}
