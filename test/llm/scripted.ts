import type { Answer, LanguageModel, Question } from "../../hub/ports.ts";

/** A line of the script: the text, a whole answer, or what the question makes of it. */
export type ScriptLine = string | Answer | ((question: Question) => string | Answer);

/** A canned model for tests: answers line by line and repeats the last; with no lines there is no model. */
export function createScripted(lines: readonly ScriptLine[]): LanguageModel & { readonly asked: Question[] } {
  const asked: Question[] = [];
  return {
    asked,
    ready: () => (lines.length > 0 ? "scripted" : undefined),
    async ask(question, signal) {
      asked.push(question);
      if (signal?.aborted) return { ok: false, reason: "it was stopped" };
      const line = lines[Math.min(asked.length, lines.length) - 1];
      const said = typeof line === "function" ? line(question) : line;
      if (said === undefined) return { ok: false, reason: "no model is here" };
      return typeof said === "string" ? { ok: true, text: said, model: "scripted", tokens: 0, ms: 0 } : said;
    },
  };
}
