import { useEffect, useState } from "preact/hooks";
import type { ModelStatus, ModelList as Models } from "../../../hub/http/schemas.ts";
import { del, inWords, post } from "../../api.ts";
import { Notice } from "../../parts/notice.tsx";
import { models, readModels } from "../../store.ts";
import { bytes } from "../../words/format.ts";
import { type ModelActs, ModelCard } from "./model-card.tsx";
import { ModelOwn } from "./model-own.tsx";
import { ModelServerForm } from "./model-server.tsx";

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
  const at = (id: string, what: string): string => `/models/${encodeURIComponent(id)}${what}`;
  const acts: ModelActs = {
    pull: (id) => void run(() => post(at(id, "/pull"))),
    cancel: (id) => void run(() => del(at(id, "/pull"))),
    use: (id) => void run(() => post(at(id, "/use"))),
    bench: (id) => void run(() => post(at(id, "/bench"))),
    cancelBench: (id) => void run(() => del(at(id, "/bench"))),
    remove: (id) => void run(() => del(at(id, ""))),
  };
  return (
    <section class="stack" aria-label="Language models">
      <p class="quiet">
        A model reads your wishes and suggests plans. It runs on the hub itself, can move nothing, and every suggestion
        is checked on your home's past. Without one, the built-in planner does the work.
      </p>
      {problem ? <Notice tone="bad">{problem}</Notice> : null}
      {all === undefined ? <p class="quiet loading">Reading the catalogue …</p> : <Found all={all} acts={acts} />}
    </section>
  );
}

function Found({ all, acts }: { readonly all: Models; readonly acts: ModelActs }) {
  const near = all.models.filter((m) => m.recommended || m.added || m.fetchedBytes > 0 || m.state !== "absent");
  const others = all.models.filter((m) => !near.includes(m));
  return (
    <>
      <Advice advice={all.advice} models={all.models} />
      {near.map((model) => (
        <ModelCard key={model.id} model={model} acts={acts} />
      ))}
      <More title="Other models that fit" models={others.filter((m) => m.fits)} acts={acts} />
      <More title="Too large for this machine" models={others.filter((m) => !m.fits)} acts={acts} />
      <ModelOwn />
      <ModelServerForm server={all.server} />
    </>
  );
}

function Advice({
  advice,
  models: all,
}: {
  readonly advice: Models["advice"];
  readonly models: readonly ModelStatus[];
}) {
  const best = all.find((m) => m.id === advice.id);
  return (
    <div class="card stack" data-part="model-advice">
      <h2>{best ? `Recommended here: ${best.name}` : "No model is recommended here"}</h2>
      <p>{sentence(advice.why)}</p>
      <p class="quiet small-text">
        This machine has {bytes(advice.memoryBytes)} of memory; {bytes(advice.availableBytes)} can be had now.
      </p>
      {advice.note ? <Notice tone="warn">{sentence(advice.note)}</Notice> : null}
    </div>
  );
}

const sentence = (text: string): string => `${text.slice(0, 1).toUpperCase()}${text.slice(1)}.`;

interface MoreProps {
  readonly title: string;
  readonly models: readonly ModelStatus[];
  readonly acts: ModelActs;
}

function More({ title, models: some, acts }: MoreProps) {
  if (some.length === 0) return null;
  return (
    <details class="stack">
      <summary>
        {title} ({some.length})
      </summary>
      <div class="stack">
        {some.map((model) => (
          <ModelCard key={model.id} model={model} acts={acts} />
        ))}
      </div>
    </details>
  );
}
