import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { HomeView } from "../../hub/http/schemas.ts";
import type { Plan, Wish } from "../../hub/model/plan.ts";
import type { Tariff } from "../../hub/model/tariff.ts";
import { Devices, hasMatterNetwork } from "../firmware-sim/matter/support.ts";
import type { Client } from "./support/demo-hub.ts";
import { FlexibleHome, type Kind, kinds, MINUTE } from "./support/flexible-home.ts";

/** An hour a minute: a step of the appliances is half a minute of the home, a tick of the rules a minute. */
const SPEED = 60;
const DEAR = 0.34;
const CHEAP = 0.18;
/** From now until energy is cheap: more than the longest pause of the washer's first part, less than two of them. */
const WAIT = 45 * MINUTE;
/** The dishwasher's own choice. */
const OWN_START_MIN = 10;
/** Both are done by then, however they were moved: the dishwasher begins with the cheap hours and runs for two. */
const DONE = WAIT + 135 * MINUTE;

async function zoneOf(client: Client): Promise<string> {
  return (await client.call<HomeView>("GET", "/api/home")).settings.timeZone;
}

/** Dear now, cheap from a moment on for half a day (or never); whole minutes, as a tariff has them. */
async function cheapFrom(client: Client, at: number): Promise<number> {
  const zone = await zoneOf(client);
  const clock = (moment: number) =>
    new Intl.DateTimeFormat("en-GB", { timeZone: zone, hour: "2-digit", minute: "2-digit" }).format(moment);
  const from = Math.ceil(at / MINUTE) * MINUTE;
  const tariff: Tariff = {
    name: "Cheap later",
    importBands:
      from === Number.POSITIVE_INFINITY
        ? []
        : [{ from: clock(from), to: clock(from + 12 * 60 * MINUTE), perKwh: CHEAP }],
    importPerKwh: DEAR,
    exportPerKwh: 0.08,
    standingPerDay: 0,
    co2Bands: [],
    co2GPerKwh: 300,
  };
  await client.call("PUT", "/api/tariff", tariff);
  return from;
}

async function plansOf(client: Client): Promise<Plan[]> {
  return (await client.call<{ plans: Plan[] }>("GET", "/api/plans")).plans;
}

/** A person wishes to spend least and approves what is proposed. */
async function wishAndApprove(client: Client): Promise<Plan[]> {
  const { id } = await client.call<Wish>("POST", "/api/goals/form", { goals: [{ kind: "minimise", what: "cost" }] });
  const done = async () => {
    const { wishes } = await client.call<{ wishes: Wish[] }>("GET", "/api/goals");
    const wish = wishes.find((w) => w.id === id);
    if (wish?.state === "failed") throw new Error(wish.progress);
    return wish?.state === "done";
  };
  await client.until("the wish is done", done);
  const verified = (await plansOf(client)).filter((p) => p.state === "verified");
  for (const plan of verified) await client.call("POST", `/api/plans/${plan.id}/approve`, { hash: plan.hash });
  return verified;
}

describe.runIf(hasMatterNetwork)("a hub that moves appliances to the cheap hours, and the same home without", () => {
  let devices: Devices;
  let steered: FlexibleHome;
  let free: FlexibleHome;
  let plans: Plan[] = [];
  const homes = () => [steered, free] as const;
  /** Each home by its own clock: when the machines were loaded, and from when on energy is cheap. */
  const began = new Map<FlexibleHome, number>();
  const cheap = new Map<FlexibleHome, number>();
  const runOf = (home: FlexibleHome, kind: Kind) =>
    home.run(kind, began.get(home) ?? 0, (at) => (at >= (cheap.get(home) ?? 0) ? CHEAP : DEAR));

  beforeAll(async () => {
    devices = await Devices.open();
    steered = await FlexibleHome.open(devices, SPEED);
    free = await FlexibleHome.open(devices, SPEED);
    for (const { client, clock } of homes()) await cheapFrom(client, clock.now() + 5 * 60 * MINUTE);
    plans = await wishAndApprove(steered.client);
    // A washer that was started before anybody knew of cheap hours can only be paused.
    for (const { client } of homes()) await cheapFrom(client, Number.POSITIVE_INFINITY);
    for (const home of homes()) {
      began.set(home, home.clock.now());
      await home.hand("washer", { startInMinutes: 0 });
    }
    for (const home of homes()) await home.until("the washer runs", "washer", (said) => said.stage === "running");
    for (const home of homes()) cheap.set(home, await cheapFrom(home.client, (began.get(home) ?? 0) + WAIT));
    for (const home of homes()) await home.hand("dishwasher", { startInMinutes: OWN_START_MIN });
    const over = () => steered.clock.now() > (began.get(steered) ?? 0) + DONE;
    await steered.client.until("both have run", async () => over(), (DONE / SPEED / 1000) * 1.5);
  }, 1_500_000);
  afterAll(async () => {
    await steered?.close();
    await free?.close();
    await devices?.close();
  });

  test("what was proposed is judged by the appliances' own forecasts, and says so", () => {
    expect(plans.map((p) => p.proposal.strategy)).toEqual(["flexibleRun", "flexibleRun"]);
    for (const { verdict } of plans) {
      expect(verdict?.ok).toBe(true);
      expect(verdict?.checks.map((c) => c.name)).toContain("judged by the device's own forecast");
    }
  });

  test("the dishwasher begins with the cheap hours, as its own power shows, and otherwise when it wanted to", () => {
    const after = (home: FlexibleHome, from: Map<FlexibleHome, number>) =>
      (runOf(home, "dishwasher").began - (from.get(home) ?? 0)) / MINUTE;
    // The two clocks are read off each other once, and a step is half a minute.
    expect(after(steered, cheap)).toBeGreaterThan(-2);
    expect(after(steered, cheap)).toBeLessThan(4);
    expect(after(free, began)).toBeLessThan(OWN_START_MIN + 8);
    expect(runOf(steered, "dishwasher").pauses).toEqual([]);
  });

  test("the washer, which runs already, is paused until energy is cheap, and is never paused otherwise", () => {
    const [with_, without] = homes().map((home) => runOf(home, "washer"));
    expect(with_?.pauses.length).toBeGreaterThan(0);
    for (const pause of with_?.pauses ?? []) expect(pause.watts).toBeLessThan(5);
    expect(without?.pauses).toEqual([]);
  });

  test("both are done in both homes with the same energy, and the house with the hub pays less", () => {
    const sums = homes().map((home) => {
      const runs = kinds.map((kind) => runOf(home, kind));
      for (const kind of kinds) expect(home.last(kind).stage).toBe("done");
      return { kwh: runs.reduce((n, r) => n + r.kwh, 0), cost: runs.reduce((n, r) => n + r.cost, 0), runs };
    });
    const [with_, without] = sums;
    if (!with_ || !without) throw new Error("there are two homes");
    for (const [i, kind] of kinds.entries()) {
      const [a, b] = [with_.runs[i], without.runs[i]];
      console.log(
        `${kind}: ${a?.kwh.toFixed(2)} kWh for ${a?.cost.toFixed(3)} with the hub, ${b?.kwh.toFixed(2)} kWh for ${b?.cost.toFixed(3)} without`,
      );
      expect(a?.cost ?? 1).toBeLessThan(b?.cost ?? 0);
      expect(a?.kwh).toBeCloseTo(b?.kwh ?? 0, 1);
    }
    console.log(`the house pays ${with_.cost.toFixed(3)} instead of ${without.cost.toFixed(3)}`);
    expect(with_.cost).toBeLessThan(0.8 * without.cost);
  });

  test("each command says why, in words, and the appliance confirmed it", async () => {
    const seen: Record<Kind, string[]> = { dishwasher: [], washer: [] };
    for (const kind of kinds) {
      const entries = await steered.audit(kind);
      seen[kind] = entries.map((e) => `${e.by}: ${e.detail}`);
      const asked = entries.filter((e) => e.what === "command-asked");
      for (const { by } of asked) expect(by).toMatch(/^plan:/);
      const wrong = entries.filter((e) => e.what === "command-outcome" && !/ confirmed$/.test(e.detail));
      // A request may cross the appliance's own beginning, which then refuses it and says so; what is due goes on by pausing it.
      const crossed = wrong.filter((e) => /startTimeAdjustRequest .*Invalid in state/.test(e.detail));
      expect(crossed.length).toBeLessThanOrEqual(1);
      expect(wrong.filter((e) => !crossed.includes(e)).map((e) => e.detail)).toEqual([]);
      console.log(asked.map((e) => e.detail).join("\n"));
    }
    expect(seen.dishwasher.join("\n")).toMatch(/starts at \d\d:\d\d, when a kWh costs 0\.18 instead of 0\.\d\d at/);
    expect(seen.washer.join("\n")).toMatch(
      /pauses for \d+ minutes until \d\d:\d\d, when a kWh costs 0\.\d\d instead of/,
    );
    expect((await free.audit("dishwasher")).filter((e) => e.what.startsWith("command"))).toEqual([]);
  });

  test("who has opted out at the appliance is left alone, and the rule says so", async () => {
    const { client } = steered;
    await cheapFrom(client, steered.clock.now() + WAIT);
    await steered.hand("washer", { optOut: "local" });
    await client.until("the hub knows", async () =>
      (await ruleReasons(client)).some((r) => /take no requests/.test(r)),
    );
    const before = (await steered.audit("washer")).length;
    await steered.hand("washer", { startInMinutes: 5 });
    await steered.until("it begins by itself", "washer", (said) => said.stage === "running");
    await client.until("it is through its first part", async () => steered.last("washer").watts > 1000);
    expect((await steered.audit("washer")).length).toBe(before);
    await steered.hand("washer", { stop: true, optOut: "none" });
  }, 1_080_000);

  /** Starts a machine while energy is dear for good, and then tells of cheap hours to come. */
  async function pausedBy(kind: Kind): Promise<void> {
    await cheapFrom(steered.client, Number.POSITIVE_INFINITY);
    await steered.hand(kind, { startInMinutes: 0 });
    await steered.until("it runs", kind, (said) => said.stage === "running");
    await cheapFrom(steered.client, steered.clock.now() + WAIT);
    await steered.until("it is paused", kind, (said) => said.stage === "paused");
  }

  test("a plan that ends leaves nothing paused", async () => {
    await pausedBy("washer");
    const plan = (await plansOf(steered.client)).find((p) => p.proposal.title.includes("-1"));
    await steered.client.call("POST", `/api/plans/${plan?.id}/end`);
    await steered.until("it goes on", "washer", (said) => said.stage === "running", 15);
    const told = (await steered.audit("washer")).map((e) => e.detail).join("\n");
    expect(told).toMatch(/resumeRequest .*back to its own way: nothing is left standing/);
  }, 1_080_000);

  test("a hub that is cut off leaves no pause behind: the appliance's own longest pause ends it", async () => {
    await pausedBy("dishwasher");
    const back = await steered.cut();
    await steered.until("it goes on by itself", "dishwasher", (said) => said.stage === "running", 90);
    const client = await back();
    expect((await plansOf(client)).filter((p) => p.state === "running")).toHaveLength(1);
  }, 540_000);
});

async function ruleReasons(client: Client): Promise<string[]> {
  const { rules } = await client.call<{ rules: { reason: string }[] }>("GET", "/api/rules");
  return rules.map((r) => r.reason);
}
