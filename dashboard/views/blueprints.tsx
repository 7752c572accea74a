import { useEffect, useState } from "preact/hooks";
import type { BlueprintView } from "../../hub/http/schemas.ts";
import { del, inWords } from "../api.ts";
import { Icon } from "../parts/icon.tsx";
import { Notice } from "../parts/notice.tsx";
import { route } from "../router.ts";
import { BlueprintFile } from "./blueprints/file.tsx";
import { blueprints, readBlueprints } from "./blueprints/state.ts";
import { SUBJECTS } from "./blueprints/subjects.ts";
import { UpdateRule } from "./blueprints/update.tsx";
import { UseBlueprint } from "./blueprints/use.tsx";
import { WrapRule } from "./blueprints/wrap.tsx";
import "../styles/rules.css";
import "../styles/rule-editor.css";
import "../styles/blueprints.css";

/** Ready-made rules: the gallery, and what is done with one of them. */
export function BlueprintsView() {
  const { id = "", query } = route.value;
  const said = new URLSearchParams(query);
  const [problem, setProblem] = useState("");
  useEffect(() => {
    readBlueprints().catch((error: unknown) => setProblem(inWords(error)));
  }, [id, query]);
  const all = blueprints.value;
  const of = all?.find((b) => b.id === said.get("id"));
  const rule = said.get("rule") ?? "";
  return (
    <>
      <header class="view-head">
        <p>
          <a href="#/rules">All rules</a>
          {id === "" ? null : (
            <>
              {" · "}
              <a href="#/blueprints">Ready-made rules</a>
            </>
          )}
        </p>
        <h1 tabIndex={-1}>{titleOf(id, of)}</h1>
      </header>
      {problem ? <Notice tone="bad">{problem}</Notice> : null}
      {id === "file" ? <BlueprintFile /> : null}
      {id === "update" ? <UpdateRule key={rule} rule={rule} /> : null}
      {id === "wrap" ? <WrapRule key={rule} rule={rule} /> : null}
      {(id === "use" || id === "") && all === undefined && !problem ? <p class="quiet loading">Reading …</p> : null}
      {id === "use" && of ? <UseBlueprint key={`${of.id} ${of.version}`} of={of} /> : null}
      {id === "use" && all && !of ? <Notice tone="warn">There is no such ready-made rule any more.</Notice> : null}
      {id === "" && all ? <Gallery all={all} /> : null}
    </>
  );
}

const TITLES: Readonly<Record<string, string>> = {
  ...{ file: "Read a ready-made rule from a file", update: "What would change" },
  ...{ wrap: "Save a rule as a ready-made one" },
};

const titleOf = (id: string, of: BlueprintView | undefined): string =>
  (Object.hasOwn(TITLES, id) ? TITLES[id] : undefined) ?? (id === "use" ? of?.title : undefined) ?? "Ready-made rules";

function Gallery({ all }: { readonly all: readonly BlueprintView[] }) {
  const fitting = all.filter((b) => b.lacks.length === 0);
  const others = all.filter((b) => b.lacks.length > 0);
  return (
    <>
      <p class="quiet">
        Choose one, answer what it asks, and read what it will do before it is saved. Those that fit this home come
        first. <a href="#/blueprints/file">Read one from a file</a>
      </p>
      {SUBJECTS.map(([subject, label]) => {
        const of = fitting.filter((b) => b.about === subject);
        return of.length === 0 ? null : (
          <section key={subject} class="stack" aria-label={label}>
            <h2>{label}</h2>
            <ul class="bp-gallery plain-list">
              {of.map((b) => (
                <Card key={b.id} of={b} />
              ))}
            </ul>
          </section>
        );
      })}
      {others.length > 0 ? (
        <details class="bp-others">
          <summary>Not for this home yet ({others.length})</summary>
          <ul class="bp-gallery plain-list">
            {others.map((b) => (
              <Card key={b.id} of={b} />
            ))}
          </ul>
        </details>
      ) : null}
    </>
  );
}

function Card({ of }: { readonly of: BlueprintView }) {
  const fits = of.lacks.length === 0;
  return (
    <li class="card bp-card" data-blueprint={of.id}>
      <Icon name={of.icon ?? "rule"} class="bp-icon" />
      <div class="stack bp-card-words">
        <h3>{of.title}</h3>
        <p class="small-text">{of.description}</p>
        {fits ? null : <p class="small-text quiet">Nothing here fits: {of.lacks.join(" ")}</p>}
        <div class="row bp-card-deeds">
          {fits ? (
            <a class="deed deed-main" href={`#/blueprints/use?id=${of.id}`}>
              Use it<span class="heard">: {of.title}</span>
            </a>
          ) : null}
          {of.rules.length > 0 ? (
            <span class="pill pill-good">{of.rules.length === 1 ? "1 rule" : `${of.rules.length} rules`}</span>
          ) : null}
          {of.isShipped ? null : <Own of={of} />}
        </div>
      </div>
    </li>
  );
}

function Own({ of }: { readonly of: BlueprintView }) {
  const [problem, setProblem] = useState("");
  const remove = async () => {
    try {
      await del(`/blueprints/${of.id}`);
      await readBlueprints();
    } catch (error) {
      setProblem(inWords(error));
    }
  };
  return (
    <>
      <span class="pill">yours, version {of.version}</span>
      <a class="deed" href={`/api/blueprints/${of.id}/file`} download>
        File<span class="heard"> of {of.title}</span>
      </a>
      <button type="button" class="plain" onClick={() => void remove()}>
        Remove<span class="heard"> {of.title}; rules made of it stay</span>
      </button>
      {problem ? <span class="quiet">{problem}</span> : null}
    </>
  );
}
