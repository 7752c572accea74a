/** Reasons in words, in any language of the house. All numbers of a sentence come from `factsOf`, so that any other wording can be checked against them. */
import { localTime } from "../../energy/clock.ts";
import type { LanguageCode } from "../../model/language.ts";
import { formsOf } from "../../rules/words/forms.ts";
import { causeOf, deedOf, doingOf } from "./because.ts";
import type { DeviceKind } from "./problem.ts";
import { schedulePhrases } from "./say/index.ts";
import type { CauseFacts } from "./say/phrases.ts";
import type { BatteryMode, Block, BrokenWish, Reason } from "./schedule.ts";

/** What a sentence needs to know of the home. */
export interface Words {
  readonly nameOf: (device: string) => string;
  /** What a goal is, in English: other languages say what would not be had without it. */
  readonly goalOf: (goal: string) => string;
  readonly timeZone: string;
  /** ISO 4217, such as "EUR". */
  readonly currency: string;
  /** English where nothing is said. */
  readonly language?: LanguageCode;
}

/** Numbers of a block as they are shown, by what they mean. */
type Facts = Readonly<
  Record<
    | ("from" | "to" | "kwh" | "price" | "otherPrice" | "otherwise" | "extraCost" | "sunKwh")
    | ("storedWorth" | "others"),
    string | undefined
  >
>;

const sayingOf = ({ language = "en" }: Words) => ({ say: schedulePhrases[language], forms: formsOf(language) });

const dayOf = (at: number, zone: string): number => Date.parse(`${localTime(at, zone).day}T00:00:00Z`) / 86_400_000;

/** A time of day, and how many days after another one it is. */
function clockAfter(at: number, first: number, words: Words): string {
  const { say, forms } = sayingOf(words);
  const days = dayOf(at, words.timeZone) - dayOf(first, words.timeZone);
  const clock = forms.clock(at, words.timeZone);
  return days > 0 ? say.daysAfter(clock, days) : clock;
}

/** Decimals of a price per kWh. */
const PRICE_DIGITS = 3;

/** The numbers that may be said of a block, ready to be shown. */
export function factsOf(block: Block, words: Words): Facts {
  const { reason } = block;
  const { say, forms } = sayingOf(words);
  const price = (value: number | undefined) =>
    value === undefined ? undefined : forms.money(value, words.currency, PRICE_DIGITS);
  const kwh = (value: number | undefined) =>
    value === undefined ? undefined : say.amount(forms.number(Math.abs(value), 1), "kWh");
  const extra = reason?.extraCost;
  const otherPrice = price(reason?.otherPrice);
  const others = reason?.others && dearerModes(reason.others, words);
  return {
    from: forms.clock(block.from, words.timeZone),
    to: clockAfter(block.to, block.from, words),
    kwh: kwh(block.kwh),
    price: price(reason?.price),
    otherPrice: reason?.foreseen && otherPrice ? say.about(otherPrice) : otherPrice,
    otherwise: reason?.otherwise === undefined ? undefined : clockAfter(reason.otherwise, block.from, words),
    extraCost: extra === undefined ? undefined : forms.money(Math.abs(extra), words.currency),
    sunKwh: kwh(reason?.sunKwh),
    storedWorth: price(reason?.storedWorth),
    others: others && others.length > 0 ? say.dearer(others) : undefined,
  };
}

/** Less makes no difference, currency. */
const NO_DIFFERENCE = 0.005;

/** What the other modes of a battery would cost more; nothing of those that cost the same. */
const dearerModes = (others: NonNullable<Reason["others"]>, words: Words) =>
  (Object.entries(others) as [BatteryMode, number][])
    .filter(([, cost]) => cost >= NO_DIFFERENCE)
    .map(([mode, cost]) => ({ mode, money: sayingOf(words).forms.money(cost, words.currency) }));

/** What would not be had, and by how much. */
export function brokenInWords(wish: BrokenWish, words: Words): string {
  const { say, forms } = sayingOf(words);
  const by = say.amount(forms.number(wish.by, wish.unit === "min" ? 0 : 1), wish.unit);
  const name = wish.device === undefined ? "" : words.nameOf(wish.device);
  const told = say.broken[wish.kind]({ name, by, at: forms.clock(wish.at, words.timeZone) });
  // The connection has no goal of a person's, and goals are told in English alone.
  const isEnglish = (words.language ?? "en") === "en";
  const hasGoal = wish.goal !== undefined && wish.kind !== "fuse" && wish.kind !== "exportLimit";
  return isEnglish && hasGoal ? `${told} (${words.goalOf(wish.goal)})` : told;
}

/** What another way would cost; empty where nobody asked, and where it makes no difference. */
function otherwiseIn(block: Block, reason: Reason, kind: DeviceKind | undefined, words: Words): string {
  const { say, forms } = sayingOf(words);
  if (reason.kind === "stored") return factsOf(block, words).others ?? "";
  const { extraCost = 0 } = reason;
  const money = forms.money(Math.abs(extraCost), words.currency);
  const broken = reason.broken?.[0] && brokenInWords(reason.broken[0], words);
  const deed = say.deeds[deedOf({ reason, mode: block.mode, kind })];
  if (extraCost > NO_DIFFERENCE) return broken ? say.costsAnd(deed, money, broken) : say.costs(deed, money);
  if (extraCost < -NO_DIFFERENCE) return broken ? say.sparesBut(deed, money, broken) : say.spares(deed, money);
  return broken ? say.onlyBroken(broken) : "";
}

/**
 * In short sentences: what the device does from when to when, what makes it so, and what it would cost to do otherwise. `kind` lets it speak
 * of charging and heating; without it a device runs or waits.
 */
export function blockInWords(block: Block, words: Words, kind?: DeviceKind): string {
  const { say } = sayingOf(words);
  const { reason, mode } = block;
  const { from = "", to = "", ...facts } = factsOf(block, words);
  const what = say.does(doingOf(mode, kind), words.nameOf(block.device), from, to);
  if (!reason) return `${what}.`;
  const isEarlier = reason.otherwise !== undefined && reason.otherwise < block.from;
  const { price = "", otherPrice = "", sunKwh = "", storedWorth = "", otherwise = "" } = facts;
  const known: CauseFacts = { price, otherPrice, sunKwh, storedWorth, otherwise, isEarlier };
  const cause = say.because[causeOf({ reason, mode, kind }, isEarlier)](known);
  const instead = otherwiseIn(block, reason, kind, words);
  const so = say.so(what, cause);
  return [so, instead && `${instead}.`, block.sunUpTo !== undefined && say.sunAllTheSame].filter(Boolean).join(" ");
}
