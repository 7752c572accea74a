import { randomUUID } from "node:crypto";
import type { Outcome } from "../../model/command.ts";
import { commandOf, MAX_ACTIONS, MAX_SCENES, type Scene, type SceneAction } from "../../model/house.ts";
import { NODE_ID, type NodeId } from "../../model/path.ts";
import type { Clock, Hub, HubEvent, SceneRun, Scenes, SceneView, SceneWish, Store } from "../../ports.ts";
import { nodeNow } from "../../step/identity/names.ts";
import type { CoreState, Input } from "../../step.ts";
import { asItIs } from "./as-it-is.ts";
import { actionView } from "./words.ts";

export interface SceneParts {
  readonly state: CoreState;
  readonly store: Store;
  readonly clock: Clock;
  readonly put: (input: Input) => boolean;
  readonly subscribe: (listener: (event: HubEvent) => void) => () => void;
  readonly command: Hub["command"];
}

interface Run {
  readonly at: number;
  readonly by: string;
  readonly run: string;
  readonly words: readonly string[];
  readonly outcomes: (Outcome | undefined)[];
  readonly done: () => void;
  readonly whole: Promise<void>;
}

/** Scenes as people make, try and use them; what came of the last activation of each, whoever asked for it, is remembered. */
export function createScenes(parts: SceneParts): Scenes {
  const { state, store, clock, put } = parts;
  const runs = new Map<string, Run>();
  parts.subscribe((event) => {
    if (event.type === "scene") runs.set(event.scene, newRun(state, event, clock.now()));
    else if (event.type === "outcome" && event.id.startsWith("scene~")) outcomeOf(runs, event.id, event.outcome);
  });
  const audit = (by: string, what: string, scene: Scene) =>
    store.appendAudit({ at: clock.now(), by, what, subject: `scene:${scene.id}`, detail: scene.title });
  const view = (scene: Scene): SceneView => {
    const run = runs.get(scene.id);
    const actions = scene.actions.map((a) => actionView(state, a));
    return { ...scene, actions, ...(run ? { lastRun: runView(run) } : {}) };
  };
  const save = (scene: Scene, what: string, by: string): SceneView => {
    store.put("scene", scene.id, scene);
    audit(by, what, scene);
    const isNew = !state.scenes.some((s) => s.id === scene.id);
    put({
      kind: "scenesSet",
      scenes: isNew ? [...state.scenes, scene] : state.scenes.map((s) => (s.id === scene.id ? scene : s)),
    });
    return view(scene);
  };
  return {
    list: () => state.scenes.map(view),
    add(wish, by) {
      if (state.scenes.length >= MAX_SCENES)
        throw new RangeError(`title: there are already ${MAX_SCENES} scenes; delete one first`);
      return save(checked(state, randomUUID(), wish), "scene-made", by);
    },
    change(id, wish, by) {
      if (!state.scenes.some((s) => s.id === id)) return undefined;
      return save(checked(state, id, wish), "scene-changed", by);
    },
    remove(id, by) {
      const scene = state.scenes.find((s) => s.id === id);
      if (!scene) return false;
      store.remove("scene", id);
      audit(by, "scene-deleted", scene);
      runs.delete(id);
      put({ kind: "scenesSet", scenes: state.scenes.filter((s) => s !== scene) });
      return true;
    },
    asItIsNow: (endpoints) =>
      endpoints.slice(0, MAX_ACTIONS).flatMap(({ node: id, endpoint }) => {
        const node = nodeNow(state, id);
        const actions = node ? asItIs(node, { node: node.description.id, endpoint }, clock.now()) : [];
        return actions.map((a) => actionView(state, a));
      }),
    async activate(id, by) {
      if (!state.scenes.some((s) => s.id === id)) return undefined;
      const before = runs.get(id);
      const origin = { rank: "person", by, reason: "activated on the dashboard or by the API" } as const;
      put({ kind: "sceneAsked", scene: id, origin, at: clock.now() });
      const run = runs.get(id);
      if (!run || run === before) throw new RangeError("id: the hub is too busy; try again in a moment");
      await run.whole;
      return runView(run);
    },
    attempt: (actions, by) => attempted(parts, actions, by),
  };
}

async function attempted(
  { state, clock, command }: SceneParts,
  actions: readonly SceneAction[],
  by: string,
): Promise<SceneRun> {
  const at = clock.now();
  const origin = { rank: "person", by, reason: "tried for a scene" } as const;
  const asks = actions.slice(0, MAX_ACTIONS).map(async (a) => {
    const { outcome } = await command(commandOf(a), origin);
    return { words: actionView(state, a).words, outcome };
  });
  return { at, by, results: await Promise.all(asks) };
}

function newRun(state: CoreState, event: Extract<HubEvent, { type: "scene" }>, at: number): Run {
  const scene = state.scenes.find((s) => s.id === event.scene);
  const words = (scene?.actions ?? []).map((a) => actionView(state, a).words);
  const { run, by } = event;
  let done = (): void => undefined;
  const whole = new Promise<void>((resolve) => {
    done = resolve;
  });
  if (words.length === 0) done();
  return { at, by, run, words, outcomes: words.map(() => undefined), done, whole };
}

function outcomeOf(runs: ReadonlyMap<string, Run>, id: string, outcome: Outcome): void {
  const cut = id.lastIndexOf("~");
  const run = runs.get(id.split("~")[1] ?? "");
  const index = Number(id.slice(cut + 1));
  if (run?.run !== id.slice(0, cut) || !(index < run.outcomes.length)) return;
  run.outcomes[index] = outcome;
  if (!run.outcomes.includes(undefined)) run.done();
}

const runView = ({ at, by, words, outcomes }: Run): SceneRun => ({
  at,
  by,
  results: words.map((w, i) => {
    const outcome = outcomes[i];
    return outcome ? { words: w, outcome } : { words: w };
  }),
});

function checked(state: CoreState, id: string, wish: SceneWish): Scene {
  const { title, rooms, actions } = wish;
  if (title.trim() === "" || title.length > 60) throw new RangeError("title: must be 1 to 60 characters");
  if (state.scenes.some((s) => s.id !== id && s.title === title))
    throw new RangeError(`title: there is already a scene ${title}; choose another name`);
  if (actions.length === 0) throw new RangeError("actions: choose at least one device");
  if (actions.length > MAX_ACTIONS) throw new RangeError(`actions: at most ${MAX_ACTIONS} fit into a scene`);
  actions.forEach((a, i) => {
    const problem = misfitOf(state, a);
    if (problem) throw new RangeError(`actions.${i}: ${problem}`);
  });
  return { id, title: title.trim(), ...(rooms?.length ? { rooms } : {}), actions };
}

/** A device that is away keeps its place in a scene; whether a value fits is checked at the door, when it is asked for. */
function misfitOf(state: CoreState, a: SceneAction): string | undefined {
  const isId = (node: NodeId) => NODE_ID.test(node);
  if (!isId(a.node)) return "node must be a device's id";
  const node = nodeNow(state, a.node);
  if (!node) return undefined;
  const endpoint = node.description.endpoints.find((e) => e.number === a.endpoint);
  if (!endpoint || !Object.hasOwn(endpoint.capabilities, a.capability))
    return `the device has no ${a.capability} on endpoint ${a.endpoint}`;
  return undefined;
}
