import { useState } from "preact/hooks";
import type { NodeView } from "../../hub/http/schemas.ts";
import { inWords, post } from "../api.ts";
import { Choice } from "../parts/field.tsx";
import { NamedBy } from "../parts/named-by.tsx";
import { Notice } from "../parts/notice.tsx";
import { readNodes } from "../store.ts";

/** Puts another device in the place of one that is broken or sold: its name, room, history and rules go on with the other. */
export function NodeReplace({ node, others }: { readonly node: NodeView; readonly others: readonly NodeView[] }) {
  const [asked, setAsked] = useState(false);
  const [by, setBy] = useState("");
  const [note, setNote] = useState<{ readonly tone: "good" | "bad"; readonly text: string } | undefined>(undefined);
  const other = others.find((n) => n.id === by);
  const replace = async () => {
    if (!other) return;
    try {
      await post<NodeView>(`/nodes/${encodeURIComponent(node.id)}/replace`, { by: other.id });
      await readNodes();
      setAsked(false);
      setBy("");
      setNote({ tone: "good", text: `${other.name} is ${node.name} now.` });
    } catch (error) {
      setNote({ tone: "bad", text: inWords(error) });
    }
  };
  if (others.length === 0) return null;
  return (
    <section class="card stack" aria-label="Replacement">
      <h2>Replaced?</h2>
      {note ? <Notice tone={note.tone}>{note.text}</Notice> : null}
      {asked ? (
        <>
          <Choice
            label="The device that takes its place"
            value={by}
            options={[{ value: "", label: "choose …" }, ...others.map((n) => ({ value: n.id, label: optionOf(n) }))]}
            onChange={setBy}
          />
          {other ? (
            <p>
              {other.name} becomes {node.name}: the name, the room, the history and every rule and plan go on with it.
              The old device, should it speak again, appears as one of its own.
            </p>
          ) : null}
          {other ? <NamedBy node={other.id} name={`${other.name} as it is called now`} /> : null}
          <div class="row">
            <button type="button" disabled={!other} onClick={() => void replace()}>
              Replace
            </button>
            <button type="button" class="plain" onClick={() => setAsked(false)}>
              Not now
            </button>
          </div>
        </>
      ) : (
        <button type="button" class="plain" onClick={() => setAsked(true)}>
          Put another in its place …
        </button>
      )}
    </section>
  );
}

const optionOf = (n: NodeView): string => [n.name, n.room, n.model].filter(Boolean).join(", ");
