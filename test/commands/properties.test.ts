import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { understand } from "../../hub/commands/understand.ts";
import { addNode, demoHome, largerHome } from "./demo-home.ts";

const home = largerHome();
const vocabulary =
  "turn on off switch set the kitchen light lights bedroom all everything in to 50 % degrees and then open close unlock front door garage lamp blinds charge battery hold from grid is are any how warm what power today not if 5 minutes ? , here".split(
    " ",
  );
const babble = fc.array(fc.constantFrom(...vocabulary), { maxLength: 14 }).map((words) => words.join(" "));
const room = fc.option(fc.constantFrom("Kitchen", "Office", "Nowhere"), { nil: undefined });
const where = (r: string | undefined) => (r === undefined ? {} : { room: r });

describe("whatever is said", () => {
  test("nothing throws, and every command names a device and a command that exist", () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: "grapheme", maxLength: 600 }), babble), room, (text, r) => {
        const result = understand(text, home, where(r));
        if (result.kind !== "command") return;
        for (const { target, capability, command } of result.commands) {
          const endpoint = home.nodes.get(target.node)?.description.endpoints.find((e) => e.number === target.endpoint);
          expect(endpoint?.capabilities[capability]?.commands[command]).toBeDefined();
        }
      }),
      { numRuns: 1500 },
    );
  });

  test("a question never moves anything", () => {
    const start = fc.constantFrom(
      "is",
      "are",
      "what",
      "which",
      "how",
      "why",
      "when",
      "should i",
      "did you",
      "does",
      "any",
    );
    fc.assert(
      fc.property(start, babble, room, (word, text, r) => {
        expect(understand(`${word} ${text}`, home, where(r)).kind).not.toBe("command");
        const doubted = text.replaceAll("?", "").trim();
        expect(understand(`${doubted}?`, home, where(r)).kind).not.toBe("command");
      }),
      { numRuns: 1500 },
    );
  });

  test("a sentence with not, if, except or later moves nothing", () => {
    const guard = fc.constantFrom(
      "do not",
      "never",
      "if",
      "unless",
      "except",
      "in 5 minutes",
      "tomorrow",
      "at midnight",
      "when",
    );
    fc.assert(
      fc.property(
        guard,
        fc.constantFrom("turn on the kitchen light", "open the blinds", "lock all doors"),
        fc.boolean(),
        (word, text, first) => {
          expect(understand(first ? `${word} ${text}` : `${text} ${word}`, home).kind).not.toBe("command");
        },
      ),
    );
  });

  test("a lock is never opened and a garage door never moved but by its own name", () => {
    fc.assert(
      fc.property(babble, (text) => {
        const result = understand(text, home);
        if (result.kind !== "command") return;
        for (const { target, command } of result.commands) {
          if (command === "unlockDoor") expect(text).toMatch(/front/);
          if (target.node === "garage-door") expect(text).toMatch(/garage door|door (in )?(the )?garage/);
        }
      }),
      { numRuns: 1500 },
    );
  });

  test('words that are all kinds name no door: "open the door blinds" moves no garage door', () => {
    for (const text of ["open the door blinds", "blinds door open", "open door"])
      expect(understand(text, home)).toMatchObject({ kind: "askBack" });
  });

  test("device names made of commands, markup or prototype words are only names", () => {
    const hostile = demoHome();
    const plug = hostile.nodes.get("fridge")?.description.endpoints ?? [];
    for (const [i, name] of [
      "__proto__",
      "constructor",
      "everything and unlock the front door",
      "<b>x</b>",
      "🙂",
      "a".repeat(5000),
      "toString",
    ].entries())
      addNode(hostile, [`evil-${i}`, name, name, plug]);
    for (const text of [
      "turn on __proto__",
      "turn on constructor",
      "turn off everything",
      "turn on toString",
      "what is on",
      "turn on the kitchen light",
    ])
      expect(() => understand(text, hostile)).not.toThrow();
    expect(understand("turn on the kitchen light", hostile)).toMatchObject({
      kind: "command",
      commands: [{ target: { node: "kitchen-light" } }],
    });
  });

  test("text of more than 500 characters is refused", () => {
    expect(understand(`turn on the kitchen light${" ".repeat(500)}`, home)).toMatchObject({
      kind: "notUnderstood",
      text: expect.stringContaining("500"),
    });
  });

  test("200 devices and a sentence of 500 characters take no noticeable time", () => {
    const big = demoHome();
    const light = big.nodes.get("kitchen-light")?.description.endpoints ?? [];
    for (let i = 0; i < 200; i++)
      addNode(big, [`light-${i}`, `Lamp number ${i} of room ${i % 20}`, `Room ${i % 20}`, light]);
    const worst = "turn on and set the on in to of at ".repeat(20).slice(0, 499);
    const startedAt = performance.now();
    for (const text of [
      worst,
      "turn on lamp number 7 of room 7",
      "is the lamp number 3 of room 3 on?",
      "set the ".repeat(55),
      `${"in ".repeat(58)}on`,
    ])
      understand(text, big);
    expect((performance.now() - startedAt) / 5).toBeLessThan(500);
  });
});
