/** A question that shows what a model can do by itself: kind and thing of a wish, and whether it invents names. */
import type { Goal } from "../../model/plan.ts";
import type { Question } from "../../ports.ts";
import { HOME, type KnownWish } from "./wishes.ts";

/** Kinds in words: a small model reads no legend, the word itself has to say it. */
const WORDS = {
  "charged or hot by a time": "readyBy",
  "room temperature": "comfort",
  "machine done by a time": "applianceWindow",
  "less money, less CO2, own sun": "minimise",
  "no standby waste": "reduceStandby",
  "battery reserve": "batteryReserve",
  "never touch a device": "never",
  "something else": undefined,
} as const satisfies Readonly<Record<string, Goal["kind"] | undefined>>;

const SYSTEM = `You sort the wishes of a family about energy at home. The family speaks English, German, French, Spanish or Dutch.
Answer only with JSON: "kind" says what is asked for, "about" names the thing or room, or "none".
Things: ${HOME.devices.join(", ")}.
Rooms: ${HOME.rooms.join(", ")}.
{"wish":"the kids take a bath at 7","kind":"charged or hot by a time","about":"Water heater"}
{"wish":"nobody should freeze in the bedroom","kind":"room temperature","about":"Bedroom"}
{"wish":"clean plates in the morning","kind":"machine done by a time","about":"Dishwasher"}
{"wish":"prices are awful, be thrifty","kind":"less money, less CO2, own sun","about":"none"}
{"wish":"nothing should draw power for nobody","kind":"no standby waste","about":"TV corner"}
{"wish":"store something for a blackout","kind":"battery reserve","about":"Home battery"}
{"wish":"hands off that charger","kind":"never touch a device","about":"Car charger"}
{"wish":"open the door","kind":"something else","about":"none"}`;

const MAX_TOKENS = 60;

/** The question about one wish. `about` is free text on purpose: only so can a model invent a name. */
export const probe = (wish: KnownWish, timeoutMs: number): Question => ({
  system: SYSTEM,
  user: JSON.stringify({ wish: wish.text }),
  jsonSchema: {
    type: "object",
    properties: { kind: { enum: Object.keys(WORDS) }, about: { type: "string", maxLength: 30 } },
    required: ["kind", "about"],
    additionalProperties: false,
  },
  maxTokens: MAX_TOKENS,
  timeoutMs,
});

export interface Judged {
  readonly right: boolean;
  /** It named a thing that this home does not have. */
  readonly invented: boolean;
}

const NAMES = new Set(["none", ...HOME.devices, ...HOME.rooms].map((name) => name.toLowerCase()));

/** What an answer is worth: hostile text as any, so anything that does not fit is wrong, never a fault. */
export function judge(text: string, wish: KnownWish): Judged {
  let answer: unknown;
  try {
    answer = JSON.parse(text);
  } catch {
    return { right: false, invented: false };
  }
  const { kind, about } = (typeof answer === "object" && answer !== null ? answer : {}) as Record<string, unknown>;
  const said = typeof kind === "string" && Object.hasOwn(WORDS, kind) ? WORDS[kind as keyof typeof WORDS] : null;
  return {
    right: said !== null && said === wish.kinds[0],
    invented: typeof about === "string" && !NAMES.has(about.trim().toLowerCase()),
  };
}
