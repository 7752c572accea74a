import type { ModelServerWish } from "../../ports.ts";
import type { ModelSettings } from "../added.ts";
import { checkedUrl } from "./address.ts";

/** A server of the home that answers in place of the local model. */
export interface ServerSettings {
  readonly url: string;
  readonly model: string;
  readonly key: string | undefined;
}

interface Kept extends Omit<ServerSettings, "key"> {
  readonly on: boolean;
  readonly key?: string | undefined;
}

const ID = "server";
const none: Kept = { on: false, url: "", model: "" };

/** As a person set it; off until somebody does. */
export const keptServer = (store: ModelSettings): Kept => store.get<Kept>(ID) ?? none;

/** Checks and keeps the server. Throws RangeError naming the field. */
export function keepServer(store: ModelSettings, wish: ModelServerWish): void {
  const before = keptServer(store);
  const url = wish.url === "" && !wish.on ? "" : checkedUrl(wish.url);
  const model = wish.model.trim();
  if (wish.on && model === "") throw new RangeError("model: write the model's name as the server knows it");
  if (model.length > 200) throw new RangeError("model: at most 200 characters");
  // A key was given for one server: it does not follow to another address.
  const key = wish.key ?? (url === before.url ? before.key : undefined);
  if (key !== undefined && !/^[\x21-\x7e]{0,500}$/.test(key))
    throw new RangeError("key: at most 500 letters, digits and signs, without spaces");
  store.put(ID, { on: wish.on, url, model, ...(key && { key }) });
}

/** The server that answers now; undefined while it is off. */
export function serverInUse(store: ModelSettings): ServerSettings | undefined {
  const { on, url, model, key } = keptServer(store);
  return on && url !== "" ? { url, model, key } : undefined;
}
