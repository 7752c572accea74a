import { randomBytes } from "node:crypto";
import type { Store } from "../ports.ts";

/** The hub's own secret, made once: marks on what its bridges show are made of it. Never told to anyone. */
export function hubIdOf(store: Store): string {
  const kept = store.get<{ readonly id: string }>("matter", "hub-id");
  if (kept) return kept.id;
  const id = randomBytes(16).toString("hex");
  store.put("matter", "hub-id", { id });
  return id;
}
