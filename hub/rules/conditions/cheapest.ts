import { inBand, localTime, parseClock } from "../../energy/clock.ts";
import type { Condition } from "../../model/plan.ts";
import { type Picture, type Truth, truth } from "../picture.ts";

const SLOT_MS = 15 * 60_000;

/** Now is one of the cheapest hours of a daily window, in quarter hours; among equal prices the earliest count. */
export function cheapest(c: Extract<Condition, { kind: "cheapest" }>, picture: Picture): Truth {
  if (!inBand(c, picture.now, picture.timeZone)) return truth(false, `it is not between ${c.from} and ${c.to}`);
  const slots = windowSlots(c, picture);
  const wanted = Math.min(slots.length, Math.ceil(c.hours * 4));
  const chosen = slots
    .map((at) => ({ at, price: picture.price(at) }))
    .sort((a, b) => a.price - b.price || a.at - b.at)
    .slice(0, wanted);
  const slot = Math.floor(picture.now / SLOT_MS) * SLOT_MS;
  const inside = chosen.some((s) => s.at === slot);
  const price = picture.price(picture.now).toFixed(2);
  return truth(
    inside,
    `the price now (${price}) is ${inside ? "" : "not "}among the cheapest ${c.hours} h from ${c.from} to ${c.to}`,
  );
}

/** Starts of the quarter hours of the window that holds now, epoch ms. */
function windowSlots(c: { from: string; to: string }, picture: Picture): number[] {
  const length = ((parseClock(c.to) - parseClock(c.from) + 1440) % 1440 || 1440) * 60_000;
  const since = ((localTime(picture.now, picture.timeZone).minutes - parseClock(c.from) + 1440) % 1440) * 60_000;
  const slot = Math.floor(picture.now / SLOT_MS) * SLOT_MS;
  const start = slot - Math.floor(since / SLOT_MS) * SLOT_MS;
  return Array.from({ length: Math.floor(length / SLOT_MS) }, (_, i) => start + i * SLOT_MS);
}
