import { useState } from "preact/hooks";
import type { ModelStatus } from "../../../hub/http/schemas.ts";
import { settings } from "../../store.ts";
import { bytes, moment, number } from "../../words/format.ts";

const STATES: Readonly<Record<ModelStatus["state"], readonly [string, string]>> = {
  absent: ["not here", "pill"],
  fetching: ["being fetched", "pill-ember"],
  present: ["here", "pill"],
  inUse: ["in use", "pill-good"],
  loaded: ["in use, loaded", "pill-good"],
  failed: ["failed", "pill-bad"],
};

export interface ModelActs {
  readonly pull: (id: string) => void;
  readonly cancel: (id: string) => void;
  readonly use: (id: string) => void;
  readonly bench: (id: string) => void;
  readonly cancelBench: (id: string) => void;
  readonly remove: (id: string) => void;
}

/** One model: what it is, what it needs and did on this machine, and what can be done with it. */
export function ModelCard({ model, acts }: { readonly model: ModelStatus; readonly acts: ModelActs }) {
  const [state, tone] = STATES[model.state];
  return (
    <article class="card stack" data-model={model.id}>
      <div class="model-head">
        <h3>{model.name}</h3>
        <span class={`pill ${tone}`}>{state}</span>
      </div>
      <p class="quiet small-text">
        {bytes(model.sizeBytes)} · {model.licence}
        {model.licenceNote ? ` (${model.licenceNote})` : ""} · {memoryWords(model)}
        {model.recommended ? " · recommended here" : ""}
      </p>
      <Measured model={model} />
      <Progress model={model} />
      {model.note ? (
        <p class={model.state === "failed" ? "wanted-bad small-text" : "quiet small-text"}>{model.note}</p>
      ) : null}
      <Acts model={model} acts={acts} />
    </article>
  );
}

function memoryWords(model: ModelStatus): string {
  const how = model.memoryMeasured ? "measured here" : "reckoned";
  return `needs ${bytes(model.memoryBytes)} of memory (${how})${model.fits ? "" : ", too much for this machine"}`;
}

/** What it did here, in figures that a family can weigh. */
function Measured({ model }: { readonly model: ModelStatus }) {
  const { bench } = model;
  if (!bench) return null;
  const busy = bench.load > bench.cores;
  const facts: readonly (readonly [string, string])[] = [
    ["Reads wishes right", `${bench.house.right} of ${bench.house.of}`],
    ["by itself", `${bench.alone.right} of ${bench.alone.of}`],
    ["Invents names", bench.inventedNames === 0 ? "never" : `${bench.inventedNames} times`],
    ["A proposal takes", `${number(bench.proposalMs / 1000, 1)} s`],
    ["Writes", `${number(bench.tokensPerSecond, 1)} tokens/s`],
    ["Reads", `${number(bench.promptPerSecond, 0)} tokens/s`],
    ["Loads in", `${number(bench.loadMs / 1000, 1)} s`],
  ];
  return (
    <div class="stack">
      <dl class="model-facts">
        {facts.map(([what, value]) => (
          <div key={what}>
            <dt>{what}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <p class="quiet small-text">
        Measured here {moment(bench.at, settings.value?.timeZone)}
        {busy ? "; the machine was busy, so it can be faster than this" : ""}.
      </p>
    </div>
  );
}

function Progress({ model }: { readonly model: ModelStatus }) {
  if (model.benching)
    return (
      <div>
        <progress max={1} value={model.benching.part} aria-label={`Measuring ${model.name}`} />
        <p class="small-text">
          Measuring, {number(model.benching.part * 100, 0)} %: {model.benching.note}
        </p>
      </div>
    );
  if (model.state !== "fetching") return null;
  const part = model.sizeBytes > 0 ? model.fetchedBytes / model.sizeBytes : 0;
  return (
    <div>
      <progress max={1} value={part} aria-label={`Fetching ${model.name}`} />
      <p class="small-text">
        {number(part * 100, 0)} %, {bytes(model.fetchedBytes)} of {bytes(model.sizeBytes)}
      </p>
    </div>
  );
}

function Acts({ model, acts }: { readonly model: ModelStatus; readonly acts: ModelActs }) {
  const [sure, setSure] = useState(false);
  const { id, state } = model;
  const here = ["present", "inUse", "loaded"].includes(state);
  const removable = here || model.fetchedBytes > 0 || model.added;
  const button = (words: string, act: (id: string) => void, more = "") => (
    <button type="button" class={`small ${more}`} onClick={() => act(id)}>
      {words} <span class="heard">{model.name}</span>
    </button>
  );
  if (state === "fetching") return <div class="row">{button("Stop fetching", acts.cancel)}</div>;
  if (model.benching) return <div class="row">{button("Stop measuring", acts.cancelBench)}</div>;
  if (sure)
    return (
      <div class="row">
        <span class="small-text">Delete its file ({bytes(model.fetchedBytes)})?</span>
        {button("Delete", acts.remove, "danger")}
        <button type="button" class="small plain" onClick={() => setSure(false)}>
          Keep
        </button>
      </div>
    );
  return (
    <div class="row">
      {here ? null : button(model.fetchedBytes > 0 ? "Go on fetching" : "Fetch", acts.pull)}
      {state === "present" ? button("Use this one", acts.use, "primary") : null}
      {here ? button(model.bench ? "Measure again" : "Measure it here", acts.bench) : null}
      {removable ? (
        <button type="button" class="small plain" onClick={() => setSure(true)}>
          Remove <span class="heard">{model.name}</span>
        </button>
      ) : null}
    </div>
  );
}
