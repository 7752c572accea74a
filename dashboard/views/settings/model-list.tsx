import { useEffect, useState } from "preact/hooks";
import type { ModelStatus } from "../../../hub/http/schemas.ts";
import { del, inWords, post } from "../../api.ts";
import { Notice } from "../../parts/notice.tsx";
import { models, readModels } from "../../store.ts";
import { bytes, number } from "../../words/format.ts";

const STATES: Readonly<Record<ModelStatus["state"], readonly [string, string]>> = {
  absent: ["not here", "pill"],
  fetching: ["being fetched", "pill-ember"],
  present: ["here", "pill"],
  inUse: ["in use", "pill-good"],
  loaded: ["in use, loaded", "pill-good"],
  failed: ["failed", "pill-bad"],
};

/** The open models this home may use, fetched with progress and checked by hash. Everything works without one. */
export function ModelList() {
  const [problem, setProblem] = useState("");
  const all = models.value;
  useEffect(() => {
    readModels().catch((error: unknown) => setProblem(inWords(error)));
  }, []);
  const run = async (work: () => Promise<unknown>) => {
    setProblem("");
    try {
      await work();
      await readModels();
    } catch (error) {
      setProblem(inWords(error));
    }
  };
  return (
    <section class="stack" aria-label="Language models">
      <p class="quiet">
        A model reads your wishes and suggests plans. It runs on the hub itself, can move nothing, and every suggestion
        is checked on your home's past. Without one, the built-in planner does the work.
      </p>
      {problem ? <Notice tone="bad">{problem}</Notice> : null}
      {all === undefined ? <p class="quiet loading">Reading the catalogue …</p> : null}
      {all?.map((model) => (
        <ModelCard
          key={model.id}
          model={model}
          onPull={() => void run(() => post(`/models/${encodeURIComponent(model.id)}/pull`))}
          onCancel={() => void run(() => del(`/models/${encodeURIComponent(model.id)}/pull`))}
          onUse={() => void run(() => post(`/models/${encodeURIComponent(model.id)}/use`))}
        />
      ))}
    </section>
  );
}

interface CardProps {
  readonly model: ModelStatus;
  readonly onPull: () => void;
  readonly onCancel: () => void;
  readonly onUse: () => void;
}

function ModelCard({ model, onPull, onCancel, onUse }: CardProps) {
  const [state, tone] = STATES[model.state];
  const part = model.sizeBytes > 0 ? model.fetchedBytes / model.sizeBytes : 0;
  return (
    <article class="card stack" data-model={model.id}>
      <div class="model-head">
        <h2>{model.name}</h2>
        <span class={`pill ${tone}`}>{state}</span>
      </div>
      <p class="quiet small-text">
        {bytes(model.sizeBytes)} · {model.licence}
        {model.recommended ? " · fits this machine best" : ""}
      </p>
      {model.state === "fetching" ? (
        <div>
          <progress max={1} value={part} aria-label={`Fetching ${model.name}`} />
          <p class="small-text">
            {number(part * 100, 0)} %, {bytes(model.fetchedBytes)} of {bytes(model.sizeBytes)}
          </p>
        </div>
      ) : null}
      {model.note ? (
        <p class={model.state === "failed" ? "wanted-bad small-text" : "quiet small-text"}>{model.note}</p>
      ) : null}
      <div class="row">
        {model.state === "absent" || model.state === "failed" ? (
          <button type="button" class="small" onClick={onPull}>
            {model.fetchedBytes > 0 ? "Go on fetching" : "Fetch"}
          </button>
        ) : null}
        {model.state === "fetching" ? (
          <button type="button" class="small" onClick={onCancel}>
            Stop
          </button>
        ) : null}
        {model.state === "present" ? (
          <button type="button" class="small primary" onClick={onUse}>
            Use this one
          </button>
        ) : null}
      </div>
    </article>
  );
}
