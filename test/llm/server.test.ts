import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, test } from "vitest";
import type { ModelSettings } from "../../hub/llm/added.ts";
import { eitherModel } from "../../hub/llm/choice.ts";
import { checkedUrl, homeLookup } from "../../hub/llm/server/address.ts";
import { createServerModel } from "../../hub/llm/server/model.ts";
import { keepServer, keptServer, serverInUse } from "../../hub/llm/server/settings.ts";
import type { Answer, LanguageModel, Question } from "../../hub/ports.ts";
import { quietLog } from "./quiet-log.ts";

const question: Question = {
  system: "You answer.",
  user: "Is water wet?",
  jsonSchema: { type: "object", properties: { answer: { enum: ["yes", "no"] } } },
  maxTokens: 20,
  timeoutMs: 5000,
};

interface Asked {
  readonly path: string;
  readonly key: string | undefined;
  readonly body: { readonly response_format?: { readonly type: string }; readonly messages: { content: string }[] };
}
const servers: Server[] = [];

/** A server of the home that answers as told; what it was asked is kept. */
async function serve(reply: (asked: Asked) => { status?: number; text: string } | "hang") {
  const asked: Asked[] = [];
  const server = createServer(async (request, response) => {
    const one = {
      path: request.url ?? "",
      key: request.headers.authorization,
      body: JSON.parse(await bodyOf(request)),
    };
    asked.push(one);
    const answer = reply(one);
    if (answer === "hang") return;
    response.writeHead(answer.status ?? 200, { "content-type": "application/json" }).end(answer.text);
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked };
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let text = "";
  for await (const chunk of request) text += chunk;
  return text;
}

const said = (content: unknown) => ({
  text: JSON.stringify({ choices: [{ message: { role: "assistant", content } }], usage: { completion_tokens: 7 } }),
});
const ask = (url: string, more: Partial<Question> = {}): Promise<Answer> =>
  createServerModel(() => ({ url, model: "big", key: "secret-key" }), quietLog()).ask({ ...question, ...more });
const reasonOf = async (answer: Promise<Answer>): Promise<string> => {
  const given = await answer;
  return given.ok ? "answered" : given.reason;
};

afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

describe("a model server of the home", () => {
  test("is asked as OpenAI's API says, held to the schema, and its name goes with the answer", async () => {
    const { url, asked } = await serve(() => said('{"answer":"yes"}'));
    expect(await ask(url)).toMatchObject({ ok: true, text: '{"answer":"yes"}', model: "big", tokens: 7 });
    expect(asked[0]).toMatchObject({
      path: "/v1/chat/completions",
      key: "Bearer secret-key",
      body: { model: "big", temperature: 0, response_format: { type: "json_schema" } },
    });
  });

  test("one that knows no schema is asked for JSON, then in words, and remembered so", async () => {
    const { url, asked } = await serve(({ body }) =>
      body.response_format
        ? { status: 400, text: '{"error":"response_format"}' }
        : said('```json\n{"answer":"no"}\n```'),
    );
    const model = createServerModel(() => ({ url, model: "big", key: undefined }), quietLog());
    expect(await model.ask(question)).toMatchObject({ ok: true, text: '{"answer":"no"}' });
    expect(asked.map((a) => a.body.response_format?.type)).toEqual(["json_schema", "json_object", undefined]);
    expect(asked[2]?.body.messages[0]?.content).toContain('"enum":["yes","no"]');
    await model.ask(question);
    expect(asked).toHaveLength(4);
  });

  test("thinking is cut off; an answer that is none is a refusal in words", async () => {
    const texts: unknown[] = ["<think>hm {}</think>\n{}", "<think>and on", "I would say yes", 7, "x".repeat(600_000)];
    const { url } = await serve(() => said(texts.shift()));
    expect(await ask(url)).toMatchObject({ ok: true, text: "{}" });
    expect(await reasonOf(ask(url))).toContain("end of its thinking");
    expect(await reasonOf(ask(url))).toContain("no JSON");
    expect(await reasonOf(ask(url))).toContain("no text");
    expect(await reasonOf(ask(url))).toContain("more than 512 kB");
  });

  test("a wrong key, a redirect, silence and a closed door each have their reason; the key is in none", async () => {
    const closed = await serve(() => said("{}"));
    servers.pop()?.close();
    const replies = [
      { status: 401, text: "{}" },
      { status: 302, text: "{}" },
      { status: 200, text: "<html>" },
    ];
    const { url } = await serve(() => replies.shift() ?? "hang");
    const reasons = [];
    for (let i = 0; i < 3; i++) reasons.push(await reasonOf(ask(url)));
    reasons.push(await reasonOf(ask(url, { timeoutMs: 100 })), await reasonOf(ask(closed.url)));
    expect(reasons[0]).toContain("another key");
    expect(reasons[1]).toContain("302");
    expect(reasons[2]).toContain("no JSON");
    expect(reasons[3]).toContain("longer than");
    expect(reasons[4]).toContain("cannot be reached (ECONNREFUSED)");
    expect(reasons.join()).not.toContain("secret-key");
  });

  test("while nobody answers at its address the hub's own model does; a server that answers badly is not passed over", async () => {
    const local: LanguageModel = {
      ready: () => "local",
      ask: async () => ({ ok: true, text: "{}", model: "local", tokens: 1, ms: 1 }),
    };
    let url = (await serve(() => ({ status: 500, text: "{}" }))).url;
    const model = eitherModel(
      local,
      createServerModel(() => (url ? { url, model: "big", key: undefined } : undefined), quietLog()),
    );
    expect(model.ready()).toBe("big");
    expect(await model.ask(question)).toMatchObject({ ok: false, reason: "the server answered 500" });
    url = "http://127.0.0.1:9";
    expect(await model.ask(question)).toMatchObject({ ok: true, model: "local" });
    url = "";
    expect(model.ready()).toBe("local");
  });
});

describe("its address", () => {
  test("is one of the home's network; the wider world's are refused, by name too", async () => {
    for (const url of ["http://192.168.1.20:8080/", "https://nas.lan/v1", "http://[fd00::1]:1234", "http://localhost"])
      expect(checkedUrl(url)).not.toMatch(/\/$|\/v1$/);
    for (const url of [
      "http://8.8.8.8",
      "http://169.254.169.254",
      "ftp://nas",
      "http://a:b@nas",
      "nas",
      "http://[2001:db8::1]",
    ])
      expect(() => checkedUrl(url), url).toThrow(/^url: /);
    const looked = await new Promise<string>((resolve) =>
      homeLookup("localhost", {}, (error, address) => resolve(error ? error.message : String(address))),
    );
    expect(["127.0.0.1", "::1"]).toContain(looked);
  });

  test("is off until a person sets it; the key stays with the address that it was given for", () => {
    const kept = new Map<string, unknown>();
    const store: ModelSettings = {
      get: <T>(id: string) => kept.get(id) as T | undefined,
      put: (id, document) => void kept.set(id, document),
    };
    expect(serverInUse(store)).toBeUndefined();
    keepServer(store, { on: true, url: "http://10.0.0.5:8080/v1/", model: "big", key: "abc" });
    expect(serverInUse(store)).toEqual({ url: "http://10.0.0.5:8080", model: "big", key: "abc" });
    keepServer(store, { on: true, url: "http://10.0.0.5:8080", model: "other" });
    expect(serverInUse(store)?.key).toBe("abc");
    keepServer(store, { on: true, url: "http://10.0.0.6:8080", model: "other" });
    expect(serverInUse(store)?.key).toBeUndefined();
    keepServer(store, { on: false, url: "http://10.0.0.6:8080", model: "other" });
    expect(serverInUse(store)).toBeUndefined();
    expect(keptServer(store).url).toBe("http://10.0.0.6:8080");
    expect(() => keepServer(store, { on: true, url: "http://10.0.0.6", model: " " })).toThrow(/^model: /);
    expect(() => keepServer(store, { on: true, url: "http://10.0.0.6", model: "m", key: "a\nb" })).toThrow(/^key: /);
  });
});
