import type { Act, Settable } from "../../meaning.ts";
import { type Pattern, pattern } from "../../pattern.ts";

/** A way of saying a command. `what` for amounts; `modes` for a battery's mode; the rest is one fixed act. */
export interface CommandForm {
  readonly pattern: Pattern;
  readonly act?: Act;
  readonly what?: Settable;
  /** The thing, when the sentence names none: "set the temperature to 21". */
  readonly noun?: readonly string[];
}

const forms = (act: Act, ...texts: readonly string[]): CommandForm[] =>
  texts.map((t) => ({ pattern: pattern(t), act }));
const sets = (what: Settable, ...texts: readonly string[]): CommandForm[] =>
  texts.map((t) => ({ pattern: pattern(t), what }));

const SET = "set|change|adjust|put|turn|bring|make|switch|move";
const OF = "of|for|in|on|at";
const TO = "to|at|by";

/** Ways of saying commands, the more particular before the more general. */
export const commandForms: readonly CommandForm[] = [
  ...forms(
    { do: "stopCharging" },
    "stop|pause|end charging <noun>",
    "stop|pause|end charging",
    "stop <noun> charging",
    "stop|pause|end charging of <noun>",
  ),
  ...forms(
    { do: "charge" },
    "start|resume|begin charging <noun>",
    "start|resume|begin charging",
    "charge <noun>",
    "start <noun> charging",
  ),
  ...forms({ do: "mode", mode: "chargeFromGrid" }, "charge <noun> from [the] grid"),
  ...forms({ do: "mode", mode: "hold" }, "hold <noun>"),
  { pattern: pattern(`set|switch|put|change <noun> [mode] to|on|in|into|for [the] <mode>`) },
  { pattern: pattern(`set|switch|put|change [the] mode of <noun> to|on|in|into [the] <mode>`) },
  ...sets(
    "brightness",
    `${SET}|dim [the] brightness|level ${OF} <noun> ${TO} <amount>`,
    `${SET} <noun> brightness|level ${TO} <amount>`,
    `${SET} [the] brightness ${TO} <amount> ${OF} <noun>`,
    `${SET} [the] brightness ${TO} <amount>`,
    "dim|brighten <noun> to <amount>",
    "<noun> brightness [to] <amount>",
  ),
  ...sets(
    "colorTemperature",
    `${SET} [the] colour temperature ${OF} <noun> to <amount>`,
    `${SET} <noun> colour temperature to <amount>`,
  ),
  ...sets(
    "temperature",
    `${SET}|raise|lower [the] temperature|heating|heat ${OF} <noun> ${TO} <amount>`,
    `${SET}|raise|lower <noun> temperature|setpoint ${TO} <amount>`,
    `${SET}|raise|lower [the] temperature|heating|thermostat ${TO} <amount> ${OF} <noun>`,
    `${SET}|raise|lower [the] temperature ${TO} <amount>`,
    "heat|warm [up] <noun> to <amount>",
    "<noun> temperature [to] <amount>",
  ),
  ...sets(
    "position",
    `${SET} [the] position ${OF} <noun> ${TO} <amount>`,
    `${SET} <noun> position ${TO} <amount>`,
    "open|close|raise|lower <noun> to <amount>",
    "open <noun> <amount>",
  ),
  ...sets(
    "chargeLimit",
    `${SET}|limit [the] charge|charging limit|current|power ${OF} <noun> ${TO} <amount>`,
    `${SET}|limit <noun> charge|charging limit|current to <amount>`,
    `${SET}|limit [the] charge|charging limit|current to <amount>`,
    "limit [the] charging of <noun> to <amount>",
    "limit [the] charging to <amount>",
    "limit <noun> to <amount>",
    "charge <noun> at|with <amount>",
  ),
  ...sets("speed", `${SET} [the] speed ${OF} <noun> ${TO} <amount>`, `${SET} <noun> speed ${TO} <amount>`),
  ...sets(
    "any",
    `${SET}|raise|lower <noun> ${TO} <amount>`,
    `${SET}|dim <noun> <amount>`,
    "<noun> to <amount>",
    "<noun> at <amount>",
  ),
  ...forms(
    { do: "on" },
    "turn|switch|put|power|flip on <noun>",
    "turn|switch|put|power|flip <noun> [back] on",
    "activate|enable <noun>",
    "turn|switch|put|flip <noun> on in|at|on <place>",
    "<noun> on",
    "<noun> on in|at|on <place>",
  ),
  ...forms(
    { do: "off" },
    "turn|switch|put|shut|power|flip off <noun>",
    "turn|switch|put|shut|power|flip <noun> [back] off",
    "shut down <noun>",
    "deactivate|disable <noun>",
    "turn|switch|put|flip <noun> off in|at|on <place>",
    "<noun> off",
    "<noun> off in|at|on <place>",
    "<noun> out",
  ),
  ...forms({ do: "toggle" }, "toggle <noun>"),
  ...forms(
    { do: "open" },
    "open|raise|lift [up] <noun>",
    "pull|roll|put up <noun>",
    "pull|roll|put <noun> up",
    "<noun> up",
    "<noun> open",
  ),
  ...forms(
    { do: "close" },
    "close|shut|lower <noun>",
    "pull|roll|let|put down <noun>",
    "pull|roll|let|put <noun> down",
    "<noun> down",
  ),
  ...forms({ do: "unlock" }, "unlock <noun>"),
  ...forms({ do: "lock" }, "lock [up] <noun>"),
  ...forms({ do: "pause" }, "pause <noun>"),
  ...forms({ do: "resume" }, "resume|continue <noun>"),
  ...forms({ do: "start" }, "start|run|begin <noun>"),
  ...forms({ do: "stop" }, "stop|halt <noun>"),
  ...sets("any", "<noun> <amount>"),
];
