import { numberOf } from "../firmware.ts";

/** `true` and `false`, and nothing else (Homie convention, Payload: boolean). */
export const boolean = (text: string): boolean | undefined =>
  text === "true" ? true : text === "false" ? false : undefined;

/** A number within the ends of its format, or undefined. */
export function within(text: string, min: number, max: number, whole = false): number | undefined {
  const value = numberOf(text);
  if (value === undefined || value < min || value > max || (whole && !Number.isInteger(value))) return undefined;
  return value;
}
