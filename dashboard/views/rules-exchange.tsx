import { useState } from "preact/hooks";
import type { IncomingRules } from "../../hub/http/schemas.ts";
import { inWords, post } from "../api.ts";
import { Notice } from "../parts/notice.tsx";
import { IncomingEntities } from "./rules-exchange/entities.tsx";
import { IncomingList } from "./rules-exchange/list.tsx";
import "../styles/rules.css";

type Meant = Readonly<Record<string, string>>;

/** Rules out of and into files: looked at, rule by rule, before anything is kept. */
export function RulesExchange() {
  const [text, setText] = useState("");
  const [found, setFound] = useState<IncomingRules | undefined>(undefined);
  const [problem, setProblem] = useState("");
  const [busy, setBusy] = useState(false);
  // What a person has said; all else is guessed anew.
  const [said, setSaid] = useState<Meant>({});
  const ask = async (file: string, meant: Meant, keep?: { places: readonly number[]; sure: boolean }) => {
    setBusy(true);
    setProblem("");
    try {
      setFound(await post<IncomingRules>("/home-rules/import", { text: file, meant, ...(keep ? { keep } : {}) }));
    } catch (error) {
      setProblem(inWords(error));
    }
    setBusy(false);
  };
  const open = async (file: File | undefined) => {
    if (!file) return;
    const read = await file.text();
    setText(read);
    setFound(undefined);
    setSaid({});
    await ask(read, {});
  };
  const meant: Meant = Object.fromEntries(found?.entities.map((one) => [one.entity, one.meant]) ?? []);
  return (
    <>
      <header class="view-head">
        <h1 tabIndex={-1}>Rules as files</h1>
        <p class="quiet">
          <a href="#/rules">Back to the rules</a>
        </p>
      </header>
      <Save />
      <section class="card stack" aria-label="Read rules">
        <h2>Read rules from a file</h2>
        <p class="quiet">
          A file that was saved here, or Home Assistant's automations.yaml. Nothing is kept before you say so.
        </p>
        <label class="stack">
          <span>File</span>
          <input
            type="file"
            accept=".yaml,.yml,.json"
            onChange={(event) => void open(event.currentTarget.files?.[0])}
          />
        </label>
        {busy ? <p class="quiet loading">Reading …</p> : null}
        {problem ? <Notice tone="bad">{problem}</Notice> : null}
      </section>
      {found && found.entities.length > 0 ? (
        <IncomingEntities
          found={found}
          busy={busy}
          onMean={(entity, value) => {
            const next = { ...said, [entity]: value };
            setSaid(next);
            void ask(text, next);
          }}
        />
      ) : null}
      {found ? (
        <IncomingList found={found} busy={busy} onKeep={(places) => void ask(text, meant, { places, sure: true })} />
      ) : null}
    </>
  );
}

const Save = () => (
  <section class="card stack" aria-label="Save rules">
    <h2>Save</h2>
    <p class="quiet">All rules of people, in a file that can be read and brought in again.</p>
    <p>
      <a class="deed deed-main" href="/api/home-rules/export" download>
        Save all rules as a file
      </a>
    </p>
  </section>
);
