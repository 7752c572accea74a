/** What the contract and the main fuse ask of the house as a whole: peaks that are paid for, steps of the price, the most that may flow. */
import { inForce } from "../../../energy/bill/bill.ts";
import { periodDays, periodStart } from "../../../energy/bill/period.ts";
import { localTime } from "../../../energy/clock.ts";
import type { PricedTariff } from "../../../model/tariff.ts";
import type { Contract, PeakPower, TariffComponent, Tiers } from "../../../model/tariff-book.ts";
import { type History, timeOf, valueAt } from "../../../twin/history.ts";
import { quantile } from "../../../twin/numbers.ts";
import type { House } from "../../schedule/problem.ts";

/** What was imported by now, W by step from step `from` of the history on. */
interface Metered {
  readonly history: Pick<History, "from" | "stepMs" | "timeZone">;
  readonly watts: Float64Array;
  readonly from: number;
}

const DAY_MS = 86_400_000;
/** Steps of a price that are further off than this are not reached within the hours that are planned, kWh. */
const IN_REACH_KWH = 300;
/** As many of them as a problem may have. */
const MOST_TIERS = 6;

/** Percentages (VAT) that are added to what a role costs. */
const withPercent = (components: readonly TariffComponent[], role: string): number =>
  1 +
  components.reduce((sum, c) => sum + (c.kind === "percent" && c.of.some((r) => r === role) ? c.percent / 100 : 0), 0);

/** The power and energy imported since a period began: kW of the highest window, kWh. */
function since(metered: Metered, at: number, period: (day: string) => string, windowMs: number) {
  const { history: h, watts, from } = metered;
  const now = period(localTime(at, h.timeZone).day);
  const steps = Math.max(1, Math.round(windowMs / h.stepMs));
  const end = Math.min(watts.length, Math.floor((at - h.from) / h.stepMs) - from);
  let [kwh, peakKw] = [0, 0];
  const window: number[] = [];
  const within = new Map<string, boolean>();
  for (let k = end - 1; k >= 0; k--) {
    const { day } = localTime(timeOf(h, from + k), h.timeZone);
    const same = within.get(day) ?? period(day) === now;
    within.set(day, same);
    if (!same) break;
    const kw = Math.max(0, valueAt(watts, k) || 0) / 1000;
    kwh += (kw * h.stepMs) / 3_600_000;
    window.push(kw);
    if (window.length < steps) continue;
    peakKw = Math.max(peakKw, window.reduce((a, b) => a + b, 0) / steps);
    window.length = 0;
  }
  return { kwh, peakKw };
}

/** Days of the meter that tell how much a house's quarter hours rise above their hours, and how many of these hours rise less. */
const SPIKY_DAYS = 7;
const USUAL_SPIKE = 0.9;

/** kW by which the highest window of an hour lies above its mean, which is all that is foreseen. */
function spikeOf({ history: h, watts, from }: Metered, at: number, windowMinutes: number): number {
  const steps = Math.round(3_600_000 / h.stepMs);
  if (windowMinutes >= 60 || steps < 2) return 0;
  const end = Math.min(watts.length, Math.floor((at - h.from) / h.stepMs) - from);
  const rises: number[] = [];
  for (let k = end - steps; k >= Math.max(0, end - SPIKY_DAYS * 24 * steps); k -= steps) {
    const hour = Array.from(watts.subarray(k, k + steps), (w) => Math.max(0, w || 0) / 1000);
    rises.push(Math.max(...hour) - hour.reduce((a, b) => a + b, 0) / steps);
  }
  return quantile(rises, USUAL_SPIKE) || 0;
}

function peakOf(c: PeakPower, contract: Contract, metered: Metered, at: number, end: number): House["peak"] {
  const month = (day: string) => periodStart(day, "month");
  const { timeZone } = metered.history;
  const { peakKw } = since(metered, at, month, c.windowMinutes * 60_000);
  // A month's peak counts in so many bills, each time as a part of their mean: once in all.
  const perKw = c.steps ? stepPerKw(c, peakKw) : c.per === "year" ? c.perKw / 12 : c.perKw;
  const changes = month(localTime(at, timeZone).day) !== month(localTime(end, timeZone).day);
  return {
    perKw: (perKw * withPercent(contract.components, "grid")) / Math.max(1, c.highest),
    // Of a new month, which begins at nothing, more is at stake than of one that ends. What is foreseen to stay below may not be.
    soFarKw: Math.max(0, Math.max(c.atLeastKw, changes ? 0 : peakKw) - spikeOf(metered, at, c.windowMinutes)),
  };
}

/** Of fixed amounts by steps: what the way from this one to the last costs, by the kW. */
function stepPerKw({ steps = [] }: PeakPower, kw: number): number {
  const at = steps.findIndex((s) => kw <= (s.upToKw ?? Number.POSITIVE_INFINITY));
  const [now, next] = [steps[at], steps[at + 1]];
  if (!now || !next) return 0;
  const wide = (next.upToKw ?? 2 * (now.upToKw ?? 1)) - (now.upToKw ?? 0);
  return (next.perMonth - now.perMonth) / Math.max(0.5, wide);
}

function tiersOf(c: Tiers, contract: Contract, metered: Metered, at: number): NonNullable<House["tiers"]> {
  // The past that is at hand does not reach back a year; what a day brings is over before it is planned.
  if (c.per !== "month") return [];
  const period = (day: string) => periodStart(day, c.per, c.starts);
  const { kwh } = since(metered, at, period, 3_600_000);
  const scale = c.perDay ? periodDays(period(localTime(at, metered.history.timeZone).day), c.per, c.starts) : 1;
  const factor = withPercent(contract.components, c.role);
  return c.steps.flatMap((step, s) => {
    const next = c.steps[s + 1];
    if (step.upTo === undefined || !next) return [];
    const afterKwh = Math.max(0, step.upTo * scale - kwh);
    const extra = (next.perKwh - step.perKwh) * factor;
    return afterKwh <= IN_REACH_KWH && extra !== 0 ? [{ afterKwh, extra }] : [];
  });
}

/** A charge on power as it stands: the length of its windows, and what this month has come to, kW as it is measured. */
export interface Charged {
  readonly windowMinutes: number;
  readonly reachedKw: number;
}

const contractAt = (tariff: PricedTariff, { history }: Metered, at: number): Contract | undefined => {
  const contracts = tariff.priced ? inForce(tariff.priced.book) : [];
  const { day } = localTime(at, history.timeZone);
  return (contracts.findLast((c) => c.contract.validFrom <= day) ?? contracts[0])?.contract;
};

const chargedIn = (contract: Contract | undefined): PeakPower | undefined =>
  contract?.components.find((c) => c.kind === "peak");

/** What the contract in force charges the month's power by; undefined where it does not, or not at this hour. */
export function chargedAt(tariff: PricedTariff, metered: Metered, at: number): Charged | undefined {
  const charge = chargedIn(contractAt(tariff, metered, at));
  if (!charge) return undefined;
  const { windowMinutes, atLeastKw } = charge;
  const { peakKw } = since(metered, at, (day) => periodStart(day, "month"), windowMinutes * 60_000);
  return { windowMinutes, reachedKw: Math.max(atLeastKw, peakKw) };
}

/** What holds for the house until `end` by the contract in force at a moment (epoch ms), seen with what was imported by then. */
export function connectionOf(tariff: PricedTariff, metered: Metered, at: number, end: number, fuseKw?: number): House {
  const contract = contractAt(tariff, metered, at);
  const components = contract?.components ?? [];
  const charged = chargedIn(contract);
  const peak = contract && charged && peakOf(charged, contract, metered, at, Math.min(end, at + 2 * DAY_MS));
  const tiers = contract
    ? components.flatMap((c) => (c.kind === "tiers" ? tiersOf(c, contract, metered, at) : []))
    : [];
  return {
    ...(fuseKw === undefined ? {} : { fuseKw }),
    ...(peak && peak.perKw > 0 ? { peak } : {}),
    ...(tiers.length > 0 ? { tiers: tiers.slice(0, MOST_TIERS) } : {}),
  };
}
