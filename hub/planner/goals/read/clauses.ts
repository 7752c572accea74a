/** Parts a wish at commas and at "and", so that each part holds what belongs together. */
import type { Names } from "../../names.ts";
import type { Compiled } from "./compiled.ts";
import { type Part, partOf, type Subject } from "./part.ts";

/** Parts of one wish; what comes after is dropped, and a wish of 500 characters hardly has more. */
const MAX_PARTS = 20;

const split = (text: string, c: Compiled): string[] =>
  text
    .split(new RegExp(`[;!?]|,(?!\\d)|\\.(?!\\d)|(?<= )(?:${c.language.and})(?= )`, "u"))
    .map((part) => part.trim())
    .filter((part) => part !== "" && !c.filler.test(part))
    .slice(0, MAX_PARTS);

const CONTENT = [
  "standby",
  "quiet",
  "cost",
  "co2",
  "import",
  "handsOff",
  "lights",
  "heating",
  "sun",
  "cold",
  "hot",
] as const;

/** A room that this home does not have is named as well. */
const names = (part: Part): boolean => part.things.length + part.rooms.length > 0 || part.nowhere !== undefined;
/** Power is spoken of for the house alone. */
const limits = (part: Part): boolean => part.amounts.some((a) => a.unit === "kW" || a.unit === "A");
const speaks = (part: Part): boolean =>
  names(part) || part.house || limits(part) || CONTENT.some((cue) => part.has(cue));

/** Says something of a goal, but not of which: a time, days, who is home, how firmly. */
const modifies = (part: Part): boolean =>
  !speaks(part) &&
  (part.numbered || part.beyond || Boolean(hourly(part) ?? part.days ?? part.dates ?? part.presence ?? part.strength));

const hourly = (part: Part) => part.by ?? part.window ?? part.unclear;

/** "Not before 22:00, and done by 6": the other end of the same stretch. */
const ends = (alone: Part, last: Part): boolean =>
  alone.by !== undefined && last.window?.from !== undefined && last.window.to === undefined;

/** Says of the same thing something else than the part before: another number, other hours, other days. */
function anew(alone: Part, last: Part): boolean {
  if (last.has("needless")) return true;
  if (alone.beyond) return false;
  const left = /\bn[1-7]/.test(alone.text);
  return (
    (alone.numbered && last.numbered) ||
    (hourly(alone) !== undefined && hourly(last) !== undefined && !last.window?.vague && !ends(alone, last)) ||
    (alone.days !== undefined && last.days !== undefined && !left)
  );
}

const WORDS_OF_A_NAME = 4;

/** "the car" of "the car and the dishwasher by 7": a name and nothing else. */
function bare(part: Part): boolean {
  const said = part.numbered || part.beyond || Boolean(hourly(part) ?? part.presence ?? part.strength);
  const cues = (
    ["ready", "standby", "handsOff", "not", "cost", "co2", "import", "only", "reserve", "cold", "hot"] as const
  ).some((cue) => part.has(cue));
  return names(part) && !said && !cues && part.text.split(" ").length <= WORDS_OF_A_NAME;
}

const leadsOn = (part: Part): boolean =>
  (part.days ?? part.dates) !== undefined && !part.numbered && part.text.split(" ").length <= 3;

/**
 * The parts of a canonical text. A modifier goes with the part before it (the first with the next, and so do days that stand
 * alone), a bare name with the next. A second number, hour or day is said of the same thing anew: "21 degrees, at night 18". What only
 * gives force to a "never" adds nothing: "above all not at night". Yields where it may be interrupted.
 */
export function* partsIn(text: string, home: Names, c: Compiled): Generator<number, readonly Part[]> {
  const look = (said: string, subject?: Subject) => partOf(said, home, c, subject);
  const parts: Part[] = [];
  let waiting = "";
  const modify = (said: string, alone: Part): void => {
    const last = parts.at(-1);
    if (!last) parts.push(alone);
    else if (c.stress.test(said) && last.has("not")) return;
    else if (anew(alone, last)) parts.push(look(said, last));
    else parts[parts.length - 1] = look(`${last.text} , ${said}`);
  };
  for (const part of split(text, c)) {
    yield 0;
    const alone = look(part);
    const said = [waiting, part].filter(Boolean).join(" , ");
    const waits = modifies(alone) && (parts.length === 0 || waiting !== "" || leadsOn(alone));
    if (bare(alone) || waits) waiting = said;
    else {
      waiting = "";
      if (modifies(alone)) modify(part, alone);
      else parts.push(look(said));
    }
  }
  if (waiting !== "") modify(waiting, look(waiting));
  return parts;
}

/** Whether a part asks a question that wants an answer. */
export const asks = (part: Part, c: Compiled): boolean => c.question.test(part.text);
