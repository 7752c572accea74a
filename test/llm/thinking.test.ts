import { describe, expect, test } from "vitest";
import { withoutThinking } from "../../hub/llm/thinking.ts";

/** As DeepSeek-R1 distills write: with the opening tag, without it (the template opened it), and cut in the middle. */
const THOUGHT = `Okay, the user wants the car at 80 % by 7. Devices are Car charger and {"kind":"wrong"} maybe.
Wait, let me double-check: "readyBy" is the goal kind.`;

describe("what a model says to itself", () => {
  test("is cut off, whether the thought's beginning is in the text or not", () => {
    expect(withoutThinking(`<think>\n${THOUGHT}\n</think>\n\n{"kind":"readyBy"}`)).toBe('{"kind":"readyBy"}');
    expect(withoutThinking(`${THOUGHT}\n</think>\n{"kind":"readyBy"}`)).toBe('{"kind":"readyBy"}');
    expect(withoutThinking('<think>\n\n</think>\n\n{"kind":"never"}')).toBe('{"kind":"never"}');
    expect(withoutThinking('<reasoning>a</reasoning>{"a":1}')).toBe('{"a":1}');
  });

  test("only what follows its last end counts: a thought about thoughts is no answer", () => {
    expect(withoutThinking('<think>a</think>{"kind":"x"} <think>b</think>{"kind":"y"}')).toBe('{"kind":"y"}');
  });

  test("a thought that never ends has no answer", () => {
    expect(withoutThinking(`<think>\n${THOUGHT}`)).toBeUndefined();
  });

  test("an answer without a thought stays as it is", () => {
    expect(withoutThinking(' {"a":"<b>"} ')).toBe('{"a":"<b>"}');
  });
});
