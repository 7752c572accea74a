import { expect, test } from "vitest";
import { createScripted } from "./scripted.ts";

const question = { system: "", user: "what?", jsonSchema: {}, maxTokens: 1, timeoutMs: 1 };

test("the canned model answers line by line, repeats its last line, and keeps what it was asked", async () => {
  const model = createScripted(["first", (q) => `to ${q.user}`, { ok: false, reason: "tired" }]);
  expect(await model.ask(question)).toMatchObject({ ok: true, text: "first" });
  expect(await model.ask(question)).toMatchObject({ ok: true, text: "to what?" });
  expect(await model.ask(question)).toEqual({ ok: false, reason: "tired" });
  expect(await model.ask(question)).toEqual({ ok: false, reason: "tired" });
  expect(model.asked).toHaveLength(4);
  expect(createScripted([]).ready()).toBeUndefined();
});
