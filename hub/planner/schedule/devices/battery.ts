/** A home battery: it charges and gives in each scenario as that turns out. */
import type { Battery, Problem, Slot } from "../problem.ts";
import type { BrokenWish } from "../schedule.ts";
import { exportWorth, importCost, laterPrice, ratesOf, unitWeights } from "../weigh.ts";
import { type Build, type DeviceModel, type Followed, type Kwh, type Surroundings, steady } from "./device.ts";
import { clean } from "./stepped.ts";

/** Currency that a stored kWh is worth at the end: what it would spare later, less its losses and wear. */
const endValueOf = (d: Battery, price: number, wear: number): number =>
  d.endValue ?? Math.max(0, d.dischargeEfficiency * (price - wear));

const wearOf = (d: Battery, problem: Problem): number => d.wear * problem.weights.wear;
/** Never below what is in it already: a battery that was emptied by hand must not make a plan impossible. */
const floorOf = (d: Battery): number => Math.min(d.emptyKwh, d.storedKwh);
const ceilingOf = (d: Battery): number => Math.max(d.fullKwh, d.storedKwh);

/** What may be worth charging and giving at once, or giving to the grid, if nothing forbade it. */
function temptations(problem: Problem, d: Battery) {
  const least = Math.min(...problem.slots.map((s) => Math.min(importCost(problem, s), exportWorth(problem, s))));
  const roundTrip = d.chargeEfficiency * d.dischargeEfficiency;
  return {
    /** Losing energy pays, or is the only way to be rid of it. */
    toLose: (slot: Slot, surplus: number) =>
      slot.importPrice < 0 ||
      slot.exportPrice < 0 ||
      surplus > (problem.house.exportKw ?? Number.POSITIVE_INFINITY) * slot.hours,
    toSell: (slot: Slot) => exportWorth(problem, slot) * roundTrip - wearOf(d, problem) > least,
  };
}

interface Columns {
  readonly charge: number[];
  readonly give: number[];
}

/** Charge, give and level of one scenario. */
function buildOne(d: Battery, b: Build, s: number): Columns {
  const { model, problem } = b;
  const weight = b.scenarios[s]?.weight ?? 1;
  const wear = wearOf(d, problem);
  const before = b.before(d.id);
  const columns: Columns = { charge: [], give: [] };
  let last: number | undefined;
  problem.slots.forEach((slot, t) => {
    const blocked = d.blocked?.[t] === true;
    const [mostIn, mostOut] = [d.chargeKw, d.dischargeKw].map((kw) => (blocked ? 0 : kw * slot.hours)) as [
      number,
      number,
    ];
    const charge = model.column(weight * b.nudge(t), 0, mostIn);
    const give = model.column(weight * (wear + b.nudge(t)), 0, mostOut);
    const worth = t === problem.slots.length - 1 ? weight * endValueOf(d, b.laterPrice, wear) : 0;
    const level = model.column(-worth, floorOf(d), ceilingOf(d));
    const start = last === undefined ? d.storedKwh : 0;
    const row = model.row(start, start, [
      [level, 1],
      [charge, -d.chargeEfficiency],
      [give, 1 / d.dischargeEfficiency],
    ]);
    if (last !== undefined) model.term(row, last, -1);
    last = level;
    if (d.reserve) {
      const short = model.column(weight * b.rates(d.reserve.wish) * unitWeights.reserveKwhH * slot.hours);
      model.row(d.reserve.kwh, Number.POSITIVE_INFINITY, [
        [level, 1],
        [short, 1],
      ]);
    }
    if (before && mostIn > 0) steady(b, charge, 1, Math.max(0, before[t] ?? 0), mostIn, weight);
    b.uses(s, t, charge, 1);
    b.uses(s, t, give, -1);
    columns.charge.push(charge);
    columns.give.push(give);
    limitOne(d, b, s, t, charge, give);
  });
  return columns;
}

/** What the battery's modes can't do: charge and give at once, charge from the grid, give to the grid. */
function limitOne(d: Battery, b: Build, s: number, t: number, charge: number, give: number): void {
  const { model, problem } = b;
  const slot = problem.slots[t];
  if (!slot) return;
  const surplus = (b.scenarios[s]?.pvKwh[t] ?? 0) - (b.scenarios[s]?.loadKwh[t] ?? 0);
  const [mostIn, mostOut] = [d.chargeKw * slot.hours, d.dischargeKw * slot.hours];
  const tempted = temptations(problem, d);
  const { imported, exported, mostImported, mostExported } = b.grid(s, t);
  const orElse = (one: number, most: number, other: number, otherMost: number) => {
    const yes = model.switch(0);
    model.row(Number.NEGATIVE_INFINITY, 0, [
      [one, 1],
      [yes, -most],
    ]);
    model.row(Number.NEGATIVE_INFINITY, otherMost, [
      [other, 1],
      [yes, otherMost],
    ]);
  };
  if (b.decided(t) && tempted.toLose(slot, surplus)) orElse(charge, mostIn, give, mostOut);
  if (!d.fromGrid) {
    model.bound(charge, 0, d.blocked?.[t] === true ? 0 : Math.min(mostIn, Math.max(0, surplus)));
    if (b.decided(t) && surplus > 0 && problem.devices.length > 1) orElse(charge, mostIn, imported, mostImported);
  }
  if (!d.toGrid && surplus > 0 && b.decided(t) && tempted.toSell(slot)) orElse(give, mostOut, exported, mostExported);
}

/** One slot of a battery, kWh at the house's side as far as it can. */
function step(d: Battery, slot: Slot, stored: number, wanted: number, blocked: boolean) {
  if (blocked) return { kwh: 0, stored };
  const room = Math.max(0, (ceilingOf(d) - stored) / d.chargeEfficiency);
  const there = Math.max(0, (stored - floorOf(d)) * d.dischargeEfficiency);
  const kwh = clean(
    Math.max(-Math.min(there, d.dischargeKw * slot.hours), Math.min(wanted, room, d.chargeKw * slot.hours)),
  );
  return { kwh, stored: stored + (kwh > 0 ? kwh * d.chargeEfficiency : kwh / d.dischargeEfficiency) };
}

function follow(d: Battery, problem: Problem, wanted: Kwh): Followed {
  const rates = ratesOf(problem);
  const wear = wearOf(d, problem);
  const [kwh, level]: [number[], number[]] = [[], []];
  let stored = d.storedKwh;
  let worn = 0;
  let penalty = 0;
  let worst = { by: 0, at: 0 };
  problem.slots.forEach((slot, t) => {
    const next = step(d, slot, stored, wanted[t] ?? 0, d.blocked?.[t] === true);
    stored = next.stored;
    kwh.push(next.kwh);
    level.push(stored);
    worn += Math.max(0, -next.kwh) * wear;
    const short = d.reserve ? Math.max(0, d.reserve.kwh - stored) : 0;
    if (d.reserve) penalty += short * slot.hours * rates(d.reserve.wish) * unitWeights.reserveKwhH;
    if (short > worst.by) worst = { by: short, at: slot.from };
  });
  const broken: BrokenWish[] =
    d.reserve && worst.by > 0.01
      ? [{ kind: "reserve", device: d.id, goal: d.reserve.wish.goal, by: worst.by, unit: "kWh", at: worst.at }]
      : [];
  return { kwh, level, broken, penalty, wear: worn, leftOver: stored * endValueOf(d, laterPrice(problem), wear) };
}

/** Plain self-consumption: it takes what would be exported and gives what would be imported, down to its reserve. */
function plain(d: Battery, problem: Problem, { rest }: Surroundings): Kwh {
  let stored = d.storedKwh;
  const kept = Math.max(d.emptyKwh, d.reserve?.kwh ?? 0);
  return problem.slots.map((slot, t) => {
    const free = Math.max(0, (stored - kept) * d.dischargeEfficiency);
    const next = step(d, slot, stored, Math.max(-free, -(rest[t] ?? 0)), d.blocked?.[t] === true);
    stored = next.stored;
    return next.kwh;
  });
}

/** Of each day the cheapest eighth of the slots charges where that beats the dearest quarter by losses and wear; else plain. */
function greedy(d: Battery, problem: Problem, around: Surroundings): Kwh {
  const own = plain(d, problem, around);
  if (!d.fromGrid) return own;
  const sorted = [...around.price].sort((a, b) => a - b);
  const [cheap = 0, dear = 0] = [sorted[Math.floor(sorted.length / 8)], sorted[Math.floor((3 * sorted.length) / 4)]];
  if (dear * d.chargeEfficiency * d.dischargeEfficiency - d.wear <= cheap) return own;
  let stored = d.storedKwh;
  const kept = Math.max(d.emptyKwh, d.reserve?.kwh ?? 0);
  return problem.slots.map((slot, t) => {
    const price = around.price[t] ?? 0;
    const free = Math.max(0, (stored - kept) * d.dischargeEfficiency);
    const follows = Math.max(-free, -(around.rest[t] ?? 0));
    const wanted = price <= cheap ? d.chargeKw * slot.hours : price >= dear ? follows : Math.max(0, follows);
    const next = step(d, slot, stored, wanted, d.blocked?.[t] === true);
    stored = next.stored;
    return next.kwh;
  });
}

export const battery: DeviceModel<Battery> = {
  build(d, b) {
    const made = b.scenarios.map((_, s) => buildOne(d, b, s));
    return (values, s) => {
      const { charge, give } = made[s] ?? { charge: [], give: [] };
      return charge.map((c, t) => clean((values[c] ?? 0) - (values[give[t] ?? -1] ?? 0)));
    };
  },
  follow,
  plain,
  greedy,
};
