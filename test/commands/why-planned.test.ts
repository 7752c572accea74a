/** "Why is the car not charging?", asked of a home whose running policy has planned it, in the five languages of the house. */
import { describe, expect, test } from "vitest";
import { languageCodes } from "../../hub/model/language.ts";
import type { Block, Reason } from "../../hub/planner/schedule/schedule.ts";
import { whyPlanned } from "../../hub/planning/policies/why.ts";
import { createSentences } from "../../hub/sentences.ts";
import { demoHome } from "./demo-home.ts";

/** 18:30 in Berlin. */
const NOW = Date.parse("2026-07-10T16:30:00Z");
const HOUR = 3_600_000;
const SIX = NOW - HOUR / 2;

const dear: Reason = { kind: "price", extraCost: 1.8, price: 0.3, otherPrice: 0.2, otherwise: SIX + 7 * HOUR };

function plan(mode: Block["mode"], reason: Reason = dear, kind: "car" | "battery" = "car") {
  const device = { id: "evse", kind, slots: [] };
  const blocks: Block[] = [
    { device: "evse", first: 0, last: 6, from: SIX, to: SIX + 7 * HOUR, mode, kwh: 0, reason },
    { device: "evse", first: 7, last: 9, from: SIX + 7 * HOUR, to: SIX + 10 * HOUR, mode: "on", kwh: 12.3 },
  ];
  const words = { currency: "EUR", timeZone: "Europe/Berlin", nameOf: () => "EV charger", goalOf: () => "full by 7" };
  return { schedule: { devices: [device], blocks }, words };
}
type Plan = ReturnType<typeof plan>;

function box(planned: Plan | undefined, held = false, impossible = false) {
  const keeps = held ? [{ kind: "held" as const, text: "Ada set it by hand." }] : [];
  return createSentences({
    home: demoHome(),
    clock: { now: () => NOW },
    command: () => Promise.reject(new Error("a question moves nothing")),
    energy: async () => [],
    why: async ({ node }) => ({
      ...{ node, name: node, from: NOW, to: NOW, did: [], keeps, not: [] },
      ...{ why: "As the house tells it.", whyNot: "As the house tells it.", impossible },
    }),
    planned: (asked) => planned && whyPlanned(asked, { title: "Car by seven" }, planned, NOW),
  });
}
const ask = async (text: string, planned: Plan | "none" = plan("off"), held = false): Promise<string> =>
  (await box(planned === "none" ? undefined : planned, held)(text, "Ada")).text.replaceAll("\u00a0", " ");

describe("why the car is not charging", () => {
  test.each([
    [
      "why is the car not charging?",
      "EV charger does not charge from 18:00 to 01:00 the next day: electricity costs €0.300 a kWh then and €0.200 from 01:00 the next day, when it is its turn. " +
        "To charge then would cost €1.80 more. " +
        'It is planned to charge from 01:00 tomorrow to 04:00 tomorrow, about 12.3 kWh. So it is planned by "Car by seven".',
    ],
    [
      "Warum lädt das Auto nicht?",
      "EV charger lädt von 18:00 Uhr bis 01:00 Uhr am nächsten Tag nicht: Strom kostet in dieser Zeit 0,300 € je kWh und ab 01:00 Uhr am nächsten Tag 0,200 €; so lange wird gewartet. " +
        "In dieser Zeit zu laden würde 1,80 € mehr kosten. " +
        "Geplant ist, von morgen 01:00 Uhr bis morgen 04:00 Uhr zu laden, etwa 12,3 kWh. So plant es „Car by seven“.",
    ],
    [
      "Pourquoi la voiture ne charge-t-elle pas ?",
      "De 18:00 à 01:00 le lendemain, EV charger ne charge pas : l'électricité coûte alors 0,300 € le kWh, contre 0,200 € plus tard (à partir de 01:00 le lendemain) ; mieux vaut attendre. " +
        "Charger à ce moment-là coûterait 1,80 € de plus. " +
        "Il est prévu de charger de 01:00 demain à 04:00 demain, environ 12,3 kWh. Le plan « Car by seven » le prévoit ainsi.",
    ],
    [
      "¿Por qué no se está cargando el coche?",
      "De las 18:00 a la 01:00 del día siguiente, EV charger no carga: la electricidad cuesta entonces 0,300 € por kWh, y más tarde 0,200 € (desde la 01:00 del día siguiente); conviene esperar. " +
        "Cargar entonces costaría 1,80 € más. " +
        "Está previsto cargar de la 01:00 de mañana a las 04:00 de mañana, unos 12,3 kWh. Así lo prevé el plan «Car by seven».",
    ],
    [
      "Waarom laadt de auto niet op?",
      "EV charger laadt van 18:00 uur tot 01:00 uur de volgende dag niet: stroom kost dan € 0,300 per kWh, en later € 0,200 (vanaf 01:00 uur de volgende dag); daarop wordt gewacht. " +
        "Dan laden zou € 1,80 meer kosten. " +
        'Het is de bedoeling van morgen 01:00 uur tot morgen 04:00 uur te laden, ongeveer 12,3 kWh. Zo staat het in het plan "Car by seven".',
    ],
  ])(
    "%s is answered in its language from the policy's block: the cause, what charging now would cost, and when",
    async (question, answer) => {
      expect(await ask(question)).toBe(answer);
    },
  );

  test.each([
    ["when will the car charge?", "It is planned to charge from 01:00 tomorrow to 04:00 tomorrow"],
    ["Wann wird das Auto heute geladen?", "Geplant ist, von morgen 01:00 Uhr bis morgen 04:00 Uhr zu laden"],
    ["Quand est-ce que la voiture va charger ?", "Il est prévu de charger de 01:00 demain à 04:00 demain"],
    ["¿Cuándo se va a cargar el coche?", "Está previsto cargar de la 01:00 de mañana a las 04:00 de mañana"],
    ["Wanneer gaat de auto laden?", "Het is de bedoeling van morgen 01:00 uur tot morgen 04:00 uur te laden"],
  ])("%s is answered from the plan with the hour", async (question, answer) => {
    expect(await ask(question)).toContain(answer);
  });

  test("is answered with the language that it is in, so that a reader of screens speaks it right", async () => {
    expect(await box(plan("off"))("Warum lädt das Auto nicht?", "Ada")).toMatchObject({
      kind: "answer",
      language: "de",
    });
    expect(await box(plan("off"))("why is the car not charging?", "Ada")).not.toHaveProperty("language");
  });

  test.each([
    ["Warum lädt das Raumschiff nicht?", "In diesem Haus gibt es nichts Passendes, das „Raumschiff“ heißt."],
    ["Pourquoi le vaisseau ne charge pas ?", "Rien ne s'appelle « vaisseau » dans cette maison qui convienne."],
    ["¿Por qué no carga la nave?", "En esta casa no hay nada que se llame «nave» y sirva aquí."],
    ["Waarom laadt het ruimteschip niet?", 'In dit huis is er niets passends dat "ruimteschip" heet.'],
  ])("of a thing that is not there is answered in its language: %s", async (question, answer) => {
    expect(await ask(question)).toBe(answer);
  });

  test("names its reason in every language: sun, deadline, comfort, peak, and what of a wish would be lost", async () => {
    const broken = [
      { kind: "ready" as const, device: "evse", goal: "0", by: 9, unit: "kWh" as const, at: SIX + 13 * HOUR },
    ];
    const told = async (question: string, reason: Reason, mode: Block["mode"] = "off") =>
      ask(question, plan(mode, reason));
    const de = "Warum lädt das Auto nicht?";
    expect(await told(de, { kind: "sun", otherwise: SIX + 16 * HOUR })).toContain(
      "Eigener Sonnenstrom ist später übrig (ab 10:00 Uhr am nächsten Tag).",
    );
    expect(await told(de, { kind: "peak" })).toContain("stiege die Leistungsspitze, die bezahlt werden muss.");
    expect(await told("Pourquoi la voiture ne charge pas ?", { kind: "deadline", extraCost: 0.5, broken })).toContain(
      "autre chose doit être prêt à temps. Charger à ce moment-là coûterait 0,50 € de plus, et il manquerait 9,0 kWh à EV charger à 07:00.",
    );
    expect(await told("¿Por qué no carga el coche?", { kind: "comfort" })).toContain(
      "la temperatura saldría del margen de confort.",
    );
    expect(await told("Waarom laadt de auto niet?", { kind: "fuse" })).toContain(
      "de aansluiting van het huis zou overbelast raken.",
    );
    expect(await told("Warum lädt das Auto?", { kind: "deadline", extraCost: -1.2, broken }, "on")).toContain(
      "Sonst würde es nicht rechtzeitig fertig. Es anders zu machen würde 1,20 € sparen, aber EV charger würden um 07:00 Uhr 9,0 kWh fehlen.",
    );
  });

  test("in other languages money and times have their own form, and a name with marks stays as it is", async () => {
    const odd = { ...plan("off"), words: { ...plan("off").words, nameOf: () => "<b>Évà</b> & „Co“" } };
    for (const language of languageCodes) {
      const said = whyPlanned({ node: "evse", doing: false, language }, { title: "T" }, odd, NOW);
      expect(said).toContain("<b>Évà</b> & „Co“");
      expect(said).toContain(language === "en" ? "1.80" : "1,80");
    }
  });

  test("is answered by the house as ever where no policy runs, a hand holds, another time is meant, or the plan would have it charge", async () => {
    expect(await ask("why is the car not charging?", "none")).toBe("As the house tells it.");
    expect(await ask("why is the car not charging?", plan("off"), true)).toBe("As the house tells it.");
    const nobody = await box(plan("off"), false, true)("why is the car not charging?", "Ada");
    expect(nobody.text, "no car is there").toBe("As the house tells it.");
    expect(await ask("why was the car not charging yesterday?")).toBe("As the house tells it.");
    expect(await ask("why is the car not charging?", plan("on"))).toBe("As the house tells it.");
    expect(await ask("why is the car charging?")).toBe("As the house tells it.");
  });
});
