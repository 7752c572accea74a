import { useState } from "preact/hooks";
import type { HouseView, PersonView, SceneRun, SceneView } from "../../hub/http/schemas/house-state.ts";
import { announcement } from "../acting.ts";
import { inWords, post, put } from "../api.ts";
import { ModeChooser, SceneButtons, WhoIsHome } from "../parts/house-bar.tsx";
import { house, scenes } from "../store.ts";
import { modeLabel, runWords, whereWords } from "../words/house.ts";

interface Last {
  readonly title: string;
  readonly run?: SceneRun;
  readonly problem?: string;
}

/** The house's mode, who is home, and its scenes: small, at the head of the home view. */
export function HouseNow() {
  const now = house.value;
  const [problem, setProblem] = useState("");
  const [busy, setBusy] = useState<string | undefined>(undefined);
  const [last, setLast] = useState<Last | undefined>(undefined);
  if (!now) return null;
  const change = async (path: string, body: object, said: string) => {
    try {
      house.value = await put<HouseView>(path, body);
      setProblem("");
      announcement.value = said;
    } catch (error) {
      setProblem(inWords(error));
    }
  };
  const setPerson = ({ id, name }: PersonView, home: boolean) =>
    void change(`/house/people/${encodeURIComponent(id)}/home`, { home }, `${name} is ${whereWords(home)}`);
  const activate = async ({ id, title }: SceneView) => {
    setBusy(id);
    try {
      const run = await post<SceneRun>(`/scenes/${encodeURIComponent(id)}/activate`);
      setLast({ title, run });
      announcement.value = `${title}: ${runWords(run).text}`;
    } catch (error) {
      setLast({ title, problem: inWords(error) });
    }
    setBusy(undefined);
  };
  const all = scenes.value ?? [];
  return (
    <section class="house-now" aria-label="The house now">
      <div class="row">
        <ModeChooser
          house={now}
          onSet={(mode) => void change("/house/mode", { mode }, `The house is in mode ${modeLabel(mode)}`)}
        />
        <WhoIsHome house={now} onSet={setPerson} />
      </div>
      {problem ? <p class="wanted-bad small-text">{problem}</p> : null}
      <SceneButtons scenes={all} busy={busy} last={last} onActivate={(scene) => void activate(scene)} />
      {now.people.length === 0 && all.length === 0 ? (
        <p class="quiet small-text">
          <a href="#/settings/house">Say who lives here, and make scenes</a>
        </p>
      ) : null}
    </section>
  );
}
