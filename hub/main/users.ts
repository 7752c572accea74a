/** Which rules and scenes of people name a device: what would miss it. */
import type { NodeId } from "../model/path.ts";
import type { KeptView } from "../ports.ts";
import { nodeNow } from "../step/identity/names.ts";
import type { CoreState } from "../step.ts";

/** By the node that is meant now. */
export function usersOf(state: CoreState): ReadonlyMap<NodeId, KeptView["usedBy"]> {
  const { automation, scenes } = state;
  const users = new Map<NodeId, KeptView["usedBy"][number][]>();
  const look = (kind: "rule" | "scene", of: { readonly id: string; readonly title: string }): void => {
    const named = new Set(wordsIn(of).map((id) => nodeNow(state, id)?.description.id ?? id));
    for (const id of named) users.set(id, [...(users.get(id) ?? []), { kind, ...titled(of) }]);
  };
  for (const rule of automation.rules) look("rule", rule);
  for (const scene of scenes) look("scene", scene);
  return users;
}

const titled = ({ id, title }: { readonly id: string; readonly title: string }) => ({ id, title });

/** Whatever in a document may be a node's id: each text, of a path its first part. */
const wordsIn = (document: unknown): readonly string[] => {
  if (typeof document === "string") return [document.split("/", 1)[0] ?? ""];
  return typeof document === "object" && document !== null ? Object.values(document).flatMap(wordsIn) : [];
};
