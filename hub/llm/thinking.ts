/** Cuts off what a model says to itself before it answers. */

/** Tokens that a thinking model may spend before its answer; they are thrown away. */
export const THINK_TOKENS = 128;
/** Of the question's time, the part that may go into thinking. */
export const THINK_SHARE = 0.4;

const OPEN = /^\s*<(think|thinking|reasoning)>/i;
const CLOSE = /<\/(?:think|thinking|reasoning)>/gi;

/**
 * What follows the thinking. A template may have opened the thought itself, so that only its end is in the text; a thought
 * that never ended has no answer after it: undefined.
 */
export function withoutThinking(text: string): string | undefined {
  let end = -1;
  for (const match of text.matchAll(CLOSE)) end = match.index + match[0].length;
  if (end >= 0) return text.slice(end).trim();
  return OPEN.test(text) ? undefined : text.trim();
}
