import { useState } from "preact/hooks";
import type { KeptMapping } from "../../../hub/http/schemas.ts";
import { del, inWords, put } from "../../api.ts";
import { Notice } from "../../parts/notice.tsx";
import { linkTo } from "../../router.ts";
import { nodes } from "../../store.ts";
import { freeId } from "./mapping-draft.ts";

interface Props {
  readonly mappings: readonly KeptMapping[];
  readonly onChange: () => void;
  readonly onEdit: (kept: KeptMapping) => void;
}

/** The devices that people described: to be changed, saved as a file, brought back from one, and removed. */
export function MappingList({ mappings, onChange, onEdit }: Props) {
  const [problem, setProblem] = useState("");
  return (
    <section class="stack" aria-label="Devices that you described">
      <h2>Devices that you described</h2>
      {problem ? <Notice tone="bad">{problem}</Notice> : null}
      {mappings.length === 0 ? <p class="quiet">None yet.</p> : null}
      <ul class="stack">
        {mappings.map((kept) => (
          <MappingCard key={kept.id} kept={kept} onChange={onChange} onEdit={onEdit} onProblem={setProblem} />
        ))}
      </ul>
      <Upload onDone={onChange} onProblem={setProblem} />
    </section>
  );
}

interface CardProps extends Omit<Props, "mappings"> {
  readonly kept: KeptMapping;
  readonly onProblem: (problem: string) => void;
}

function MappingCard({ kept, onChange, onEdit, onProblem }: CardProps) {
  const [asks, setAsks] = useState(false);
  const { id, mapping, node, file } = kept;
  const isThere = nodes.value?.some((n) => n.id === node) ?? false;
  const remove = () => del(`/mappings/${id}`).then(onChange, (error: unknown) => onProblem(inWords(error)));
  return (
    <li class="card stack">
      <div class="row spread">
        <strong>{isThere ? <a href={linkTo("node", node)}>{mapping.name}</a> : mapping.name}</strong>
        <span class="quiet small-text">
          {mapping.values.length === 1 ? "one value" : `${mapping.values.length} values`}
          {isThere ? "" : " · not heard yet"}
          {file ? ` · from ${file}` : ""}
        </span>
      </div>
      {asks ? (
        <div class="row">
          <span>Remove {mapping.name}? The device goes with it; its history stays.</span>
          <button type="button" onClick={() => void remove()}>
            Remove
          </button>
          <button type="button" class="plain" onClick={() => setAsks(false)}>
            Keep
          </button>
        </div>
      ) : (
        <div class="row">
          {file ? null : (
            <button type="button" class="small" onClick={() => onEdit(kept)}>
              Change<span class="heard"> {mapping.name}</span>
            </button>
          )}
          <button type="button" class="plain" onClick={() => download(kept)}>
            Save as a file<span class="heard">: {mapping.name}</span>
          </button>
          {file ? null : (
            <button type="button" class="plain" onClick={() => setAsks(true)}>
              Remove {mapping.name} …
            </button>
          )}
        </div>
      )}
    </li>
  );
}

function download({ id, mapping }: KeptMapping): void {
  const url = URL.createObjectURL(new Blob([`${JSON.stringify(mapping, null, 2)}\n`], { type: "application/json" }));
  const link = document.createElement("a");
  link.href = url;
  link.download = `${id}.json`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

/** A file that was saved here, or written by hand. One of the same name takes the other's place. */
function Upload({ onDone, onProblem }: { readonly onDone: () => void; readonly onProblem: (problem: string) => void }) {
  const take = async (file: File) => {
    onProblem("");
    try {
      const json: unknown = JSON.parse(await file.text());
      await put(`/mappings/${freeId(file.name.replace(/\.json$/i, ""), [])}`, json);
      onDone();
    } catch (error) {
      onProblem(`${file.name}: ${error instanceof SyntaxError ? "this is no JSON" : inWords(error)}`);
    }
  };
  return (
    <div class="field">
      <label for="mapping-file">Bring a device in from a file</label>
      <input
        id="mapping-file"
        type="file"
        accept=".json,application/json"
        onChange={(e) => {
          const file = e.currentTarget.files?.[0];
          if (file) void take(file);
          e.currentTarget.value = "";
        }}
      />
      <p class="hint">A file of the same name takes the other's place.</p>
    </div>
  );
}
