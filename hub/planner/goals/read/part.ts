/** A part of a wish, taken to pieces: what it is about, and what it says of it. */
import type { ClockTime } from "../../../model/plan.ts";
import type { Names, Thing } from "../../names.ts";
import type { Cue } from "../languages/language.ts";
import { type Amount, type Bound, boundOf, NUMBER, numbersIn } from "./amounts.ts";
import type { Compiled } from "./compiled.ts";
import { whole } from "./compiled.ts";
import { type Dates, datesIn } from "./dates.ts";
import { daysIn } from "./days.ts";
import { hoursIn } from "./hours.ts";
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
  readonly window?: { readonly from?: ClockTime; readonly to?: ClockTime };
  readonly days?: readonly number[];
  readonly dates?: Dates;
  readonly presence?: "home" | "away";
  readonly strength?: "must" | "ifPossible";
  readonly has: (cue: Cue) => boolean;
}

/** What a part that names nothing is about: what the part before it was. */
export interface Subject {
  readonly things: readonly Thing[];
  readonly rooms: readonly string[];
}

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

function presenceIn(text: string, c: Compiled): { presence?: "home" | "away"; rest: string } {
  const away = c.presence.away.exec(text);
  const found = away ?? c.presence.home.exec(text);
  if (!found) return { rest: text };
  return { presence: away ? "away" : "home", rest: text.replace(found[0], " ") };
}

/** Takes a part to pieces. `subject`: what it is about where it names nothing itself. */
export function partOf(text: string, names: Names, c: Compiled, subject?: Subject): Part {
  const named = roomsIn(text, names, c);
  const found = thingsIn(text, names, c, named);
  const nowhere = named.length === 0 ? missingRoomIn(text, names, c) : undefined;
  const own = named.length + found.length > 0;
  const [rooms, things] = own ? [named, found] : [subject?.rooms ?? [], subject?.things ?? []];
  const hours = hoursIn(text, c, rooms.length > 0 && things.every((t) => t.kind === "thermostat"));
  const { presence, rest } = presenceIn(text, c);
  const not = c.cues.not.test(rest);
  const bounds = boundsIn(hours.rest, c, not);
  const { amounts, bare } = numbersIn(hours.rest);
  const low = hours.low ?? bounds.low;
  const high = hours.high ?? bounds.high;
  const days = daysIn(text);
  const dates = datesIn(text);
  const strength = c.strength.must.test(text) ? "must" : c.strength.ifPossible.test(text) ? "ifPossible" : undefined;
  return {
    text,
    things,
    rooms,
    ...(nowhere ? { nowhere } : {}),
    house: whole(c.language.cues.house).test(rest),
    amounts,
    bare,
    numbered: amounts.length + bare.length > 0 || low !== undefined || high !== undefined,
    ...(low ? { low } : {}),
    ...(high ? { high } : {}),
    ...(hours.by ? { by: hours.by } : {}),
    ...(hours.window ? { window: hours.window } : {}),
    ...(days ? { days } : {}),
    ...(dates ? { dates } : {}),
    ...(presence ? { presence } : {}),
    ...(strength ? { strength } : {}),
    has: (cue) => (cue === "not" ? not : c.cues[cue].test(text)),
  };
}
