import type { Effect } from "./state.ts";

/** Lists of effects as one, in order. Most are empty, and often one alone is not: it is given as it is. */
export function together(lists: readonly (readonly Effect[])[]): Effect[] {
  let only: readonly Effect[] | undefined;
  let made: Effect[] | undefined;
  for (const list of lists) {
    if (list.length === 0) continue;
    if (made) for (const effect of list) made.push(effect);
    else if (only) made = only.concat(list);
    else only = list;
  }
  return made ?? ((only ?? []) as Effect[]);
}
