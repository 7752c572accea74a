import { useEffect, useState } from "preact/hooks";
import type { ImportDryRun, ImportList, ImportPreview, ImportSource } from "../../../hub/http/schemas.ts";
import { del, get, inWords, post } from "../../api.ts";
import { Choice } from "../../parts/field.tsx";
import { JobList } from "../../parts/job-list.tsx";
import { Notice } from "../../parts/notice.tsx";
import { jobs } from "../../store.ts";
import { bytes, number } from "../../words/format.ts";
import { Columns } from "./your-history-columns.tsx";
import { Found } from "./your-history-found.tsx";

/** The past from before this hub: a file is chosen, looked at, tried out, and only then brought in. */
export function Import() {
  const [list, setList] = useState<ImportList | undefined>(undefined);
  const [file, setFile] = useState("");
  const [problem, setProblem] = useState("");
  const read = () => get<ImportList>("/imports").then(setList, (error: unknown) => setProblem(inWords(error)));
  const ended = jobs.value.filter((job) => job.id.startsWith("import-") && job.state !== "running").length;
  useEffect(() => {
    void read();
  }, [ended]);
  if (!list) return problem ? <Notice tone="bad">{problem}</Notice> : <p class="quiet loading">Reading …</p>;
  const chosen = list.files.find((one) => one.file === file);
  return (
    <section class="card stack" aria-label="From before this hub">
      <h2>From before this hub</h2>
      <p class="quiet">
        Put Home Assistant's database (home-assistant_v2.db) or a table (CSV) into <code>{list.folder}</code> on this
        machine. You see what is in it and what would be written before anything is. What the house has measured itself
        is never written over.
      </p>
      <JobList
        jobs={jobs.value.filter((job) => job.id.startsWith("import-"))}
        onCancel={(id) => void del(`/jobs/${id}`).catch((error: unknown) => setProblem(inWords(error)))}
      />
      {problem ? <Notice tone="bad">{problem}</Notice> : null}
      {list.files.length === 0 ? (
        <div class="row">
          <p>There is no such file in the folder yet.</p>
          <button type="button" onClick={() => void read()}>
            Look again
          </button>
        </div>
      ) : (
        <Choice
          label="File"
          value={file}
          onChange={setFile}
          options={[
            { value: "", label: "choose one" },
            ...list.files.map((one) => ({ value: one.file, label: `${one.file} (${bytes(one.bytes)})` })),
          ]}
        />
      )}
      {chosen ? <Chosen key={file} file={file} table={chosen.table} onStarted={() => void read()} /> : null}
      <Batches list={list} onChanged={() => void read()} onProblem={setProblem} />
    </section>
  );
}

interface ChosenProps {
  readonly file: string;
  readonly table: boolean;
  readonly onStarted: () => void;
}

function Chosen({ file, table, onStarted }: ChosenProps) {
  const [source, setSource] = useState<ImportSource>({ file });
  const [preview, setPreview] = useState<ImportPreview | undefined>(undefined);
  const [mapping, setMapping] = useState<Readonly<Record<string, string>>>({});
  const [tried, setTried] = useState<ImportDryRun | undefined>(undefined);
  const [state, setState] = useState<"" | "reading" | "started">("");
  const [problem, setProblem] = useState("");
  const look = async (from: ImportSource) => {
    setState("reading");
    setProblem("");
    setTried(undefined);
    try {
      const found = await post<ImportPreview>("/imports/preview", from);
      setSource(from);
      setPreview(found);
      setMapping(Object.fromEntries(found.series.flatMap((one) => (one.proposed ? [[one.id, one.proposed]] : []))));
    } catch (error) {
      setProblem(inWords(error));
    }
    setState("");
  };
  useEffect(() => {
    if (!table) void look({ file });
  }, []);
  const wish = () => ({ source, mapping: Object.entries(mapping).map(([id, key]) => ({ id, key })) });
  const ask = async (work: () => Promise<void>, then: "" | "started") => {
    setState("reading");
    setProblem("");
    try {
      await work();
      setState(then);
    } catch (error) {
      setProblem(inWords(error));
      setState("");
    }
  };
  return (
    <>
      {table ? <Columns file={file} busy={state === "reading"} onRead={(csv) => void look({ file, csv })} /> : null}
      {problem ? <Notice tone="bad">{problem}</Notice> : null}
      {state === "reading" ? <p class="quiet loading">Reading …</p> : null}
      {state === "started" ? <Notice tone="good">It is being brought in; you can go on meanwhile.</Notice> : null}
      {preview && state !== "started" ? (
        <Found
          preview={preview}
          mapping={mapping}
          tried={tried}
          onMap={(next) => {
            setMapping(next);
            setTried(undefined);
          }}
        />
      ) : null}
      {preview && state !== "started" && Object.keys(mapping).length > 0 ? (
        <Steps
          busy={state !== ""}
          ready={tried?.runs.some((run) => run.write > 0) === true}
          onTry={() => void ask(async () => setTried(await post<ImportDryRun>("/imports/dry-run", wish())), "")}
          onStart={() => void ask(() => post("/imports", wish()).then(onStarted), "started")}
        />
      ) : null}
    </>
  );
}

interface StepsProps {
  readonly busy: boolean;
  /** It was tried out, and there is something to write. */
  readonly ready: boolean;
  readonly onTry: () => void;
  readonly onStart: () => void;
}

function Steps({ busy, ready, onTry, onStart }: StepsProps) {
  return (
    <div class="row">
      <button type="button" disabled={busy} onClick={onTry}>
        Try it out
      </button>
      {ready ? (
        <button type="button" class="primary" disabled={busy} onClick={onStart}>
          Bring it in
        </button>
      ) : null}
    </div>
  );
}

interface BatchesProps {
  readonly list: ImportList;
  readonly onChanged: () => void;
  readonly onProblem: (words: string) => void;
}

function Batches({ list, onChanged, onProblem }: BatchesProps) {
  if (list.batches.length === 0) return null;
  const remove = (id: string) => del(`/imports/${id}`).then(onChanged, (error: unknown) => onProblem(inWords(error)));
  return (
    <ul class="stack" aria-label="Brought in before">
      {list.batches.map((batch) => (
        <li key={batch.id} class="row spread">
          <span>
            {batch.file}{" "}
            <span class="quiet small-text">
              {number(batch.hours, 0)} hours of {batch.keys.length} series, {new Date(batch.at).toLocaleString()} by{" "}
              {batch.by}
            </span>
          </span>
          <button type="button" class="plain" onClick={() => void remove(batch.id)}>
            Take out again
          </button>
        </li>
      ))}
    </ul>
  );
}
