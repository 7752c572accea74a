import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { NodeView } from "../../hub/http/schemas.ts";
import type { AuditEntry } from "../../hub/model/audit.ts";
import type { Plan, Wish } from "../../hub/model/plan.ts";
import type { CommandResult, HubEvent, RuleStatus, SentenceAnswer } from "../../hub/ports.ts";
import { Client, type DemoHub, startDemo, temporaryFolder } from "./support/demo-hub.ts";

/** The main job on real processes and sockets: three MQTT makers, two Matter nodes, one past, one plan. */
describe("a family's first evening with the hub", () => {
  const folder = temporaryFolder();
  let hub: DemoHub;
  let anna: Client;

  beforeAll(async () => {
    hub = await startDemo({ folder: folder.path, args: ["--days", "40", "--seed", "7"] });
    anna = await Client.first(hub);
  }, 180_000);
  afterAll(async () => {
    await hub?.end();
    folder.remove();
  });

  const command = (node: NodeView, capability: string, name: string, args = {}, endpoint = 1) =>
    anna.call<CommandResult>("POST", "/api/commands", { node: node.id, endpoint, capability, command: name, args });

  const value = (node: NodeView, path: string) =>
    node.endpoints.flatMap((e) => e.attributes).find((a) => `${a.capability}.${a.attribute}` === path)?.known;

  test("all nineteen devices of both protocols appear, in their rooms, with live values", async () => {
    const nodes = await anna.until(
      "19 devices with values",
      async () => {
        const all = await anna.nodes();
        const live = all.filter((n) => n.reachable === true && n.room !== undefined);
        return live.length >= 19 && live;
      },
      120,
    );
    expect(new Set(nodes.map((n) => n.dialect))).toEqual(new Set(["zigbee2mqtt", "tasmota", "shelly-gen2", "matter"]));
  }, 390_000);

  test.each([
    ["Living room light", "Zigbee2MQTT"],
    ["Kitchen light", "Tasmota"],
    ["Office light", "Shelly"],
    ["Fridge plug", "Matter"],
  ])("%s (%s) is switched and its own report confirms it", async (name) => {
    const node = await anna.node(name);
    const wasOn = value(node, "onOff.onOff");
    const on = wasOn?.status === "known" && wasOn.value === true;
    const { outcome } = await command(node, "onOff", on ? "off" : "on");
    expect(outcome).toMatchObject({ state: "confirmed" });
    expect(value(await anna.node(name), "onOff.onOff")).toMatchObject({ status: "known", value: !on });
    expect((await command(node, "onOff", on ? "on" : "off")).outcome).toMatchObject({ state: "confirmed" });
  });

  test("the same plug has the same capabilities through Zigbee2MQTT and through Matter", async () => {
    const shape = (n: NodeView) =>
      n.endpoints.flatMap((e) =>
        e.attributes.filter((a) => a.capability !== "vendor").map((a) => `${a.capability}.${a.attribute}`),
      );
    const zigbee = shape(await anna.node("TV corner plug"));
    const matter = shape(await anna.node("Fridge plug"));
    for (const path of [
      "onOff.onOff",
      "electricalPowerMeasurement.activePower",
      "electricalEnergyMeasurement.cumulativeEnergyImported",
    ]) {
      expect(zigbee).toContain(path);
      expect(matter).toContain(path);
    }
  });

  test("values move by the stream without asking again", async () => {
    const moved = new Set<string>();
    const close = await anna.stream((e: HubEvent) => {
      if (e.type === "value") moved.add(e.key);
    });
    await anna.until("ten values have moved", async () => moved.size >= 10, 60);
    close();
  }, 210_000);

  test("a thermostat over Matter takes a new setpoint in half degrees", async () => {
    const node = await anna.node("Living room thermostat");
    const { outcome } = await command(node, "thermostat", "set", { occupiedHeatingSetpoint: 20.5 });
    expect(outcome).toMatchObject({ state: "confirmed" });
    expect((await command(node, "thermostat", "set", { occupiedHeatingSetpoint: 21 })).outcome).toMatchObject({
      state: "confirmed",
    });
  });

  test("the home has its own past, and the charts of it balance", async () => {
    await anna.pastDone();
    const meter = await anna.node("House meter");
    const key = `${meter.id}/1/electricalPowerMeasurement.activePower`;
    const to = Date.now();
    const { buckets } = await anna.call<{ buckets: { mean: number }[] }>(
      "GET",
      `/api/history?key=${encodeURIComponent(key)}&from=${to - 20 * 86_400_000}&to=${to}&bucket=1h`,
    );
    expect(buckets.length).toBeGreaterThan(20 * 24 * 0.95);
    expect(buckets.some((b) => b.mean > 500)).toBe(true);
  }, 300_000);

  test("a typed sentence acts, a question never does, and an unclear one asks back", async () => {
    const say = (text: string) => anna.call<SentenceAnswer>("POST", "/api/sentences", { text });
    expect(await say("turn on the kitchen light")).toMatchObject({
      kind: "done",
      results: [{ outcome: { state: "confirmed" } }],
    });
    expect(await say("is the kitchen light on?")).toMatchObject({ kind: "answer" });
    expect(value(await anna.node("Kitchen light"), "onOff.onOff")).toMatchObject({ value: true });
    expect(await say("turn off the living room")).toSatisfy((a: SentenceAnswer) => a.kind !== "notUnderstood");
    expect(await say("sing me a song")).toMatchObject({ kind: "notUnderstood" });
  });

  let plan: Plan | undefined;
  test("a goal in words becomes proposals that were replayed on the home's own history", async () => {
    const { id } = await anna.call<Wish>("POST", "/api/goals", {
      text: "Car at 80 % by 7, spend least, never colder than 19 in the living room",
    });
    const read = await anna.until("the wish is read", async () => {
      const { wishes } = await anna.call<{ wishes: Wish[] }>("GET", "/api/goals");
      return wishes.find((w) => w.id === id && w.state === "read");
    });
    expect(read.goals).toHaveLength(3);
    await anna.call("POST", `/api/goals/${id}/plan`, { goals: read.goals });
    const wish = await anna.until(
      "the wish is done",
      async () => {
        const { wishes } = await anna.call<{ wishes: Wish[] }>("GET", "/api/goals");
        const mine = wishes.find((w) => w.id === id);
        return mine && (mine.state === "done" || mine.state === "failed") && mine;
      },
      120,
    );
    expect(wish.state).toBe("done");
    expect(wish.goals.map((g) => g.kind)).toEqual(expect.arrayContaining(["readyBy", "comfort", "minimise"]));
    const { plans } = await anna.call<{ plans: Plan[] }>("GET", "/api/plans");
    const verified = plans.filter((p) => p.state === "verified");
    expect(verified, plans.map((p) => p.reason).join("\n")).not.toHaveLength(0);
    for (const p of verified) expect(p.verdict?.days).toBeGreaterThanOrEqual(14);
    const charger = await anna.node("EV charger");
    plan = verified.find((p) => p.proposal.node === charger.id);
    expect(plan?.proposal.title).toContain("80 %");
  }, 150_000);

  test("only the very plan that was read can be approved, and it then runs as rules", async () => {
    if (!plan) throw new Error("no plan to approve");
    const wrong = await anna.raw("POST", `/api/plans/${plan.id}/approve`, { hash: "0".repeat(64) });
    expect(wrong.status).toBeGreaterThanOrEqual(400);
    const approved = await anna.call<Plan>("POST", `/api/plans/${plan.id}/approve`, { hash: plan.hash });
    expect(["approved", "running"]).toContain(approved.state);
    const rules = await anna.until("the rules run", async () => {
      const list = (await anna.call<{ rules: RuleStatus[] }>("GET", "/api/rules")).rules.filter(
        (r) => r.rule.plan === plan?.id,
      );
      return list.length > 0 && list.every((r) => r.reason !== "not looked at yet") && list;
    });
    expect(rules[0]?.words.length).toBeGreaterThan(10);
  });

  test("the audit log tells who did what", async () => {
    const { entries } = await anna.call<{ entries: AuditEntry[] }>("GET", "/api/audit?limit=200");
    const what = new Set(entries.map((e) => e.what));
    for (const w of ["command-asked", "command-outcome", "plan-approved"]) expect(what).toContain(w);
    expect(JSON.stringify(entries)).not.toContain("a long enough password");
  });

  test("after the power goes, devices, rules, history and the sign-in are as they were", async () => {
    const before = await anna.nodes();
    await hub.end("SIGKILL");
    hub = await startDemo({ folder: folder.path });
    const again = await Client.signedIn(hub);
    const after = await again.nodes();
    expect(after.map((n) => n.id).sort()).toEqual(before.map((n) => n.id).sort());
    expect(after.map((n) => n.room)).not.toContain(undefined);
    const { rules } = await again.call<{ rules: RuleStatus[] }>("GET", "/api/rules");
    expect(rules.some((r) => r.rule.plan === plan?.id)).toBe(true);
    const thermostat = await again.until(
      "the thermostat speaks again without pairing",
      async () => {
        const node = await again.node("Living room thermostat");
        return node.reachable === true && value(node, "thermostat.localTemperature")?.status === "known" && node;
      },
      90,
    );
    expect(thermostat.reachable).toBe(true);
  }, 150_000);
});
