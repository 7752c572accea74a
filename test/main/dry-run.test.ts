/** A rule tried on what the store kept, as the dashboard asks for it. */
import { expect, onTestFinished, test, vi } from "vitest";
import { createBus } from "../../hub/main/bus.ts";
import { createTrials } from "../../hub/main/dry-run.ts";
import { createJobs } from "../../hub/main/jobs.ts";
import type { NodeDescription } from "../../hub/model/node.ts";
import type { Reading } from "../../hub/model/reading.ts";
import { type RuleDraft, ruleDraft } from "../../hub/model/rule/rule.ts";
import type { RuleTrial } from "../../hub/model/rule-trial.ts";
import { emptyState, step } from "../../hub/step.ts";
import { openStore } from "../../hub/storage/open.ts";
import { listeningLog, reading, temporaryFolder } from "../storage/support.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const NOW = Date.UTC(2026, 4, 20, 12);
const MOTION = "hall/1/occupancySensing.occupancy";
const RELAY = "heater/1/onOff.onOff";
const POWER = "heater/1/electricalPowerMeasurement.activePower";

const device = (id: string, capabilities: NodeDescription["endpoints"][number]["capabilities"]): NodeDescription => ({
  ...{ id, name: id, adapter: "mqtt", dialect: "test", addresses: [] },
  endpoints: [{ number: 1, deviceTypes: [], capabilities }],
});

function openHouse() {
  const clock = { now: () => NOW };
  const store = openStore(temporaryFolder(), { log: listeningLog(), clock });
  onTestFinished(() => store.close());
  const state = emptyState(
    { name: "H", timeZone: "Europe/Berlin", latitude: 52.5, longitude: 13.4, currency: "EUR" },
    {
      ...{
        name: "two prices",
        importPerKwh: 0.4,
        exportPerKwh: 0.08,
        standingPerDay: 0,
        co2Bands: [],
        co2GPerKwh: 400,
      },
      importBands: [{ from: "00:00", to: "06:00", perKwh: 0.2 }],
    },
  );
  const t = { source: "t" };
  for (const node of [
    device("hall", { occupancySensing: { attributes: { occupancy: t }, commands: {} } }),
    device("heater", {
      onOff: { attributes: { onOff: t }, commands: { on: t, off: t } },
      electricalPowerMeasurement: { attributes: { activePower: t }, commands: {} },
    }),
  ])
    step(state, { kind: "nodeFound", node, at: NOW }, NOW);
  const bus = createBus(() => undefined);
  const desks = { planning: { plans: () => [], wishes: () => [] }, policies: { list: () => [] } };
  const trials = createTrials({ state, store, clock, jobs: createJobs(bus), ...desks });
  const tried = async (draft: RuleDraft, days: number): Promise<RuleTrial> => {
    const begun = trials.start({ draft, days });
    if (!begun.ok) throw new Error(begun.why);
    const answer = await vi.waitFor(() => {
      const found = trials.get(begun.id);
      expect(found?.state).not.toBe("running");
      return found;
    });
    if (answer?.state !== "done") throw new Error(JSON.stringify(answer));
    return answer.report;
  };
  return { store, state, trials, tried, tell: (list: readonly Reading[]) => store.appendReadings(list) };
}

/** Each day the heater runs from 18:00 to 19:00 UTC with 1 kW; somebody is in the hall at 05:00 UTC for ten minutes. */
function* days(count: number): Generator<Reading> {
  for (let midnight = NOW - 12 * HOUR - count * DAY; midnight < NOW; midnight += DAY)
    for (let at = midnight; at < Math.min(NOW, midnight + DAY); at += 10 * MINUTE) {
      const hour = (at - midnight) / HOUR;
      const on = hour >= 18 && hour < 19;
      yield reading(at, on, RELAY);
      yield reading(at, on ? 1000 : 0, POWER);
      yield reading(at, hour === 5, MOTION);
    }
}

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
  const { tell, tried } = openHouse();
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
  const { tell, tried } = openHouse();
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
  const { tell, tried, store } = openHouse();
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
  const { tell, tried } = openHouse();
  tell(
    [...days(3)].filter((r) => r.at < NOW - 30 * HOUR || r.at > NOW - 20 * HOUR).filter((r) => r.path.node !== "hall"),
  );
  const report = await tried(heating, 3);
  expect(report.firings).toBe(0);
  expect(report.unknownMinutes).toBe(3 * 24 * 60);
  expect(report.notes).toContainEqual("hall's occupied has no past here: what depends on it is not known.");
  expect(report.notes).toContainEqual(expect.stringContaining("For 10 hours nothing was heard of any device"));
});

test("of a rule that is not there, and of a third at once, a person is told so", () => {
  const { trials } = openHouse();
  expect(trials.start({ id: "gone", days: 5 })).toEqual({ ok: false, why: "absent" });
  trials.start({ draft: heating, days: 5 });
  trials.start({ draft: heating, days: 5 });
  expect(trials.start({ draft: heating, days: 5 })).toEqual({ ok: false, why: "busy" });
});

test("how often it would have switched another rule, or itself, is said, and that what this one then does can't be told", async () => {
  const { tell, tried, state } = openHouse();
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
