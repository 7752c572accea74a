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

/** A model of the catalogue and what is here of it. */
export interface ModelStatus {
  readonly id: string;
  readonly name: string;
  readonly licence: string;
  readonly sizeBytes: number;
  readonly sha256: string;
  readonly state: "absent" | "fetching" | "present" | "inUse" | "loaded" | "failed";
  readonly fetchedBytes: number;
  /** Where it came from or is coming from; why it failed. */
  readonly note: string;
  readonly recommended: boolean;
}

export interface Models {
  list(): readonly ModelStatus[];
  /** Starts in the background; progress is in list(). Throws for an unknown id. */
  pull(id: string): void;
  cancel(id: string): void;
  /** Throws when the file is not present. */
  use(id: string): void;
}
