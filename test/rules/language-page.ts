/** The page about the language of rules, made out of its one schema. */
import { z } from "zod";
import { ruleDraft } from "../../hub/model/rule/rule.ts";
import { kindNames } from "../../hub/rules/kinds.ts";

export interface Shape {
  readonly $ref?: string;
  readonly type?: string;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly description?: string;
  readonly properties?: Readonly<Record<string, Shape>>;
  readonly required?: readonly string[];
  readonly items?: Shape;
  readonly anyOf?: readonly Shape[];
  readonly oneOf?: readonly Shape[];
  readonly additionalProperties?: Shape | boolean;
  readonly default?: unknown;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly pattern?: string;
}

const parts = ["RuleDraft", "Trigger", "Condition", "Step", "Target", "Expression"] as const;

const intro: Readonly<Record<(typeof parts)[number], string>> = {
  RuleDraft:
    "A rule has one of two forms. `while` keeps something so as long as a condition holds; `when` does something when something happens. Both are written as YAML or JSON, or put together on the dashboard.",
  Trigger: "What starts a rule of the form `when`. Any one of them will do.",
  Condition:
    "What must be so. Conditions are judged on a frozen picture of the home; what is not known makes them unknown, and a rule that meets an unknown does nothing and says so.",
  Step: "What a rule of the form `when` does, one after the other.",
  Target: `Which devices are meant. Groups of device types: ${kindNames.map((k) => `\`${k}\``).join(", ")}.`,
  Expression: "A value, or a formula over values. There is no code and no text template in it.",
};

export const sentence = (text: string): string =>
  text === "" ? "" : `${text[0]?.toUpperCase()}${text.slice(1)}${/[.!?]$/.test(text) ? "" : "."}`;

function typeOf(s: Shape): string {
  if (s.$ref) return `[${s.$ref.split("/").at(-1)}](#${s.$ref.split("/").at(-1)?.toLowerCase()})`;
  if (s.const !== undefined) return `\`${String(s.const)}\``;
  if (s.enum) return s.enum.map((v) => `\`${String(v)}\``).join(", ");
  if (s.type === "array") return `list of ${typeOf(s.items ?? {})}`;
  const union = s.anyOf ?? s.oneOf;
  if (union) return union.map(typeOf).join(" or ");
  if (s.type === "object" && s.properties) return `{ ${Object.keys(s.properties).join(", ")} }`;
  if (s.type === "object")
    return `names with ${typeof s.additionalProperties === "object" ? typeOf(s.additionalProperties) : "values"}`;
  const bounds = [s.minimum, s.maximum].some((b) => b !== undefined && Math.abs(b) < 1e6);
  return `${s.type ?? "value"}${bounds ? ` ${s.minimum ?? ""} to ${s.maximum ?? ""}` : ""}`;
}

export function rows(s: Shape): string[] {
  const required = new Set(s.required);
  return [
    "",
    "| field | what it holds | |",
    "| --- | --- | --- |",
    ...Object.entries(s.properties ?? {}).map(([name, field]) => {
      const need =
        required.has(name) && field.default === undefined
          ? ""
          : field.default === undefined
            ? "may be left out. "
            : `\`${String(field.default)}\` where it is left out. `;
      return `| \`${name}\` | ${typeOf(field)} | ${need}${sentence(field.description ?? "")} |`;
    }),
    "",
  ];
}

export const nameOf = (s: Shape): string => {
  const key = s.properties?.kind ?? s.properties?.form;
  if (key?.const !== undefined) return `\`${String(key.const)}\``;
  if (key?.enum) return key.enum.map((k) => `\`${String(k)}\``).join(", ");
  return Object.keys(s.properties ?? {})
    .map((k) => `\`${k}\``)
    .join(", ");
};

export const flat = (s: Shape): readonly Shape[] => (s.anyOf ?? s.oneOf)?.flatMap(flat) ?? [s];

function section(name: (typeof parts)[number], s: Shape): string[] {
  const kinds = flat(s).filter((k) => k.properties);
  const isOne = kinds.length === 1 && !s.anyOf && !s.oneOf;
  return [
    `## ${name === "RuleDraft" ? "Rule" : name}`,
    "",
    intro[name],
    ...(isOne
      ? rows(s)
      : kinds.flatMap((k) => ["", `### ${nameOf(k)}`, "", sentence(k.description ?? ""), ...rows(k)])),
  ];
}

/** The page as Markdown. */
export function languagePage(): string {
  const schema = z.toJSONSchema(ruleDraft, { io: "input" }) as { $defs?: Record<string, Shape> };
  const defs = schema.$defs ?? {};
  const head = [
    "# The language of rules",
    "",
    "This page is made out of the schema that checks every rule (`hub/model/rule`); `INGLENOOK_WRITE=1 npx vitest run test/rules/language.test.ts` writes it anew.",
    "",
  ];
  return `${[...head, ...parts.flatMap((p) => section(p, defs[p] ?? {}))]
    .join("\n")
    .replace(/\n{3,}/g, "\n\n")
    .trim()}\n`;
}
