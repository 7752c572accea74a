/** What the hub and the model's process say to each other. Both ends are ours; both check all the same. */
import type { ChatForm } from "./catalogue/model.ts";

export interface LoadOptions {
  readonly modelPath: string;
  /** Says which file it is: what was made of a fixed part by one model is nonsense to another. */
  readonly modelKey: string;
  readonly form: ChatForm;
  /** Holds what the model made of fixed parts of questions; reading it spares reading the text again. */
  readonly stateFolder: string | undefined;
  /** Tokens of question and answer together. */
  readonly contextTokens: number;
  readonly threads: number;
}

export interface AskOptions {
  readonly system: string;
  readonly user: string;
  readonly jsonSchema: object;
  readonly maxTokens: number;
  readonly timeoutMs: number;
}

export type ToModel =
  | ({ readonly type: "load" } & LoadOptions)
  | ({ readonly type: "ask"; readonly id: number } & AskOptions)
  | { readonly type: "abort"; readonly id: number }
  | { readonly type: "unload" };

/** How an answer's time went. */
export interface Pace {
  /** Tokens of the question that had to be read; the rest was known already. */
  readonly promptTokens: number;
  readonly promptMs: number;
  /** Tokens thought and thrown away. */
  readonly thoughtTokens: number;
}

export type ModelAnswer =
  | { readonly ok: true; readonly text: string; readonly tokens: number; readonly ms: number; readonly pace: Pace }
  | { readonly ok: false; readonly reason: string };

export type FromModel =
  | { readonly type: "loaded"; readonly ms: number }
  | { readonly type: "failed"; readonly reason: string }
  | { readonly type: "answer"; readonly id: number; readonly answer: ModelAnswer };

/** A message of the model's process, or undefined for anything else. */
export function parseFromModel(message: unknown): FromModel | undefined {
  if (typeof message !== "object" || message === null) return undefined;
  const { type, ms, reason, id, answer } = message as Record<string, unknown>;
  if (type === "loaded" && typeof ms === "number") return { type, ms };
  if (type === "failed" && typeof reason === "string") return { type, reason };
  if (type !== "answer" || typeof id !== "number" || typeof answer !== "object" || answer === null) return undefined;
  const a = answer as Record<string, unknown>;
  if (a.ok === true && typeof a.text === "string" && typeof a.tokens === "number" && typeof a.ms === "number")
    return { type, id, answer: { ok: true, text: a.text, tokens: a.tokens, ms: a.ms, pace: paceOf(a.pace) } };
  return {
    type,
    id,
    answer: { ok: false, reason: typeof a.reason === "string" ? a.reason : "the model's process answered nonsense" },
  };
}

function paceOf(pace: unknown): Pace {
  const p = (typeof pace === "object" && pace !== null ? pace : {}) as Record<string, unknown>;
  const number = (value: unknown): number => (typeof value === "number" && value >= 0 ? value : 0);
  return {
    promptTokens: number(p.promptTokens),
    promptMs: number(p.promptMs),
    thoughtTokens: number(p.thoughtTokens),
  };
}
