import { useState } from "preact/hooks";
import type { BlueprintRead } from "../../../hub/http/schemas.ts";
import { inWords, post } from "../../api.ts";
import { Notice } from "../../parts/notice.tsx";
import { readBlueprints } from "./state.ts";

const STANDS: Readonly<Record<NonNullable<BlueprintRead["stands"]>, string>> = {
  new: "It is new here.",
  newer: "It is a later version of one that is here; rules made of that are offered it.",
  same: "Exactly this one is here already.",
  older: "A later version of it is here already.",
  differs: "Another one with the same version is here already: it needs a higher one.",
  shipped: "One of this id comes with the hub: it needs another id.",
};

/** A ready-made rule out of a file: looked at first, then kept. */
export function BlueprintFile() {
  const [text, setText] = useState("");
  const [read, setRead] = useState<BlueprintRead | undefined>(undefined);
  const [kept, setKept] = useState(false);
  const [problem, setProblem] = useState("");
  const ask = async (path: string, file: string): Promise<BlueprintRead | undefined> => {
    setProblem("");
    try {
      const answer = await post<BlueprintRead>(path, { text: file });
      setRead(answer);
      return answer;
    } catch (error) {
      setProblem(inWords(error));
      return undefined;
    }
  };
  const open = async (file: File | undefined) => {
    if (!file) return;
    const content = await file.text();
    setText(content);
    setKept(false);
    setRead(undefined);
    await ask("/blueprints/read", content);
  };
  const keep = async () => {
    const answer = await ask("/blueprints", text);
    if (!answer?.blueprint) return;
    setKept(true);
    await readBlueprints();
  };
  const of = read?.blueprint;
  return (
    <section class="card stack" aria-label="Read a ready-made rule">
      <p class="quiet">
        A file that somebody saved here or wrote. It is plain data, and nothing is kept before you say so.
      </p>
      <label class="stack">
        <span>File</span>
        <input type="file" accept=".yaml,.yml,.json" onChange={(e) => void open(e.currentTarget.files?.[0])} />
      </label>
      {problem ? <Notice tone="bad">{problem}</Notice> : null}
      {read && read.faults.length > 0 ? <Faults of={read.faults} /> : null}
      {of ? (
        <div class="stack">
          <h2>{of.title}</h2>
          <p>{of.description}</p>
          <p class="quiet">
            Version {of.version}
            {of.by ? `, by ${of.by}` : ""}. {read.stands ? STANDS[read.stands] : ""}
          </p>
          {of.lacks.length > 0 ? <Notice tone="warn">Nothing here fits: {of.lacks.join(" ")}</Notice> : null}
          {kept ? (
            <Notice tone="good">
              It is kept. <a href={`#/blueprints/use?id=${of.id}`}>Use it</a>
            </Notice>
          ) : read.stands === "new" || read.stands === "newer" ? (
            <p>
              <button type="button" class="primary" onClick={() => void keep()}>
                {read.stands === "newer" ? `Keep version ${of.version}` : "Keep it"}
              </button>
            </p>
          ) : null}
        </div>
      ) : null}
    </section>
  );
}

export const Faults = ({ of }: { readonly of: BlueprintRead["faults"] }) => (
  <Notice tone="bad">
    This can't be taken:
    <ul>
      {of.map((f) => (
        <li key={`${f.line} ${f.field} ${f.text}`}>
          {f.line === undefined ? "" : `Line ${f.line}`}
          {f.field ? `${f.line === undefined ? "" : ", "}${f.field}` : ""}: {f.text}
        </li>
      ))}
    </ul>
  </Notice>
);
