import { setImmediate as breath } from "node:timers/promises";
import { calendarEdges } from "../energy/calendar.ts";
import { type LedgerPage, type PricedPage, pageOf, priced, rowOf } from "../energy/ledger.ts";
import { meteredOf, type Part, type Parts, partsOf } from "../energy/parts.ts";
import { co2At, exportPriceAt, priceAt } from "../energy/tariff.ts";
import type { EnergySlots, LedgerRow } from "../model/energy.ts";
import type { Home } from "../model/home.ts";
import type { Books, Clock, EnergyPiece, LedgerQuery, Store, Stretch } from "../ports.ts";
import type { CoreState } from "../step.ts";
import { KeptPages } from "./kept-pages.ts";
import { type WatchParts, watchSuspects } from "./suspects.ts";

/** Energy is paid by the quarter hour: markets settle so. */
const SLOT_MS = 15 * 60_000;
const HOUR_MS = 3_600_000;
const MAX_ROWS = 400;
/** Meters times days of one question to the store; between two of them a person's own question has its turn. */
const AT_ONCE = 120;
/** Two years and a bit: more would hold the history's worker for too long. */
const MAX_MS = 800 * 24 * HOUR_MS;

interface BooksParts {
  readonly state: CoreState;
  readonly store: Pick<Store, "energyIn">;
  readonly clock: Clock;
}

/** The house's books, and the daily look at the meters that they rest on. */
export function startBooks(parts: BooksParts & WatchParts, onEnd: (end: () => unknown) => void): Books {
  const suspects = watchSuspects(parts);
  onEnd(() => suspects.stop());
  return createBooks(parts);
}

/** The house's books out of its stored past, by the roles that its meters have now. Days that are over are kept summed. */
export function createBooks(parts: BooksParts): Books {
  let shelf = { mark: "", pages: new KeptPages() };
  let prices = { tariff: parts.state.tariff, zone: "" };
  return {
    async ledger(query: LedgerQuery): Promise<readonly LedgerRow[]> {
      const { state, clock } = parts;
      const zone = state.home.settings.timeZone;
      const edges = edgesOf(query, zone, clock.now());
      if (edges.length < 2) return [];
      const house = metersOf(state.home);
      if (shelf.mark !== house.mark) shelf = { mark: house.mark, pages: new KeptPages() };
      if (prices.tariff !== state.tariff || prices.zone !== zone) prices = { tariff: state.tariff, zone };
      const pages = await pagesOf(parts.store, house, shelf.pages, stretchesOf(query.by, edges, zone), prices);
      return rowsOf(pages, edges);
    },
  };
}

interface House {
  readonly parts: Parts;
  readonly loads: readonly Part[];
  readonly meters: readonly Part[];
  /** All that a page depends on besides the stored past and the prices. */
  readonly mark: string;
}

function metersOf(home: Home): House {
  const parts = partsOf(home);
  const loads = meteredOf(parts);
  const meters = [...(parts.grid ? [parts.grid] : []), ...parts.solar, ...parts.batteries, ...loads];
  const roles = [parts.grid ? 1 : 0, parts.solar.length, parts.batteries.length];
  const mark = JSON.stringify([roles, meters.map(({ node, endpoint, name, meter }) => [node, endpoint, name, meter])]);
  return { parts, loads, meters, mark };
}

/** The stretches that are worked out, and kept, each for itself: local days; for hours, a day's number of them. */
function stretchesOf(by: LedgerQuery["by"], edges: readonly number[], zone: string): Stretch[] {
  const [start, end] = [edges[0] ?? 0, edges.at(-1) ?? 0];
  const borders = by === "hour" ? edges : calendarEdges("day", zone, start, end).map((edge) => Math.min(edge, end));
  return borders.slice(1).map((to, i) => ({ from: borders[i] ?? to, to }));
}

interface Prices {
  readonly tariff: CoreState["tariff"];
  readonly zone: string;
}

async function pagesOf(
  store: BooksParts["store"],
  house: House,
  shelf: KeptPages,
  stretches: readonly Stretch[],
  prices: Prices,
): Promise<PricedPage[]> {
  const { tariff, zone } = prices;
  const rates = {
    price: (at: number) => priceAt(tariff, at, zone),
    exportPrice: (at: number) => exportPriceAt(tariff, at, zone),
    co2: (at: number) => co2At(tariff, at, zone),
  };
  const pages: PricedPage[] = [];
  const together = Math.max(1, Math.floor(AT_ONCE / Math.max(1, house.meters.length)));
  for (let i = 0; i < stretches.length; i += together) {
    const portion = stretches.slice(i, i + together);
    const kept = portion.map((stretch) => shelf.get(stretch));
    const missing = portion.filter((_, k) => kept[k] === undefined);
    const made = missing.length > 0 ? await readPages(store, house, shelf, missing) : [];
    for (const page of kept) {
      const found = page ?? made.shift();
      if (found) pages.push(shelf.priced(found, prices, () => priced(found, rates)));
    }
    // Other work of the house has its turn.
    if (missing.length === 0) await breath();
  }
  return pages;
}

async function readPages(
  store: BooksParts["store"],
  { parts, loads, meters }: House,
  shelf: KeptPages,
  stretches: readonly Stretch[],
): Promise<LedgerPage[]> {
  const portions: (readonly EnergyPiece[])[] = [];
  for (let i = 0; i < meters.length; i += AT_ONCE) {
    const refs = meters.slice(i, i + AT_ONCE).map(({ meter }) => meter);
    portions.push(await store.energyIn(refs, stretches, SLOT_MS));
  }
  return stretches.map(({ from, to }, k) => {
    const pieces = portions.flatMap((portion) => portion[k] ?? []);
    const slots = new Map<Part, EnergySlots>();
    for (const [i, found] of pieces.flatMap((piece) => piece.meters).entries()) {
      const part = meters[i];
      if (part) slots.set(part, found);
    }
    const of = (list: readonly Part[]) => list.flatMap((part) => slots.get(part) ?? []);
    const input = {
      grid: parts.grid && slots.get(parts.grid),
      solar: of(parts.solar),
      batteries: of(parts.batteries),
      loads: loads.flatMap((part) => {
        const found = slots.get(part);
        return found ? [{ key: `${part.node}/${part.endpoint}`, name: part.name, slots: found }] : [];
      }),
    };
    const page = pageOf(input, from, SLOT_MS, from, to);
    shelf.put(page, pieces);
    return page;
  });
}

/** Pages lie within rows. */
function rowsOf(pages: readonly PricedPage[], edges: readonly number[]): LedgerRow[] {
  let next = 0;
  return edges.slice(1).map((to, k) => {
    const first = next;
    while ((pages[next]?.page.to ?? Number.POSITIVE_INFINITY) <= to) next++;
    return rowOf(pages.slice(first, next), edges[k] ?? to, to);
  });
}

/** Borders of the rows on slots; the last is the present, when it lies in the range. */
function edgesOf({ from, to, by }: LedgerQuery, zone: string, now: number): number[] {
  if (!(to > from)) throw new RangeError("to: must be after from");
  if (to - from > MAX_MS) throw new RangeError("to: at most 800 days after from");
  const edges = by === "hour" ? hours(from, to) : calendarEdges(by, zone, from, to);
  if (edges.length > MAX_ROWS + 1) throw new RangeError(`by: gives ${edges.length - 1} rows; at most ${MAX_ROWS}`);
  const present = Math.floor(now / SLOT_MS) * SLOT_MS;
  const past = edges.filter((edge) => edge < present);
  return past.length === edges.length || past.length === 0 ? past : [...past, present];
}

function hours(from: number, to: number): number[] {
  const edges: number[] = [];
  for (let at = Math.floor(from / HOUR_MS) * HOUR_MS; ; at += HOUR_MS) {
    edges.push(at);
    if (at >= to || edges.length > MAX_ROWS + 1) return edges;
  }
}
