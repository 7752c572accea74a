import { useId } from "preact/hooks";
import type { HouseView, PersonView, SceneRun, SceneView } from "../../hub/http/schemas/house-state.ts";
import { modeLabel, modePicture, runWords, whereWords, whoIsHome } from "../words/house.ts";
import { Icon } from "./icon.tsx";

/** The house's mode as a choice of one. */
export function ModeChooser({ house, onSet }: { readonly house: HouseView; readonly onSet: (mode: string) => void }) {
  const name = useId();
  return (
    <fieldset class="modes">
      <legend class="heard">The house's mode</legend>
      {house.modes.map((mode) => (
        <label key={mode} class="mode">
          <input
            type="radio"
            class="heard"
            name={name}
            value={mode}
            checked={mode === house.mode}
            onChange={() => onSet(mode)}
          />
          <Icon name={modePicture(mode)} />
          <span>{modeLabel(mode)}</span>
        </label>
      ))}
    </fieldset>
  );
}

/** Everyone who lives here; a touch says that they came or went. */
export function WhoIsHome({
  house,
  onSet,
}: {
  readonly house: HouseView;
  readonly onSet: (person: PersonView, home: boolean) => void;
}) {
  if (house.people.length === 0) return null;
  return (
    <ul class="people" aria-label={whoIsHome(house)}>
      {house.people.map((person) => (
        <li key={person.id}>
          <button
            type="button"
            class={`person ${person.home === true ? "here" : ""}`}
            title={person.by}
            onClick={() => onSet(person, person.home !== true)}
          >
            <span class="dot" aria-hidden="true" />
            {person.name} <span class="quiet">{whereWords(person.home)}</span>
            <span class="heard">{`: ${person.by}. Change to ${person.home === true ? "away" : "home"}`}</span>
          </button>
        </li>
      ))}
    </ul>
  );
}

/** Scenes as buttons, and what came of the last one touched. */
export function SceneButtons({
  scenes,
  busy,
  last,
  onActivate,
}: {
  readonly scenes: readonly SceneView[];
  /** The scene that is on its way. */
  readonly busy: string | undefined;
  readonly last: { readonly title: string; readonly run?: SceneRun; readonly problem?: string } | undefined;
  readonly onActivate: (scene: SceneView) => void;
}) {
  if (scenes.length === 0) return null;
  return (
    <>
      <ul class="scenes" aria-label="Scenes">
        {scenes.map((scene) => (
          <li key={scene.id}>
            <button type="button" class="small" disabled={busy !== undefined} onClick={() => onActivate(scene)}>
              <Icon name="spark" />
              <span>{busy === scene.id ? `${scene.title} …` : scene.title}</span>
            </button>
          </li>
        ))}
      </ul>
      {last?.problem ? <p class="wanted-bad small-text">{`${last.title}: ${last.problem}`}</p> : null}
      {last?.run ? <RunNote title={last.title} run={last.run} /> : null}
    </>
  );
}

/** What came of a scene, with what did not and why. */
export function RunNote({ title, run }: { readonly title: string; readonly run: SceneRun }) {
  const { tone, text, troubles } = runWords(run);
  if (troubles.length === 0)
    return <p class={`wanted ${tone === "good" ? "wanted-good" : ""}`}>{`${title}: ${text}`}</p>;
  return (
    <details class="small-text">
      <summary class="wanted-bad">{`${title}: ${text}`}</summary>
      <ul>
        {troubles.map((t) => (
          <li key={t}>{t}</li>
        ))}
      </ul>
    </details>
  );
}
