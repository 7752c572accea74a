import { useEffect, useState } from "preact/hooks";
import type { NodeUsers } from "../../hub/http/schemas/house-state.ts";
import { get } from "../api.ts";

interface Props {
  readonly node: string;
  readonly name: string;
}

/** The rules and scenes that would miss a device, before it goes. */
export function NamedBy({ node, name }: Props) {
  const [users, setUsers] = useState<NodeUsers["usedBy"]>([]);
  useEffect(() => {
    setUsers([]);
    get<NodeUsers>(`/nodes/${encodeURIComponent(node)}/users`).then(
      ({ usedBy }) => setUsers(usedBy),
      () => undefined,
    );
  }, [node]);
  if (users.length === 0) return null;
  return (
    <p>
      {name} is named by{" "}
      {users.map(({ kind, id, title }, i) => (
        <span key={id}>
          {i > 0 ? ", " : ""}
          the {kind} <a href={kind === "rule" ? `#/rules/${encodeURIComponent(id)}` : "#/settings/house"}>{title}</a>
        </span>
      ))}
      : {users.length === 1 ? "it" : "they"} would miss it.
    </p>
  );
}
