import type { Condition } from "../../model/rule/condition.ts";
import { type Picture, type Truth, truth } from "../picture.ts";
import { whoIsHome } from "../presence.ts";

type Of<K extends Condition["kind"]> = Extract<Condition, { kind: K }>;
const nobodyKnows = truth("unknown", "what is known of the house is not known here");

/** The house is in one of the modes. */
export function mode(c: Of<"mode">, { house }: Picture): Truth {
  if (!house) return nobodyKnows;
  return truth(c.in.includes(house.mode), `the house is in mode ${house.mode}`);
}

/** Who is home. Whose whereabouts are unknown leave `everyone` unknown, and `anyone` unless another is home. */
export function presence(c: Of<"presence">, { house }: Picture): Truth {
  if (!house) return nobodyKnows;
  const { home, reason } = whoIsHome(house, c.who);
  return home === "unknown" ? truth("unknown", reason) : truth(home === c.home, reason);
}

/** Today is a day of the calendar. */
export function calendar(c: Of<"calendar">, picture: Picture): Truth {
  const { house, now } = picture;
  if (!house) return nobodyKnows;
  if (c.entry === "holiday" && picture.isHoliday?.()) return truth(true, "it is a public holiday");
  const found = house.spans.find((s) => s.entry === c.entry && s.from <= now && now < s.to);
  return truth(found !== undefined, found ? `it is ${found.title}` : `now is no ${c.entry}`);
}

/** Half the sun's width, degrees: it is up while its upper edge is. */
const HALF = 0.267;

/** The sun is above or below the horizon. */
export function sun(c: Of<"sun">, { sunElevation, now }: Picture): Truth {
  if (!sunElevation) return truth("unknown", "where the home is is not known here");
  const up = sunElevation(now) > -HALF;
  return truth(up === (c.is === "up"), `the sun is ${up ? "up" : "down"}`);
}

/** Which trigger started the rule. */
export function trigger(c: Of<"trigger">, { started }: Picture): Truth {
  return truth(
    started?.id === c.id,
    started?.id ? `it was started by "${started.id}"` : "no trigger with a name started it",
  );
}
