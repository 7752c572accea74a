/** The step that sets a scene. */
import type { Origin } from "../../model/command.ts";
import { actionInWords } from "../../rules/explain.ts";
import type { Run } from "../../rules/run/run.ts";
import { activateScene } from "../house.ts";
import { nameNow } from "../identity/names.ts";
import type { CoreState, Effect } from "../state.ts";
import { isBad, outcomeInWords } from "./outcome.ts";
import { note, noteNode } from "./tracing.ts";

/** Sets a scene; which of its devices would not have it is noted device by device. */
export function scene(state: CoreState, run: Run, id: string, origin: Origin, now: number): Effect[] {
  const found = state.scenes.find((s) => s.id === id);
  note(run, now, found ? `set the scene ${found.title}` : `there is no scene ${id}`, !found);
  if (!found) return [];
  for (const { node } of found.actions) noteNode(run, node);
  const effects = activateScene(state, id, origin, now);
  for (const effect of effects) {
    // Its ids end in the number of the action, see activateScene.
    const action = effect.kind === "settle" && found.actions[Number(effect.id.slice(effect.id.lastIndexOf("~") + 1))];
    if (!action || !effect.id.startsWith(`scene~${id}~`) || !isBad(effect.outcome)) continue;
    note(run, now, `${actionInWords(action, (n) => nameNow(state, n))}: ${outcomeInWords(effect.outcome)}`, true);
  }
  return effects;
}
