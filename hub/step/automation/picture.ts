import type { Picture, Started } from "../../rules/picture.ts";
import type { Run } from "../../rules/run/run.ts";
import { pictureOf } from "../picture.ts";
import type { CoreState } from "../state.ts";

/** The home as a run sees it: with its own variables and what started it. */
export function pictureFor(state: CoreState, at: number, run: Pick<Run, "variables" | "started">): Picture {
  return pictureOf(state, at, run);
}

/** The home as it is at the start of a run. */
export const pictureAtStart = (state: CoreState, at: number, started: Started): Picture =>
  pictureFor(state, at, { variables: {}, started });
