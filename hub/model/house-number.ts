import { misfit } from "./capability.ts";
import { HOUSE } from "./house-switch.ts";
import type { NodeDescription } from "./node.ts";
import type { NodeId } from "./path.ts";
import type { UnitName } from "./units.ts";

/** What a number of the house counts or measures; `1`: nothing but itself. */
export const numberUnits = [
  ...["1", "%", "degC", "W", "kWh", "A", "V", "min", "h", "s", "l", "m3", "mm", "m", "km", "kg"],
  ...["lx", "ppm", "hPa", "1/kWh"],
] as const satisfies readonly UnitName[];
export type NumberUnit = (typeof numberUnits)[number];

/** A person's own number, such as "Target reserve": the hub itself keeps it, and no device is behind it. */
export interface HouseNumber {
  readonly id: NodeId;
  readonly name: string;
  readonly unit: NumberUnit;
  /** Both ends may be taken. */
  readonly min: number;
  readonly max: number;
  /** How far one press of a button goes; any value between the ends may be set. */
  readonly step: number;
  readonly value: number;
}

/** Numbers that a house may have. */
export const MAX_NUMBERS = 100;
/** No end of a number's range lies further from zero. */
export const MAX_NUMBER = 1e9;

/** The number's own type: what its node tells, and what may be written. */
const typeOf = ({ unit, min, max, step }: Omit<HouseNumber, "id" | "name" | "value">) =>
  ({ type: "number", unit, min, max, step }) as const;

/** Why a value can't be set; undefined when it can. */
export const numberMisfit = (one: HouseNumber, value: unknown): string | undefined => misfit(typeOf(one), value);

/** A range as it was wished; throws RangeError naming the field. */
export function checkRange({ min, max, step }: Pick<HouseNumber, "min" | "max" | "step">): void {
  if (!(min < max)) throw new RangeError("max: must be more than the least value");
  if (Math.abs(min) > MAX_NUMBER) throw new RangeError(`min: must not be below -${MAX_NUMBER}`);
  if (Math.abs(max) > MAX_NUMBER) throw new RangeError(`max: must not be above ${MAX_NUMBER}`);
  if (!(step > 0 && step <= max - min)) throw new RangeError("step: must be above 0 and fit between both ends");
}

/** Where a number begins: at zero, or at the end of its range that is nearest to it. */
export const firstValue = ({ min, max }: Pick<HouseNumber, "min" | "max">): number => Math.min(max, Math.max(min, 0));

/** The number as a node: no Matter device type is a number of the house, so it has none, and no bridge shows it. */
export const numberNode = ({ id, name, ...range }: Omit<HouseNumber, "value">): NodeDescription => ({
  ...{ id, name, adapter: "house", dialect: HOUSE, addresses: [] },
  endpoints: [
    {
      number: 1,
      deviceTypes: [],
      label: "House number",
      capabilities: {
        houseNumber: {
          attributes: { value: { source: HOUSE, writable: true, type: typeOf(range) } },
          commands: { set: { source: HOUSE } },
        },
      },
    },
  ],
});
