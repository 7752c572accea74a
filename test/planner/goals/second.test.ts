/** Sentences of a second hand: how much of them is read, and that nothing which was said is dropped in silence. */
import { describe, expect, test } from "vitest";
import { readWish } from "../../../hub/planner/read-wish.ts";
import { exact, homeOf, invented, secondSentences, TODAY, todayOf } from "./sentences.ts";
import { CODES, type Code, largerHome } from "./small-home.ts";

/**
 * Read exactly by grammar alone, percent. At first sight it was 67 % of the first 120, and after the mending 90 % of 40 others; of a third
 * round of slang, dictation and long politeness 63 % of 90, and after the mending 75 % of 40 others.
 */
const LEAST_EXACT = 95;

describe("what others wrote in five languages before they had seen the grammar", () => {
  const rows = secondSentences().map((sentence) => {
    const { goals } = readWish(sentence.text, homeOf(sentence).names, todayOf(sentence));
    return { ...sentence, goals, exact: exact(goals, sentence.expected) };
  });

  test(`is read exactly by grammar alone in at least ${LEAST_EXACT} %, and not less in one language than in another`, () => {
    expect(rows.length).toBeGreaterThanOrEqual(290);
    for (const code of CODES) {
      const mine = rows.filter((row) => row.code === code);
      const wrong = mine.filter((row) => !row.exact).map((row) => row.text);
      expect(100 - (100 * wrong.length) / mine.length, wrong.join("\n")).toBeGreaterThanOrEqual(LEAST_EXACT);
    }
  });

  test("names nothing that is not there, and is nothing where it says what no goal can hold", () => {
    for (const row of rows) {
      expect(invented(row.code, row.goals, homeOf(row)), row.text).toEqual([]);
      if (row.expected.length === 0) expect(row.goals, row.text).toEqual([]);
    }
  });
});

/** Each says something that a goal has no place for, or that may mean two things. */
const MORE_THAN_A_GOAL: readonly (readonly [Code, string])[] = [
  // A length of time, or a time from now on, is no time of day.
  ["en", "run the dishwasher in 2 hours"],
  ["de", "Waschmaschine zwei Stunden lang laufen lassen bis 8 Uhr"],
  ["fr", "dans deux heures le lave-vaisselle doit être fini"],
  ["es", "dentro de dos horas la lavadora lista"],
  ["nl", "over twee uur moet de wasmachine klaar zijn"],
  // An exception, a condition, a measure that is none of the home's.
  ["en", "all rooms at 20 except the bedroom"],
  ["de", "Alle Räume 21 Grad außer dem Schlafzimmer"],
  ["fr", "le salon à 21 degrés sauf si la fenêtre est ouverte"],
  ["es", "el baño a 22 grados cuando haya invitados"],
  ["nl", "badkamer op 22 graden als er gasten zijn"],
  ["de", "Auto bis 7 Uhr voll laden, aber nur wenn der Strompreis unter 20 Cent liegt"],
  // An end that nobody said, and an hour that may be of the day or of the night.
  ["en", "the dryer mustn't run after 9 pm"],
  ["de", "Im Bad ab 6 Uhr 23 Grad"],
  ["en", "washing machine between 10 and 3"],
  // What is not needed, and what is not to be.
  ["en", "the car doesn't have to be full by 7"],
  ["de", "Das Auto muss bis 7 Uhr nicht voll sein"],
  ["fr", "pas besoin d'eau chaude à 7 h"],
  ["es", "no hace falta el coche cargado a las 7"],
  ["nl", "de auto hoeft niet vol te zijn om 7 uur"],
  // Two numbers where there is room for one, and one for which there is none.
  ["en", "80 or 90 percent in the car by 7"],
  ["en", "only heat water with solar"],
  // A part of the year, a day that may be this week's or the next's, the hour at which somebody comes home.
  ["de", "Im Winter im Schlafzimmer 18 Grad"],
  ["fr", "la chambre à 18 degrés en janvier"],
  ["de", "nächsten Freitag das Auto um 5 voll"],
  ["de", "Wenn ich um 18 Uhr nach Hause komme, soll das Auto laden"],
  ["de", "Das Auto bitte nur nachts laden"],
  ["de", "An Weihnachten im Wohnzimmer 23 Grad"],
  ["de", "Sonntags erst ab 9 Uhr Lärm"],
  ["de", "Waschmaschine nicht vor 9 Uhr"],
  ["en", "the nursery at 20 from two till six"],
  ["fr", "la voiture presque pleine pour 7 h"],
  // A room that is not here is no other, and not all of them.
  ["de", "Im Gästezimmer 21 Grad"],
  ["fr", "la chambre d'amis à 21 degrés"],
  ["en", "guest room and bathroom at 21 degrees"],
];

test.each(MORE_THAN_A_GOAL)("more than a goal can hold is no goal, and is told why (%s): %s", (code, text) => {
  const { goals, notUnderstood } = readWish(text, largerHome(code).names, TODAY);
  expect(goals).toEqual([]);
  expect(notUnderstood.length).toBeGreaterThan(0);
  expect(notUnderstood.some(({ reason }) => reason !== "")).toBe(true);
});

/** A sentence, and the fields that its goals must have. */
const HELD: readonly (readonly [Code, string, readonly object[]])[] = [
  [
    "en",
    "car full by 7 on weekdays, on Sundays by 9",
    [
      { by: "07:00", days: [1, 2, 3, 4, 5] },
      { by: "09:00", days: [7] },
    ],
  ],
  ["nl", "auto vol om 7 uur behalve op zondag", [{ days: [1, 2, 3, 4, 5, 6] }]],
  ["fr", "voiture pleine à 7 h lun-ven", [{ days: [1, 2, 3, 4, 5] }]],
  ["de", "Auto voll um 7 Uhr von Montag bis Donnerstag", [{ days: [1, 2, 3, 4] }]],
  ["de", "Übermorgen um acht das Auto voll", [{ by: "08:00", firstDay: "2026-11-25", lastDay: "2026-11-25" }]],
  ["de", "jeden Morgen um 7 das Auto voll", [{ by: "07:00", firstDay: undefined }]],
  ["es", "no más de 4 kW entre las 6 y las 9 de la tarde", [{ limit: 4, from: "18:00", to: "21:00" }]],
  ["de", "Abends zwischen 6 und 10 im Wohnzimmer 21 Grad", [{ minC: 21, from: "18:00", to: "22:00" }]],
  ["en", "dishwasher done by 7.30pm", [{ by: "19:30" }]],
  ["en", "battery between 20 and 80 %", [{ kind: "keepWithin", min: 20, max: 80 }]],
  ["en", "the bedroom never below 16 and never above 20", [{ minC: 16, maxC: 20 }]],
  ["nl", "de slaapkamer mag niet warmer worden dan 18 graden", [{ maxC: 18, minC: undefined }]],
  ["fr", "le salon à vingt degrés et demi", [{ minC: 20.5 }]],
  ["en", "keep a fifth of the battery for a power cut", [{ percent: 20 }]],
  ["en", "dryer off between 6 and 9 in the evening", [{ kind: "never", act: "on", from: "18:00", to: "21:00" }]],
  ["es", "coche lleno el próximo viernes a las 6", [{ by: "06:00", firstDay: "2026-11-27", lastDay: "2026-11-27" }]],
  ["en", "have the laundry finished when I get home at 5.30pm", [{ by: "17:30", presence: undefined }]],
  ["de", "An Heiligabend im Wohnzimmer 23 Grad", [{ minC: 23, firstDay: "2026-12-24", lastDay: "2026-12-24" }]],
  ["es", "Quiero 21 grados en el salón por la tarde de 6 a 10", [{ minC: 21, from: "18:00", to: "22:00" }]],
  ["es", "nada de lavadora por la noche", [{ kind: "never", act: "on", from: "22:00", to: "06:00" }]],
  ["fr", "laisse toujours un tiers dans la batterie", [{ percent: 33 }]],
  ["en", "stop charging the car at 80", [{ kind: "keepWithin", max: 80 }]],
  ["en", "nothing noisy before 8 on Sundays", [{ from: "00:00", to: "08:00", days: [7] }]],
  // What was said of two things is held of both; everyday words are no slips of words that mean something.
  ["de", "Heizung und Licht aus wenn keiner da ist", [{ what: "lights" }, { what: "heating" }]],
  ["en", "when nobody is in no lights in the kitchen or office", [{ room: "Kitchen" }, { room: "Office" }]],
  ["nl", "het zou in de slaapkamer 18 graden mogen zijn", [{ minC: 18, firstDay: undefined }]],
  ["en", "the nursery at 20 from 2 to 6 in the morning", [{ minC: 20, from: "02:00", to: "06:00" }]],
  ["fr", "la voiture à moitié pleine pour 8 h", [{ target: 50 }]],
  ["es", "el coche medio cargado a las 8", [{ target: 50 }]],
  ["nl", "de auto halfvol om 8 uur", [{ target: 50 }]],
  ["de", "nachts zwischen 10 und 7 die Waschmaschine nicht laufen lassen", [{ from: "22:00", to: "07:00" }]],
  ["en", "from Dec 24 to 26 living room 22 degrees", [{ minC: 22, firstDay: "2026-12-24", lastDay: "2026-12-26" }]],
];

test.each(HELD)("what is said is held (%s): %s", (code, text, fields) => {
  const { goals, notUnderstood } = readWish(text, largerHome(code).names, TODAY);
  expect(goals).toHaveLength(fields.length);
  const picked = fields.map((wanted, k) => Object.keys(wanted).map((field) => Reflect.get(goals[k] ?? {}, field)));
  expect(picked).toEqual(fields.map((wanted) => Object.values(wanted)));
  expect(notUnderstood).toEqual([]);
});
