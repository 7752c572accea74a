import type { Target } from "../../model/rule/target.ts";
import { kindInWords } from "../kinds.ts";
import type { Names } from "../names.ts";

/** "any light in the kitchen", "Boiler and Heater". */
export function targetInWords(t: Target, names: Names): string {
  const listed = t.nodes?.map(names) ?? [];
  const kinds = t.kinds?.map(kindInWords) ?? [];
  const wide = kinds.length > 0 ? kinds.join(" or ") : "devices";
  const where = [
    ...(t.rooms ? [`in ${t.rooms.join(" or ")}`] : []),
    ...(t.floors ? [`on ${t.floors.join(" or ")}`] : []),
    ...(t.labels ? [`labelled ${t.labels.join(" or ")}`] : []),
  ].join(" ");
  const except = t.except ? ` but not ${t.except.map(names).join(", ")}` : "";
  if (listed.length > 0) return `${listed.join(" and ")}${where ? ` if ${where}` : ""}${except}`;
  return `the ${wide}${where ? ` ${where}` : ""}${except}`;
}
