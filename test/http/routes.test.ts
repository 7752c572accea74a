import { describe, expect, test } from "vitest";
import type { NodeView, ProblemDetails } from "../../hub/http/schemas.ts";
import { house } from "./support/house.ts";
import { XSS } from "./support/small-hub.ts";

const day = 86_400_000;

describe("devices", () => {
  test("a device is shown with words, units and ranges from its capabilities and its maker", async () => {
    const { ask, signedIn, hub } = house();
    const cookie = await signedIn();
    hub.home.nodes.get("matter-thermostat")?.values.set("matter-thermostat/1/thermostat.localTemperature", {
      ...{ value: 19.5, at: hub.time - 1000, source: "thermostat.localTemperature", ageUnknown: false },
    });
    const { nodes } = (await (await ask("GET", "/api/nodes", { cookie })).json()) as { nodes: NodeView[] };
    const [lamp, thermostat] = nodes;
    const attributes = thermostat?.endpoints[0]?.attributes;
    expect(attributes?.[0]).toMatchObject({
      ...{ key: "matter-thermostat/1/thermostat.localTemperature", unit: "degC", unitText: "°C", kind: "measurement" },
      ...{ label: "Temperature", capabilityLabel: "Thermostat", writable: false },
      known: { status: "known", value: 19.5 },
    });
    expect(attributes?.[1]).toMatchObject({ min: 7, max: 30, writable: true, known: { status: "unknown" } });
    const own = lamp?.endpoints[0]?.attributes.find((a) => a.capability === "vendor");
    expect(own).toMatchObject({
      type: "enum",
      values: ["off", "on", "previous"],
      label: "Power-on behavior",
      writable: true,
    });
    expect(lamp?.endpoints[0]?.attributes[0]).toMatchObject({ type: "boolean", words: ["off", "on"] });
    expect(lamp?.endpoints[0]?.commands.map((c) => c.command)).toEqual(["on", "off", "moveToLevel"]);
    expect(lamp?.endpoints[0]?.deviceTypes[0]?.label).toBeTypeOf("string");
  });

  test("the list tells of each device what it tells of itself, also after a value, a name or the device changed", async () => {
    const { ask, signedIn, hub } = house();
    const cookie = await signedIn();
    const of = async (path: string) => (await ask("GET", path, { cookie })).json();
    const same = async (): Promise<void> => {
      const { nodes } = (await of("/api/nodes")) as { nodes: NodeView[] };
      expect(nodes).toEqual(await Promise.all([...hub.home.nodes.keys()].map((id) => of(`/api/nodes/${id}`))));
    };
    await same();
    const lamp = hub.home.nodes.get("mqtt-lamp");
    if (!lamp) throw new Error("there is no lamp");
    for (const { key } of ((await of("/api/nodes/mqtt-lamp")) as NodeView).endpoints.flatMap((e) => e.attributes))
      lamp.values.set(key, { value: true, at: hub.time, source: "", ageUnknown: false });
    await same();
    lamp.settings = { name: 'Lamp "}]', roles: { "1": "fan" } };
    await same();
    lamp.description = { ...lamp.description, endpoints: [] };
    await same();
  });

  test("a hostile name stays text in JSON, and no browser may sniff it into a page", async () => {
    const { ask, signedIn } = house();
    const answer = await ask("GET", "/api/nodes/mqtt-lamp", { cookie: await signedIn() });
    expect(answer.headers.get("content-type")).toBe("application/json");
    expect(answer.headers.get("x-content-type-options")).toBe("nosniff");
    expect(answer.headers.get("content-security-policy")).not.toContain("unsafe-inline");
    expect(((await answer.json()) as NodeView).name).toBe(XSS);
  });

  test("a person names, places and takes back; what is absent stays", async () => {
    const { ask, signedIn } = house();
    const cookie = await signedIn();
    const change = async (body: object) =>
      (await (await ask("PATCH", "/api/nodes/mqtt-lamp", { cookie, body })).json()) as NodeView & ProblemDetails;
    expect(await change({ name: "Reading lamp", room: "Living room" })).toMatchObject({ name: "Reading lamp" });
    expect(await change({ roles: { "1": "waterHeater" } })).toMatchObject({
      room: "Living room",
      roles: { "1": "waterHeater" },
    });
    expect((await change({ name: null })).name).toBe(XSS);
    expect(await change({ noPlans: true })).toMatchObject({ noPlans: true, room: "Living room" });
    expect((await change({ name: null })).noPlans, "what is absent stays").toBe(true);
    expect((await change({ noPlans: false })).noPlans).toBe(false);
    expect((await change({ roles: { "9": "waterHeater" } })).errors?.[0]?.field).toBe("roles.9");
    expect((await change({ roles: { "1": "constructor" } })).errors?.[0]?.field).toBe("roles.1");
    expect((await change({ colour: "red" })).errors).toEqual([{ field: "colour", message: "is not known here" }]);
    const home = await ask("GET", "/api/home", { cookie });
    expect(await home.json()).toMatchObject({ rooms: ["Living room"], settings: { currency: "EUR" } });
  });

  test("a device of either protocol is taken out of the home; one that is not there is 404", async () => {
    const { ask, signedIn, hub } = house();
    const cookie = await signedIn();
    for (const id of ["matter-thermostat", "mqtt-lamp"]) {
      expect((await ask("DELETE", `/api/nodes/${id}`, { cookie })).status).toBe(200);
      expect((await ask("GET", `/api/nodes/${id}`, { cookie })).status).toBe(404);
    }
    expect((await ask("DELETE", "/api/nodes/nothing", { cookie })).status).toBe(404);
    expect(hub.removed).toEqual(["matter-thermostat", "mqtt-lamp", "nothing"]);
  });

  test("the kinds that a device can be are told with their labels, in their order", async () => {
    const { ask, signedIn } = house();
    const answer = await ask("GET", "/api/device-types", { cookie: await signedIn() });
    const { deviceTypes } = (await answer.json()) as { deviceTypes: { name: string; label: string; icon: string }[] };
    expect(deviceTypes).toContainEqual(expect.objectContaining({ name: "waterHeater", label: "Water heater" }));
    const labels = deviceTypes.map((t) => t.label);
    expect(labels).toEqual([...labels].sort((a, b) => a.localeCompare(b, "en")));
  });
});

describe("sentences", () => {
  test("a choice goes along with its text, and one that was not offered is refused by its field", async () => {
    const { ask, signedIn } = house();
    const cookie = await signedIn();
    const say = async (choice: object) => {
      const answer = await ask("POST", "/api/sentences", { cookie, body: { text: "the light", choice } });
      return { ...((await answer.json()) as ProblemDetails & { text?: string }), status: answer.status };
    };
    expect(await say({ node: "mqtt-lamp", endpoint: 1 })).toMatchObject({ status: 200, text: "the light mqtt-lamp" });
    expect(await say({ node: "safe", endpoint: 1 })).toMatchObject({ status: 400, errors: [{ field: "choice" }] });
    expect(await say({ node: "mqtt-lamp" })).toMatchObject({ status: 400, errors: [{ field: "choice.endpoint" }] });
  });
});

describe("commands", () => {
  test("a fitting command reaches the hub with the person's rank and name", async () => {
    const { ask, signedIn, hub } = house();
    const cookie = await signedIn();
    const body = {
      node: "mqtt-lamp",
      endpoint: 1,
      capability: "levelControl",
      command: "moveToLevel",
      args: { level: 40 },
    };
    const answer = await ask("POST", "/api/commands", { cookie, body });
    expect(await answer.json()).toEqual({ id: "c1", outcome: { state: "confirmed", afterMs: 12 } });
    expect(hub.commands[0]).toMatchObject({ command: { args: { level: 40 } }, origin: { rank: "person", by: "Kim" } });
  });

  test.each([
    [{ node: "nobody" }, 404, "node"],
    [{ endpoint: 7 }, 404, "endpoint"],
    [{ endpoint: "1" }, 400, "endpoint"],
    [{ capability: "doorLock" }, 400, "capability"],
    [{ capability: "constructor" }, 400, "capability"],
    [{ command: "explode" }, 400, "command"],
    [{ command: "toString" }, 400, "command"],
    [{ capability: "onOff", command: "toggle", args: {} }, 400, "command"],
    [{ args: {} }, 400, "args.level"],
    [{ args: { level: 140 } }, 400, "args.level"],
    [{ args: { level: "40" } }, 400, "args.level"],
    [{ args: { level: 40, speed: 1 } }, 400, "args.speed"],
    [{ args: { level: { deep: 1 } } }, 400, "args.level"],
    [
      { capability: "thermostat", node: "matter-thermostat", command: "set", args: { occupiedHeatingSetpoint: 40 } },
      400,
      "args.occupiedHeatingSetpoint",
    ],
    [
      { capability: "thermostat", node: "matter-thermostat", command: "set", args: { localTemperature: 20 } },
      400,
      "args.localTemperature",
    ],
    [{ capability: "thermostat", node: "matter-thermostat", command: "set", args: {} }, 400, "args"],
    [{ capability: "vendor", command: "set", args: { power_on_behavior: "explode" } }, 400, "args.power_on_behavior"],
  ])("what does not fit is refused by its field and moves nothing: %j", async (change, status, field) => {
    const { ask, signedIn, hub } = house();
    const base = {
      node: "mqtt-lamp",
      endpoint: 1,
      capability: "levelControl",
      command: "moveToLevel",
      args: { level: 40 },
    };
    const answer = await ask("POST", "/api/commands", { cookie: await signedIn(), body: { ...base, ...change } });
    const problem = (await answer.json()) as ProblemDetails;
    expect([answer.status, problem.errors?.[0]?.field]).toEqual([status, field]);
    expect(hub.commands).toEqual([]);
  });

  test("keys that would change prototypes are no arguments", async () => {
    const { ask, signedIn, hub } = house();
    const cookie = await signedIn();
    const body = `{"node":"mqtt-lamp","endpoint":1,"capability":"onOff","command":"on","args":{"__proto__":{"polluted":1},"constructor":true}}`;
    expect((await ask("POST", "/api/commands", { cookie, body })).status).toBe(400);
    expect(hub.commands).toEqual([]);
    expect(Object.hasOwn(Object.prototype, "polluted")).toBe(false);
  });
});

describe("history", () => {
  test("times are read as ISO or epoch ms, and the unit comes along", async () => {
    const { ask, signedIn } = house();
    const cookie = await signedIn();
    const key = encodeURIComponent("matter-thermostat/1/thermostat.localTemperature");
    const answer = await ask(
      "GET",
      `/api/history?key=${key}&from=2026-01-01T00:00:00+01:00&to=${Date.UTC(2026, 0, 2)}&bucket=1h`,
      { cookie },
    );
    expect(await answer.json()).toMatchObject({
      unit: "degC",
      bucketMs: 3_600_000,
      buckets: [{ at: Date.UTC(2025, 11, 31, 23) }],
    });
  });

  test("days are those of the home's calendar, and the answer says so", async () => {
    const { ask, signedIn } = house();
    const query = new URLSearchParams({ key: "mqtt-lamp/1/onOff.onOff", from: "1", to: String(day), bucket: "1mo" });
    const answer = await ask("GET", `/api/history?${query}`, { cookie: await signedIn() });
    expect(await answer.json()).toMatchObject({
      calendar: { unit: "month", timeZone: "Europe/Berlin" },
      bucketMs: 30 * day,
    });
  });

  test.each([
    [{ key: "lamp" }, "key"],
    [{ from: "yesterday" }, "from"],
    [{ from: "2026-01-01T00:00:00" }, "from"],
    [{ to: "0" }, "to"],
    [{ bucket: "1s" }, "bucket"],
    [{ bucket: "2w" }, "bucket"],
    [{ bucket: "60s", to: String(30 * day) }, "bucket"],
  ])("a question that does not fit is refused by its field: %j", async (change, field) => {
    const { ask, signedIn } = house();
    const query = new URLSearchParams({
      key: "mqtt-lamp/1/onOff.onOff",
      from: "1",
      to: String(day),
      bucket: "1h",
      ...change,
    });
    const answer = await ask("GET", `/api/history?${query}`, { cookie: await signedIn() });
    expect(answer.status).toBe(400);
    expect(((await answer.json()) as ProblemDetails).errors?.[0]?.field).toBe(field);
  });
});

describe("plans, rules, tariff, models", () => {
  test("a plan says in words what would run, one line a rule", async () => {
    const { ask, signedIn, hub } = house();
    const cookie = await signedIn();
    hub.planWords = () => ["While it is cheap: charge Car."];
    const { plans } = (await (await ask("GET", "/api/plans", { cookie })).json()) as { plans: { words: string[] }[] };
    expect(plans[0]?.words).toEqual(["While it is cheap: charge Car."]);
    const one = (await (await ask("GET", "/api/plans/plan-1", { cookie })).json()) as { words: string[] };
    expect(one.words).toEqual(["While it is cheap: charge Car."]);
  });

  test("a plan is approved by exactly its hash", async () => {
    const { ask, signedIn } = house();
    const cookie = await signedIn();
    expect((await ask("POST", "/api/plans/plan-1/approve", { cookie, body: { hash: "abc" } })).status).toBe(200);
    const refused = await ask("POST", "/api/plans/plan-1/approve", { cookie, body: { hash: "abd" } });
    expect([refused.status, await refused.json()]).toMatchObject([409, { detail: "the plan has changed" }]);
    expect((await ask("POST", "/api/plans/plan-9/approve", { cookie, body: { hash: "abc" } })).status).toBe(404);
    expect((await ask("POST", "/api/plans/plan-1/end", { cookie })).status).toBe(409);
  });

  test("a goal is taken up at once, and a refused one names its field", async () => {
    const { ask, signedIn } = house();
    const cookie = await signedIn();
    const taken = await ask("POST", "/api/goals", { cookie, body: { text: "spend least" } });
    expect([taken.status, await taken.json()]).toMatchObject([202, { id: "wish-1", by: "Kim" }]);
    const refused = await ask("POST", "/api/goals", { cookie, body: { text: "nonsense" } });
    expect(await refused.json()).toMatchObject({ status: 400, errors: [{ field: "text", message: "is too short" }] });
    expect((await ask("DELETE", "/api/goals/wish-1", { cookie })).status).toBe(200);
  });

  test("a reading is confirmed as a form, and what does not fit names its field", async () => {
    const { ask, signedIn } = house();
    const cookie = await signedIn();
    const cost = { kind: "minimise", what: "cost" };
    await ask("POST", "/api/goals", { cookie, body: { text: "spend least" } });
    const early = await ask("POST", "/api/goals/wish-1/plan", { cookie, body: { goals: [cost] } });
    expect([early.status, await early.json()]).toMatchObject([409, { detail: expect.stringContaining("reading") }]);
    expect((await ask("POST", "/api/goals/none/plan", { cookie, body: { goals: [cost] } })).status).toBe(404);
    const unknown = await ask("POST", "/api/goals/form", {
      cookie,
      body: { goals: [{ kind: "unlock", node: "door" }] },
    });
    expect([unknown.status, await unknown.json()]).toMatchObject([400, { errors: [{ field: "goals.0.kind" }] }]);
    const misfit = await ask("POST", "/api/goals/form", { cookie, body: { goals: [cost, cost, cost] } });
    expect(await misfit.json()).toMatchObject({
      errors: [{ field: "goals.2.target", message: expect.stringContaining("between 10 and 100") }],
    });
    const taken = await ask("POST", "/api/goals/form", { cookie, body: { goals: [cost] } });
    expect([taken.status, await taken.json()]).toMatchObject([202, { state: "planning", goals: [cost] }]);
    const choices = await ask("GET", "/api/goals/choices", { cookie });
    expect(await choices.json()).toMatchObject({ things: [{ name: "Lamp" }], rooms: [{ name: "Hall" }] });
  });

  test("prices of a stretch of time are told, and a stretch that ends before it begins is refused", async () => {
    const { ask, signedIn, hub } = house();
    const cookie = await signedIn();
    const told = await ask("GET", "/api/prices?from=1000&to=2000", { cookie });
    expect(await told.json()).toEqual({ prices: [{ from: 1000, perKwh: hub.tariff().importPerKwh }] });
    const refused = (await (await ask("GET", "/api/prices?from=2000&to=1000", { cookie })).json()) as ProblemDetails;
    expect(refused.errors?.[0]?.field).toBe("to");
    expect((await ask("GET", "/api/prices?from=now&to=1", { cookie })).status).toBe(400);
  });

  test("the tariff comes back as it was set, and a wrong band is refused by its place", async () => {
    const { ask, signedIn, hub } = house();
    const cookie = await signedIn();
    const now = (await (await ask("GET", "/api/tariff", { cookie })).json()) as { importBands: object[] };
    const put = await ask("PUT", "/api/tariff", { cookie, body: { ...now, name: "New" } });
    expect(await put.json()).toEqual({ ...now, name: "New" });
    expect(hub.tariff().name).toBe("New");
    const wrong = { ...now, importBands: [{ from: "25:00", to: "06:00", perKwh: 0.2 }] };
    const refused = (await (await ask("PUT", "/api/tariff", { cookie, body: wrong })).json()) as ProblemDetails;
    expect(refused.errors?.[0]?.field).toBe("importBands.0.from");
  });

  test("a model that is not here can't be used; unknown ids are 404", async () => {
    const { ask, signedIn } = house();
    const cookie = await signedIn();
    expect((await ask("POST", "/api/models/tiny/use", { cookie })).status).toBe(409);
    expect((await ask("POST", "/api/models/tiny/pull", { cookie })).status).toBe(202);
    expect((await ask("POST", "/api/models/huge/pull", { cookie })).status).toBe(404);
    expect((await ask("PATCH", "/api/rules/rule-2", { cookie, body: { enabled: false } })).status).toBe(404);
    expect((await ask("PATCH", "/api/rules/rule-1", { cookie, body: { enabled: false } })).status).toBe(200);
  });

  test("what is unknown of the house's energy is absent, not zero", async () => {
    const { ask, signedIn } = house();
    const answer = await ask("GET", "/api/energy", { cookie: await signedIn() });
    expect(await answer.json()).toEqual({ grid: 100, loads: [], price: 0.3, co2GPerKwh: 380 });
  });
});
