/** The phrases of every language say all that they are given, and say nothing of the other languages. */
import { describe, expect, test } from "vitest";
import { languageCodes } from "../../hub/model/language.ts";
import type { AskedState } from "../../hub/model/why.ts";
import { schedulePhrases } from "../../hub/planner/schedule/say/index.ts";
import type { BrokenFacts, Cause, CauseFacts, Doing } from "../../hub/planner/schedule/say/phrases.ts";
import { formsOf } from "../../hub/rules/words/forms.ts";
import { whyPhrases } from "../../hub/step/why/say/index.ts";

const states: readonly AskedState[] = [
  ...(["on", "off", "open", "closed", "locked", "unlocked", "occupied", "clear"] as const),
  ...(["charging", "pluggedIn", "running", "alarm"] as const),
];
/** What must stand in a sentence, and the sentence. */
type Told = readonly [must: readonly string[], text: string];

function ofTheHouse(code: (typeof languageCodes)[number]): Told[] {
  const say = whyPhrases[code];
  const [title, cause, name, when] = ["Abend", "CAUSE", "Évà <b>", say.when("today", "14:02", "")];
  const keep = { title, deed: "DEED", because: cause };
  const asked = { when, name, deed: "DEED", because: cause, said: "" };
  return [
    ...states.flatMap((state): Told[] => [
      [[name], say.is(name, state, true)],
      [[name], say.is(name, state, false)],
    ]),
    [[name, "21.5 °C"], say.isAt(name, "21.5 °C", "21.5 °C")],
    [["TOLD", cause], say.lastHeard("TOLD", cause)],
    ...[
      say.notKnown(name),
      say.unreachable(name),
      say.nobodyAsked(name),
      say.nobodyWould(name),
      say.noCar(name),
      say.hasFault(name),
    ].map((text): Told => [[name], text]),
    [[name, "90 %"], say.wantsNothing(name, "90 %")],
    [["14:02", "Kim", name], say.asked({ ...asked, who: { is: "person", name: "Kim" }, known: "on", deed: name })],
    [
      ["14:02", title, "DEED", "WHY"],
      say.asked({
        ...asked,
        who: { is: "rule", title },
        known: undefined,
        failed: { state: "refused", reason: "WHY" },
      }),
    ],
    [
      ["14:02", cause],
      say.asked({
        ...asked,
        who: { is: "gone", was: "plan" },
        known: "charge",
        failed: { state: "unconfirmed", reason: "" },
      }),
    ],
    [["14:02", name], say.changed(when, name, "on")],
    [["Kim", "14:02"], say.held("Kim", when)],
    [[title, "14:02", cause], say.keptSince(title, when, cause)],
    [[title, cause], say.keeps({ ...keep, by: "rule" })],
    [[title, "LOST"], say.wouldKeep({ ...keep, by: "plan" }, "LOST")],
    [[title, "LOST"], say.wouldOtherwise("rule", title, "LOST")],
    [[title, "14:02", cause], say.running(title, when, "5 minutes", cause)],
    ...[
      ...[say.nearMiss(when, title, cause, "END"), say.cameTo(when, title, "END", cause)],
      ...[say.ranElsewhere(when, title, cause, name, "END"), say.ranBut(when, title, cause, "END")],
    ].map((text): Told => [["14:02", title, cause, "END"], text]),
    ...[say.underWay(when, title, cause), say.soAlready(when, title, cause)].map(
      (text): Told => [["14:02", title, cause], text],
    ),
    [[title], say.isOff(title)],
    ...[say.wasOver(title, when), say.madeOnly(title, when), say.wasChanged(title, when), say.missed(title, when)].map(
      (text): Told => [[title, "14:02"], text],
    ),
    ...[say.holdsBut(title, true, cause), say.unknown(title, false, cause), say.otherWay(title, true, cause)].map(
      (text): Told => [[title, cause], text],
    ),
    [[title, cause], say.notSo(title, true, cause)],
    [[title, "WORDS", "END"], say.waitsFor(title, "WORDS", "END")],
    [[title, "WORDS", "14:02"], say.comes(title, "WORDS", when)],
  ];
}

const facts: CauseFacts = {
  ...{ price: "P1", otherPrice: "P2", sunKwh: "S3", storedWorth: "W4", otherwise: "T5" },
  isEarlier: false,
};
const speaksOf: Readonly<Partial<Record<Cause, readonly string[]>>> = {
  keptWorthMore: ["P1", "P2", "T5"],
  sparesPrice: ["P1", "P2"],
  dearThen: ["P1", "P2", "T5"],
  cheapThen: ["P1", "P2", "T5"],
  sunBefore: ["T5"],
  sunLater: ["T5"],
  sunThen: ["S3"],
  stored: ["W4", "P1", "T5"],
};

function ofTheSchedule(code: (typeof languageCodes)[number]): Told[] {
  const say = schedulePhrases[code];
  const doings = ["charges", "chargesNot", "heats", "runs", "waits", "keepsCharge", "givesToGrid"] satisfies Doing[];
  const broken: BrokenFacts = { name: "Évà <b>", by: "B6", at: "T7" };
  return [
    ...doings.map((doing): Told => [["Évà <b>", "T1", "T2"], say.does(doing, "Évà <b>", "T1", "T2")]),
    ...(Object.keys(say.because) as Cause[]).flatMap((cause): Told[] => [
      [speaksOf[cause] ?? [], say.because[cause](facts)],
      [
        (speaksOf[cause] ?? []).filter((f) => f !== "T5"),
        say.because[cause]({ ...facts, otherwise: "", isEarlier: true }),
      ],
    ]),
    ...Object.entries(say.broken).map(
      ([kind, phrase]): Told => [kind === "notRun" ? ["T7"] : kind === "late" ? ["B6"] : ["B6", "T7"], phrase(broken)],
    ),
    [["DEED", "M8", "BROKEN"], say.costsAnd("DEED", "M8", "BROKEN")],
    [["DEED", "M8", "BROKEN"], say.sparesBut("DEED", "M8", "BROKEN")],
    [
      ["M8", "M9"],
      say.dearer([
        { mode: "hold", money: "M8" },
        { mode: "followLoad", money: "M9" },
      ]),
    ],
    [["T1", "T2", "K3"], say.planned("heat", true, "T1", "T2", "K3")],
    [["Évà"], say.plannedBy("Évà")],
    [["Évà", "T0"], say.guarded("Évà", "T0", "Évà waits")],
    [["T1", "4"], say.daysAfter("T1", 4)],
    ...[say.tomorrow("T1"), say.dayAfterTomorrow("T1"), say.daysAfter("T1", 1)].map((text): Told => [["T1"], text]),
  ];
}

describe.each(languageCodes)("%s", (code) => {
  test("says every name, time and number that a sentence is given", () => {
    for (const [must, text] of [...ofTheHouse(code), ...ofTheSchedule(code)]) {
      expect(text).not.toMatch(/undefined|null|NaN|\[object/);
      expect(text.trim(), text).toBe(text);
      for (const part of must) expect(text).toContain(part);
    }
  });

  test("no sentence is that of another language", () => {
    const [own, others] = [ofTheSchedule(code), languageCodes.filter((c) => c !== code).map(ofTheSchedule)];
    // "Morgen" is a word of two of them.
    for (const [i, [, text]] of own.entries())
      if (text.split(" ").length > 2) for (const other of others) expect(other[i]?.[1]).not.toBe(text);
  });

  test("what is so and what is not are told apart", () => {
    for (const state of states)
      expect(whyPhrases[code].is("X", state, true)).not.toBe(whyPhrases[code].is("X", state, false));
  });
});

test("numbers, money, times and days are written as each language writes them", () => {
  const at = Date.parse("2026-07-12T16:05:00Z");
  const written = (code: (typeof languageCodes)[number]) => {
    const forms = formsOf(code);
    return [
      ...[forms.number(1234.5, 1), forms.money(1.8, "EUR"), forms.money(0.2, "EUR", 3), forms.money(150, "JPY")],
      ...[forms.clock(at, "Europe/Berlin"), forms.weekday(at, "Europe/Berlin"), forms.date(at, "Europe/Berlin", true)],
    ].map((text) => text.replace(/[\u00a0\u202f]/g, " "));
  };
  expect(written("en")).toEqual(["1,234.5", "€1.80", "€0.200", "JP¥150", "18:05", "Sunday", "12 July 2026"]);
  expect(written("de")).toEqual(["1.234,5", "1,80 €", "0,200 €", "150 ¥", "18:05 Uhr", "Sonntag", "12. Juli 2026"]);
  expect(written("fr")).toEqual(["1 234,5", "1,80 €", "0,200 €", "150 JPY", "18:05", "dimanche", "12 juillet 2026"]);
  expect(written("es")).toEqual(["1234,5", "1,80 €", "0,200 €", "150 JPY", "18:05", "domingo", "12 de julio de 2026"]);
  expect(written("nl")).toEqual(["1.234,5", "€ 1,80", "€ 0,200", "JP¥ 150", "18:05 uur", "zondag", "12 juli 2026"]);
});
