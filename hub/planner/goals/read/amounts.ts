/** Numbers with their units. They are read here and nowhere else: language models spoil them. */

export interface Amount {
  readonly unit: "%" | "degC" | "km" | "kWh" | "kW" | "A";
  readonly value: number;
}

/** A limit; without a unit where none was said. */
export interface Bound {
  readonly value: number;
  readonly unit?: Amount["unit"];
}

const same = (n: number): number => n;
const half = (n: number): number => Math.round(n * 2) / 2;

/** Pattern, unit, and how a number becomes it. The same in all languages. */
const UNITS: readonly (readonly [RegExp, Amount["unit"], (n: number) => number])[] = [
  [/%|percent|per cent|prozent|procent|pour ?cents?|por ?ciento/, "%", same],
  [/°? ?f(?:ahrenheit)?|degrees? fahrenheit/, "degC", (n) => half((n - 32) / 1.8)],
  [/° ?c|°|(?:degrees?|grad|degres?|grados?|graden)(?: celsius)?|celsius|c/, "degC", same],
  [/km|kilomet(?:er|re|ro)s?|kilometern/, "km", same],
  [/miles?|mi|meilen?|mijl/, "km", (n) => Math.round(n * 1.609)],
  [/kwh|kilowatt ?hours?|kilowattstunden?|kilowattuu?r|kilowatt ?heures?|kilovatios? hora/, "kWh", same],
  [/kw|kva|kilowatts?|kilovatios?/, "kW", same],
  [/w|watts?|vatios?/, "kW", (n) => n / 1000],
  [/amps?|amperes?|amperios?/, "A", same],
];

const UNIT = UNITS.map(([pattern]) => pattern.source).join("|");
/** A number with its unit; the unit is a whole word. */
export const NUMBER = `(?<![\\p{L}\\p{N}.:])(-?\\d{1,4}(?:\\.\\d+)?)(?![\\d:])(?: ?(${UNIT})(?![\\p{L}\\p{N}]))?`;

const wholeUnits = UNITS.map(
  ([pattern, unit, convert]) => [new RegExp(`^(?:${pattern.source})$`), unit, convert] as const,
);

/** A number as it stands, in the hub's unit. */
export function boundOf(number: string, unit: string | undefined): Bound {
  const known = unit === undefined ? undefined : wholeUnits.find(([pattern]) => pattern.test(unit));
  return known ? { value: known[2](Number(number)), unit: known[1] } : { value: Number(number) };
}

const ALL = new RegExp(NUMBER, "gu");

/** All numbers of a text that are no times. */
export function numbersIn(text: string): { readonly amounts: readonly Amount[]; readonly bare: readonly number[] } {
  const found = [...text.matchAll(ALL)].map((match) => boundOf(match[1] ?? "", match[2]));
  return {
    amounts: found.flatMap(({ unit, value }) => (unit ? [{ unit, value }] : [])),
    bare: found.filter((n) => n.unit === undefined).map((n) => n.value),
  };
}
