import { inBand, lastLocalMinutes, nextLocalMinutes, parseClock } from "../../energy/clock.ts";
import type { Condition } from "../../model/plan.ts";
import { type Picture, type Truth, truth } from "../picture.ts";

type Cheapest = Extract<Condition, { kind: "cheapest" }>;

const SLOT_MS = 15 * 60_000;
/** Windows remembered for one source of prices; beyond it they are worked out anew. */
const MAX_WINDOWS = 64;

/** The cheapest slots of one window in two numbers: all below `price`, and those at it up to `lastAt`. */
interface Chosen {
  /** Epoch ms; `to` is not included. */
  readonly from: number;
  readonly to: number;
  readonly price: number;
  readonly lastAt: number;
}

/**
 * A source of prices always answers the same, so that what was chosen by it holds as long as it does: a tariff that changes
 * comes with a source of its own. It does not outlive its source.
 */
const remembered = new WeakMap<Picture["price"], Map<string, Chosen>>();

/** Now is one of the cheapest hours of a daily window, in quarter hours; among equal prices the earliest count. */
export function cheapest(c: Cheapest, picture: Picture): Truth {
  if (!inBand(c, picture.now, picture.timeZone)) return truth(false, `it is not between ${c.from} and ${c.to}`);
  const { price: limit, lastAt } = chosenNow(c, picture);
  const slot = slotOf(picture.now);
  const price = picture.price(slot);
  const inside = price < limit || (price === limit && slot <= lastAt);
  const shown = picture.price(picture.now).toFixed(2);
  return truth(
    inside,
    `the price now (${shown}) is ${inside ? "" : "not "}among the cheapest ${c.hours} h from ${c.from} to ${c.to}`,
  );
}

const slotOf = (at: number): number => Math.floor(at / SLOT_MS) * SLOT_MS;

function chosenNow(c: Cheapest, picture: Picture): Chosen {
  const key = `${c.from} ${c.to} ${c.hours} ${picture.timeZone}`;
  const known = remembered.get(picture.price) ?? new Map<string, Chosen>();
  const last = known.get(key);
  if (last && picture.now >= last.from && picture.now < last.to) return last;
  const chosen = choose(c, picture);
  if (known.size >= MAX_WINDOWS) known.clear();
  known.set(key, chosen);
  remembered.set(picture.price, known);
  return chosen;
}

/** Looks at the whole window that holds now; on the days when the clock is changed it is an hour shorter or longer. */
function choose(c: Cheapest, picture: Picture): Chosen {
  const from = lastLocalMinutes(picture.now, parseClock(c.from), picture.timeZone);
  const to = nextLocalMinutes(from, parseClock(c.to), picture.timeZone);
  const slots: { readonly at: number; readonly price: number }[] = [];
  for (let at = slotOf(from); at < to; at += SLOT_MS) slots.push({ at, price: picture.price(at) });
  slots.sort((a, b) => a.price - b.price || a.at - b.at);
  const dearest = slots[Math.min(slots.length, Math.ceil(c.hours * 4)) - 1];
  // No hours at all: nothing is cheap enough.
  return { from, to, price: dearest?.price ?? Number.NEGATIVE_INFINITY, lastAt: dearest?.at ?? from };
}
