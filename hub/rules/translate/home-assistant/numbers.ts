import { all, type Item, keyOf, numberOf, textOf } from "./item.ts";

/** What the files say of a number or a counter that Home Assistant keeps, as far as they do. */
export interface WrittenNumber {
  readonly min?: number | undefined;
  readonly max?: number | undefined;
  readonly step?: number | undefined;
  readonly initial?: number | undefined;
  readonly unit?: string | undefined;
}

/** Numbers and counters that the files make, by their names as entities. */
export function numbersIn(roots: readonly Item[]): ReadonlyMap<string, WrittenNumber> {
  const found = new Map<string, WrittenNumber>();
  for (const item of roots.flatMap((root) => [...all(root)]))
    for (const domain of ["input_number", "counter"])
      for (const [name, value] of keyOf(item, domain)?.map ?? [])
        if (value.map || value.scalar === null) found.set(`${domain}.${name}`, numberIn(value));
  return found;
}

const numberIn = (item: Item): WrittenNumber => ({
  min: numberOf(keyOf(item, "min", "minimum")),
  max: numberOf(keyOf(item, "max", "maximum")),
  step: numberOf(keyOf(item, "step")),
  initial: numberOf(keyOf(item, "initial")),
  unit: textOf(keyOf(item, "unit_of_measurement")),
});
