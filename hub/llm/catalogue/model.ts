/** One part of a model inside a Python wheel: parts joined in order give the file. */
export interface WheelPart {
  readonly package: string;
  readonly version: string;
  /** The member's path, or its end: `data/part1.bin` also finds `some_package/data/part1.bin`. */
  readonly member: string;
}

/** A model file that may be used. Whatever brings it, only bytes with this hash count. */
export interface CatalogueModel {
  /** Also the file's name, `<id>.gguf`; matches MODEL_ID. */
  readonly id: string;
  readonly name: string;
  readonly licence: string;
  /** Undefined only for a model that a person added without it. */
  readonly sizeBytes?: number;
  /** Lower-case hex. */
  readonly sha256: string;
  /** Memory of the whole machine from which on the model may be recommended, beside the hub itself. */
  readonly minMemoryBytes: number;
  /** planning: writes sensible answers; testing: only fills the shape. */
  readonly purpose: "planning" | "testing";
  /** The publisher's own file at a fixed revision; undefined where none is known with this hash. */
  readonly url?: string;
  readonly wheels?: readonly WheelPart[];
}

export const MODEL_ID = /^[a-z0-9][a-z0-9._-]{0,63}$/;

export const GIB = 1024 ** 3;

/** Parts 1 to `count` of packages that are numbered alike, in the order in which they are joined. */
export const numberedParts = (
  count: number,
  version: string,
  part: (n: number) => { readonly package: string; readonly member: string },
): WheelPart[] => Array.from({ length: count }, (_, i) => ({ ...part(i + 1), version }));
