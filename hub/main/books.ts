import { calendarEdges } from "../energy/calendar.ts";
import { ledgerOf } from "../energy/ledger.ts";
import { meteredOf, type Part, partsOf } from "../energy/parts.ts";
import { co2At, exportPriceAt, priceAt } from "../energy/tariff.ts";
import type { EnergySlots, LedgerRow } from "../model/energy.ts";
import type { Books, Clock, LedgerQuery, Store } from "../ports.ts";
import type { CoreState } from "../step.ts";
import { type WatchParts, watchSuspects } from "./suspects.ts";

/** Energy is paid by the quarter hour: markets settle so. */
const SLOT_MS = 15 * 60_000;
const HOUR_MS = 3_600_000;
const MAX_ROWS = 400;
/** Meters of one question to the store; between two of them a person's own question has its turn. */
const AT_ONCE = 20;
/** Two years and a bit: more would hold the history's worker for too long. */
const MAX_MS = 800 * 24 * HOUR_MS;

interface BooksParts {
  readonly state: CoreState;
  readonly store: Pick<Store, "energy">;
  readonly clock: Clock;
}

/** The house's books, and the daily look at the meters that they rest on. */
export function startBooks(parts: BooksParts & WatchParts, onEnd: (end: () => unknown) => void): Books {
  const suspects = watchSuspects(parts);
  onEnd(() => suspects.stop());
  return createBooks(parts);
}

/** The house's books out of its stored past, by the roles that its meters have now. */
export function createBooks({ state, store, clock }: BooksParts): Books {
  return {
    async ledger(query: LedgerQuery): Promise<readonly LedgerRow[]> {
      const zone = state.home.settings.timeZone;
      const edges = edgesOf(query, zone, clock.now());
      const [start, end] = [edges[0] ?? 0, edges.at(-1) ?? 0];
      if (end <= start) return [];
      const parts = partsOf(state.home);
      const loads = meteredOf(parts);
      const meters = [parts.grid, ...parts.solar, ...parts.batteries, ...loads];
      const read: EnergySlots[] = [];
      for (let i = 0; i < meters.length; i += AT_ONCE) {
        const refs = meters.slice(i, i + AT_ONCE).map((part) => part?.meter ?? {});
        read.push(...(await store.energy(refs, start, end, SLOT_MS)));
      }
      const slots = new Map<Part | undefined, EnergySlots>();
      meters.forEach((part, i) => {
        const found = read[i];
        if (part && found) slots.set(part, found);
      });
      const of = (list: readonly Part[]) => list.flatMap((part) => slots.get(part) ?? []);
      const { tariff } = state;
      return ledgerOf(
        {
          grid: slots.get(parts.grid),
          solar: of(parts.solar),
          batteries: of(parts.batteries),
          loads: loads.flatMap((part) => {
            const found = slots.get(part);
            return found ? [{ key: `${part.node}/${part.endpoint}`, name: part.name, slots: found }] : [];
          }),
          price: (at) => priceAt(tariff, at, zone),
          exportPrice: (at) => exportPriceAt(tariff, at, zone),
          co2: (at) => co2At(tariff, at, zone),
        },
        start,
        SLOT_MS,
        edges,
      );
    },
  };
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
