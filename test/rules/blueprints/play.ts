/** Scenarios in the words of test/scenarios, in which people take ready-made rules. */
import { parse, stringify } from "yaml";
import type { Blueprint } from "../../../hub/model/blueprint/blueprint.ts";
import type { BlueprintAnswer, BlueprintAnswers } from "../../../hub/model/blueprint/input.ts";
import { fill } from "../../../hub/rules/blueprints/fill.ts";
import { shippedBlueprints } from "../../../hub/rules/blueprints/shipped/index.ts";
import { play } from "../../scenarios/runner.ts";

/**
 * As `play`, with the line `ready-made ID` and the answers below it, indented: of devices their ids, several with commas. The
 * rule has the name of the ready-made one.
 */
export const playReadyMade = (text: string) =>
  play(
    text.replaceAll(/^ready-made (\S+)\n((?:[ \t]+\S.*\n)*)/gm, (_, id: string, answers: string) =>
      ruleLines(id, answers),
    ),
  );

function ruleLines(id: string, answers: string): string {
  const of = shippedBlueprints.find((b) => b.id === id);
  if (!of) throw new Error(`there is no ready-made ${id}`);
  const made = fill(of, answersFrom(of, (parse(answers) ?? {}) as Record<string, BlueprintAnswer>));
  if (!made.ok) throw new Error(`${id}: ${JSON.stringify(made.faults)}`);
  const { title, ...rule } = made.draft;
  return `rule ${title}\n${stringify(rule, { lineWidth: 0 }).replaceAll(/^(?=.)/gm, "  ")}`;
}

function answersFrom(of: Blueprint, given: Readonly<Record<string, BlueprintAnswer>>): BlueprintAnswers {
  return Object.fromEntries(
    Object.entries(given).map(([name, answer]) => {
      const kind = of.inputs[name]?.kind;
      const isDevice = kind === "device" || kind === "devices";
      return [name, isDevice && typeof answer === "string" ? { nodes: answer.split(/,\s*/) } : answer];
    }),
  );
}
