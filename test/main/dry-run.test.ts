/** A rule tried on what the store kept, as the dashboard asks for it. */
import { expect, test, vi } from "vitest";
import { ruleDraft } from "../../hub/model/rule/rule.ts";
import { step } from "../../hub/step.ts";
import { DAY, days, HOUR, MINUTE, NOW, openHouse } from "./dry-run-support.ts";

const heating = ruleDraft.parse({
  ...{ form: "when", title: "Warm in the morning" },
  on: [{ kind: "becomes", target: { nodes: ["hall"] }, of: "occupancySensing.occupancy", to: true }],
  do: [
    { kind: "command", target: { nodes: ["heater"] }, capability: "onOff", command: "on" },
    { kind: "wait", minutes: 30 },
    { kind: "command", target: { nodes: ["heater"] }, capability: "onOff", command: "off" },
  ],
});

test("a person is told when it would have come, what it would have used and cost, and on which day most", async () => {
  const { tell, tried } = await openHouse();
  tell([...days(5)]);
  const report = await tried(heating, 5);
  // 05:00 UTC is 07:00 in Berlin, at 0.40; each time half an hour of 1 kW.
  expect(report.days.map((d) => [d.day.slice(5), d.firings, d.changes])).toEqual([
    ["05-15", 0, 0],
    ["05-16", 1, 2],
    ["05-17", 1, 2],
    ["05-18", 1, 2],
    ["05-19", 1, 2],
    ["05-20", 1, 2],
  ]);
  expect(report.energy).toEqual({ known: true, value: { kwh: expect.closeTo(2.5, 6), money: expect.closeTo(1, 6) } });
  expect(report.worst?.why).toContain("0.20 more (0.5 kWh)");
  expect(report.runs[0]?.lines.map((l) => l.text)).toEqual(["turn on heater", "waited 30 min", "turn off heater"]);
  expect(report.comfort).toEqual({ known: true, value: { rooms: [], untold: [] } });
});

test("what it would have switched off is taken from the heater's own meter, at the price of that hour", async () => {
  const { tell, tried } = await openHouse();
  tell([...days(3)]);
  const off = { kind: "command", target: { nodes: ["heater"] }, capability: "onOff", command: "off" };
  const report = await tried(
    ruleDraft.parse({ form: "when", title: "Early", on: [{ kind: "time", at: "20:30" }], do: [off] }),
    3,
  );
  // Half an hour of each evening's hour is left out.
  expect(report.energy).toEqual({
    known: true,
    value: { kwh: expect.closeTo(-1.5, 6), money: expect.closeTo(-0.6, 6) },
  });
});

test("whoever asked for the opposite is named, and a rule's own past deeds are not held against it", async () => {
  const { tell, tried, store } = await openHouse();
  tell([...days(3)]);
  const at = NOW - DAY - 7 * HOUR + 10 * MINUTE;
  const entry = { at, what: "command-asked", subject: "heater", detail: "onOff.off {} for heater: too dear" };
  store.appendAudit({ ...entry, by: "plan:p1" });
  store.appendAudit({ ...entry, by: "rule:rule-on-trial" });
  store.appendAudit({
    ...entry,
    at: NOW - 7 * HOUR - 5 * MINUTE,
    by: "Anna",
    detail: "onOff.off {} for heater: said so",
  });
  const { fights } = await tried(heating, 3);
  expect(fights.map((f) => [f.kind, f.by, f.count])).toEqual([
    ["plan", "a plan that is no more", 1],
    ["person", "Anna", 1],
  ]);
});

test("what is not known is told as such: no past, and hours in which nothing was heard", async () => {
  const { tell, tried } = await openHouse();
  tell(
    [...days(3)].filter((r) => r.at < NOW - 30 * HOUR || r.at > NOW - 20 * HOUR).filter((r) => r.path.node !== "hall"),
  );
  const report = await tried(heating, 3);
  expect(report.firings).toBe(0);
  expect(report.unknownMinutes).toBe(3 * 24 * 60);
  expect(report.notes).toContainEqual("hall's occupied has no past here: what depends on it is not known.");
  expect(report.notes).toContainEqual(expect.stringContaining("For 10 hours nothing was heard of any device"));
});

test("of a rule that is not there, and of a third at once, a person is told so", async () => {
  const { trials } = await openHouse();
  expect(trials.start({ id: "gone", days: 5 })).toEqual({ ok: false, why: "absent" });
  trials.start({ draft: heating, days: 5 });
  trials.start({ draft: heating, days: 5 });
  expect(trials.start({ draft: heating, days: 5 })).toEqual({ ok: false, why: "busy" });
});

test("how often it would have switched another rule, or itself, is said, and that what this one then does can't be told", async () => {
  const { tell, tried, state } = await openHouse();
  tell([...days(5)]);
  const made = { origin: "person", by: "Anna", madeAt: 1, changedAt: 1 } as const;
  const porch = ruleDraft.parse({ form: "when", title: "Porch", on: [], do: [{ kind: "stop" }] });
  step(state, { kind: "homeRulesSet", rules: [{ ...porch, ...made, id: "porch" }] }, NOW);
  const toggles = (rule: string) =>
    ruleDraft.parse({ ...heating, title: "Flips", do: [{ kind: "rule", rule, does: "toggle" }] });
  const other = await tried(toggles("porch"), 5);
  expect(other.firings).toBe(5);
  expect(other.notes).toContainEqual(
    'It would have switched "Porch" on or off 5 times. What that rule would have done, or left undone, can\'t be told here.',
  );
  const itself = await tried(toggles("rule-on-trial"), 5);
  expect(itself.firings).toBe(1);
  expect(itself.notes).toContainEqual(expect.stringMatching(/^It would have switched itself off on 16 May 2026/));
  expect(state.automation.rules.map((r) => r.enabled)).toEqual([true]);
});

test("all rules at once: each is told as if it were tried alone, and those that are switched off are left out", async () => {
  const { tell, tried, state, trials } = await openHouse();
  tell([...days(5)]);
  const made = { origin: "person", by: "Anna", madeAt: 1, changedAt: 1 } as const;
  const off = { kind: "command", target: { nodes: ["heater"] }, capability: "onOff", command: "off" };
  const early = ruleDraft.parse({ form: "when", title: "Early", on: [{ kind: "time", at: "20:30" }], do: [off] });
  const byMode = ruleDraft.parse({
    ...{ form: "when", title: "Away", on: [{ kind: "mode", to: ["away"] }], do: [off] },
  });
  const rules = [
    { ...early, ...made, id: "early" },
    { ...heating, ...made, id: "warm" },
    { ...heating, ...made, id: "asleep", enabled: false },
    { ...byMode, ...made, id: "away" },
  ];
  step(state, { kind: "homeRulesSet", rules }, NOW);
  const begun = trials.startAll({ days: 5 });
  if (!begun.ok) throw new Error(begun.why);
  const all = await vi.waitFor(() => {
    const found = trials.getAll(begun.id);
    expect(found?.state).toBe("done");
    return found;
  }, 30_000);
  if (all?.state !== "done") throw new Error(all?.state);
  expect(all.tried.map((t) => [t.id, t.firings, t.firstDay, t.byDay])).toEqual([
    ["early", 5, "2026-05-15", [1, 1, 1, 1, 1, 0]],
    ["warm", 5, "2026-05-15", [0, 1, 1, 1, 1, 1]],
    ["away", 0, "2026-05-15", [0, 0, 0, 0, 0, 0]],
  ]);
  const alone = await tried(heating, 5);
  expect(all.tried[1]).toMatchObject({ energy: alone.energy, changes: alone.changes, worst: alone.worst });
  // What is of one rule is not read as if it were of all.
  expect(trials.get(begun.id)).toBeUndefined();
});

test("a trial that is cancelled ends at once, says so, and leaves room for the next", async () => {
  const { tell, tried, trials, jobs } = await openHouse();
  tell([...days(300)]);
  const begun = trials.start({ draft: heating, days: 300 });
  if (!begun.ok) throw new Error(begun.why);
  expect(jobs.cancel(begun.id)).toBe(true);
  await vi.waitFor(() => expect(trials.get(begun.id)).toEqual({ state: "cancelled", why: "cancelled" }), 5_000);
  expect((await tried(heating, 3)).firings).toBe(3);
});

test("what can't be tried is told with its reason, and a thread that ends under its work is started anew", async () => {
  const { tell, tried, trials, tries } = await openHouse();
  await expect(tried(heating, 5)).rejects.toThrow("days: nothing is kept of that time");
  tell([...days(300)]);
  const begun = trials.start({ draft: heating, days: 300 });
  if (!begun.ok) throw new Error(begun.why);
  const ended = async () => {
    await tries.close();
    expect(trials.get(begun.id)).toMatchObject({ state: "failed", why: "the hub is stopping" });
  };
  await vi.waitFor(ended, { timeout: 5_000, interval: 5 });
  expect((await tried(heating, 3)).firings).toBe(3);
});

test("that nobody can know what people would have answered is said", async () => {
  const { tell, tried } = await openHouse();
  tell([...days(5)]);
  const asks = { kind: "ask", title: "Now?", atMostMinutes: 5, answers: [{ name: "Yes", do: [] }] };
  const { notes } = await tried(ruleDraft.parse({ ...heating, title: "Asks", do: [asks] }), 5);
  expect(notes).toContainEqual(expect.stringContaining("What people would have answered can't be known"));
});
