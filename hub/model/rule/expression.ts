import { z } from "zod";
import type { Value } from "../capability.ts";
import { type Target, target } from "./target.ts";
import { attributeName, plainValue, variableName } from "./values.ts";

/** Of several devices: the one figure that is taken. */
export const takes = ["any", "all", "sum", "mean", "min", "max", "count"] as const;

export const binary = ["+", "-", "*", "/", "min", "max", "=", "!=", "<", "<=", ">", ">=", "and", "or"] as const;
export const unary = ["not", "abs", "round", "floor", "ceil"] as const;

/** A typed formula: no text, no code. What is unknown makes it unknown. */
export type Expression =
  | Value
  | { readonly read: string; readonly target: Target; readonly take?: (typeof takes)[number] | undefined }
  | { readonly variable: string }
  | { readonly now: "price" | "exportPrice" | "co2" | "surplus" | "hour" | "weekday" | "sunElevation" }
  | { readonly trigger: "value" | "before" }
  | { readonly op: (typeof binary)[number]; readonly of: readonly Expression[] }
  | { readonly op: (typeof unary)[number]; readonly of: readonly Expression[] }
  | { readonly if: Expression; readonly then: Expression; readonly else: Expression };

const fact = z.enum(["price", "exportPrice", "co2", "surplus", "hour", "weekday", "sunElevation"]);

export const expression: z.ZodType<Expression> = z
  .lazy(() =>
    z.union([
      plainValue,
      z
        .object({
          read: attributeName,
          target,
          take: z
            .enum(takes)
            .optional()
            .describe("of several devices: the first that is given, or all of them in one figure"),
        })
        .strict()
        .describe("what devices report"),
      z.object({ variable: variableName }).strict().describe("a variable of this rule"),
      z
        .object({ now: fact })
        .strict()
        .describe(
          "the price or export price per kWh, g CO2 per kWh, W that leave the house, hour 0..23, weekday 1..7, the sun's height in degrees",
        ),
      z
        .object({ trigger: z.enum(["value", "before"]) })
        .strict()
        .describe("what started the rule: its value, or the one before"),
      z.object({ op: z.enum(binary), of: z.array(expression).min(2).max(20).readonly() }).strict(),
      z.object({ op: z.enum(unary), of: z.array(expression).min(1).max(1).readonly() }).strict(),
      z.object({ if: expression, then: expression, else: expression }).strict(),
    ]),
  )
  .describe("a value, or a formula over values; what is unknown makes it unknown")
  .meta({ id: "Expression" });
