import type { Learned } from "../../hub/http/schemas.ts";
import { number } from "./format.ts";

type Proof = NonNullable<Learned["proof"]>;

/** A figure as fine as its size asks for. */
export const fine = (value: number): string => number(value, Math.abs(value) >= 10 ? 0 : Math.abs(value) >= 1 ? 1 : 2);

/** The error of a model in one line. */
export function proofWords(p: Proof): string {
  if (p.days === 0) return "not tested yet";
  const share = p.unit === "kWh" && p.usual > 0 ? ` of ${fine(p.usual)}` : "";
  return `off by ${fine(p.error)}${share} ${p.unit}${p.unit === "kWh" ? " a day" : ""} · ${p.days} days tested`;
}
