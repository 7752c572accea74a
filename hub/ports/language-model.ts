/** The language model and the catalogue it comes from. Implemented by shells; nothing here does anything. */

export interface Question {
  readonly system: string;
  readonly user: string;
  /** The answer's text is held to this by the grammar; it stays hostile input all the same. */
  readonly jsonSchema: object;
  readonly maxTokens: number;
  readonly timeoutMs: number;
}

export type Answer =
  | { readonly ok: true; readonly text: string; readonly model: string; readonly tokens: number; readonly ms: number }
  | { readonly ok: false; readonly reason: string };

export interface LanguageModel {
  /** Never throws, never blocks the loop; loads when needed, unloads after idle. */
  ask(question: Question, signal?: AbortSignal): Promise<Answer>;
  /** The model that would answer now, or undefined for none. */
  ready(): string | undefined;
}

/** Right answers of a number of questions. */
export interface Score {
  readonly right: number;
  readonly of: number;
}

/** What a model did on this machine when it was last measured. */
export interface BenchResult {
  /** Epoch ms. */
  readonly at: number;
  readonly loadMs: number;
  /** Tokens of a question read, and of an answer written, per second. */
  readonly promptPerSecond: number;
  readonly tokensPerSecond: number;
  /** Resident memory of the model's process at its most, bytes; unknown where the system does not say. */
  readonly rssBytes?: number;
  /** Wishes whose kind the model chose right by itself. */
  readonly alone: Score;
  /** Wishes whose kinds of goal the house reads right with this model's help. */
  readonly house: Score;
  /** Answers that named a thing which the home does not have. */
  readonly inventedNames: number;
  /** From a wish to the measures put in order, the model warm, ms (median). */
  readonly proposalMs: number;
  /** Processes that wanted the processor meanwhile (the system's load of one minute), and its cores. */
  readonly load: number;
  readonly cores: number;
}

/** A model of the catalogue and what is here of it. */
export interface ModelStatus {
  readonly id: string;
  readonly name: string;
  readonly licence: string;
  /** What the licence keeps a home from doing. */
  readonly licenceNote?: string;
  readonly sizeBytes: number;
  readonly sha256: string;
  /** Who states the hash. */
  readonly hashFrom: string;
  readonly state: "absent" | "fetching" | "present" | "inUse" | "loaded" | "failed";
  readonly fetchedBytes: number;
  /** Where it came from or is coming from; why it failed. */
  readonly note: string;
  readonly recommended: boolean;
  /** Memory it takes while it is loaded, bytes: measured here, else reckoned. */
  readonly memoryBytes: number;
  readonly memoryMeasured: boolean;
  /** Whether that is at most half of this machine's memory. */
  readonly fits: boolean;
  /** Added by a person. */
  readonly added: boolean;
  readonly bench?: BenchResult;
  /** While it is being measured: what is going on, and the part that is done (0 to 1). */
  readonly benching?: { readonly note: string; readonly part: number };
}

/** A model of the person's own: any GGUF by address and hash. */
export interface AddedModel {
  readonly id: string;
  readonly name: string;
  readonly url: string;
  readonly sha256: string;
  readonly sizeBytes?: number | undefined;
  readonly licence?: string | undefined;
}

/** Which model this machine should use, and why. */
export interface ModelAdvice {
  readonly id?: string;
  readonly why: string;
  /** Memory that the machine or its container has, and that can be had now, bytes. */
  readonly memoryBytes: number;
  readonly availableBytes: number;
  /** Why no model is in memory although one is in use, where memory was the reason. */
  readonly note?: string;
}

/** A larger machine of the home that answers as OpenAI's API does. */
export interface ModelServer {
  readonly on: boolean;
  readonly url: string;
  readonly model: string;
  /** Whether a key is kept; the key itself is never told. */
  readonly keySet: boolean;
  /** How the last question went, in words. */
  readonly note: string;
}

export interface ModelServerWish {
  readonly on: boolean;
  readonly url: string;
  readonly model: string;
  /** Left out: the kept key stays; empty: it goes. */
  readonly key?: string | undefined;
}

export interface Models {
  list(): readonly ModelStatus[];
  advice(): ModelAdvice;
  /** Starts in the background; progress is in list(). Throws for an unknown id. */
  pull(id: string): void;
  cancel(id: string): void;
  /** Throws when the file is not present. */
  use(id: string): void;
  /** Throws RangeError naming the field; at most 20 models can be added. */
  add(model: AddedModel, by: string): void;
  /** Removes the file; a model that a person added goes with it. Throws for an unknown id. */
  remove(id: string, by: string): Promise<void>;
  /** Measures the model in the background; one at a time. Throws when the file is not present. */
  bench(id: string): void;
  cancelBench(id: string): void;
  server(): ModelServer;
  /** Throws RangeError naming the field. */
  setServer(wish: ModelServerWish, by: string): void;
  /** Asks the server one short question; in words how it went. */
  tryServer(): Promise<{ readonly ok: boolean; readonly note: string }>;
}
