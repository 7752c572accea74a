/** A house with a store that a rule can be tried on, in the hub's own threads. */
import { expect, onTestFinished, vi } from "vitest";
import { createBus } from "../../hub/main/bus.ts";
import { createTrials } from "../../hub/main/dry-run/desk.ts";
import { TrialThreads } from "../../hub/main/dry-run/threads.ts";
import { createJobs } from "../../hub/main/jobs.ts";
import type { NodeDescription } from "../../hub/model/node.ts";
import type { Reading } from "../../hub/model/reading.ts";
import type { RuleDraft } from "../../hub/model/rule/rule.ts";
import type { RuleTrial } from "../../hub/model/rule-trial.ts";
import { emptyState, step } from "../../hub/step.ts";
import { openStore } from "../../hub/storage/open.ts";
import { bundle, listeningLog, reading, temporaryFolder } from "../storage/support.ts";

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;
export const NOW = Date.UTC(2026, 4, 20, 12);
const MOTION = "hall/1/occupancySensing.occupancy";
const RELAY = "heater/1/onOff.onOff";
const POWER = "heater/1/electricalPowerMeasurement.activePower";

const device = (id: string, capabilities: NodeDescription["endpoints"][number]["capabilities"]): NodeDescription => ({
  ...{ id, name: id, adapter: "mqtt", dialect: "test", addresses: [] },
  endpoints: [{ number: 1, deviceTypes: [], capabilities }],
});

export async function openHouse() {
  const clock = { now: () => NOW };
  const folder = temporaryFolder();
  const tries = new TrialThreads(await bundle("hub/main/dry-run/worker.ts"), folder, 2);
  onTestFinished(async () => void (await tries.close()));
  const store = openStore(folder, { log: listeningLog(), clock });
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
  const jobs = createJobs(bus);
  const trials = createTrials({ state, store, clock, jobs, tries, ...desks });
  const tried = async (draft: RuleDraft, days: number): Promise<RuleTrial> => {
    const begun = trials.start({ draft, days });
    if (!begun.ok) throw new Error(begun.why);
    const answer = await vi.waitFor(() => {
      const found = trials.get(begun.id);
      expect(found?.state).not.toBe("running");
      return found;
    }, 30_000);
    if (answer?.state !== "done") throw new Error(JSON.stringify(answer));
    return answer.report;
  };
  return { store, state, trials, jobs, tries, tried, tell: (list: readonly Reading[]) => store.appendReadings(list) };
}

/** Each day the heater runs from 18:00 to 19:00 UTC with 1 kW; somebody is in the hall at 05:00 UTC for ten minutes. */
export function* days(count: number): Generator<Reading> {
  for (let midnight = NOW - 12 * HOUR - count * DAY; midnight < NOW; midnight += DAY)
    for (let at = midnight; at < Math.min(NOW, midnight + DAY); at += 10 * MINUTE) {
      const hour = (at - midnight) / HOUR;
      const on = hour >= 18 && hour < 19;
      yield reading(at, on, RELAY);
      yield reading(at, on ? 1000 : 0, POWER);
      yield reading(at, hour === 5, MOTION);
    }
}
