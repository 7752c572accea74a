/** A part of a wish, taken to pieces: what it is about, and what it says of it. */
import type { ClockTime } from "../../../model/plan.ts";
import type { Names, Thing } from "../../names.ts";
import type { Cue } from "../languages/language.ts";
import { type Amount, type Bound, boundOf, NUMBER, numbersIn } from "./amounts.ts";
import type { Compiled } from "./compiled.ts";
import { whole } from "./compiled.ts";
import { type Dates, datesIn } from "./dates.ts";
import { daysIn } from "./days.ts";
import { BEYOND } from "./fold.ts";
import { hoursIn, type Window } from "./hours.ts";
import { missingRoomIn, roomsIn, thingsIn } from "./targets.ts";

export interface Part {
  /** In one spelling, with times as H:MM. */
  readonly text: string;
  readonly things: readonly Thing[];
  /** Names of rooms, heated or not. */
  readonly rooms: readonly string[];
  /** A room that is named and that this home does not have, as it was said. */
  readonly nowhere?: string;
  /** Speaks of the whole house. */
  readonly house: boolean;
  readonly amounts: readonly Amount[];
  /** Numbers without a unit that are no times. */
  readonly bare: readonly number[];
  /** States any number that is no time. */
  readonly numbered: boolean;
  readonly low?: Bound;
  readonly high?: Bound;
  readonly by?: ClockTime;
  readonly window?: Window;
  /** Why its times can't be one goal's. */
  readonly unclear?: string;
  /** Says something that no goal can hold. */
  readonly beyond: boolean;
  /** Speaks of somebody coming home. */
  readonly arrives: boolean;
  /** Says what is not to be, and it is no limit. */
  readonly denies: boolean;
  readonly days?: readonly number[];
  readonly dates?: Dates;
  readonly presence?: "home" | "away";
  readonly strength?: "must" | "ifPossible";
  readonly has: (cue: Cue) => boolean;
}

/** What a part that names nothing is about: what the part before it was, on its days, and with its numbers where it says none. */
export type Subject = Part;

/** The first number after a word such as "below". */
function after(text: string, source: string): Bound | undefined {
  const match = new RegExp(`(?<![\\p{L}\\p{N}])(?:${source})(?![\\p{L}\\p{N}])[^\\d]{0,40}${NUMBER}`, "u").exec(text);
  return match ? boundOf(match[1] ?? "", match[2]) : undefined;
}

function boundsIn(text: string, c: Compiled, not: boolean): Pick<Part, "low" | "high"> {
  const { below, above, atLeast, atMost } = c.language.bounds;
  const [under, over] = [after(text, below), after(text, above)];
  const low = after(text, atLeast) ?? (not ? under : over);
  const high = after(text, atMost) ?? (not ? over : under);
  return { ...(low ? { low } : {}), ...(high && high.value !== low?.value ? { high } : {}) };
}

/** A condition that is none of those that goals know: presence, prices, sun, a power cut, sleep, or an hour. */
function conditionIn(rest: string, c: Compiled): boolean {
  const [said] = c.condition.exec(rest) ?? [];
  if (said === undefined || /\d:\d\d|\b[dn][1-7]+\b/.test(said)) return false;
  const { must, ifPossible } = c.strength;
  return !(must.test(said) || ifPossible.test(said) || KNOWN.some((cue) => c.cues[cue].test(said)));
}

const KNOWN = ["cost", "co2", "import", "sun", "outage", "sleep", "standby", "drive"] as const;

function presenceIn(text: string, c: Compiled): { presence?: "home" | "away"; rest: string } {
  const away = c.presence.away.exec(text);
  const found = away ?? c.presence.home.exec(text);
  if (!found || (!away && c.presence.arrive.test(text))) return { rest: text };
  return { presence: away ? "away" : "home", rest: text.replace(found[0], " ") };
}

type Numbers = Pick<Part, "amounts" | "bare" | "low" | "high">;

const isNumbered = ({ amounts, bare, low, high }: Numbers): boolean =>
  amounts.length + bare.length > 0 || low !== undefined || high !== undefined;

/** The numbers of a part; where it has none, those of its subject, and a number of no kind is a limit as the one before was. */
function numbersOf(own: Numbers, subject: Subject | undefined): Numbers {
  if (!subject) return own;
  const { amounts, bare, low, high } = subject;
  if (!isNumbered(own)) return { amounts, bare, ...(low ? { low } : {}), ...(high ? { high } : {}) };
  const [first]: readonly Bound[] = [...own.amounts, ...own.bare.map((value) => ({ value }))];
  if (own.low || own.high || !first || !high || low || (first.unit && first.unit !== high.unit)) return own;
  return { ...own, high: first };
}

/** Takes a part to pieces. `subject`: what it is about where it names nothing itself. */
export function partOf(text: string, names: Names, c: Compiled, subject?: Subject): Part {
  const named = roomsIn(text, names, c);
  const found = thingsIn(text, names, c, named);
  const absent = missingRoomIn(text, names, c);
  const own = named.length + found.length > 0;
  const nowhere = absent ?? (own ? undefined : subject?.nowhere);
  const [rooms, things] = own ? [named, found] : [subject?.rooms ?? [], subject?.things ?? []];
  const hours = hoursIn(text, c, rooms.length > 0 && things.every((t) => t.kind === "thermostat"));
  const { presence, rest } = presenceIn(text, c);
  const not = c.cues.not.test(rest);
  const bounds = boundsIn(hours.rest, c, not);
  const low = hours.low ?? bounds.low;
  const high = hours.high ?? bounds.high;
  const uncounted = hours.rest.replace(whole(`\\d+ (?:${c.language.times.counted})`, "g"), " ");
  const said = { ...numbersIn(uncounted), ...(low ? { low } : {}), ...(high ? { high } : {}) };
  const numbers = numbersOf(said, subject);
  const timed = hours.by ?? hours.window ?? hours.unclear;
  const { by, window, unclear } = timed || isNumbered(said) ? hours : (subject ?? hours);
  const days = daysIn(text) ?? subject?.days;
  const dates = datesIn(text) ?? subject?.dates;
  const strength = c.strength.must.test(text) ? "must" : c.strength.ifPossible.test(text) ? "ifPossible" : undefined;
  return {
    text,
    things,
    rooms,
    ...(nowhere ? { nowhere } : {}),
    house: whole(c.language.cues.house).test(rest),
    ...numbers,
    numbered: isNumbered(numbers),
    ...(by ? { by } : {}),
    ...(window ? { window } : {}),
    ...(unclear ? { unclear } : {}),
    beyond: text.includes(BEYOND) || conditionIn(rest, c),
    arrives: c.presence.arrive.test(text),
    denies: c.cues.not.test(presenceIn(hours.rest, c).rest) && !numbers.low && !numbers.high,
    ...(days ? { days } : {}),
    ...(dates ? { dates } : {}),
    ...(presence ? { presence } : {}),
    ...(strength ? { strength } : {}),
    has: (cue) =>
      (cue === "not" ? not : c.cues[cue].test(text)) || (cue !== "needless" && (subject?.has(cue) ?? false)),
  };
}
