/** A larger machine of the home as a language model: any server that speaks OpenAI's chat completions. */
import type { Answer, LanguageModel, Log, Question } from "../../ports.ts";
import { withoutThinking } from "../thinking.ts";
import { type Posted, post } from "./post.ts";
import type { ServerSettings } from "./settings.ts";

export interface ServerModel extends LanguageModel {
  /** How the last question went, in words; empty before the first. */
  note(): string;
  /** Whether the last question found nobody there. */
  away(): boolean;
}

/** Ways to ask for JSON, the strictest first; a server that refuses one is asked the next way from then on. */
const WAYS = ["schema", "object", "words"] as const;

/** Thinking models spend these before the answer; they are cut off. */
const THINK_TOKENS = 1024;
const MAX_TEXT = 20_000;

const formatOf = (way: (typeof WAYS)[number], schema: object): object => {
  if (way === "schema")
    return {
      response_format: { type: "json_schema", json_schema: { name: "answer", strict: true, schema } },
    };
  return way === "object" ? { response_format: { type: "json_object" } } : {};
};

/** `settings` is asked before each question. The answer's text is hostile, as every model's is. */
export function createServerModel(settings: () => ServerSettings | undefined, log: Log): ServerModel {
  let note = "";
  let away = false;
  let learned: { readonly url: string; readonly way: number } | undefined;

  const tried = async (server: ServerSettings, question: Question, signal?: AbortSignal): Promise<Answer> => {
    const startedAt = performance.now();
    let way = learned?.url === server.url ? learned.way : 0;
    for (;;) {
      const answer = await askOnce(server, question, way, question.timeoutMs - (performance.now() - startedAt), signal);
      away = !answer.ok && !answer.reached;
      if (answer.ok && answer.status === 200) {
        learned = { url: server.url, way };
        return textOf(answer.body, server.model, performance.now() - startedAt);
      }
      if (answer.ok && [400, 404, 422, 501].includes(answer.status) && way + 1 < WAYS.length) {
        way++;
        continue;
      }
      return { ok: false, reason: answer.ok ? refusalOf(answer.status) : answer.reason };
    }
  };
  return {
    ready: () => settings()?.model,
    note: () => note,
    away: () => away,
    async ask(question, signal) {
      const server = settings();
      if (!server) return { ok: false, reason: "no server is set" };
      if (signal?.aborted) return { ok: false, reason: "it was stopped" };
      const answer = await tried(server, question, signal);
      note = answer.ok ? `answered in ${(answer.ms / 1000).toFixed(1)} s` : answer.reason;
      if (!answer.ok) log.warn({ server: server.url }, `the home's model server gave no answer: ${answer.reason}`);
      return answer;
    },
  };
}

function askOnce(
  server: ServerSettings,
  question: Question,
  way: number,
  timeoutMs: number,
  signal: AbortSignal | undefined,
): Promise<Posted> {
  const { system, user, jsonSchema, maxTokens } = question;
  const strict = way === 0;
  const body = {
    model: server.model,
    messages: [
      {
        role: "system",
        content: strict ? system : `${system}\nAnswer only with JSON of this schema: ${JSON.stringify(jsonSchema)}`,
      },
      { role: "user", content: user },
    ],
    temperature: 0,
    seed: 1,
    max_tokens: maxTokens + THINK_TOKENS,
    stream: false,
    ...formatOf(WAYS[way] ?? "words", jsonSchema),
  };
  return post({ url: `${server.url}/v1/chat/completions`, key: server.key, body, timeoutMs, signal });
}

const refusalOf = (status: number): string =>
  status === 401 || status === 403
    ? `the server wants another key (it answered ${status})`
    : `the server answered ${status}`;

/** The first choice's text without its thinking and fences, if it is JSON; what it says is for the parser to judge. */
function textOf(body: unknown, model: string, ms: number): Answer {
  const { choices, usage } = (typeof body === "object" && body !== null ? body : {}) as Record<string, unknown>;
  const first = (Array.isArray(choices) ? choices[0] : undefined) as { message?: { content?: unknown } } | undefined;
  const content = first?.message?.content;
  if (typeof content !== "string") return { ok: false, reason: "the server's answer holds no text" };
  const said = withoutThinking(content);
  if (said === undefined) return { ok: false, reason: "the model did not come to the end of its thinking" };
  const text = said.replace(/^```(?:json)?\s*|\s*```$/g, "");
  if (text.length > MAX_TEXT) return { ok: false, reason: `the answer has more than ${MAX_TEXT} characters` };
  try {
    JSON.parse(text);
  } catch {
    return { ok: false, reason: "the model's answer is no JSON" };
  }
  const counted = (usage as { completion_tokens?: unknown } | undefined)?.completion_tokens;
  return { ok: true, text, model, tokens: typeof counted === "number" && counted >= 0 ? counted : 0, ms };
}
