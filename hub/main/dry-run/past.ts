/** Fetches what rules have to be tried on: what their devices told, who else asked them for something, and how the house was. */
import { co2At, exportPriceAt, priceAt } from "../../energy/tariff.ts";
import { silentAfterS } from "../../model/sleep.ts";
import type { Store } from "../../ports.ts";
import type { Reads } from "../../rules/dry-run/reads.ts";
import type { PastView } from "../../rules/dry-run/view.ts";
import { selectFrom } from "../../rules/select.ts";
import { sunElevation } from "../../rules/time/elevation.ts";
import { holidaySpans } from "../../rules/time/holidays.ts";
import { sunOfLocalDay } from "../../rules/time/sun.ts";
import type { InUse } from "../../step/dry-run/devices.ts";
import { levelOf, type Switched } from "../../step/dry-run/energy.ts";
import type { Found } from "../../step/dry-run/report.ts";
import type { Trial } from "../../step/dry-run/trial.ts";
import { controlsOf } from "../../step/dry-run/warmth.ts";
import { deedsOf, houseThen } from "./audit.ts";
import { bothOf, keysOf, type TrialQuestion } from "./question.ts";
import { type WarmthParts, warmedBy } from "./warmth.ts";

const DAY = 86_400_000;
const HOUR = 3_600_000;

export interface Prepared {
  readonly trial: Trial;
  readonly switched: ReadonlyMap<string, Switched>;
  readonly grains: Found["grains"];
  /** Of what it heats: why nothing can be told of how warm it would have been. */
  readonly untold: readonly string[];
}

/** What a dry run reads of what is stored. */
export type PastStore = Pick<Store, "audit" | "past" | "history" | "energy">;

/** Each rule with its past; what they need is read once. Rejects with a RangeError for more than fits, and where nothing is kept. */
export async function prepare(
  question: TrialQuestion,
  store: PastStore,
  drive: WarmthParts["drive"],
): Promise<readonly Prepared[]> {
  const { asked: rules, home, switched, now: to, days } = question;
  const all = rules.map(({ reads }) => reads).reduce(bothOf);
  const asked = to - days * DAY;
  const mode = houseThen(question.house, store, asked);
  const wanted = Math.max(asked, all.mode ? mode.modeFrom : 0);
  const keys = keysOf(all, switched, question.grid);
  const past = await store.past({ keys, every: all.events, from: wanted, to, silent: silentOf(home.nodes, keys) });
  // A time before anything was heard is no time in which it could have been tried.
  const from = past.off[0] && past.off[0].from - wanted < HOUR ? past.off[0].to : wanted;
  if (from >= to - HOUR) throw new RangeError("days: nothing is kept of that time");
  const view: PastView = {
    ...{ from, to, timeZone: home.settings.timeZone, almanac: new Map(), grid: question.grid, house: mode.house },
    select: (target, capability) => selectFrom(home, target, capability, (id) => home.nodes.get(id)),
    columns: new Map(past.columns.map((column) => [column.key, column])),
    silences: new Map(past.silences.map(({ node, stretches }) => [node, stretches])),
    ...outside(question, from, to),
  };
  const heat = { home, store, now: to, goals: question.goals, drive };
  const found = question.heats ? await warmedBy(heat, all.written, from, to) : { warmed: [], untold: [] };
  const { settings } = home;
  const uses = usesOf(question, view);
  const shared = { settings, view, scenes: question.scenes, tariff: question.tariff };
  const off = past.off.filter((o) => o.from >= from);
  return rules.map(({ rule, called, reads, switched: inert }): Prepared => {
    const heats = (keys: readonly string[]): boolean => keys.some((key) => reads.written.has(key));
    const nodes = new Map([...home.nodes].filter(([id]) => concerns(id, reads, view)));
    const deeds = deedsOf(store, reads.writes, rule.id, from);
    const warmed = found.warmed.filter((w) => heats(controlsOf(w)));
    const own = new Map([...uses].filter(([relay]) => reads.written.has(relay)));
    return {
      trial: { ...shared, rule, called, switched: inert, reads, nodes, deeds, warmed, off, uses: own },
      switched,
      grains: { exactFrom: past.exactFrom, fineFrom: past.fineFrom, asked },
      untold: found.untold.filter((u) => heats(u.controls)).map((u) => u.why),
    };
  });
}

/** A device that the rule has to do with: fewer devices are lived through faster. */
function concerns(id: string, reads: Reads, { grid }: PastView): boolean {
  const is = (key: string): boolean => key.startsWith(`${id}/`);
  if (grid && reads.surplus && is(grid.key)) return true;
  return [...reads.keys].some(is) || [...reads.written].some(is);
}

/** What people use: above its mean it is in use, below it stands by. */
function usesOf({ used, switched }: TrialQuestion, view: PastView): ReadonlyMap<string, InUse> {
  const uses = new Map<string, InUse>();
  for (const relay of used) {
    const own = switched.get(relay);
    const power = own?.power === undefined ? undefined : view.columns.get(own.power);
    const mean = own && levelOf(own, power, view);
    if (power && mean !== undefined) uses.set(relay, { power, idleW: mean, useW: 1.5 * mean });
  }
  return uses;
}

/** Prices and sky as rules see them. A price holds for its quarter hour, and is worked out once. */
function outside(
  { home, tariff }: TrialQuestion,
  from: number,
  to: number,
): Pick<PastView, "price" | "exportPrice" | "co2" | "sunElevation" | "sunDay" | "isHoliday"> {
  const { settings } = home;
  const { timeZone, holidays } = settings;
  return {
    price: byQuarter(from, to, (at) => priceAt(tariff, at, timeZone)),
    exportPrice: byQuarter(from, to, (at) => exportPriceAt(tariff, at, timeZone)),
    co2: byQuarter(from, to, (at) => co2At(tariff, at, timeZone)),
    sunElevation: (at) => sunElevation(at, settings),
    sunDay: (at) => sunOfLocalDay(at, settings),
    isHoliday: (at) => holidays !== undefined && holidaySpans(holidays, at, at + 1, timeZone).length > 0,
  };
}

const QUARTER = 900_000;

/** Beyond the two times it is worked out each time. */
function byQuarter(from: number, to: number, of: (at: number) => number): (at: number) => number {
  const first = Math.floor(from / QUARTER);
  const known = new Float64Array(Math.ceil(to / QUARTER) - first + 1).fill(Number.NaN);
  return (at) => {
    const quarter = Math.floor(at / QUARTER);
    const kept = known[quarter - first];
    if (kept !== undefined && !Number.isNaN(kept)) return kept;
    const value = of(quarter * QUARTER);
    if (kept !== undefined) known[quarter - first] = value;
    return value;
  };
}

function silentOf(nodes: Trial["nodes"], keys: readonly string[]): Parameters<Store["past"]>[0]["silent"] {
  const named = new Set(keys.map((key) => key.slice(0, key.indexOf("/"))));
  return [...nodes].flatMap(([node, { description }]) => {
    const s = named.has(node) ? silentAfterS(description) : undefined;
    return s === undefined ? [] : [{ node, afterMs: s * 1000 }];
  });
}
