/**
 * Why each block of the next 24 hours is as it is: the schedule is solved once more with the block otherwise, and what then costs more is the
 * reason. So a reason is never a guess, and its extra cost is what it would really cost.
 */
import type { Effort, Solved } from "../../model/linear.ts";
import { type Account, account } from "./account.ts";
import type { Programme } from "./build.ts";
import { otherwise } from "./otherwise.ts";
import type { Device, Problem } from "./problem.ts";
import type { Block, BrokenKind, BrokenWish, Costs, Reason, ReasonKind, Schedule } from "./schedule.ts";
import type { Ask, Solution } from "./solve.ts";

const AHEAD_MS = 24 * 3_600_000;
/** Blocks that are asked about at most; the nearest first. */
const MOST_ASKED = 48;
/** Currency below which it makes no difference; nor does what the solver's gap leaves open. */
const NO_DIFFERENCE = 0.005;

const causes: Readonly<Record<BrokenKind, ReasonKind>> = {
  ready: "deadline",
  late: "deadline",
  notRun: "deadline",
  warmWater: "comfort",
  tooCold: "comfort",
  tooWarm: "comfort",
  reserve: "reserve",
  fuse: "fuse",
  exportLimit: "fuse",
  limit: "limit",
};

interface Asked {
  readonly problem: Problem;
  readonly programme: Programme;
  readonly base: Account;
  readonly effort: Effort;
}

/** Blocks that can be told without asking: where it is away, not allowed, or done. */
function plainReason(d: Device, { programme, base }: Asked, block: Block): Reason | undefined {
  if (block.mode !== "off") return undefined;
  const slots = Array.from({ length: block.last - block.first + 1 }, (_, k) => block.first + k);
  if (d.kind === "car" && slots.every((t) => d.present[t] !== true)) return { kind: "away" };
  if (slots.every((t) => d.blocked?.[t] === true)) return { kind: "blocked" };
  if (d.kind !== "appliance") return undefined;
  if (
    base.followed
      .get(d.id)
      ?.kwh.slice(0, block.first)
      .some((kwh) => kwh > 0)
  )
    return { kind: "done" };
  return slots.some((t) => (programme.parts.get(d.id)?.[t]?.length ?? 0) > 0) ? undefined : { kind: "blocked" };
}

/** Wishes that are more broken than before. */
function newlyBroken(base: readonly BrokenWish[], other: readonly BrokenWish[]): BrokenWish[] {
  return other.flatMap((wish) => {
    const before = base.find((b) => b.kind === wish.kind && b.device === wish.device && b.goal === wish.goal);
    const by = wish.by - (before?.by ?? 0);
    return by > 0.01 ? [{ ...wish, by }] : [];
  });
}

/** What of the extra cost is largest. */
function kindOf(extra: Costs, broken: readonly BrokenWish[], onSun: boolean, wears: boolean): ReasonKind {
  // Another device's block can wear the battery too: then that is a part of its price.
  const money = extra.energy + extra.leftOver + (wears ? 0 : extra.wear);
  const shares: [ReasonKind, number][] = [
    [onSun ? "sun" : "price", money],
    ["peak", extra.peak],
    ["wear", wears ? extra.wear : 0],
    ["co2", extra.co2],
    ["ownUse", extra.ownUse],
  ];
  const worst = broken[0];
  if (worst) shares.push([causes[worst.kind], extra.broken]);
  return shares.reduce((a, b) => (b[1] > a[1] + 1e-9 ? b : a))[0];
}

const minus = (a: Costs, b: Costs): Costs => ({
  energy: a.energy - b.energy,
  peak: a.peak - b.peak,
  wear: a.wear - b.wear,
  co2: a.co2 - b.co2,
  ownUse: a.ownUse - b.ownUse,
  broken: a.broken - b.broken,
  leftOver: a.leftOver - b.leftOver,
  total: a.total - b.total,
});

/** Where a device uses more in one plan than in the other, in these slots: mean price, first time, and how much of it comes from own sun. */
function gained(problem: Problem, more: Account, less: Account, device: string, where: (t: number) => boolean) {
  let [kwh, paid, sun] = [0, 0, 0];
  let first: number | undefined;
  let foreseen = false;
  problem.slots.forEach((slot, t) => {
    const own = more.followed.get(device)?.kwh[t] ?? 0;
    const extra = own - (less.followed.get(device)?.kwh[t] ?? 0);
    if (extra < 0.02 * slot.hours || !where(t)) return;
    first ??= slot.from;
    foreseen ||= !slot.priceKnown;
    kwh += extra;
    paid += extra * slot.importPrice;
    sun += Math.min(extra, Math.max(0, own + (more.exportKwh[t] ?? 0) - (more.importKwh[t] ?? 0)));
  });
  return { kwh, price: kwh > 0 ? paid / kwh : undefined, first, sun, foreseen };
}

const batteryModes: ReadonlySet<Block["mode"]> = new Set(["chargeFromGrid", "followLoad", "hold", "dischargeToGrid"]);
const isBattery = (block: Block): boolean => batteryModes.has(block.mode);

/** A block that is about giving: a battery or panels give, or a battery is held back from it. */
const isGiving = (block: Block): boolean => block.mode === "hold" || (block.mode !== "off" && block.kwh < 0);

function reasonOf({ problem, base, effort }: Asked, block: Block, other: Account, forced: boolean): Reason {
  const extra = minus(other.costs, base.costs);
  const broken = newlyBroken(base.broken, other.broken);
  const giving = isGiving(block);
  const within = (t: number) => t >= block.first && t <= block.last;
  const beyond = (t: number) => !within(t);
  const plannedHere = forced === giving;
  const planned = gained(problem, base, other, block.device, plannedHere ? within : beyond);
  const instead = gained(problem, other, base, block.device, plannedHere ? beyond : within);
  const onSun = !giving && planned.kwh > 0 && planned.sun >= planned.kwh / 2;
  const [here, there] = plannedHere ? [planned, instead] : [instead, planned];
  const nothing = extra.total < Math.max(NO_DIFFERENCE, effort.gap);
  return {
    kind: nothing ? "tie" : kindOf(extra, broken, onSun, isBattery(block)),
    extraCost: nothing ? 0 : extra.total - extra.broken,
    ...(broken.length > 0 ? { broken } : {}),
    ...(here.price === undefined ? {} : { price: here.price }),
    ...(there.price === undefined ? {} : { otherPrice: there.price }),
    ...(there.first === undefined ? {} : { otherwise: there.first }),
    ...(there.foreseen ? { foreseen: true } : {}),
    ...(onSun ? { sunKwh: planned.sun } : {}),
  };
}

function* reasonFor(device: Device, block: Block, asked: Asked): Generator<Ask, Reason | undefined, Solved> {
  const { problem, programme, base, effort } = asked;
  const plain = plainReason(device, asked, block);
  if (plain) return plain;
  const other = otherwise(device, problem, programme, base, block);
  if (other === "nothing") return { kind: "done" };
  const solved = yield { model: other.model, effort: { ...effort, shadowPrices: false } };
  if (solved.status === "none") return other.forced ? { kind: "done" } : undefined;
  return reasonOf(asked, block, account(problem, programme.read(solved)), other.forced);
}

/**
 * The schedule with the reasons of its blocks in the next 24 hours, the nearest 48 of them. `enough` is asked before each: when it says so,
 * the rest stay without. A stand-in's blocks have none: it has not weighed anything.
 */
export function* reasoning(
  problem: Problem,
  solution: Solution,
  enough = () => false,
): Generator<Ask, Schedule, Solved> {
  const { schedule, programme, solved, effort } = solution;
  if (schedule.madeBy !== "solver") return schedule;
  const base = account(problem, programme.read(solved));
  const near = schedule.blocks.filter((b) => b.from < problem.at + AHEAD_MS).sort((a, b) => a.from - b.from);
  const reasons = new Map<Block, Reason>();
  for (const block of near.slice(0, MOST_ASKED)) {
    const device = problem.devices.find((d) => d.id === block.device);
    if (!device || enough()) break;
    const reason = yield* reasonFor(device, block, { problem, programme, base, effort });
    if (reason) reasons.set(block, reason);
  }
  const blocks = schedule.blocks.map((block) => {
    const reason = reasons.get(block);
    return reason ? { ...block, reason } : block;
  });
  return { ...schedule, blocks };
}
