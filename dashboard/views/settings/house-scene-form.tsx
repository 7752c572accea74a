import { useState } from "preact/hooks";
import type { SceneActionView, SceneRun, SceneView } from "../../../hub/http/schemas/house-state.ts";
import type { NodeView } from "../../../hub/http/schemas.ts";
import { inWords, post, put } from "../../api.ts";
import { Field } from "../../parts/field.tsx";
import { RunNote } from "../../parts/house-bar.tsx";
import { Notice } from "../../parts/notice.tsx";
import { nodes, rooms } from "../../store.ts";
import { groupsOf } from "../../words/groups.ts";
import { SceneActions } from "./house-scene-actions.tsx";

/** Only these can be brought back to how they were. */
const SCENIC = new Set(["onOff", "levelControl", "colorControl", "windowCovering", "thermostat", "fanControl"]);

const keyOf = (a: { readonly node: string; readonly endpoint: number }): string => `${a.node}/${a.endpoint}`;

/** A scene as it is sent: without what the hub says of it. */
const bare = ({ words: _, gone: __, ...action }: SceneActionView) => action;

/** Makes or changes a scene: which devices, how they are now, and a name. */
export function SceneForm({ scene, onDone }: { readonly scene?: SceneView; readonly onDone: () => void }) {
  const [title, setTitle] = useState(scene?.title ?? "");
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set(scene?.actions.map(keyOf)));
  const [actions, setActions] = useState<readonly SceneActionView[]>(scene?.actions ?? []);
  const [tried, setTried] = useState<SceneRun | undefined>(undefined);
  const [problem, setProblem] = useState("");
  const safely = async (deed: () => Promise<void>) => {
    try {
      await deed();
      setProblem("");
    } catch (error) {
      setProblem(inWords(error));
    }
  };
  const take = () => safely(async () => setActions(await asTheyAre(chosen, actions)));
  const save = () =>
    safely(async () => {
      const body = { title: title.trim(), actions: actions.map(bare) };
      await (scene ? put(`/scenes/${encodeURIComponent(scene.id)}`, body) : post("/scenes", body));
      onDone();
    });
  return (
    <form
      class="stack sunken"
      aria-label={scene ? `Change ${scene.title}` : "Make a scene"}
      onSubmit={(e) => {
        e.preventDefault();
        void save();
      }}
    >
      <Field label="Name" required maxLength={60} value={title} onInput={(e) => setTitle(e.currentTarget.value)} />
      <Devices chosen={chosen} onChoose={setChosen} />
      <div class="row">
        <button type="button" disabled={chosen.size === 0} onClick={() => void take()}>
          Take them as they are now
        </button>
      </div>
      <SceneActions actions={actions} onChange={setActions} />
      {tried ? <RunNote title="Tried" run={tried} /> : null}
      {problem ? <Notice tone="bad">{problem}</Notice> : null}
      <div class="row">
        <button type="submit" class="primary" disabled={actions.length === 0}>
          Save
        </button>
        <button
          type="button"
          disabled={actions.length === 0}
          onClick={() =>
            void safely(async () => setTried(await post<SceneRun>("/scenes/try", { actions: actions.map(bare) })))
          }
        >
          Try it
        </button>
        <button type="button" class="plain" onClick={onDone}>
          Cancel
        </button>
      </div>
    </form>
  );
}

/** The actions for what was chosen, as it is now; of what is not known now, those there were. */
async function asTheyAre(
  chosen: ReadonlySet<string>,
  before: readonly SceneActionView[],
): Promise<readonly SceneActionView[]> {
  const endpoints = [...chosen].map((key) => {
    const cut = key.lastIndexOf("/");
    return { node: key.slice(0, cut), endpoint: Number(key.slice(cut + 1)) };
  });
  const { actions } = await post<{ actions: SceneActionView[] }>("/scenes/now", { endpoints });
  const known = new Set(actions.map(keyOf));
  const all = [...actions, ...before.filter((a) => chosen.has(keyOf(a)) && !known.has(keyOf(a)))];
  if (all.length === 0) throw new Error("Nothing is known now of what you chose. Switch it once and try again.");
  return all;
}

function Devices({
  chosen,
  onChoose,
}: {
  readonly chosen: ReadonlySet<string>;
  readonly onChoose: (chosen: ReadonlySet<string>) => void;
}) {
  const turn = (key: string, on: boolean) => {
    const next = new Set(chosen);
    if (on) next.add(key);
    else next.delete(key);
    onChoose(next);
  };
  return (
    <div class="scene-rooms">
      {groupsOf((nodes.value ?? []).filter(isScenic), rooms.value).map(([room, inRoom]) => (
        <fieldset key={room}>
          <legend>{room}</legend>
          {inRoom.flatMap((node) =>
            endpointsOf(node).map(([key, name]) => (
              <label key={key} class="choice">
                <input type="checkbox" checked={chosen.has(key)} onChange={(e) => turn(key, e.currentTarget.checked)} />
                <span>{name}</span>
              </label>
            )),
          )}
        </fieldset>
      ))}
    </div>
  );
}

const isScenic = (node: NodeView): boolean => endpointsOf(node).length > 0;

const endpointsOf = (node: NodeView): [key: string, name: string][] => {
  const scenic = node.endpoints.filter((e) => e.commands.some((c) => SCENIC.has(c.capability)) || hasSetting(e));
  return scenic.map((e) => {
    const name = scenic.length > 1 ? `${node.name} ${e.number}` : node.name;
    return [keyOf({ node: node.id, endpoint: e.number }), name];
  });
};

const hasSetting = (e: NodeView["endpoints"][number]): boolean =>
  e.attributes.some((a) => SCENIC.has(a.capability) && a.writable);
