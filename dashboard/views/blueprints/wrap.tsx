import { useEffect, useState } from "preact/hooks";
import type { BlueprintPlaces, BlueprintRead, BlueprintView } from "../../../hub/http/schemas.ts";
import { get, inWords, post } from "../../api.ts";
import { Choice, Field } from "../../parts/field.tsx";
import { Notice } from "../../parts/notice.tsx";
import { Faults } from "./file.tsx";
import { readBlueprints } from "./state.ts";
import { SUBJECTS } from "./subjects.ts";

type Place = BlueprintPlaces["places"][number];

/** Makes a ready-made rule of a rule of this home: chosen values become what is asked. */
export function WrapRule({ rule }: { readonly rule: string }) {
  const path = `/home-rules/${encodeURIComponent(rule)}/blueprint`;
  const [places, setPlaces] = useState<readonly Place[] | undefined>(undefined);
  const [labels, setLabels] = useState<Readonly<Record<string, string>>>({});
  const [head, setHead] = useState<HeadProps["head"]>({ title: "", description: "", about: "other" });
  const [made, setMade] = useState<BlueprintRead | undefined>(undefined);
  const [problem, setProblem] = useState("");
  useEffect(() => {
    get<BlueprintPlaces>(`${path}/places`).then(
      ({ places: found }) => {
        setPlaces(found);
        setLabels(Object.fromEntries(found.filter((p) => p.isNeeded).map((p) => [p.name, p.input.label])));
      },
      (error: unknown) => setProblem(inWords(error)),
    );
  }, []);
  const keep = async () => {
    setProblem("");
    try {
      setMade(await post<BlueprintRead>(`${path}/wrap`, { ...head, inputs: labels }));
      await readBlueprints();
    } catch (error) {
      setProblem(inWords(error));
    }
  };
  if (made?.blueprint)
    return (
      <Notice tone="good">
        “{made.blueprint.title}” is kept. <a href={`#/blueprints/use?id=${made.blueprint.id}`}>Use it</a> ·{" "}
        <a href={`/api/blueprints/${made.blueprint.id}/file`} download>
          Save as a file
        </a>
      </Notice>
    );
  return (
    <form class="card stack" aria-label="The ready-made rule" onSubmit={(e) => e.preventDefault()}>
      {problem ? <Notice tone="bad">{problem}</Notice> : null}
      {made && made.faults.length > 0 ? <Faults of={made.faults} /> : null}
      <Head head={head} onChange={setHead} />
      <h2>What is asked of whoever uses it</h2>
      {places === undefined && !problem ? <p class="quiet loading">Reading …</p> : null}
      {places?.map((place) => (
        <PlaceRow
          key={place.name}
          place={place}
          label={labels[place.name]}
          onLabel={(label) => setLabels(withLabel(labels, place.name, label))}
        />
      ))}
      <div class="row">
        <button
          type="button"
          class="primary"
          disabled={!head.title.trim() || !head.description.trim()}
          onClick={() => void keep()}
        >
          Keep as a ready-made rule
        </button>
        <a class="deed" href="#/rules">
          Cancel
        </a>
      </div>
    </form>
  );
}

interface HeadProps {
  readonly head: { readonly title: string; readonly description: string; readonly about: BlueprintView["about"] };
  readonly onChange: (head: HeadProps["head"]) => void;
}

function Head({ head, onChange }: HeadProps) {
  return (
    <>
      <Field
        label="Name"
        maxLength={80}
        value={head.title}
        onInput={(e) => onChange({ ...head, title: e.currentTarget.value })}
      />
      <Field
        label="What it does"
        hint="as somebody who does not know it would have it told"
        maxLength={1000}
        value={head.description}
        onInput={(e) => onChange({ ...head, description: e.currentTarget.value })}
      />
      <Choice
        label="What it is for"
        value={head.about}
        options={SUBJECTS.map(([value, label]) => ({ value, label }))}
        onChange={(value) => onChange({ ...head, about: SUBJECTS.find(([s]) => s === value)?.[0] ?? "other" })}
      />
    </>
  );
}

function withLabel(labels: Readonly<Record<string, string>>, name: string, label: string | undefined) {
  const { [name]: _, ...rest } = labels;
  return label === undefined ? rest : { ...rest, [name]: label };
}

interface RowProps {
  readonly place: Place;
  readonly label: string | undefined;
  readonly onLabel: (label: string | undefined) => void;
}

function PlaceRow({ place, label, onLabel }: RowProps) {
  return (
    <div class="stack bp-place">
      <label class="rule-tick">
        <input
          type="checkbox"
          checked={label !== undefined}
          disabled={place.isNeeded}
          onChange={(e) => onLabel(e.currentTarget.checked ? place.input.label : undefined)}
        />
        <span>
          {place.input.label}: {place.now}
          {place.isNeeded ? <span class="quiet"> (means nothing in another home, so it is asked)</span> : null}
        </span>
      </label>
      {label === undefined ? null : (
        <Field label="Asked as" maxLength={80} value={label} onInput={(e) => onLabel(e.currentTarget.value)} />
      )}
    </div>
  );
}
