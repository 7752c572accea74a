import { useEffect, useState } from "preact/hooks";
import type { BridgePreview, BridgeWish } from "../../../hub/http/schemas.ts";
import { inWords, post } from "../../api.ts";
import { Notice } from "../../parts/notice.tsx";
import { chosenDevice } from "./bridge-draft.ts";

interface Props {
  readonly filter: BridgeWish["filter"];
  readonly ecosystem: BridgeWish["ecosystem"];
  readonly onFilter: (filter: BridgeWish["filter"]) => void;
}

type PreviewNode = BridgePreview["nodes"][number];

/** What the other app will show of each device, and why some can't go out; each can be chosen or left out. */
export function BridgePreviewList({ filter, ecosystem, onFilter }: Props) {
  const [preview, setPreview] = useState<BridgePreview | undefined>(undefined);
  const [problem, setProblem] = useState("");
  const asked = JSON.stringify({ ecosystem, filter });
  useEffect(() => {
    let old = false;
    post<BridgePreview>("/bridges/preview", JSON.parse(asked)).then(
      (found) => {
        if (!old) setPreview(found);
      },
      (error: unknown) => setProblem(inWords(error)),
    );
    return () => {
      old = true;
    };
  }, [asked]);
  if (problem) return <Notice tone="bad">{problem}</Notice>;
  if (!preview) return <p class="quiet">Reading …</p>;
  const able = preview.nodes.filter((n) => n.parts.length > 0);
  const unable = preview.nodes.filter((n) => n.parts.length === 0);
  const count = able.filter((n) => n.chosen).length;
  return (
    <section class="stack" aria-label="What will be shown">
      <h4>
        {count} of {preview.nodes.length} devices will be shown
      </h4>
      <p class="quiet small-text">{preview.basis}</p>
      <ul class="preview-list">
        {able.map((node) => (
          <Able key={node.node} node={node} onChoose={(is) => onFilter(chosenDevice(filter, node.node, is))} />
        ))}
      </ul>
      {unable.length > 0 ? (
        <details>
          <summary>{unable.length} can't go out</summary>
          <ul class="preview-list">
            {unable.map((node) => (
              <li key={node.node}>
                <strong>{node.name}</strong>
                <span class="quiet small-text">{node.notes.join("; ")}</span>
              </li>
            ))}
          </ul>
        </details>
      ) : null}
    </section>
  );
}

function Able({ node, onChoose }: { readonly node: PreviewNode; readonly onChoose: (is: boolean) => void }) {
  const hidden = [...new Set(node.parts.flatMap((p) => (p.hidden ? [p.hidden] : [])))];
  return (
    <li>
      <label class="choice">
        <input type="checkbox" checked={node.chosen} onChange={(e) => onChoose(e.currentTarget.checked)} />
        <span>
          <strong>{node.name}</strong> {node.room ? <span class="quiet">{node.room}</span> : null}
        </span>
      </label>
      <span class="small-text">
        {node.parts
          .map((p) => (p.abilities.length > 0 ? `${p.label} (${p.abilities.join(", ")})` : p.label))
          .join("; ")}
      </span>
      {hidden.length > 0 ? <span class="small-text wanted-bad">{hidden.join("; ")}</span> : null}
      {node.notes.length > 0 ? <span class="quiet small-text">Stays here: {node.notes.join("; ")}</span> : null}
    </li>
  );
}
