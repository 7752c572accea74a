/** What is said of questions before a rule is saved. */
import { expect, test } from "vitest";
import { checkDraft } from "../../../hub/rules/check/index.ts";
import { contextOf, draft, homeOf, kept } from "./home.ts";
import * as s from "./say.ts";

const home = homeOf([
  ["lamp", "x", "Lamp x", "Hall"],
  ["lock", "door", "Front door", "Hall"],
  ["button", "btn", "Button", "Hall"],
]);
const context = contextOf(home, {});
const x = s.dev("x");
const asking = (answers: readonly (readonly [string, readonly object[]])[], otherwise?: readonly object[]) =>
  draft(
    s.when(s.pressed("btn"), {
      ...{ kind: "ask", title: "Now?", atMostMinutes: 5, otherwise },
      answers: answers.map(([name, steps]) => ({ name, do: steps })),
    } as never),
  );
const codes = (...of: Parameters<typeof asking>) => checkDraft(asking(...of), context).map((p) => p.code);

test("a question whose answers do different things is fine, also where one of them does nothing", () => {
  expect(
    codes([
      ["Yes", [s.on(x)]],
      ["No", []],
    ]),
  ).toEqual([]);
  expect(codes([["Yes", [s.on(x)]]])).toEqual([]);
  expect(
    codes(
      [
        ["Yes", []],
        ["No", [s.off(x)]],
      ],
      [s.on(x)],
    ),
  ).toEqual([]);
});

test("an answer that is offered twice can't be saved, and what would mend it leaves the second out", () => {
  const [found, ...more] = checkDraft(
    asking([
      ["Yes", [s.on(x)]],
      ["No", []],
      [" yes", [s.off(x)]],
    ]),
    context,
  );
  expect(found).toMatchObject({ level: "error", code: "answer-twice", field: "do.0.answers.2.name" });
  expect(more).toEqual([]);
  const mended = found?.fix?.draft;
  expect(mended?.form === "when" && mended.do[0]).toMatchObject({ answers: [{ name: "Yes" }, { name: "No" }] });
});

test("a question whatever is answered to is pointed out", () => {
  expect(
    codes([
      ["Yes", []],
      ["No", []],
    ]),
  ).toEqual(["answer-changes-nothing"]);
  expect(codes([["Yes", [s.on(x)]]], [s.on(x)])).toEqual(["answer-changes-nothing"]);
});

test("what an answer asks for is looked at like any other step", () => {
  expect(
    codes([
      ["Yes", [s.on(s.dev("gone"))]],
      ["No", []],
    ]),
  ).toContain("unknown-device");
  const kind = { kind: "notify", title: "Hello", values: [{ label: "a", value: { variable: "none" } }] };
  expect(
    codes([
      ["Yes", [kind]],
      ["No", []],
    ]),
  ).not.toEqual([]);
});

test("what is done after an answer is no fight with what another rule does at once", () => {
  const other = kept({ title: "Other", ...s.when(s.pressed("btn"), s.off(x)) });
  const against = (own: object) => checkDraft(draft(own), contextOf(home, { rules: [other] })).map((p) => p.code);
  expect(
    against(
      asking([
        ["Yes", [s.on(x)]],
        ["No", []],
      ]),
    ),
  ).toEqual([]);
  expect(against(s.when(s.pressed("btn"), s.on(x)))).toEqual(["fight"]);
});
