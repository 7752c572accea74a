import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { createLlama, type LlamaOptions, type LocalModel } from "../../hub/llm/llama.ts";
import type { Question } from "../../hub/ports.ts";
import { writeFakeProcess } from "./fake-process.ts";
import { buildProcess } from "./process-entry.ts";
import { quietLog } from "./quiet-log.ts";

let folder: string;
let entry: string;
let model: LocalModel | undefined;

const asked = (user: string, more: Partial<Question> = {}): Question => ({
  system: "You answer.",
  user,
  jsonSchema: { type: "object", properties: {} },
  maxTokens: 10,
  timeoutMs: 5000,
  ...more,
});
const open = (options: Partial<LlamaOptions> = {}): LocalModel => {
  model = createLlama({ entry, modelPath: () => join(folder, "small.gguf"), log: quietLog(), ...options });
  return model;
};

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "llama-"));
  entry = writeFakeProcess(folder);
  for (const name of ["small", "other", "broken", "endless"]) writeFileSync(join(folder, `${name}.gguf`), "GGUF");
});
afterEach(async () => {
  await model?.stop();
  rmSync(folder, { recursive: true, force: true });
});

describe("the local model, seen from the hub", () => {
  test("answers, and names the model that answered", async () => {
    expect(await open().ask(asked("hello"))).toMatchObject({ ok: true, text: "hello", model: "small" });
    expect(model?.loaded()).toBe(true);
  });

  test("a crash of its process is a refusal in words, and the next question gets a new process", async () => {
    const llama = open();
    await llama.ask(asked("hello"));
    const before = llama.pid();
    const answer = await llama.ask(asked("crash"));
    expect(answer).toMatchObject({ ok: false, reason: expect.stringContaining("assertion failed") });
    expect(await llama.ask(asked("back"))).toMatchObject({ ok: true, text: "back" });
    expect(llama.pid()).not.toBe(before);
  });

  test("a process killed from outside while it is idle is replaced", async () => {
    const llama = open();
    await llama.ask(asked("hello"));
    process.kill(llama.pid() ?? 0, "SIGKILL");
    await vi.waitFor(() => expect(llama.loaded()).toBe(false));
    expect(await llama.ask(asked("back"))).toMatchObject({ ok: true });
  });

  test("a question that hangs ends by its time, and the process with it", async () => {
    const llama = open();
    await llama.ask(asked("hello"));
    const before = llama.pid();
    const answer = await llama.ask(asked("hang", { timeoutMs: 50 }));
    expect(answer).toMatchObject({ ok: false, reason: expect.stringContaining("longer than") });
    expect(await llama.ask(asked("back"))).toMatchObject({ ok: true });
    expect(llama.pid()).not.toBe(before);
  });

  test("a person who changes their mind stops the question, and the process stays", async () => {
    const llama = open();
    await llama.ask(asked("hello"));
    const before = llama.pid();
    const abort = new AbortController();
    const answer = llama.ask(asked("hang"), abort.signal);
    setImmediate(() => abort.abort());
    expect(await answer).toMatchObject({ ok: false, reason: "it was stopped" });
    expect(await llama.ask(asked("back"))).toMatchObject({ ok: true });
    expect(llama.pid()).toBe(before);
  });

  test("an answer of the wrong shape is refused", async () => {
    expect(await open().ask(asked("nonsense"))).toMatchObject({ ok: false });
  });

  test("one question at a time; four wait, the rest are told that it is busy", async () => {
    const llama = open();
    const answers = await Promise.all(Array.from({ length: 7 }, () => llama.ask(asked("slow"))));
    expect(answers.filter((a) => a.ok)).toHaveLength(5);
    expect(answers.filter((a) => !a.ok && a.reason.includes("busy"))).toHaveLength(2);
  });

  test("unloads when idle and loads again when asked", async () => {
    const llama = open({ idleMs: 20 });
    await llama.ask(asked("hello"));
    await vi.waitFor(() => expect(llama.pid()).toBeUndefined());
    expect(await llama.ask(asked("back"))).toMatchObject({ ok: true });
  });

  test("memory that gets short unloads the model, also in the middle of an answer, and says why until it fits again", async () => {
    let free = 1e9;
    const llama = open({ freeMemory: () => free, watchMs: 5 });
    await llama.ask(asked("hello"));
    const answer = llama.ask(asked("hang"));
    free = 20e6;
    expect(await answer).toEqual({
      ok: false,
      reason: "memory got short (20 MB were free), so the model was unloaded",
    });
    await vi.waitFor(() => expect(llama.pid()).toBeUndefined());
    expect(llama.note()).toContain("memory got short");
    expect(await llama.ask(asked("again"))).toMatchObject({
      ok: false,
      reason: expect.stringContaining("too little memory is free to load the model: 20 MB"),
    });
    free = 1e9;
    expect(await llama.ask(asked("back"))).toMatchObject({ ok: true });
    expect(llama.note()).toBeUndefined();
  });

  test("what is known of a model's memory counts, not its file's size alone", async () => {
    const traits = () => ({ sha256: "ab", form: "file" as const, memoryBytes: 2e9 });
    expect(await open({ traits, freeMemory: () => 2.1e9 }).ask(asked("hello"))).toMatchObject({
      ok: false,
      reason: expect.stringContaining("it needs 2150 MB"),
    });
    await model?.stop();
    expect(await open({ traits, freeMemory: () => 2.2e9 }).ask(asked("hello"))).toMatchObject({ ok: true });
  });

  test("another model chosen meanwhile answers the next question", async () => {
    let name = "small";
    const llama = open({ modelPath: () => join(folder, `${name}.gguf`) });
    await llama.ask(asked("hello"));
    name = "other";
    expect(llama.ready()).toBe("other");
    expect(await llama.ask(asked("hello"))).toMatchObject({ ok: true, model: "other" });
  });

  test("too little memory, no model, a missing or damaged file, an endless load: each is a refusal with its reason", async () => {
    const reasonOf = async (options: Partial<LlamaOptions>): Promise<string> => {
      const answer = await open(options).ask(asked("hello"));
      await model?.stop();
      return answer.ok ? "answered" : answer.reason;
    };
    expect(await reasonOf({ freeMemory: () => 1 })).toContain("too little memory");
    expect(await reasonOf({ modelPath: () => undefined })).toContain("no model");
    expect(await reasonOf({ modelPath: () => join(folder, "gone.gguf") })).toContain("not there");
    expect(await reasonOf({ modelPath: () => join(folder, "broken.gguf") })).toContain("not a model");
    expect(await reasonOf({ modelPath: () => join(folder, "endless.gguf"), loadMs: 50 })).toContain("longer than");
  });

  test("a hub that stops refuses what waits and leaves no process", async () => {
    const llama = open();
    await llama.ask(asked("hello"));
    const pid = llama.pid() ?? 0;
    const waiting = [llama.ask(asked("hang")), llama.ask(asked("late"))];
    await llama.stop();
    for (const answer of await Promise.all(waiting)) expect(answer.ok).toBe(false);
    expect(() => process.kill(pid, 0)).toThrow();
    expect(await llama.ask(asked("after"))).toMatchObject({ ok: false });
  });

  test("an overlong question is refused before a process starts", async () => {
    const llama = open();
    expect(await llama.ask(asked("x".repeat(300_000)))).toMatchObject({
      ok: false,
      reason: expect.stringContaining("characters"),
    });
    expect(llama.pid()).toBeUndefined();
  });
});

describe("the real model process", () => {
  test("a file that is no model is refused, and the hub goes on", { timeout: 180_000 }, async () => {
    writeFileSync(join(folder, "small.gguf"), "This is no model at all.");
    const answer = await open({ entry: await buildProcess() }).ask(asked("hello"));
    expect(answer).toMatchObject({ ok: false, reason: expect.stringContaining("could not be loaded") });
  });
});
