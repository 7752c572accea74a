/**
 * Sums that do not depend on their order. Every part is rounded once to a multiple of 2^-30 (about a thousand-millionth);
 * doubles add such numbers without any error up to eight million, so that lines, days and months give the same total.
 */
const UNIT = 2 ** 30;

/** The nearest number that adds up exactly. */
export const exact = (value: number): number => Math.round(value * UNIT) / UNIT;

/** The sum of numbers that add up exactly. */
export function sum(values: Iterable<number>): number {
  let total = 0;
  for (const value of values) total += value;
  return total;
}
