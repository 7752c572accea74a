import type { Candidate } from "../../hub/http/schemas.ts";

const VERB =
  /^\s*(?:please\s+)?(turn\s+(?:on|off)|switch\s+(?:on|off)|open|close|stop|start|lock|unlock|set|dim|raise|lower|how\s+\w+\s+is|is|what\s+is)\b/i;

/** The same wish about one device: the sentence's verb and ending (`to 40 %`) stay, its object becomes the name. */
export function narrowed(sentence: string, candidate: Candidate): string {
  const verb = VERB.exec(sentence)?.[1];
  if (verb === undefined) return `${sentence} ${candidate.name}`.slice(0, 500);
  const ending = /\s(to\s+\S.*|(?:on|off|open|closed|locked)\s*\??)$/i.exec(sentence.slice(verb.length))?.[1];
  return `${verb} ${candidate.name}${ending ? ` ${ending}` : ""}`.slice(0, 500);
}
