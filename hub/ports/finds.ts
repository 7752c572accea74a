/** What could be saved in the home, as the http room sees it. */
import type { Finds } from "../model/find.ts";
import type { Wish } from "../model/plan.ts";

export interface FindsView {
  /** Undefined: never searched. */
  readonly found?: Finds;
  /** Ids of finds that people said are not interesting; they stay so over later searches. */
  readonly dismissed: readonly string[];
  readonly searching: boolean;
  /** Why the last search came to nothing; absent where it did. */
  readonly failed?: string;
}

export interface FindsDesk {
  view(): FindsView;
  /** Starts a search in the background, as a job that can be cancelled; does nothing while one is under way. */
  search(by: string): void;
  /** Not interesting, or so after all; false where there is no such find. */
  dismiss(find: string, dismissed: boolean, by: string): boolean;
  /** Makes the goals of a find a wish that waits to be confirmed; a reason where it has none or they no longer fit. */
  wish(
    find: string,
    by: string,
  ): { readonly ok: true; readonly wish: Wish } | { readonly ok: false; readonly reason: string };
}
