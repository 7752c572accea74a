import type { LedgerPage, PricedPage } from "../energy/ledger.ts";
import type { EnergyPiece, Stretch } from "../ports.ts";

/** Somewhat more than the longest period that may be asked for; then the oldest are forgotten. */
const MAX_PAGES = 1_000;

interface Kept {
  readonly page: LedgerPage;
  readonly pieces: readonly Pick<EnergyPiece, "stands">[];
  /** By which prices it was reckoned last. */
  by: unknown;
  priced: PricedPage | undefined;
}

const nameOf = ({ from, to }: Stretch): string => `${from} ${to}`;

/** Pages of the books that were worked out before, each for as long as nothing that it rests on has changed. */
export class KeptPages {
  readonly #pages = new Map<string, Kept>();

  /** As it would be worked out now; undefined where it has to be. */
  get(stretch: Stretch): LedgerPage | undefined {
    const name = nameOf(stretch);
    const kept = this.#pages.get(name);
    if (!kept) return undefined;
    if (kept.pieces.every((piece) => piece.stands())) return kept.page;
    this.#pages.delete(name);
    return undefined;
  }

  put(page: LedgerPage, pieces: readonly Pick<EnergyPiece, "stands">[]): void {
    // What may still change with time alone is not worth a place.
    if (!pieces.every((piece) => piece.stands())) return;
    const oldest = this.#pages.keys().next();
    if (this.#pages.size >= MAX_PAGES && !oldest.done) this.#pages.delete(oldest.value);
    this.#pages.set(nameOf(page), { page, pieces, by: undefined, priced: undefined });
  }

  /** The page as it was reckoned by these prices (compared by identity: prices are replaced, never changed), else by `reckon`. */
  priced(page: LedgerPage, by: unknown, reckon: () => PricedPage): PricedPage {
    const kept = this.#pages.get(nameOf(page));
    if (kept?.page === page && kept.priced && kept.by === by) return kept.priced;
    const priced = reckon();
    if (kept?.page === page) Object.assign(kept, { by, priced });
    return priced;
  }
}
