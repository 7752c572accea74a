/** Reasons in words. All numbers of a sentence come from `factsOf`, so that any other wording can be checked against them. */
import { localTime } from "../../energy/clock.ts";
import type { Block, BrokenWish, Reason, ReasonKind } from "./schedule.ts";

/** What a sentence needs to know of the home. */
export interface Words {
  readonly nameOf: (device: string) => string;
  readonly goalOf: (goal: string) => string;
  readonly timeZone: string;
  /** As it is written after an amount, such as "EUR". */
  readonly currency: string;
}

/** Numbers of a block as they are shown, by what they mean. */
export type Facts = Readonly<
  Record<"from" | "to" | "kwh" | "price" | "otherPrice" | "otherwise" | "extraCost" | "sunKwh", string | undefined>
>;

const clock = (at: number, zone: string): string => {
  const { minutes } = localTime(at, zone);
  return `${String(Math.floor(minutes / 60)).padStart(2, "0")}:${String(minutes % 60).padStart(2, "0")}`;
};

const about = (text: string | undefined): string | undefined => text && `about ${text}`;

const dayOf = (at: number, zone: string): number => Date.parse(`${localTime(at, zone).day}T00:00:00Z`) / 86_400_000;
const later = ["", " the next day", " two days later"] as const;

/** A time of day, and how many days after another one it is. */
function clockAfter(at: number, first: number, zone: string): string {
  const days = Math.max(0, dayOf(at, zone) - dayOf(first, zone));
  return `${clock(at, zone)}${later[days] ?? ` ${days} days later`}`;
}

/** The numbers that may be said of a block, ready to be shown. */
export function factsOf(block: Block, words: Words): Facts {
  const { reason } = block;
  const price = (value: number | undefined) =>
    value === undefined ? undefined : `${value.toFixed(3)} ${words.currency}`;
  const kwh = (value: number | undefined) => (value === undefined ? undefined : `${Math.abs(value).toFixed(1)} kWh`);
  const extra = reason?.extraCost;
  return {
    from: clock(block.from, words.timeZone),
    to: clockAfter(block.to, block.from, words.timeZone),
    kwh: kwh(block.kwh),
    price: price(reason?.price),
    otherPrice: reason?.foreseen ? about(price(reason.otherPrice)) : price(reason?.otherPrice),
    otherwise: reason?.otherwise === undefined ? undefined : clockAfter(reason.otherwise, block.from, words.timeZone),
    extraCost: extra === undefined ? undefined : `${Math.abs(extra).toFixed(2)} ${words.currency}`,
    sunKwh: kwh(reason?.sunKwh),
  };
}

const doing: Readonly<Record<Block["mode"], string>> = {
  chargeFromGrid: "charges from the grid",
  followLoad: "follows the house",
  hold: "keeps what it has",
  dischargeToGrid: "gives to the grid",
  off: "waits",
  on: "runs",
  sun: "runs on the sun that is over",
  free: "gives all it can",
  curtailed: "is held back",
};

const units = { kWh: "kWh", K: "degrees", min: "minutes", kW: "kW" } as const;

/** What would not be had, and by how much. */
export function brokenInWords(wish: BrokenWish, words: Words): string {
  const by = `${wish.unit === "min" ? Math.round(wish.by) : wish.by.toFixed(1)} ${units[wish.unit]}`;
  const of = wish.device === undefined ? "the house" : words.nameOf(wish.device);
  const goal = wish.goal === undefined ? "" : ` (${words.goalOf(wish.goal)})`;
  const at = clock(wish.at, words.timeZone);
  switch (wish.kind) {
    case "ready":
      return `${of} would be ${by} short at ${at}${goal}`;
    case "notRun":
      return `${of} would not run by ${at}${goal}`;
    case "late":
      return `${of} would be ${by} late${goal}`;
    case "warmWater":
      return `the water of ${of} would be ${by} too cold at ${at}${goal}`;
    case "tooCold":
      return `${of} would be ${by} too cold at ${at}${goal}`;
    case "tooWarm":
      return `${of} would be ${by} too warm at ${at}${goal}`;
    case "reserve":
      return `the reserve of ${of} would lack ${by} at ${at}${goal}`;
    case "fuse":
      return `the main fuse would carry ${by} too much at ${at}`;
    case "exportLimit":
      return `${by} too much would be exported at ${at}`;
    case "limit":
      return `${by} more than wished would be imported at ${at}${goal}`;
  }
}

type Template = (f: Facts, reason: Reason, idle: boolean) => string;

const elsewhere = (f: Facts): string =>
  f.otherwise === undefined ? "" : ` Otherwise it would be from ${f.otherwise}.`;
const dearer = (f: Facts): string =>
  f.extraCost === undefined ? "" : ` To do otherwise would cost ${f.extraCost} more.`;
const compared = (f: Facts, idle: boolean): string => {
  if (f.price === undefined || f.otherPrice === undefined) return "";
  return idle ? ` (${f.price} now, ${f.otherPrice} then)` : ` (${f.price} instead of ${f.otherPrice})`;
};

const templates: Readonly<Record<ReasonKind, Template>> = {
  price: (f, _, idle) => `because of the price${compared(f, idle)}.${idle ? "" : elsewhere(f)}${dearer(f)}`,
  sun: (f, _, idle) =>
    `${idle ? "because sun comes later" : `because of the sun${f.sunKwh ? ` (${f.sunKwh})` : ""}`}.${dearer(f)}`,
  deadline: () => "because it could not be done in time otherwise",
  comfort: () => "to stay comfortable",
  reserve: () => "to keep the reserve",
  peak: (f) => `because more power at once would raise the peak charge.${dearer(f)}`,
  fuse: () => "because the connection would carry too much",
  limit: () => "because more would be imported at once than wished",
  wear: (f) => `because the gain is less than the battery's wear.${dearer(f)}`,
  co2: (f) => `because the electricity is cleaner so.${dearer(f)}`,
  ownUse: (f) => `because own sun shall be used in the house.${dearer(f)}`,
  tie: () => "though another time would cost the same.",
  blocked: () => "because it may not run then.",
  away: () => "because it is not there.",
  done: () => "because there is nothing to do for it.",
};

const idleModes: ReadonlySet<Block["mode"]> = new Set(["off", "hold"]);

/** A sentence or three: what the device does from when to when, why, and what it would cost to do otherwise. */
export function blockInWords(block: Block, words: Words): string {
  const facts = factsOf(block, words);
  const { reason } = block;
  const what = `${words.nameOf(block.device)} ${doing[block.mode]} from ${facts.from} to ${facts.to}`;
  if (!reason) return `${what}.`;
  const why = templates[reason.kind](facts, reason, idleModes.has(block.mode));
  const broken = reason.broken?.[0];
  if (!broken || why.endsWith(".")) return `${what} ${why}`;
  return `${what} ${why}: ${brokenInWords(broken, words)}.`;
}
