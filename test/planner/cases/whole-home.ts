/** One whole-home case: a season and a tariff, lived through four ways from the same moment, and what the hub had promised beside its meter. */
import { homes } from "../../../firmware-sim/homes/index.ts";
import { World } from "../../../firmware-sim/world.ts";
import { billOf } from "../../../hub/energy/bill/bill.ts";
import { marginalPrice } from "../../../hub/energy/tariff.ts";
import type { Goal } from "../../../hub/model/goal/index.ts";
import type { Policy } from "../../../hub/model/policy.ts";
import type { SolverThread } from "../../../hub/solver/thread.ts";
import { idOf } from "../demo-home.ts";
import { Household } from "./household.ts";
import { byRules } from "./rules.ts";
import { Life, type Missed, QUARTER, type Wanted } from "./simulated.ts";
import { type Form, type Market, marketOf } from "./tariffs.ts";

const DAY = 86_400_000;
const PAST_DAYS = 35;

/** The first of a month, so that a month's peak begins at nothing for everybody. */
export const SEASONS = {
  winter: "2026-02-01T00:00:00+01:00",
  spring: "2026-05-01T00:00:00+02:00",
  summer: "2026-08-01T00:00:00+02:00",
  autumn: "2026-11-01T00:00:00+01:00",
} as const;
export type Season = keyof typeof SEASONS;

const WANTED: Wanted = { roomC: 20, carPercent: 80, byMinutes: 7 * 60 };

const GOALS: readonly Goal[] = [
  { kind: "readyBy", node: idOf("EV charger"), what: "stateOfCharge", target: WANTED.carPercent, by: "07:00" },
  { kind: "comfort", room: "Living room", minC: WANTED.roomC },
  { kind: "applianceWindow", node: idOf("Dishwasher"), by: "07:00" },
  { kind: "minimise", what: "cost" },
];

/** One way to live through the days. */
interface Way {
  /** The meter's bill, and with what is in store at the end settled against the home left to itself; currency. */
  readonly paid: number;
  readonly cost: number;
  readonly peakKw: number;
  readonly missed: Missed;
}

export interface CaseResult {
  readonly form: Form;
  readonly season: Season;
  readonly days: number;
  readonly policy: Policy;
  readonly nothing: Way;
  readonly rules: Way;
  readonly steered: Way;
  readonly commandsADay: number;
  readonly lost: readonly string[];
}

/** The home up to the moment from which it is tried. */
export function pastOf(season: Season, seed: number): Life {
  const home = homes.get("demo");
  if (!home) throw new Error("there is no simulated home");
  const until = Date.parse(SEASONS[season]);
  const life = new Life(new World(seed, home.params, until - PAST_DAYS * DAY), WANTED);
  while (life.world.at < until) life.minute();
  return life;
}

/** Lives through the case. `days`: how long the policy runs for real. */
export async function livedThrough(
  past: Life,
  form: Form,
  season: Season,
  days: number,
  solver: SolverThread,
): Promise<CaseResult> {
  const from = past.world.at;
  const to = from + days * DAY;
  const { params, seed } = past.world;
  const { timeZone } = params;
  const market = marketOf(form, from - (PAST_DAYS + 2) * DAY, to + 3 * DAY, timeZone, params.site, seed);
  const nothing = past.fork();
  while (nothing.world.at < to) nothing.minute();
  const ruled = past.fork();
  while (ruled.world.at < to) {
    const at = ruled.world.at;
    const around = { at, timeZone, tariff: market.knownAt(at), wanted: WANTED };
    byRules(ruled.world.state, { ...around, carKwh: params.car.capacity, carFull: params.car.full });
    ruled.minute();
  }
  const house = new Household(past.fork(), market, solver);
  try {
    const policy = await house.tried(GOALS);
    const let_ = await house.desk.approve(policy.id, policy.hash, "anna");
    if (let_.ok) await house.live((days * DAY) / 60_000);
    const steered = let_.ok ? house.life : nothing;
    const way = (life: Life) => wayOf(life, nothing, market, from, to);
    return {
      ...{ form, season, days, policy, lost: house.lost },
      ...{ nothing: way(nothing), rules: way(ruled), steered: way(steered) },
      commandsADay: house.sent.length / days,
    };
  } finally {
    await house.close();
  }
}

/** What more or less is in store at the end counts what it would cost in the cheapest quarter of the hours: any of these ways could buy it then. */
function wayOf(life: Life, nothing: Life, { book, whole }: Market, from: number, to: number): Way {
  const { timeZone } = life.world.params;
  const importedKwh = Float64Array.from(life.imported);
  const slots = { from, slotMs: QUARTER, importedKwh, exportedKwh: Float64Array.from(life.exported) };
  const coverage = new Float64Array(importedKwh.length).fill(1);
  const bill = billOf(book, { ...slots, coverage, basis: "counter" }, from, to, timeZone, whole.priced?.series);
  const prices = life.imported.map((_, k) => marginalPrice(whole, from + k * QUARTER, timeZone).importPerKwh);
  const cheap = prices.sort((a, b) => a - b).slice(0, Math.ceil(prices.length / 4));
  const settled = (life.stored() - nothing.stored()) * (cheap.reduce((a, b) => a + b, 0) / cheap.length);
  return { paid: bill.total, cost: bill.total - settled, peakKw: 4 * Math.max(...life.imported), missed: life.missed };
}
