import type { FindsDesk } from "../../../hub/ports/finds.ts";

/** A home in which nothing was searched for. */
export const noFinds: FindsDesk = {
  view: () => ({ dismissed: [], searching: false }),
  search: () => {},
  dismiss: () => false,
  wish: (id) => ({ ok: false, reason: `there is no find ${id}` }),
};
