import { inForce } from "../../energy/bill/bill.ts";
import { periodStart } from "../../energy/bill/period.ts";
import { atWall, localTime } from "../../energy/clock.ts";
import { partsOf } from "../../energy/parts.ts";
import type { EnergySlots } from "../../model/energy.ts";
import type { Contract, LocalDate, TariffBook } from "../../model/tariff-book.ts";
import type { Clock, Store } from "../../ports.ts";
import type { CoreState } from "../../step.ts";

const DAY = 86_400_000;
const SLOT_MS = 900_000;
/** A leap year; the contracts may look further back. */
const MAX_DAYS = 366;

/** Epoch ms of a local midnight; throws RangeError naming the field. */
export function midnightOf(day: LocalDate, zone: string, field: string): number {
  const wall = Date.parse(`${day}T00:00:00Z`);
  if (Number.isNaN(wall)) throw new RangeError(`${field}: must be a day as YYYY-MM-DD`);
  const at = atWall(wall, zone);
  if (localTime(at, zone).day !== day) throw new RangeError(`${field}: this day never was in ${zone}`);
  return at;
}

/** How far around the billed days a contract looks: what a month or a year decides. */
function reach(contracts: readonly Contract[], from: LocalDate, to: LocalDate): { from: LocalDate; to: LocalDate } {
  const components = contracts.flatMap((c) => c.components);
  const [year = 1970, month = 1] = from.split("-").map(Number);
  const back = Math.max(1, ...components.map((c) => (c.kind === "peak" ? c.months : 1)));
  const monthly = new Date(Date.UTC(year, month - back, 1)).toISOString().slice(0, 10);
  const periods = components.map((c) =>
    c.kind === "tiers" || c.kind === "netMetering" ? periodStart(from, c.per, c.starts) : monthly,
  );
  const begin = [monthly, ...periods].sort()[0] ?? monthly;
  const last = new Date(Date.parse(`${to}T00:00:00Z`) - DAY);
  const end = new Date(Date.UTC(last.getUTCFullYear(), last.getUTCMonth() + 1, 1)).toISOString().slice(0, 10);
  return { from: begin, to: end };
}

export interface Billed {
  readonly grid: EnergySlots;
  readonly from: number;
  readonly to: number;
}

/** The house meter's energy for a bill, with what its contracts have to look back on. Rejects with a RangeError naming the field. */
export async function energyFor(
  parts: { readonly state: CoreState; readonly store: Pick<Store, "energy">; readonly clock: Clock },
  contracts: readonly Contract[],
  from: LocalDate,
  to: LocalDate,
): Promise<Billed> {
  const zone = parts.state.home.settings.timeZone;
  const [start, end] = [midnightOf(from, zone, "from"), midnightOf(to, zone, "to")];
  const now = Math.floor(parts.clock.now() / SLOT_MS) * SLOT_MS;
  if (end <= start) throw new RangeError("to: must be after from");
  if (end - start > MAX_DAYS * DAY) throw new RangeError(`to: at most ${MAX_DAYS} days after from`);
  if (start >= now) throw new RangeError("from: is not past yet");
  const { grid: part } = partsOf(parts.state.home);
  if (!part) throw new RangeError("from: there is no house meter; give a meter this role on its page");
  const wide = reach(contracts, from, to);
  const until = Math.min(now, midnightOf(wide.to, zone, "to"));
  const since = Math.min(start, midnightOf(wide.from, zone, "from"));
  const [grid] = await parts.store.energy([part.meter], since, until, SLOT_MS);
  if (!grid) throw new RangeError("from: the house meter tells no energy");
  return { grid, from: start, to: Math.min(end, now) };
}

/** The contracts of a book that some days fall under. */
export const contractsFor = (book: TariffBook, from: LocalDate, to: LocalDate): readonly Contract[] =>
  inForce(book)
    .filter(({ contract, until }) => contract.validFrom < to && (until === undefined || until > from))
    .map(({ contract }) => contract);
