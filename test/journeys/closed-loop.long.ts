import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { atLocalMinutes, inBand, nextLocalMinutes } from "../../hub/energy/clock.ts";
import { demoHome, demoTariff } from "../../hub/main/demo/home.ts";
import type { AuditEntry } from "../../hub/model/audit.ts";
import type { Plan, Wish } from "../../hub/model/plan.ts";
import type { RuleStatus } from "../../hub/ports.ts";
import { Client, type DemoHub, startDemo, temporaryFolder } from "./support/demo-hub.ts";
import { costOf, type Stored, storedBeyond, uncontrolled } from "./support/truth.ts";

/**
 * A day in three minutes. At 480 a quarter hour lasts two seconds: four ticks of the simulator and two of the rules, so that
 * they are late by no more than half a slot. Beyond 600 the rules would sleep through whole slots.
 */
const SPEED = 480;
const SEED = 7;
const PAST_DAYS = 40;
const QUARTER = 15 * 60_000;
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const { timeZone: zone } = demoHome;
const cheap = demoTariff.importBands.find((b) => b.perKwh < demoTariff.importPerKwh) ?? { from: "22:00", to: "06:00" };

interface Bucket {
  readonly at: number;
  readonly mean: number;
  readonly last: number;
  readonly min: number;
}

const sum = (list: readonly number[]): number => list.reduce((a, b) => a + b, 0);
const euro = (x: number): string => x.toFixed(2);

/** An approved plan runs against the live home, and what it saved is measured and compared with what was promised. */
describe("a plan from approval to its measured saving", () => {
  const folder = temporaryFolder();
  let hub: DemoHub;
  let anna: Client;
  let began = 0;
  let until = 0;
  let plans: Plan[] = [];
  let idle: Plan | undefined;
  let audit: AuditEntry[] = [];
  /** Plans that the hub had measured before anybody asked. */
  let unasked: string[] = [];

  const past = async (name: string, path: string, from = began, to = until): Promise<Bucket[]> => {
    const node = await anna.node(name);
    const spot = node.endpoints.find((e) => e.attributes.some((a) => `${a.capability}.${a.attribute}` === path));
    const query = new URLSearchParams({
      key: `${node.id}/${spot?.number}/${path}`,
      from: String(from),
      to: String(to),
      bucket: "15m",
    });
    return (await anna.call<{ buckets: Bucket[] }>("GET", `/api/history?${query}`)).buckets;
  };
  const hubNow = async () =>
    Math.max(
      ...(await anna.nodes()).flatMap((n) =>
        n.endpoints.flatMap((e) => e.attributes.map((a) => (a.known.status === "known" ? a.known.at : 0))),
      ),
    );
  const approve = async (plan: Plan) => anna.call<Plan>("POST", `/api/plans/${plan.id}/approve`, { hash: plan.hash });

  beforeAll(async () => {
    const args = ["--days", String(PAST_DAYS), "--seed", String(SEED), "--speed", String(SPEED), "--no-matter"];
    hub = await startDemo({ folder: folder.path, args });
    anna = await Client.first(hub);
    await anna.pastDone();
    const text = "Car at 80 % by 7, spend least, never colder than 19 in the living room";
    const { id } = await anna.call<Wish>("POST", "/api/goals", { text });
    const read = await anna.until("the wish is read", async () => {
      const { wishes } = await anna.call<{ wishes: Wish[] }>("GET", "/api/goals");
      return wishes.find((w) => w.id === id && w.state === "read");
    });
    await anna.call("POST", `/api/goals/${id}/plan`, { goals: read.goals });
    await anna.until(
      "the wish is done",
      async () => {
        const { wishes } = await anna.call<{ wishes: Wish[] }>("GET", "/api/goals");
        return wishes.find((w) => w.id === id)?.state === "done";
      },
      120,
    );
    const verified = (await anna.call<{ plans: Plan[] }>("GET", "/api/plans")).plans.filter(
      (p) => p.state === "verified",
    );
    for (const name of ["EV charger", "Water heater", "Home battery", "Dishwasher plug"]) {
      const plan = verified.find((p) => p.proposal.title.startsWith(name));
      if (plan) plans.push(await approve(plan));
    }
    idle = plans.find((p) => p.proposal.title.startsWith("Dishwasher"));
    const { rules } = await anna.call<{ rules: RuleStatus[] }>("GET", "/api/rules");
    for (const { rule } of rules.filter((r) => r.rule.plan === idle?.id))
      await anna.call("PATCH", `/api/rules/${encodeURIComponent(rule.id)}`, { enabled: false });
    began = Math.max(...plans.map((p) => p.approvedAt ?? 0));
    // A whole day from midnight to midnight, and a little for the last readings.
    const midnight = nextLocalMinutes(nextLocalMinutes(began, 0, zone), 0, zone);
    const slack = (midnight - began + HOUR) / SPEED / 1000 + 60;
    await anna.until("a whole day has passed", async () => (await hubNow()) >= midnight + 0.5 * HOUR, slack);
    until = midnight;
    audit = (await anna.call<{ entries: AuditEntry[] }>("GET", "/api/audit?limit=500")).entries;
    const { plans: before } = await anna.call<{ plans: Plan[] }>("GET", "/api/plans");
    unasked = before.filter((p) => p.measured !== undefined).map((p) => p.id);
    plans = await Promise.all(plans.map((p) => anna.call<Plan>("POST", `/api/plans/${p.id}/measure`)));
  }, 1_500_000);
  afterAll(async () => {
    await hub?.end();
    folder.remove();
  });

  test("the plans that were approved are running, and are measured without being asked", () => {
    expect(plans.map((p) => p.proposal.title.split(":")[0])).toEqual([
      "EV charger",
      "Water heater",
      "Home battery",
      "Dishwasher plug",
    ]);
    for (const plan of plans) expect(plan.state, plan.reason).toBe("running");
    expect(unasked, "the hub measures by itself after each day").toEqual(
      expect.arrayContaining(plans.map((p) => p.id)),
    );
  });

  test("the car has its charge at 7, and took it while energy was cheap", async () => {
    const charge = await past("EV charger", "energyEvse.stateOfCharge", began - DAY);
    const power = await past("EV charger", "electricalPowerMeasurement.activePower");
    const sevens = [];
    for (let at = nextLocalMinutes(began, 420, zone); at < until; at = nextLocalMinutes(at, 420, zone)) sevens.push(at);
    for (const at of sevens) {
      const percent = charge.findLast((b) => b.at + QUARTER <= at)?.last;
      console.log(`the car at ${new Date(at).toISOString()}: ${percent} %`);
      // A night that was half over on approval may have been too short.
      if (at - began > 12 * HOUR) expect(percent).toBeGreaterThanOrEqual(79);
    }
    const kwh = (list: readonly Bucket[]) => sum(list.filter((b) => b.mean > 100).map((b) => b.mean / 4000));
    const dear = kwh(power.filter((b) => !inBand(cheap, b.at, zone)));
    console.log(`charged ${euro(kwh(power))} kWh, ${euro(dear)} of it outside the cheap hours`);
    expect(sevens.length).toBeGreaterThan(0);
    // One slot may be cut by a tick, and readings come every few minutes.
    expect(dear).toBeLessThanOrEqual(Math.max(1, 0.1 * kwh(power)));
  });

  test("there is hot water, though it is heated at other times", async () => {
    const tank = await past("Water heater", "temperatureMeasurement.measuredValue");
    const coldest = Math.min(...tank.map((b) => b.min));
    console.log(`hot water from ${coldest} to ${Math.max(...tank.map((b) => b.mean))} °C`);
    expect(coldest).toBeGreaterThan(36);
  });

  test("nothing flutters, and devices confirm what they are told", () => {
    const days = (until - began) / DAY;
    const asked = audit.filter((e) => e.what === "command-asked" && e.by.startsWith("plan:"));
    for (const plan of plans) {
      const own = asked.filter((e) => e.by === `plan:${plan.id}`).length;
      console.log(`${plan.proposal.title}: ${(own / days).toFixed(1)} commands a day`);
      expect(own / days).toBeLessThanOrEqual(12);
      if (plan.id === idle?.id) expect(own).toBe(0);
    }
    const unconfirmed = audit.filter((e) => e.what === "command-outcome" && e.detail.includes("unconfirmed"));
    expect(unconfirmed.length, unconfirmed.map((e) => e.detail).join("\n")).toBeLessThanOrEqual(asked.length * 0.05);
  });

  test("what was measured is what was promised, and nothing where nothing was steered", () => {
    for (const { id, proposal, measured, verdict } of plans) {
      if (!measured || !verdict) throw new Error(`${proposal.title} was not measured`);
      const { days, savedCost, band, coverage, note } = measured;
      const daily = verdict.daily.map((d) => d.savedCost).sort((a, b) => a - b);
      // A single day may be any of those that the promise is the mean of.
      const [low = 0, high = 0] = [
        daily.at(Math.floor(daily.length * 0.05)),
        daily.at(Math.ceil(daily.length * 0.95) - 1),
      ];
      console.log(
        `${proposal.title}: promised ${euro(verdict.perDay.mean)} ± ${euro(verdict.perDay.band)} a day (days from ${euro(low)} to ${euro(high)}), measured ${euro(savedCost / days)} ± ${euro(band / days)} over ${days} days; ${note}`,
      );
      expect(days).toBeGreaterThanOrEqual(1);
      expect(coverage).toBeGreaterThan(0.8);
      // The band holds in nine runs of ten; twice the band in all but one of a thousand.
      if (id === idle?.id) expect(Math.abs(savedCost)).toBeLessThanOrEqual(2 * band);
      else {
        expect((savedCost + 2 * band) / days).toBeGreaterThanOrEqual(Math.max(0, low));
        expect((savedCost - 2 * band) / days).toBeLessThanOrEqual(high);
      }
    }
  });

  test("the measured saving is near what the simulated world itself says", async () => {
    const energy = "electricalEnergyMeasurement.cumulativeEnergy";
    const inwards = await past("House meter", `${energy}Imported`, began - HOUR);
    const outwards = await past("House meter", `${energy}Exported`, began - HOUR);
    const first = atLocalMinutes(until - 1, 0, zone);
    const steps = Math.round((until - first) / QUARTER);
    const standing = (list: readonly Bucket[], at: number) => list.findLast((b) => b.at < at)?.last ?? Number.NaN;
    const paid = sum(
      Array.from({ length: steps }, (_, i) => first + i * QUARTER).map((at) =>
        costOf(
          at,
          standing(inwards, at + QUARTER) - standing(inwards, at),
          standing(outwards, at + QUARTER) - standing(outwards, at),
        ),
      ),
    );
    const charge = await past("EV charger", "energyEvse.stateOfCharge", began - DAY);
    const battery = await past("Home battery", "powerSource.batPercentRemaining", began - DAY);
    const tank = await past("Water heater", "temperatureMeasurement.measuredValue", began - DAY);
    const storedAt = (at: number): Stored => ({
      batteryPercent: standing(battery, at),
      carPercent: standing(charge, at),
      tankC: standing(tank, at),
    });
    const demo = JSON.parse(readFileSync(join(folder.path, "demo", "demo.json"), "utf8")) as { since: string };
    const since = Date.parse(demo.since);
    const before = uncontrolled(SEED, since, first - QUARTER, first);
    const without = uncontrolled(SEED, since, first, until);
    const kept = storedBeyond(storedAt(until), without.end) - storedBeyond(storedAt(first), before.end);
    const truth = without.cost - paid + kept * demoTariff.importPerKwh;
    const running = plans.filter((p) => p.id !== idle?.id).map((p) => p.measured);
    const days = running[0]?.days ?? Number.NaN;
    const measured = sum(running.map((m) => m?.savedCost ?? Number.NaN)) / days;
    const band = Math.hypot(...running.map((m) => m?.band ?? Number.NaN)) / days;
    console.log(
      `the world says ${euro(truth)} saved on the whole day (unsteered ${euro(without.cost)}, paid ${euro(paid)}, ${euro(kept)} kWh more kept), the hub ${euro(measured)} ± ${euro(band)}`,
    );
    expect(truth).toBeGreaterThan(0);
    // Savings of plans overlap: each is measured against a home in which the others run.
    expect(Math.abs(measured - truth)).toBeLessThanOrEqual(band + 0.5 + 0.25 * truth);
  });

  test("no rule is stuck and nothing went wrong on the way", async () => {
    const { rules } = await anna.call<{ rules: RuleStatus[] }>("GET", "/api/rules");
    for (const { rule, holds, reason } of rules.filter((r) => r.rule.enabled))
      expect(holds, `${rule.title}: ${reason}`).not.toBe("unknown");
    const { findings } = await anna.call<{ findings: unknown[] }>("GET", "/api/findings");
    expect(findings).toEqual([]);
    expect(hub.output.filter((line) => /error|an input was dropped/i.test(line))).toEqual([]);
  });
});
