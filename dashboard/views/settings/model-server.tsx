import { useState } from "preact/hooks";
import type { ModelServer } from "../../../hub/http/schemas.ts";
import { ApiError, inWords, post, put } from "../../api.ts";
import { Field } from "../../parts/field.tsx";
import { Notice } from "../../parts/notice.tsx";
import { readModels } from "../../store.ts";

const WHAT = `A larger computer of yours can answer in place of the hub's own model: llama.cpp's server, Ollama, LM Studio or any
other that speaks OpenAI's API. It is told your wishes and the names of your devices, so only addresses of your own network
are taken.`;

/** A larger machine of the home in place of the local model; off until somebody turns it on. */
export function ModelServerForm({ server }: { readonly server: ModelServer }) {
  const [draft, setDraft] = useState({ url: server.url, model: server.model, key: "" });
  const [problems, setProblems] = useState<Readonly<Record<string, string>>>({});
  const [trial, setTrial] = useState<{ readonly ok: boolean; readonly note: string } | undefined>(undefined);
  const [busy, setBusy] = useState(false);
  const field = (key: keyof typeof draft) => ({
    value: draft[key],
    problem: problems[key],
    autocomplete: "off",
    spellcheck: false,
    onInput: (e: { currentTarget: HTMLInputElement }) => setDraft({ ...draft, [key]: e.currentTarget.value }),
  });
  const save = async (on: boolean) => {
    setBusy(true);
    setProblems({});
    setTrial(undefined);
    try {
      const { url, model, key } = draft;
      await put("/model-server", { on, url: url.trim(), model: model.trim(), ...(key && { key }) });
      setDraft({ ...draft, key: "" });
      if (on) setTrial(await post("/model-server/trial"));
      await readModels();
    } catch (error) {
      const fields = error instanceof ApiError ? error.fields : [];
      setProblems(
        fields.length > 0 ? Object.fromEntries(fields.map((f) => [f.field, f.message])) : { url: inWords(error) },
      );
    }
    setBusy(false);
  };
  return (
    <form
      class="card stack"
      aria-label="A model server of your home"
      aria-busy={busy}
      onSubmit={(e) => {
        e.preventDefault();
        void save(true);
      }}
    >
      <Head on={server.on} />
      <div class="two">
        <Field label="Address" required maxLength={300} hint="http://192.168.1.20:8080" {...field("url")} />
        <Field label="Model" required maxLength={200} hint="as the server calls it" {...field("model")} />
        <Field
          label="Key"
          type="password"
          maxLength={500}
          hint={server.keySet ? "one is kept; write another to replace it" : "only where the server asks for one"}
          {...field("key")}
        />
      </div>
      {trial ? <Notice tone={trial.ok ? "good" : "bad"}>Trial question: {trial.note}</Notice> : null}
      {server.on && server.note && !trial ? <p class="quiet small-text">Last question: {server.note}</p> : null}
      <div class="row">
        <button type="submit" class="primary" disabled={busy}>
          {server.on ? "Save and try" : "Turn on and try"}
        </button>
        {server.on ? (
          <button type="button" disabled={busy} onClick={() => void save(false)}>
            Turn off
          </button>
        ) : null}
      </div>
    </form>
  );
}

function Head({ on }: { readonly on: boolean }) {
  return (
    <>
      <div class="model-head">
        <h2>A model server of your home</h2>
        <span class={`pill ${on ? "pill-good" : ""}`}>{on ? "on" : "off"}</span>
      </div>
      <p class="quiet">{WHAT}</p>
    </>
  );
}
