import { useState } from "preact/hooks";
import { ApiError, inWords, post } from "../../api.ts";
import { Field } from "../../parts/field.tsx";
import { readModels } from "../../store.ts";

const EMPTY = { id: "", name: "", url: "", sha256: "" };

/** Any model file by its address and hash: the hash decides, so the address need not be trusted. */
export function ModelOwn() {
  const [draft, setDraft] = useState(EMPTY);
  const [problems, setProblems] = useState<Readonly<Record<string, string>>>({});
  const field = (key: keyof typeof EMPTY) => ({
    value: draft[key],
    problem: problems[key],
    required: true,
    autocomplete: "off",
    spellcheck: false,
    onInput: (e: { currentTarget: HTMLInputElement }) => setDraft({ ...draft, [key]: e.currentTarget.value }),
  });
  const save = async () => {
    setProblems({});
    try {
      const { id, name, url, sha256 } = draft;
      await post("/models", { id: id.trim(), name: name.trim(), url: url.trim(), sha256: sha256.trim() });
      setDraft(EMPTY);
      await readModels();
    } catch (error) {
      const fields = error instanceof ApiError ? error.fields : [];
      setProblems(
        fields.length > 0 ? Object.fromEntries(fields.map((f) => [f.field, f.message])) : { url: inWords(error) },
      );
    }
  };
  return (
    <details class="card stack">
      <summary>Add another model file</summary>
      <form
        class="stack"
        aria-label="Add another model file"
        onSubmit={(e) => {
          e.preventDefault();
          void save();
        }}
      >
        <div class="two">
          <Field label="Short name" maxLength={64} hint="small letters and digits, such as my-model" {...field("id")} />
          <Field label="Shown as" maxLength={100} {...field("name")} />
          <Field label="Address of the GGUF file" maxLength={1000} hint="https://…" {...field("url")} />
          <Field
            label="SHA-256"
            maxLength={64}
            hint="64 digits, as its publisher states them: another file will not be used"
            {...field("sha256")}
          />
        </div>
        <div class="row">
          <button type="submit" class="primary">
            Add to the list
          </button>
        </div>
      </form>
    </details>
  );
}
