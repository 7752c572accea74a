import { useState } from "preact/hooks";
import type { SceneRun, SceneView } from "../../../hub/http/schemas/house-state.ts";
import { del, inWords, post } from "../../api.ts";
import { RunNote } from "../../parts/house-bar.tsx";
import { Notice } from "../../parts/notice.tsx";
import { readHouse } from "../../store.ts";
import { SceneForm } from "./house-scene-form.tsx";

/** The house's scenes: made of how it is now, tried, changed and deleted. */
export function Scenes({ all }: { readonly all: readonly SceneView[] }) {
  const [open, setOpen] = useState<string | undefined>(undefined);
  const done = () => {
    setOpen(undefined);
    void readHouse();
  };
  return (
    <section class="card stack" aria-label="Scenes">
      <h2>Scenes</h2>
      <p class="quiet">
        Set your devices as you like them, and keep that under a name. Locks, chargers and what cooks are never part of
        a scene made so.
      </p>
      <ul class="stack">
        {all.map((scene) => (
          <li key={scene.id} class="stack person-row">
            {open === scene.id ? (
              <SceneForm scene={scene} onDone={done} />
            ) : (
              <SceneRow scene={scene} onChange={() => setOpen(scene.id)} />
            )}
          </li>
        ))}
      </ul>
      {open === "new" ? (
        <SceneForm onDone={done} />
      ) : (
        <div class="row">
          <button type="button" onClick={() => setOpen("new")}>
            Make a scene
          </button>
        </div>
      )}
    </section>
  );
}

function SceneRow({ scene, onChange }: { readonly scene: SceneView; readonly onChange: () => void }) {
  const [problem, setProblem] = useState("");
  const [sure, setSure] = useState(false);
  const failed = (error: unknown) => setProblem(inWords(error));
  const path = `/scenes/${encodeURIComponent(scene.id)}`;
  return (
    <>
      <div class="row spread">
        <strong>{scene.title}</strong>
        <span class="row">
          <button
            type="button"
            class="small"
            onClick={() => void post<SceneRun>(`${path}/activate`).then(() => readHouse(), failed)}
          >
            Try<span class="heard"> {scene.title}</span>
          </button>
          <button type="button" class="plain" onClick={onChange}>
            Change<span class="heard"> {scene.title}</span>
          </button>
          <button
            type="button"
            class="plain"
            onClick={() => (sure ? void del(path).then(() => readHouse(), failed) : setSure(true))}
          >
            {sure ? "Yes, delete" : "Delete …"}
            <span class="heard"> {scene.title}</span>
          </button>
        </span>
      </div>
      <p class="quiet small-text">{scene.actions.map((a) => a.words).join(" · ")}</p>
      {scene.lastRun ? <RunNote title="Last time" run={scene.lastRun} /> : null}
      {problem ? <Notice tone="bad">{problem}</Notice> : null}
    </>
  );
}
