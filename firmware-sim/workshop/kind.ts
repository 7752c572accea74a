import type { z } from "zod";
import { hash } from "../random.ts";
import type { Firmware } from "./firmware.ts";

/** One device of a home as it was checked. */
export interface Entry {
  readonly name: string;
  /** The maker's own address: MAC, IEEE address, node number. */
  readonly id: string;
  /** The device's own chance. */
  readonly seed: number;
}

/** A simulated product. */
interface Kind<Part> {
  readonly name: string;
  readonly about: string;
  readonly options: z.ZodType;
  /** `options` have passed the check. */
  make(entry: Entry, options: unknown): Part;
}

/** A product under its name, with its line for `--list`, what can be set on it, and how it is made. */
export function kind<Options, Part>(
  name: string,
  about: string,
  options: z.ZodType<Options>,
  make: (entry: Entry, options: Options) => Part,
): Kind<Part> {
  return { name, about, options, make: (entry, given) => make(entry, options.parse(given)) };
}

/** How a maker's addresses look. */
export interface Ids {
  readonly pattern: RegExp;
  /** In words, for people. */
  readonly words: string;
  /** An address for a device that was given none; `place` counts the maker's devices from 0. */
  make(seed: number, place: number): string;
}

export interface Ordered {
  readonly kind: string;
  readonly entry: Entry;
  readonly options: unknown;
}

/** Everything of one maker: its products and how they stand on the broker. */
export interface Maker {
  readonly name: string;
  readonly ids: Ids;
  readonly kinds: readonly { readonly name: string; readonly about: string; readonly options: z.ZodType }[];
  /** Its kinds in the example home; all where it names none. */
  readonly examples?: readonly string[];
  build(ordered: readonly Ordered[]): Firmware[];
}

/** `assemble` makes connections of products: one each, or one bridge for all. */
export function maker<Part>(
  name: string,
  ids: Ids,
  kinds: readonly Kind<Part>[],
  assemble: (parts: readonly Part[]) => Firmware[],
): Maker {
  return {
    name,
    ids,
    kinds,
    build(ordered) {
      return assemble(
        ordered.map(({ kind, entry, options }) => {
          const found = kinds.find((known) => known.name === kind);
          if (!found) throw new Error(`no simulated product of kind ${name}/${kind}`);
          return found.make(entry, options);
        }),
      );
    },
  };
}

const hex = (value: number, digits: number): string => value.toString(16).padStart(digits, "0").slice(-digits);

/** MAC addresses, 12 hex digits; made ones are locally administered (02…). */
export const macIds: Ids = {
  pattern: /^[0-9a-fA-F]{12}$/,
  words: "a MAC address of 12 hexadecimal digits, such as 02a1b2c3d4e5",
  make: (seed) => `02${hex(hash(seed, 1, 1), 8)}${hex(hash(seed, 1, 2), 2)}`,
};

/** EUI-64 addresses as Zigbee writes them. */
export const ieeeIds: Ids = {
  pattern: /^0x[0-9a-f]{16}$/,
  words: "an IEEE address, such as 0x00124b0012345678",
  make: (seed) => `0x02${hex(hash(seed, 2, 1), 8)}${hex(hash(seed, 2, 2), 6)}`,
};
