/** One model in this process: loads it, answers under a grammar, keeps the fixed part of the question warm. */
import {
  type ChatHistoryItem,
  type ChatWrapper,
  type GbnfJsonObjectSchema,
  getLlama,
  type Llama,
  LlamaChat,
  type LlamaContext,
  type LlamaContextSequence,
  type LlamaGrammar,
  LlamaLogLevel,
  type LlamaModel,
  LlamaText,
  SpecialTokensText,
  type Token,
} from "node-llama-cpp";
import { thinks, wrapperOf } from "./forms.ts";
import { openPrefixCache, type PrefixCache, prefixKey } from "./prefix-cache.ts";
import type { AskOptions, LoadOptions, ModelAnswer } from "./protocol.ts";
import { THINK_SHARE, THINK_TOKENS } from "./thinking.ts";

/** A shorter fixed part is read again faster than its state is loaded. */
const MIN_SAVED_TOKENS = 64;
/** Read at a time, so that a stopped question ends soon. */
const READ_TOKENS = 256;

interface Parts {
  readonly llama: Llama;
  readonly model: LlamaModel;
  readonly context: LlamaContext;
  readonly sequence: LlamaContextSequence;
  readonly wrapper: ChatWrapper;
  readonly chat: LlamaChat;
  readonly cache: PrefixCache | undefined;
  readonly options: LoadOptions;
}

export interface Engine {
  /** Answers one question; never two at once. Rejects for a schema that the grammar cannot express. */
  ask(question: AskOptions, signal: AbortSignal): Promise<ModelAnswer>;
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
  // The runtime rearranges the weights for the processor: a mapped file would be in memory a second time.
  const model = await llama.loadModel({ modelPath: options.modelPath, gpuLayers: 0, useMmap: false });
  const context = await model.createContext({
    sequences: 1,
    contextSize: Math.min(options.contextTokens, model.trainContextSize),
    threads: options.threads,
    // Models that attend to a window only could not go back to the fixed part otherwise.
    swaFullCache: true,
  });
  const sequence = context.getSequence();
  const wrapper = wrapperOf(options.form, model);
  const chat = new LlamaChat({ contextSequence: sequence, chatWrapper: wrapper });
  const cache = options.stateFolder === undefined ? undefined : openPrefixCache(options.stateFolder);
  const parts: Parts = { llama, model, context, sequence, wrapper, chat, cache, options };
  let grammar: { readonly key: string; readonly made: LlamaGrammar } | undefined;
  return {
    async ask(question, signal) {
      const key = JSON.stringify(question.jsonSchema);
      if (grammar?.key !== key)
        grammar = { key, made: await llama.createGrammarForJsonSchema(question.jsonSchema as GbnfJsonObjectSchema) };
      return answer(parts, question, grammar.made, signal);
    },
    close: () => llama.dispose(),
  };
}

const stopped = { ok: false, reason: "it was stopped" } as const;

async function answer(
  parts: Parts,
  question: AskOptions,
  grammar: LlamaGrammar,
  signal: AbortSignal,
): Promise<ModelAnswer> {
  const startedAt = performance.now();
  const { context, chat, sequence } = parts;
  const history = historyOf(question.system, question.user);
  const asked = tokensOf(parts, history).length;
  const thought = thinks(parts.wrapper) ? THINK_TOKENS : 0;
  if (asked + thought + question.maxTokens > context.contextSize)
    return {
      ok: false,
      reason: `the question has ${asked} tokens; with ${thought + question.maxTokens} for the answer, ${context.contextSize} is the limit`,
    };
  const before = sequence.tokenMeter.getState();
  let firstAt: number | undefined;
  await warm(parts, question.system, signal);
  if (signal.aborted) return stopped;
  const said = thought > 0 ? await think(parts, history, question.timeoutMs * THINK_SHARE, signal) : undefined;
  if (said) firstAt = said.firstAt;
  let tokens = 0;
  const { response, metadata } = await chat.generateResponse(said ? afterThought(history, said.text) : history, {
    grammar,
    maxTokens: question.maxTokens,
    temperature: 0,
    repeatPenalty: false,
    signal,
    stopOnAbortSignal: true,
    onToken: (more) => {
      firstAt ??= performance.now();
      tokens += more.length;
    },
  });
  if (metadata.stopReason === "abort") return stopped;
  if (metadata.stopReason === "maxTokens")
    return { ok: false, reason: `the answer did not end within ${question.maxTokens} tokens` };
  const endedAt = performance.now();
  const pace = {
    promptTokens: sequence.tokenMeter.diff(before).usedInputTokens,
    promptMs: (firstAt ?? endedAt) - startedAt,
    thoughtTokens: said?.tokens ?? 0,
  };
  return { ok: true, text: response, tokens, ms: endedAt - startedAt, pace };
}

/** Strings stay plain text here: a device's name cannot smuggle in the model's control tokens. */
const historyOf = (system: string, user: string): ChatHistoryItem[] => [
  { type: "system", text: system },
  { type: "user", text: user },
  { type: "model", response: [] },
];

/** The same talk, the thought ended: what comes next is the answer, and the grammar holds it from its first letter. */
const afterThought = (history: readonly ChatHistoryItem[], thought: string): ChatHistoryItem[] => [
  ...history.slice(0, -1),
  { type: "model", response: [{ type: "segment", segmentType: "thought", text: `\n${thought}\n`, ended: true }] },
];

const tokensOf = ({ wrapper, model }: Parts, chatHistory: ChatHistoryItem[]): Token[] =>
  wrapper.generateContextState({ chatHistory }).contextText.tokenize(model.tokenizer);

interface Thought {
  readonly text: string;
  readonly tokens: number;
  readonly firstAt: number | undefined;
}

/** Lets the model think aloud for a bounded number of tokens and a bounded time; its end is ours, whatever it says. */
async function think(
  parts: Parts,
  chatHistory: ChatHistoryItem[],
  limitMs: number,
  signal: AbortSignal,
): Promise<Thought> {
  const { wrapper, model, sequence } = parts;
  const { contextText } = wrapper.generateContextState({ chatHistory });
  const opened = LlamaText([contextText, new SpecialTokensText("<think>"), "\n"]).tokenize(model.tokenizer);
  await sequence.adaptStateToTokens(opened, false);
  const until = performance.now() + limitMs;
  const said: Token[] = [];
  let firstAt: number | undefined;
  let text = "";
  // The makers' own figures: without chance these models repeat themselves. The seed makes the chance the same each time.
  const chance = { temperature: 0.6, topP: 0.95, seed: 1 };
  for await (const token of sequence.evaluate(opened.slice(sequence.nextTokenIndex), chance)) {
    firstAt ??= performance.now();
    said.push(token);
    text = model.detokenize(said, true);
    if (text.includes("</think>") || said.length >= THINK_TOKENS) break;
    if (signal.aborted || performance.now() > until) break;
  }
  return { text: text.split("</think>")[0]?.trim() ?? "", tokens: said.length, firstAt };
}

/** Sees to it that the question's fixed part has been read: from before, from disk, or by reading it now and keeping it. */
async function warm(parts: Parts, system: string, signal: AbortSignal): Promise<void> {
  const { sequence, cache, options, llama } = parts;
  const fixed = fixedPart(parts, system);
  if (fixed.length < MIN_SAVED_TOKENS || known(parts, fixed) === fixed.length) return;
  const runtime = `${llama.llamaCppRelease.repo} ${llama.llamaCppRelease.release}`;
  const key = prefixKey([options.modelKey, runtime, options.form, ...fixed]);
  if (cache && (await cache.load(sequence, key)) && known(parts, fixed) === fixed.length) return;
  await sequence.adaptStateToTokens(fixed, false);
  while (sequence.nextTokenIndex < fixed.length && !signal.aborted) {
    const from = sequence.nextTokenIndex;
    await sequence.evaluateWithoutGeneratingNewTokens(fixed.slice(from, from + READ_TOKENS));
  }
  if (!signal.aborted) await cache?.save(sequence, key);
}

const known = ({ sequence }: Parts, tokens: Token[]): number =>
  sequence.compareContextTokens(tokens).firstDifferentIndex;

/** What two questions with the same instructions have in common. */
function fixedPart(parts: Parts, system: string): Token[] {
  const a = tokensOf(parts, historyOf(system, "a"));
  const b = tokensOf(parts, historyOf(system, "b"));
  const differ = a.findIndex((token, i) => token !== b[i]);
  return differ < 0 ? a : a.slice(0, differ);
}
