import { capabilities } from "../../model/capabilities/index.ts";
import type { AskStep, CommandStep, Step } from "../../model/rule/step.ts";
import { conditionInWords } from "../explain.ts";
import type { Names } from "../names.ts";
import { expressionInWords } from "./expression.ts";
import { targetInWords } from "./target.ts";
import { isItself, valueInWords } from "./value.ts";

const ruleWords = {
  start: (rule: string) => `start the rule ${rule}`,
  end: (rule: string) => `end what the rule is doing: ${rule}`,
  switchOn: (rule: string) => `switch the rule ${rule} on`,
  switchOff: (rule: string) => `switch the rule ${rule} off`,
  toggle: (rule: string) => `switch the rule ${rule} the other way`,
} as const;

/** Steps in words, one after the other. */
export const stepsInWords = (steps: readonly Step[], names: Names): string =>
  steps.map((s) => stepInWords(s, names)).join(", then ");

/** What a rule asks of devices: "turn on the lights in Kitchen". */
export function commandInWords({ target, capability, command, args }: CommandStep, names: Names): string {
  const spec = Object.hasOwn(capabilities, capability) ? capabilities[capability] : undefined;
  const whom = targetInWords(target, names);
  const given = Object.entries(args ?? {}).map(([key, e]) => {
    const label = (spec?.attributes[key]?.label ?? spec?.commands[command]?.args[key]?.label ?? key).toLowerCase();
    const said = isItself(`${capability}.${key}`) ? "" : `${label} `;
    return `${said}${typeof e === "object" ? expressionInWords(e, names) : valueInWords(`x/1/${capability}.${key}`, e)}`;
  });
  if (command === "set") return `set ${whom} to ${given.join(", ")}`;
  return `${(spec?.commands[command]?.label ?? command).toLowerCase()} ${whom}${given.length > 0 ? ` (${given.join(", ")})` : ""}`;
}

function askInWords({ title, answers, atMostMinutes, otherwise }: AskStep, names: Names): string {
  const then = (steps: readonly Step[]) => (steps.length > 0 ? stepsInWords(steps, names) : "do nothing");
  const ways = answers.map((a) => `"${a.name}": ${then(a.do)}`);
  const none = otherwise?.length ? `; without an answer ${then(otherwise)}` : "";
  return `ask people "${title}" and wait ${atMostMinutes} minutes at most for ${ways.join("; ")}${none}`;
}

/** One step in words. */
export function stepInWords(s: Step, names: Names): string {
  switch (s.kind) {
    case "command":
      return commandInWords(s, names);
    case "wait":
      return `wait ${expressionInWords(s.minutes, names)} minutes`;
    case "waitUntil":
      return `wait until ${conditionInWords(s.condition, names)}, ${s.atMostMinutes} minutes at most${s.otherwise === "stop" ? ", and end if it does not come" : ""}`;
    case "choose": {
      const options = s.options.map((o) => `if ${conditionInWords(o.if, names)}: ${stepsInWords(o.do, names)}`);
      return `${options.join("; else ")}${s.otherwise?.length ? `; otherwise ${stepsInWords(s.otherwise, names)}` : ""}`;
    }
    case "repeat": {
      const bound = [
        ...(s.while ? [`while ${conditionInWords(s.while, names)}`] : []),
        ...(s.times ? [`${s.times} times at most`] : []),
      ];
      return `${bound.join(", ")}: ${stepsInWords(s.do, names)}`;
    }
    case "ask":
      return askInWords(s, names);
    case "set":
      return `note ${s.variable} as ${expressionInWords(s.to, names)}`;
    case "notify":
      return `tell people "${s.title}"`;
    case "scene":
      return `set the scene ${names(s.scene)}`;
    case "mode":
      return `change the house to mode ${s.to}`;
    case "rule":
      return ruleWords[s.does ?? "start"](names(s.rule));
    case "stop":
      return s.reason ? `end (${s.reason})` : "end";
  }
}
