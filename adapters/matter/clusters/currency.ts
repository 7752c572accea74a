import { wireNumber } from "./codecs.ts";

/** ISO 4217 numbers of currencies that electricity is paid in. */
const letters: ReadonlyMap<number, string> = new Map([
  ...([
    [36, "AUD"],
    [124, "CAD"],
    [156, "CNY"],
    [203, "CZK"],
    [208, "DKK"],
    [344, "HKD"],
    [348, "HUF"],
  ] as const),
  ...([
    [352, "ISK"],
    [356, "INR"],
    [360, "IDR"],
    [376, "ILS"],
    [392, "JPY"],
    [410, "KRW"],
    [458, "MYR"],
  ] as const),
  ...([
    [484, "MXN"],
    [554, "NZD"],
    [578, "NOK"],
    [608, "PHP"],
    [643, "RUB"],
    [682, "SAR"],
    [702, "SGD"],
  ] as const),
  ...([
    [710, "ZAR"],
    [752, "SEK"],
    [756, "CHF"],
    [764, "THB"],
    [784, "AED"],
    [826, "GBP"],
    [840, "USD"],
  ] as const),
  ...([
    [901, "TWD"],
    [941, "RSD"],
    [946, "RON"],
    [949, "TRY"],
    [975, "BGN"],
    [978, "EUR"],
    [980, "UAH"],
  ] as const),
  ...([
    [985, "PLN"],
    [986, "BRL"],
  ] as const),
]);

/** A currency's letters by its ISO 4217 number; one beyond the list keeps its number. Undefined for no number at all. */
export function currencyOf(wire: unknown): string | undefined {
  const number = wireNumber(wire);
  if (number === undefined || !Number.isInteger(number) || number < 0 || number > 999) return undefined;
  return letters.get(number) ?? `no. ${number}`;
}

const numbers: ReadonlyMap<unknown, number> = new Map([...letters].map(([number, text]) => [text, number]));

/** A currency's ISO 4217 number by its letters; undefined for one beyond the list. */
export const numberOfCurrency = (text: unknown): number | undefined => numbers.get(text);
