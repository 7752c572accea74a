import { useState } from "preact/hooks";
import type { IncomingRules } from "../../hub/http/schemas.ts";
import { inWords, post } from "../api.ts";
import { Notice } from "../parts/notice.tsx";
import { IncomingEntities } from "./rules-exchange/entities.tsx";
import { IncomingList } from "./rules-exchange/list.tsx";
import "../styles/rules.css";

type Meant = Readonly<Record<string, string>>;
type Keep = { readonly places: readonly number[]; readonly replace: readonly number[]; readonly sure: boolean };

interface Opened {
  readonly name: string;
  readonly text: string;
}

/** As many as the hub takes at once. */
const MAX_FILES = 21;

/** What came of an earlier choice stays, and what came of this one is added. */
const together = (before: IncomingRules, now: IncomingRules, { places }: Keep): IncomingRules => ({
  ...now,
  rules: now.rules.map((rule) => {
    const kept = places.includes(rule.place) ? rule.kept : before.rules.find((r) => r.place === rule.place)?.kept;
    return kept ? { ...rule, kept } : rule;
  }),
});

/** Rules out of and into files: looked at, rule by rule, before anything is kept. */
export function RulesExchange() {
  const [files, setFiles] = useState<readonly Opened[]>([]);
  const [found, setFound] = useState<IncomingRules | undefined>(undefined);
  const [problem, setProblem] = useState("");
  const [busy, setBusy] = useState(false);
  // What a person has said; all else is guessed anew.
  const [said, setSaid] = useState<Meant>({});
  const ask = async ([first, ...more]: readonly Opened[], meant: Meant, keep?: Keep) => {
    if (!first) return;
    setBusy(true);
    setProblem("");
    try {
      const answer = await post<IncomingRules>("/home-rules/import", {
        ...first,
        more,
        meant,
        ...(keep ? { keep } : {}),
      });
      setFound(keep && found ? together(found, answer, keep) : answer);
    } catch (error) {
      setProblem(inWords(error));
    }
    setBusy(false);
  };
  const open = async (list: FileList | null) => {
    const chosen = [...(list ?? [])].slice(0, MAX_FILES);
    if (chosen.length === 0) return;
    const read = await Promise.all(chosen.map(async (file) => ({ name: file.name, text: await file.text() })));
    setFiles(read);
    setFound(undefined);
    setSaid({});
    await ask(read, {});
  };
  const meant: Meant = { ...Object.fromEntries(found?.entities.map((one) => [one.entity, one.meant]) ?? []), ...said };
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
        <Choose onOpen={open} />
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
            void ask(files, next);
          }}
        />
      ) : null}
      {found ? <IncomingList found={found} busy={busy} onKeep={(keep) => void ask(files, meant, keep)} /> : null}
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

/** Several files that belong together, or one. */
const Choose = ({ onOpen }: { readonly onOpen: (list: FileList | null) => Promise<void> }) => (
  <>
    <p class="quiet">
      A file that was saved here, or Home Assistant's automations.yaml. Choose scripts.yaml and scenes.yaml together
      with it: what it calls then comes along. Nothing is kept before you say so.
    </p>
    <label class="stack">
      <span>Files</span>
      <input
        type="file"
        multiple
        accept=".yaml,.yml,.json"
        onClick={(event) => {
          // The same files can be chosen again, once they were changed.
          event.currentTarget.value = "";
        }}
        onChange={(event) => void onOpen(event.currentTarget.files)}
      />
    </label>
  </>
);
