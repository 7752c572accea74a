/** Proves that a blueprint makes rules: it is filled in with answers of each of its kinds, before anybody uses it. */
import type { Blueprint, Template } from "../../model/blueprint/blueprint.ts";
import type { BlueprintAnswer, BlueprintAnswers, BlueprintInput } from "../../model/blueprint/input.ts";
import { answerFault, defaultOf } from "./answers.ts";
import { type Fault, isList, specialOf, withAnswers } from "./fill.ts";

/** Parts of a blueprint's rule, and levels in it. */
const MAX_PARTS = 3000;
const MAX_LEVELS = 40;

/** What is wrong with a blueprint whose shape is right; empty where it makes a rule for any answer. */
export function blueprintFaults(of: Blueprint): readonly Fault[] {
  const used = new Set<string>();
  const faults = [
    ...inputFaults(of),
    ...walk(of, used),
    ...[...Object.keys(of.inputs)]
      .filter((name) => !used.has(name))
      .map((name) => ({ field: `inputs.${name}`, text: "the rule does not use it" })),
  ];
  if (faults.length > 0) return faults;
  for (const answers of trials(of)) {
    const made = withAnswers(of, answers);
    if (!made.ok) return made.faults;
  }
  return [];
}

function inputFaults({ inputs }: Blueprint): Fault[] {
  return Object.entries(inputs).flatMap(([name, input]): Fault[] => {
    if (input.kind === "number" && !(input.max > input.min))
      return [{ field: `inputs.${name}.max`, text: "must be above min" }];
    const given = defaultOf(input);
    const text = given === undefined ? undefined : answerFault(input, given);
    return text === undefined ? [] : [{ field: `inputs.${name}.default`, text }];
  });
}

/** Names that are no input, and choices that leave one out. */
function walk({ inputs, rule }: Blueprint, used: Set<string>): readonly Fault[] {
  const faults: Fault[] = [];
  const left = { parts: MAX_PARTS };
  const visit = (part: Template, field: string, level: number): void => {
    left.parts -= 1;
    if (typeof part !== "object" || part === null || left.parts < 0) return;
    if (level > MAX_LEVELS) {
      faults.push({ field, text: `is more than ${MAX_LEVELS} levels deep` });
      return;
    }
    if (isList(part)) {
      for (const [i, one] of part.entries()) visit(one, `${field}.${i}`, level + 1);
      return;
    }
    const special = specialOf(part);
    if (special) {
      used.add(special.name);
      const text = specialFault(special, Object.hasOwn(inputs, special.name) ? inputs[special.name] : undefined);
      if (text !== undefined) faults.push({ field, text });
    }
    for (const [key, one] of Object.entries(part)) visit(one, `${field}.${key}`, level + 1);
  };
  visit(rule, "rule", 0);
  if (left.parts < 0) faults.push({ field: "rule", text: `has more than ${MAX_PARTS} parts` });
  return faults.slice(0, 10);
}

function specialFault(
  special: NonNullable<ReturnType<typeof specialOf>>,
  input: BlueprintInput | undefined,
): string | undefined {
  if (!input) return `there is no input "${special.name}"`;
  if (special.kind === "input")
    return input.kind !== "number" && (special.times !== 1 || special.plus !== 0)
      ? `"${special.name}" is no number to be reckoned with`
      : undefined;
  if (special.kind === "given" && !special.parts.has("use")) return "say with `use` what is there if it is given";
  if (special.kind === "given" && !input.optional && input.kind !== "yesNo")
    return `"${special.name}" is always given: it is neither optional nor yes or no`;
  if (special.kind !== "choice") return undefined;
  if (input.kind !== "choice") return `"${special.name}" is no choice`;
  const absent = input.options.find((o) => !special.parts.has(o.value));
  return absent && `say what is there for "${absent.value}"`;
}

/** Every input answered; then each in its other ways, one at a time; then nothing that may be left out. */
function trials({ inputs }: Blueprint): readonly BlueprintAnswers[] {
  const named = Object.entries(inputs);
  const whole = new Map(named.map(([name, input]) => [name, samplesOf(input)[0] ?? true]));
  const others = named.flatMap(([name, input]) => [
    ...samplesOf(input).map((answer) => new Map([...whole, [name, answer] as const])),
    ...(input.optional ? [new Map([...whole].filter(([other]) => other !== name))] : []),
  ]);
  const least = new Map([...whole].filter(([name]) => inputs[name]?.optional !== true));
  return [whole, ...others, least].map((answers) => Object.fromEntries(answers));
}

/** Answers of one kind that differ as much as they can. */
function samplesOf(input: BlueprintInput): readonly BlueprintAnswer[] {
  switch (input.kind) {
    case "device":
      return [{ nodes: ["a device"] }, { nodes: ["a device"], endpoint: 1 }];
    case "devices":
      return [{ nodes: ["a device", "another"] }, { rooms: ["a room"], kinds: ["light"] }];
    case "number":
      return [input.min, input.max, (input.min + input.max) / 2].map((n) => (input.whole ? Math.round(n) : n));
    case "time":
      return ["07:30"];
    case "date":
      return ["02-29", "12-31"];
    case "weekdays":
      return [[1, 2, 3]];
    case "yesNo":
      return [true, false];
    case "choice":
      return input.options.map((o) => o.value);
    case "person":
      return ["anyone"];
    case "mode":
      return ["away"];
    default:
      return ["some words"];
  }
}

/** The rule with nothing in it that may be left out: what it needs of any home. */
export function leastRule(of: Blueprint) {
  const made = withAnswers(of, trials(of).at(-1) ?? {});
  return made.ok ? made.draft : undefined;
}
