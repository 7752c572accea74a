import type { Ask, Measure } from "../../meaning.ts";
import { type Pattern, pattern } from "../../pattern.ts";

/** A way of asking. `state`: the state is a slot; `noun`: the thing, when the question names none. */
export interface QuestionForm {
  readonly pattern: Pattern;
  readonly ask:
    | Ask
    | { readonly ask: "state"; readonly scope: "one" | "any" | "all" | "which" | "count"; readonly state?: undefined };
  readonly noun?: readonly string[];
}

const asks = (ask: QuestionForm["ask"], ...texts: readonly string[]): QuestionForm[] =>
  texts.map((t) => ({ pattern: pattern(t), ask }));
const about = (ask: QuestionForm["ask"], noun: string, ...texts: readonly string[]): QuestionForm[] =>
  asks(ask, ...texts).map((f) => ({ ...f, noun: noun.split(" ") }));
const measure = (m: Measure): Ask => ({ ask: "measure", measure: m });
const occupied: Ask = { ask: "state", state: "occupied", scope: "any" };

const IN = "in|on|of|at|inside|for";
const POWER = "power|electricity|energy|current";
const USE = "use|using|draw|drawing|consume|consuming|take|taking|need|needing|pull|pulling";

const measures: readonly (readonly [Measure, string])[] = [
  ["temperature", "temperature"],
  ["humidity", "humidity"],
  ["illuminance", "illuminance"],
  ["brightness", "brightness"],
  ["position", "position"],
  ["setpoint", "setpoint"],
  ["carbonDioxide", "co2"],
  ["pressure", "pressure"],
  ["charge", "charge"],
  ["power", "power|consumption|usage"],
  ["mode", "mode"],
];

const energyForms: readonly QuestionForm[] = [
  ...asks(
    { ask: "energyToday" },
    `how much [${POWER}] has|have|did|does|do|is <noun> use|used|using|consume|consumed|taken|draw|drawn|produce|produced|generate|generated|made|make|need|needed [so] [far] today`,
    "what has|did <noun> use|used|consume|consumed|produce|produced today",
    "how many kwh has|have|did|does <noun> use|used|consume|consumed|produce|produced [so] [far] today",
    `what is|was [the] energy|consumption|usage of|for <noun> today`,
    `how much ${POWER} today for <noun>`,
  ),
  ...about(
    { ask: "energyToday" },
    "house",
    `how much ${POWER} today`,
    `how much ${POWER} was used [so] [far] today`,
    "energy|consumption [use|usage] today",
    "what is|was [the] energy|consumption|usage [use] today",
    "what is|was today energy|consumption [use|usage]",
  ),
];

const powerForms: readonly QuestionForm[] = [
  ...asks(
    measure("power"),
    `how much ${POWER} does|is|do|are <noun> ${USE}`,
    `how many watts does|is|do|are <noun> ${USE}`,
    "what is|are <noun> using|drawing|consuming",
    "how much is|are <noun> using|drawing|consuming|producing|making|generating",
    `how much ${POWER} does|is|do|are <noun> produce|producing|make|making|generate|generating|export|exporting`,
  ),
  ...about(measure("power"), "house", `how much ${POWER} is being used`),
];

const chargeForms: readonly QuestionForm[] = asks(
  measure("charge"),
  "how full|charged is|are <noun>",
  "how full|charged is|are <noun> battery",
  `what is [the] charge|battery [level|percentage|state] ${IN} <noun>`,
  `what is [the] state of charge ${IN} <noun>`,
  "what is <noun> battery|charge [level|state]",
  "how much battery|charge does|do <noun> have [left]",
  `how much battery|charge is [left] in <noun>`,
  `what % is|are <noun> [at]`,
);

const warmth: readonly QuestionForm[] = [
  ...asks(
    measure("temperature"),
    `how warm|hot|cold|cool is|are it|things ${IN} <noun>`,
    "how warm|hot|cold|cool is|are it <noun>",
    "how warm|hot|cold|cool is|are <noun>",
    `what temperature is it ${IN} <noun>`,
    `how warm|hot|cold|cool it is ${IN} <noun>`,
    "how warm|hot|cold|cool it is <noun>",
    `what [the] temperature is ${IN} <noun>`,
    "what temperature is|are <noun>",
    "what temperature is it <noun>",
  ),
  ...about(
    measure("temperature"),
    "here",
    "how warm|hot|cold|cool is it",
    "what temperature is it",
    "what is [the] temperature",
  ),
  ...asks(
    measure("humidity"),
    `how humid|dry|damp is it ${IN} <noun>`,
    "how humid|dry|damp is it <noun>",
    "how humid|dry|damp is <noun>",
  ),
  ...asks(measure("illuminance"), `how bright|dark|light is it ${IN} <noun>`, "how bright|dark|light is it <noun>"),
  ...asks(measure("brightness"), "how bright is|are <noun>"),
  ...asks(measure("position"), "how open|closed|far is|are <noun> [open]", "how far open is|are <noun>"),
  ...asks(measure("setpoint"), "what is|are <noun> set to", `what temperature is <noun> set to`),
];

const stateForms: readonly QuestionForm[] = [
  ...asks({ ask: "state", scope: "any" }, "if|whether [there] [is|are] any <noun> [is|are] <state>"),
  ...asks({ ask: "state", scope: "one" }, "if|whether <noun> is|are <state>"),
  ...asks(
    { ask: "state", scope: "count" },
    "how many <noun> are|is <state>",
    `how many <noun> are|is <state> ${IN} <place>`,
  ),
  ...asks(
    { ask: "state", scope: "which" },
    "which|what <noun> are|is <state>",
    `which|what <noun> are|is <state> ${IN} <place>`,
  ),
  ...about({ ask: "state", state: "on", scope: "which" }, "everything", "what is on"),
  ...asks({ ask: "state", state: "on", scope: "which" }, `what is on ${IN} <place>`),
  ...asks(
    { ask: "state", scope: "any" },
    "is|are|was|were [there] any|some <noun> <state>",
    `is|are|was|were [there] any|some <noun> <state> ${IN} <place>`,
    "do|did|have|has i|we leave|left|have any|some|the|a <noun> <state>",
  ),
  ...about({ ask: "state", scope: "any" }, "everything", "is|are anything <state>"),
  ...asks({ ask: "state", scope: "any" }, `is|are anything <state> ${IN} <place>`),
  ...asks(
    { ask: "state", scope: "all" },
    "is|are all|both|every [of] <noun> <state>",
    `is|are all|both|every [of] <noun> <state> ${IN} <place>`,
  ),
  ...asks(
    occupied,
    `is|are [there] anyone|anybody|someone|somebody|motion|movement|people ${IN} <noun>`,
    "is|are [there] anyone|anybody|someone|somebody <noun>",
    `is|was there motion|movement ${IN} <noun>`,
  ),
  ...about(occupied, "everything", "is|are [there] anyone|anybody|someone|somebody home|there"),
  ...asks(
    { ask: "state", scope: "one" },
    "is|are|was|were there a|an <noun> <state>",
    "is|are|was|were <noun> <state>",
    `is|are|was|were <noun> <state> ${IN} <place>`,
  ),
];

/** Ways of asking, the more particular before the more general. */
export const questionForms: readonly QuestionForm[] = [
  ...energyForms,
  ...powerForms,
  ...chargeForms,
  ...warmth,
  ...measures.flatMap(([m, words]) =>
    asks(
      measure(m),
      `what is|are [the] ${words} [level] ${IN} <noun>`,
      `what is|are <noun> ${words} [level]`,
      `[the] ${words} ${IN} <noun>`,
      `what ${words} is|are <noun> in|at|on`,
      `what is|are [the] ${words} <noun>`,
      `<noun> ${words} [level]`,
    ),
  ),
  ...stateForms,
  ...asks(
    { ask: "status" },
    "what is|are [the] state|status of <noun>",
    "how is|are <noun> [doing]",
    "what about <noun>",
    "what is|are <noun>",
  ),
];
