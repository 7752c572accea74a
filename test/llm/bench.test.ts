import { describe, expect, test, vi } from "vitest";
import { judge, probe } from "../../hub/llm/bench/probe.ts";
import { type BenchedModel, runBench } from "../../hub/llm/bench/run.ts";
import { HOME, WISHES } from "../../hub/llm/bench/wishes.ts";
import type { Question } from "../../hub/ports.ts";

const byText = (text: string) => {
  const wish = WISHES.find((w) => w.text.includes(text));
  if (!wish) throw new Error(`no wish says ${text}`);
  return wish;
};

describe("the wishes that a model is measured with", () => {
  test("are thirty in five languages, about things that the home has, with some that are no wish", () => {
    expect(WISHES).toHaveLength(30);
    expect(new Set(WISHES.map((w) => w.text)).size).toBe(30);
    const names: readonly string[] = [...HOME.devices, ...HOME.rooms];
    for (const { about } of WISHES) if (about) expect(names).toContain(about);
    expect(WISHES.filter((w) => w.kinds.length === 0)).toHaveLength(2);
  });

  test("none of them stands in the question as an example", () => {
    const { system } = probe(byText("80 %"), 1000);
    for (const { text } of WISHES) expect(system).not.toContain(text);
  });

  test("an answer is judged by kind; a name that the home does not have is invented; nonsense is wrong and no fault", () => {
    const car = byText("have the car");
    const said = (kind: unknown, about: unknown) => judge(JSON.stringify({ kind, about }), car);
    expect(said("charged or hot by a time", "Car charger")).toEqual({ right: true, invented: false });
    expect(said("charged or hot by a time", "Tesla")).toEqual({ right: true, invented: true });
    expect(said("battery reserve", "none")).toEqual({ right: false, invented: false });
    expect(said("something else", "none").right).toBe(false);
    expect(judge('{"kind":"something else","about":"none"}', byText("joke")).right).toBe(true);
    for (const text of ["", "null", "[]", '{"kind":"__proto__"}', "{", '{"kind":7,"about":{}}'])
      expect(judge(text, byText("joke"))).toEqual({ right: false, invented: false });
  });
});

describe("measuring a model", () => {
  /** Stands for the runtime: answers at once, knows one kind, invents a name each time. */
  function scripted(answers: (question: Question) => string | undefined) {
    let loaded = false;
    const model: BenchedModel = {
      ready: () => "small",
      async ask(question) {
        loaded = true;
        const text = answers(question);
        if (text === undefined) return { ok: false, reason: "the model's process ended" };
        const pace = { promptTokens: 100, promptMs: 500, thoughtTokens: 0 };
        return { ok: true, text, model: "small", tokens: 40, ms: 2500, pace };
      },
      loaded: () => loaded,
      loadMs: () => 1234,
      pid: () => process.pid,
      async unload() {
        loaded = false;
      },
    };
    return model;
  }
  const house = {
    kinds: async (wish: string) => WISHES.find((w) => w.text === wish)?.kinds ?? [],
    proposal: { system: "", user: "", jsonSchema: {}, maxTokens: 10, timeoutMs: 1000 },
  };
  const run = (model: BenchedModel, signal = new AbortController().signal, onProgress = vi.fn()) =>
    runBench({ model, house, signal, onProgress, now: () => 77 });

  test("gives its speeds, its memory, its understanding and its inventions, with the load of the machine", async () => {
    const model = scripted(() => '{"kind":"room temperature","about":"Attic"}');
    const onProgress = vi.fn();
    const { ok, result } = (await run(model, undefined, onProgress)) as Extract<
      Awaited<ReturnType<typeof run>>,
      { ok: true }
    >;
    expect(ok).toBe(true);
    expect(result).toMatchObject({ at: 77, loadMs: 1234, promptPerSecond: 200, tokensPerSecond: 20, proposalMs: 2500 });
    expect(result.alone).toEqual({ right: WISHES.filter((w) => w.kinds[0] === "comfort").length, of: 30 });
    expect(result.house).toEqual({ right: 30, of: 30 });
    expect(result.inventedNames).toBe(30);
    expect(result.rssBytes).toBeGreaterThan(1e6);
    expect(model.loaded()).toBe(false);
    const parts = onProgress.mock.calls.map(([part]) => part as number);
    expect([...parts].sort((a, b) => a - b)).toEqual(parts);
  });

  test("a stop, or a model that dies, ends it with a reason and an empty memory", async () => {
    const abort = new AbortController();
    const stopping = scripted((q) => {
      if (q.user.includes("wish")) abort.abort();
      return "{}";
    });
    expect(await run(stopping, abort.signal)).toEqual({ ok: false, reason: "it was stopped" });
    expect(await run(scripted(() => undefined))).toEqual({ ok: false, reason: "the model's process ended" });
    expect(stopping.loaded()).toBe(false);
  });
});
