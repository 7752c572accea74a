/** "Why is the car not charging?", asked of a home whose running policy has planned it, in the five languages of the house. */
import { describe, expect, test } from "vitest";
import { whyInEnglish } from "../../hub/commands/why-said.ts";
import { whyPlanned } from "../../hub/planning/policies/why.ts";
import type { ScheduleView } from "../../hub/ports/policies.ts";
import { createSentences } from "../../hub/sentences.ts";
import { demoHome } from "./demo-home.ts";

/** 18:30 in Berlin. */
const NOW = Date.parse("2026-07-10T16:30:00Z");
const HOUR = 3_600_000;
const SIX = NOW - HOUR / 2;

const schedule = (mode: string): ScheduleView => ({
  ...{ at: SIX, end: SIX + 24 * HOUR, madeBy: "solver", slots: [], aside: [], broken: [], cost: 1, solveMs: 1 },
  devices: [
    {
      ...{ node: "evse", name: "EV charger", kind: "car" },
      blocks: [
        {
          ...{ from: SIX, to: SIX + 7 * HOUR, mode, kwh: 0, extraCost: 1.8 },
          words:
            "EV charger does not charge from 18:00 to 01:00 the next day: it is cheaper later. To charge then would cost 1.80 EUR more.",
        },
        { ...{ from: SIX + 7 * HOUR, to: SIX + 10 * HOUR, mode: "on", kwh: 12.3 }, words: "EV charger charges." },
      ],
    },
  ],
});

function box(view: ScheduleView | undefined, held = false) {
  const keeps = held ? [{ kind: "held" as const, text: "Ada set it by hand." }] : [];
  return createSentences({
    home: demoHome(),
    clock: { now: () => NOW },
    command: () => Promise.reject(new Error("a question moves nothing")),
    energy: async () => [],
    why: async ({ node }) => ({
      ...{ node, name: node, from: NOW, to: NOW, did: [], keeps, not: [] },
      ...{ why: "As the house tells it.", whyNot: "As the house tells it." },
    }),
    planned: (asked) =>
      view && whyPlanned(asked, { title: "Car by seven" }, view, { now: NOW, timeZone: "Europe/Berlin" }),
  });
}
const ask = async (text: string, view: ScheduleView | "none" = schedule("off"), held = false): Promise<string> =>
  (await box(view === "none" ? undefined : view, held)(text, "Ada")).text;

describe("why the car is not charging", () => {
  test("is answered from the policy's block: the cause, what charging now would cost, and when it is planned", async () => {
    expect(await ask("why is the car not charging?")).toBe(
      "EV charger does not charge from 18:00 to 01:00 the next day: it is cheaper later. To charge then would cost 1.80 EUR more. " +
        'It is planned to charge from 01:00 tomorrow to 04:00 tomorrow, about 12.3 kWh. So it is planned by "Car by seven".',
    );
  });

  test.each([
    "Why isn't the EV charger charging?",
    "Warum lädt das Auto nicht?",
    "Wieso wird das Auto nicht geladen?",
    "Pourquoi la voiture ne charge-t-elle pas ?",
    "Pourquoi est-ce que la voiture ne se recharge pas ?",
    "¿Por qué no se está cargando el coche?",
    "¿Por qué el coche no carga?",
    "Waarom laadt de auto niet op?",
    "Waarom wordt de auto niet opgeladen?",
  ])("is understood as %s", async (text) => {
    expect(await ask(text)).toContain("It is planned to charge from 01:00 tomorrow");
  });

  test("is answered by the house as ever where no policy runs, a hand holds, another time is meant, or the plan would have it charge", async () => {
    expect(await ask("why is the car not charging?", "none")).toBe("As the house tells it.");
    expect(await ask("why is the car not charging?", schedule("off"), true)).toBe("As the house tells it.");
    expect(await ask("why was the car not charging yesterday?")).toBe("As the house tells it.");
    expect(await ask("why is the car not charging?", schedule("on"))).toBe("As the house tells it.");
    expect(await ask("why is the car charging?")).toBe("As the house tells it.");
  });
});

describe("a question in another language", () => {
  test("keeps a device's own name, and what is no such question is left as it was said", () => {
    expect(whyInEnglish("Warum läuft die Pumpe im Keller?")).toBe("why is the pumpe im keller running");
    expect(whyInEnglish("Warum ist der Boiler aus?")).toBe("why is the water heater off");
    expect(whyInEnglish("Pourquoi le chauffe-eau ne chauffe pas ?")).toBe("why is the water heater not heating");
    expect(whyInEnglish("Schalte das Licht aus")).toBeUndefined();
    expect(whyInEnglish("why is the car not charging")).toBeUndefined();
    expect(whyInEnglish(`warum lädt ${"a ".repeat(300)} nicht`)).toBeUndefined();
  });
});
