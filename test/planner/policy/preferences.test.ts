import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Policy } from "../../../hub/model/policy.ts";
import type { WatchedDay } from "../../../hub/model/policy-kept.ts";
import type { Preference, Preferred } from "../../../hub/model/preference.ts";
import type { Demanded } from "../../../hub/planner/goals/demand.ts";
import { preferenceInWords, preferred, shownByHand, withoutUnwanted } from "../../../hub/planner/policy/preferences.ts";
import { createPreferences } from "../../../hub/planning/policies/preferences.ts";
import type { Store } from "../../../hub/ports.ts";
import { openStore } from "../../../hub/storage/open.ts";
import { demoHome, idOf } from "../demo-home.ts";

const DAY = 86_400_000;
const HOUR = 3_600_000;
const BOILER = idOf("Water heater");
const BATTERY = idOf("Home battery");
const MIDNIGHT = Date.parse("2026-11-02T00:00:00+01:00");
const NOW = MIDNIGHT + 5 * DAY;
const around = { now: NOW, timeZone: "Europe/Berlin" };

const kept = (what: Preferred, more: Partial<Preference> = {}): Preference => ({
  ...{ id: "1", at: 0, by: "Ada", source: "said", what },
  ...more,
});
const policy: Policy = {
  ...{ id: "p", title: "Spend least", goals: [], leftOut: [], assumptions: { tariff: "", loadError: 0 } },
  devices: [
    { node: BOILER, endpoint: 1, kind: "tank", name: "Water heater" },
    { node: BATTERY, endpoint: 1, kind: "battery", name: "Home battery" },
  ],
  ...{ limits: { noGridCharging: false, commandsPerDay: 80 }, hash: "old", state: "running", reason: "" },
  ...{ createdAt: 0, by: "Ada" },
};

/** Five days of a running policy that keeps the boiler off from 17 to 22. */
const days: WatchedDay[] = Array.from({ length: 5 }, (_, k) => {
  const from = MIDNIGHT + k * DAY;
  const blocks = [{ device: BOILER, from: from + 17 * HOUR, to: from + 22 * HOUR, mode: "off", kwh: 0 }];
  return { day: `2026-11-0${k + 2}`, from, ran: true, really: [], plans: [{ at: from + 17 * HOUR, blocks }] };
});
const hand = (day: number, hour: number, command = "on") => ({ at: MIDNIGHT + day * DAY + hour * HOUR, command });

describe("what a person wants of plans", () => {
  test("keeps a device out of later proposals, but not where the wish itself names it: then it is asked", () => {
    const alone = [kept({ kind: "leaveAlone", node: BOILER })];
    const part = { node: BOILER, endpoint: 1, name: "Water heater" };
    const found = { steered: [{ part }], leftOut: [] };
    const left = withoutUnwanted(found, [], alone);
    expect(left.steered).toEqual([]);
    expect(left.leftOut).toEqual([expect.objectContaining({ reason: expect.stringContaining("left alone") })]);
    const demand = { kind: "storedBy", node: BOILER, amount: 50, unit: "degC", by: "07:00" } as const;
    const named: Demanded[] = [{ demand, when: {}, goal: 0, priority: 1 }];
    expect(withoutUnwanted(found, named, alone).steered).toHaveLength(1);
    expect(preferred(policy, alone, (text) => text).asks).toEqual([
      { node: BOILER, words: "You want Water heater to be left alone, and this wish names it." },
    ]);
    expect(
      withoutUnwanted(found, [], [kept({ kind: "leaveAlone", node: BOILER }, { takenBackAt: 1 })]).steered,
    ).toHaveLength(1);
  });

  test("adds its limits to every later policy, never loosens one, and the hash tells", () => {
    const wants = [
      kept({ kind: "limit", limit: "noGridCharging" }),
      kept({ kind: "limit", limit: "commandsPerDay", most: 300 }),
      kept({ kind: "limit", limit: "cyclesPerDay", most: 1 }),
    ];
    const made = preferred(policy, wants, (text) => text);
    expect(made.limits).toEqual({ noGridCharging: true, commandsPerDay: 80, cyclesPerDay: 1 });
    expect(made.hash).not.toBe(preferred(policy, [], (text) => text).hash);
  });

  test("makes the same devices be asked about after a refusal, and fewer or more of them not", () => {
    const refused = [kept({ kind: "notThis", nodes: [BOILER, BATTERY] })];
    expect(preferred(policy, refused, (t) => t).asks).toHaveLength(1);
    expect(preferred(policy, [kept({ kind: "notThis", nodes: [BOILER] })], (t) => t).asks).toBeUndefined();
  });
});

describe("hands on a device that a running policy holds off", () => {
  test("show a wish on the third evening, with the hours", () => {
    const three = [hand(0, 18.2), hand(1, 19), hand(3, 18.5)];
    const shown = shownByHand(BOILER, three, days, around);
    expect(shown).toEqual({
      ...{ kind: "askFirst", node: BOILER, act: "on", days: 3 },
      ...{ fromMinutes: 18 * 60, toMinutes: 20 * 60 },
    });
    expect(shown && preferenceInWords(shown, () => "Boiler")).toBe(
      "Ask before Boiler is planned again: on 3 days you switched it on by hand between 18:00 and 20:00, against the plan",
    );
  });

  test("show nothing twice a day, with the plan, beside it, or while it only watched", () => {
    expect(shownByHand(BOILER, [hand(0, 18), hand(0, 19), hand(1, 18)], days, around)).toBeUndefined();
    expect(
      shownByHand(BOILER, [hand(0, 18, "off"), hand(1, 18, "off"), hand(2, 18, "off")], days, around),
    ).toBeUndefined();
    expect(shownByHand(BOILER, [hand(0, 12), hand(1, 12), hand(2, 12)], days, around)).toBeUndefined();
    const watched = days.map((d) => ({ ...d, ran: false }));
    expect(shownByHand(BOILER, [hand(0, 18), hand(1, 18), hand(2, 18)], watched, around)).toBeUndefined();
  });
});

describe("preferences as they are kept", () => {
  const folder = mkdtempSync(join(tmpdir(), "inglenook-preferences-"));
  const log = { info() {}, warn() {}, error() {} };
  let store: Store;
  beforeAll(() => {
    store = openStore(folder, { log, clock: { now: () => NOW } });
  });
  afterAll(async () => {
    await store.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const open = (now: () => number) =>
    createPreferences(
      {
        ...{ home: demoHome, store, now, newId: () => `id${Math.random()}`, tell: () => undefined },
        audit: (entry) => store.appendAudit(entry),
      },
      { policies: new Map([["p", policy]]) },
    );
  const pressed = (day: number, by: string) =>
    store.appendAudit({
      ...{ at: MIDNIGHT + day * DAY + 18 * HOUR, by, what: "command-asked", subject: BOILER },
      detail: "onOff.on {} for Water heater: asked on the dashboard or by the API",
    });

  test("are learned from the audit of people alone, once; taken back, the same hands do not bring them again", () => {
    let now = NOW;
    const book = open(() => now);
    for (const day of [0, 1]) pressed(day, "Ada");
    pressed(2, "plan:p");
    book.lookAtHands(() => days);
    expect(book.list()).toEqual([]);
    pressed(3, "Kim");
    now += 2 * HOUR;
    book.lookAtHands(() => days);
    now += 2 * HOUR;
    book.lookAtHands(() => days);
    expect(book.told().map((p) => [p.source, p.words])).toEqual([
      ["byHand", expect.stringContaining("Ask before Water heater is planned again: on 3 days you switched it on")],
    ]);
    expect(open(() => now).list(), "after a restart").toHaveLength(1);
    expect(book.forget(book.list()[0]?.id ?? "", "Ada")).toBe(true);
    now += 2 * HOUR;
    book.lookAtHands(() => days);
    expect(book.list()).toEqual([]);
    expect(book.forget("none", "Ada")).toBe(false);
  });

  test("said again take the place of the older one", () => {
    const book = open(() => NOW);
    book.remember({ kind: "limit", limit: "cyclesPerDay", most: 2 }, "said", "Ada");
    book.remember({ kind: "limit", limit: "cyclesPerDay", most: 1 }, "changed", "Kim");
    expect(book.told().map((p) => [p.by, p.words])).toEqual([["Kim", "At most 1 full cycles of a battery a day"]]);
  });
});
