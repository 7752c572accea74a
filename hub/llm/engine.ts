/** One model in this process: loads it, answers under a grammar, keeps the fixed part of the question warm. */
import { chmod, rename, rm } from "node:fs/promises";
import {
  type ChatHistoryItem,
  type GbnfJsonObjectSchema,
  getLlama,
  type Llama,
  LlamaChat,
  type LlamaContext,
  type LlamaContextSequence,
  type LlamaGrammar,
  LlamaLogLevel,
  type LlamaModel,
  type Token,
} from "node-llama-cpp";
import type { AskOptions, LoadOptions, ModelAnswer } from "./protocol.ts";

/** A shorter fixed part is read again faster than its state is loaded. */
const MIN_SAVED_TOKENS = 64;

interface Parts {
  readonly llama: Llama;
  readonly model: LlamaModel;
  readonly context: LlamaContext;
  readonly sequence: LlamaContextSequence;
  readonly chat: LlamaChat;
}

export interface Engine {
  /** Answers one question; never two at once. Rejects for a schema that the grammar cannot express. */
  ask(question: AskOptions, signal: AbortSignal): Promise<ModelAnswer>;
  /** Saves the state of the fixed part and frees everything. */
  close(): Promise<void>;
}

/** Loads a GGUF file for the processor alone. Rejects with the runtime's own words when that fails. */
export async function openEngine(options: LoadOptions): Promise<Engine> {
  const llama = await getLlama({
    gpu: false,
    build: "never",
    skipDownload: true,
    progressLogs: false,
    logLevel: LlamaLogLevel.error,
    maxThreads: options.threads,
  });
  const model = await llama.loadModel({ modelPath: options.modelPath, gpuLayers: 0 });
  const context = await model.createContext({
    sequences: 1,
    contextSize: Math.min(options.contextTokens, model.trainContextSize),
    threads: options.threads,
    // Models that attend to a window only could not go back to the fixed part otherwise.
    swaFullCache: true,
  });
  const sequence = context.getSequence();
  const chat = new LlamaChat({ contextSequence: sequence });
  const parts: Parts = { llama, model, context, sequence, chat };
  if (options.stateFile) await restore(sequence, options.stateFile);
  let last: { readonly system: string } | undefined;
  let grammar: { readonly key: string; readonly made: LlamaGrammar } | undefined;
  return {
    async ask(question, signal) {
      const key = JSON.stringify(question.jsonSchema);
      if (grammar?.key !== key)
        grammar = { key, made: await llama.createGrammarForJsonSchema(question.jsonSchema as GbnfJsonObjectSchema) };
      last = { system: question.system };
      return answer(parts, question, grammar.made, signal);
    },
    async close() {
      if (options.stateFile && last) await save(parts, last.system, options.stateFile);
      await llama.dispose();
    },
  };
}

async function answer(
  parts: Parts,
  question: AskOptions,
  grammar: LlamaGrammar,
  signal: AbortSignal,
): Promise<ModelAnswer> {
  const startedAt = performance.now();
  const { context, chat } = parts;
  const history = historyOf(question.system, question.user);
  const asked = tokensOf(parts, history).length;
  if (asked + question.maxTokens > context.contextSize)
    return {
      ok: false,
      reason: `the question has ${asked} tokens; with ${question.maxTokens} for the answer, ${context.contextSize} is the limit`,
    };
  let tokens = 0;
  const { response, metadata } = await chat.generateResponse(history, {
    grammar,
    maxTokens: question.maxTokens,
    temperature: 0,
    repeatPenalty: false,
    signal,
    stopOnAbortSignal: true,
    onToken: (more) => {
      tokens += more.length;
    },
  });
  if (metadata.stopReason === "abort") return { ok: false, reason: "it was stopped" };
  if (metadata.stopReason === "maxTokens")
    return { ok: false, reason: `the answer did not end within ${question.maxTokens} tokens` };
  return { ok: true, text: response, tokens, ms: performance.now() - startedAt };
}

/** Strings stay plain text here: a device's name cannot smuggle in the model's control tokens. */
const historyOf = (system: string, user: string): ChatHistoryItem[] => [
  { type: "system", text: system },
  { type: "user", text: user },
  { type: "model", response: [] },
];

const tokensOf = ({ chat, model }: Parts, chatHistory: ChatHistoryItem[]): Token[] =>
  chat.chatWrapper.generateContextState({ chatHistory }).contextText.tokenize(model.tokenizer);

/** A state that does not fit crashes the process: it is put aside first, so that the next start does without it. */
async function restore(sequence: LlamaContextSequence, stateFile: string): Promise<void> {
  const trying = `${stateFile}.trying`;
  await rm(trying, { force: true });
  try {
    await rename(stateFile, trying);
    await sequence.loadStateFromFile(trying, { acceptRisk: true });
    await rename(trying, stateFile);
  } catch {
    await sequence.clearHistory();
  }
}

/** Keeps what two questions with the same fixed part have in common; the person's own words are not written down. */
async function save(parts: Parts, system: string, stateFile: string): Promise<void> {
  const { sequence } = parts;
  const a = tokensOf(parts, historyOf(system, "a"));
  const b = tokensOf(parts, historyOf(system, "b"));
  const differ = a.findIndex((token, i) => token !== b[i]);
  const length = Math.min(sequence.compareContextTokens(a).firstDifferentIndex, differ < 0 ? a.length : differ);
  if (length < MIN_SAVED_TOKENS) return;
  if (length < sequence.nextTokenIndex)
    await sequence.eraseContextTokenRanges([{ start: length, end: sequence.nextTokenIndex }]);
  const fresh = `${stateFile}.new`;
  await sequence.saveStateToFile(fresh);
  await chmod(fresh, 0o600);
  await rename(fresh, stateFile);
}
