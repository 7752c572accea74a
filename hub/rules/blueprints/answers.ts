/** What a person may answer to each kind of input. */
import { z } from "zod";
import type { Blueprint } from "../../model/blueprint/blueprint.ts";
import type { BlueprintAnswer, BlueprintAnswers, BlueprintInput } from "../../model/blueprint/input.ts";
import { target } from "../../model/rule/target.ts";
import { clockTime, dayOfYear, line, weekdays } from "../../model/rule/values.ts";
import type { Fault } from "./fill.ts";

interface Checked {
  readonly answers: BlueprintAnswers;
  readonly faults: readonly Fault[];
}

/** The answers with the defaults of what was left out, and what does not fit. */
export function answersOf(inputs: Blueprint["inputs"], given: BlueprintAnswers): Checked {
  const all = new Map(Object.entries(given));
  const answers: [string, BlueprintAnswer][] = [];
  const faults: Fault[] = [];
  for (const [name, input] of Object.entries(inputs)) {
    const answer = all.get(name) ?? (input.optional ? undefined : defaultOf(input));
    all.delete(name);
    const text = answer === undefined ? (input.optional ? undefined : missing[input.kind]) : answerFault(input, answer);
    if (text !== undefined) faults.push({ field: `inputs.${name}`, text });
    else if (answer !== undefined) answers.push([name, answer]);
  }
  for (const name of all.keys()) faults.push({ field: `inputs.${name}`, text: "there is no such input" });
  return { answers: Object.fromEntries(answers), faults };
}

/** What is taken where nothing was answered; undefined where it has to be. */
export const defaultOf = (input: BlueprintInput): BlueprintAnswer | undefined =>
  "default" in input ? input.default : undefined;

const missing: Readonly<Record<BlueprintInput["kind"], string>> = {
  device: "choose a device",
  devices: "choose one or more devices",
  room: "choose a room",
  floor: "choose a floor",
  label: "choose a label",
  number: "write a number",
  time: "write a time of day",
  date: "choose a day of the year",
  weekdays: "choose one or more days",
  choice: "choose one of the ways",
  yesNo: "say yes or no",
  text: "write a few words",
  person: "choose a person",
  mode: "choose a mode of the house",
  scene: "choose a scene",
};

const oneDevice = target.refine((t) => t.nodes?.length === 1, { message: "choose one device" });

/** Why an answer does not fit its input; undefined where it does. */
export function answerFault(input: BlueprintInput, answer: BlueprintAnswer): string | undefined {
  const read = schemaOf(input).safeParse(answer);
  return read.success ? undefined : read.error.issues[0]?.message;
}

function schemaOf(input: BlueprintInput): z.ZodType {
  switch (input.kind) {
    case "device":
      return oneDevice;
    case "devices":
      return target;
    case "number": {
      const range = `must be ${input.min} to ${input.max}${input.unit ? ` ${input.unit}` : ""}`;
      const number = z.number().min(input.min, range).max(input.max, range);
      return input.whole ? number.int("must be a whole number") : number;
    }
    case "time":
      return clockTime;
    case "date":
      return dayOfYear;
    case "weekdays":
      return weekdays;
    case "yesNo":
      return z.boolean();
    case "choice":
      return z.enum(input.options.map((o) => o.value));
    case "text":
      return line(120);
    default:
      return line(100);
  }
}
