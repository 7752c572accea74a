/** The page about ready-made rules, made out of their schema and of those that come with the hub. */
import { z } from "zod";
import { blueprint, blueprintSubjects } from "../../../hub/model/blueprint/blueprint.ts";
import { blueprintInput } from "../../../hub/model/blueprint/input.ts";
import { blueprintAsYaml } from "../../../hub/rules/blueprints/file.ts";
import { shippedBlueprints } from "../../../hub/rules/blueprints/shipped/index.ts";
import { flat, nameOf, rows, type Shape, sentence } from "../language-page.ts";

const EXAMPLE = "frost-guard";

/** What the schema has too many words for. */
const WRITTEN = [
  ["| `inputs` |", "| `inputs` | names with [what is asked](#what-may-be-asked) | may be left out. At most 30. |"],
  [
    "| `rule` |",
    "| `rule` | a rule with [places](#places-that-are-filled-in) | As `RULES.md` says; `title` may be left out. |",
  ],
] as const;

/** The page as Markdown. */
export function blueprintPage(): string {
  const schema = z.toJSONSchema(blueprint, { io: "input" }) as { $defs?: Record<string, Shape> } & Shape;
  const whole = schema.properties ? schema : (schema.$defs?.Blueprint ?? {});
  const inputs = flat(z.toJSONSchema(blueprintInput, { io: "input" }) as Shape);
  const example = shippedBlueprints.find((b) => b.id === EXAMPLE);
  return `${[
    "# Ready-made rules",
    "",
    "This page is made out of the schema that checks every ready-made rule (`hub/model/blueprint`) and of those that come with the hub (`hub/rules/blueprints/shipped`); `INGLENOOK_WRITE=1 npx vitest run test/rules/blueprints/page.test.ts` writes it anew.",
    "",
    "A ready-made rule is a rule with places for what differs from home to home. Whoever takes it answers what it asks, reads the rule in words with all that speaks against it, and saves it as a rule like any other. It is data: nothing in it is carried out, and no text is put together. One of your own is a file (YAML or JSON, 50,000 characters at most) that is read under Rules, Ready-made rules; a rule of your own becomes one with Save as ready-made.",
    "",
    "## The file",
    ...rows(whole).map((row) => WRITTEN.find(([start]) => row.startsWith(start))?.[1] ?? row),
    "## Places that are filled in",
    "",
    "Within `rule`, which is otherwise written as `RULES.md` says, such an object stands where a value or a part would:",
    "",
    "| written | becomes |",
    "| --- | --- |",
    "| `{ input: NAME }` | the answer: a target for devices, a number, a time, a name |",
    "| `{ input: NAME, times: 60, plus: 5 }` | a number, reckoned with |",
    "| `{ given: NAME, use: PART, else: PART }` | the one part if the input was answered (and not with no), else the other; nothing where that is left out |",
    "| `{ choice: NAME, of: { VALUE: PART } }` | the part of the way that was chosen |",
    "",
    "Before a file is taken, it is filled in with answers of each kind, at both ends of each range and with what is optional left out; each has to make a rule. What is wrong is told by line and field.",
    "",
    "## What may be asked",
    "",
    "Answers are proposed from the home: the only device that fits, or the only one of a type in `prefer`.",
    ...inputs.flatMap((s) => ["", `### ${nameOf(s)}`, "", sentence(s.description ?? ""), ...rows(s)]),
    "## Versions",
    "",
    "A rule remembers the ready-made one, its version, the answers, and the rule that they made. A file with the same `id` and a higher `version` takes the place of the older; its rules are offered it, with what `changes` says, the words before and after, and the lines that change. Answers are kept; new inputs, and those whose answer no longer fits, are asked. What a person changed by hand stays, also where the new version changes it as well.",
    "",
    "## Those that come with the hub",
    ...blueprintSubjects.flatMap((subject) => {
      const of = shippedBlueprints.filter((b) => b.about === subject);
      return [
        "",
        `### ${sentence(subject).replace(/\.$/, "")}`,
        "",
        "| ready-made rule | what it does | what it asks |",
        "| --- | --- | --- |",
        ...of.map((b) => {
          const asked = Object.values(b.inputs).map((i) => `${i.label}${i.optional ? " (if you wish)" : ""}`);
          return `| ${b.title} (\`${b.id}\`) | ${b.description} | ${asked.join(", ")} |`;
        }),
      ];
    }),
    "",
    "## An example",
    "",
    "```yaml",
    (example ? blueprintAsYaml(example) : "").trimEnd(),
    "```",
  ]
    .join("\n")
    .replace(/\n{3,}/g, "\n\n")
    .trim()}\n`;
}
