import { expect, test } from "vitest";
import type { ProblemDetails, TracePage, Why } from "../../hub/http/schemas.ts";
import { house } from "./support/house.ts";

test("what rules did is searched page by page, and a device is asked about at a moment or in a stretch of time", async () => {
  const { ask, signedIn, hub } = house();
  const cookie = await signedIn();
  const asked: object[] = [];
  const { search, why } = hub.traces;
  Object.assign(hub.traces, {
    search: (query: Parameters<typeof search>[0]) => asked.push(query) && search(query),
    why: (query: Parameters<typeof why>[0]) => asked.push(query) && why(query),
  });
  const get = (path: string) => ask("GET", path, { cookie });
  const first = await get("/api/traces?rule=rule-1&text=sunset&limit=20");
  expect(first.status).toBe(200);
  const page = (await first.json()) as TracePage;
  expect(page).toMatchObject({
    more: 7,
    kept: { bytes: 1000, maxBytes: 20_000 },
    traces: [{ id: "run-1", lines: [{ bad: true }] }],
  });
  await get(`/api/traces?before=${page.more}`);
  expect(asked).toEqual([
    { rule: "rule-1", text: "sunset", limit: 20 },
    { before: 7, limit: 50 },
  ]);
  asked.length = 0;
  const now = await get("/api/nodes/mqtt-lamp/why");
  expect((await now.json()) as Why).toMatchObject({ why: "Lamp is on.", whyNot: "No rule did." });
  await get("/api/nodes/mqtt-lamp/why?at=1000");
  await get("/api/nodes/mqtt-lamp/why?from=1000&to=2000");
  expect(asked).toEqual([
    { node: "mqtt-lamp", from: hub.time, to: hub.time },
    { node: "mqtt-lamp", from: 1000, to: 1000 },
    { node: "mqtt-lamp", from: 1000, to: 2000 },
  ]);
  expect((await get("/api/nodes/ghost/why")).status).toBe(404);
  const field = async (path: string) => {
    const answer = await get(path);
    expect(answer.status, path).toBe(400);
    return ((await answer.json()) as ProblemDetails).errors?.[0]?.field;
  };
  expect(await field("/api/traces?from=5&to=5")).toBe("to");
  expect(await field("/api/traces?limit=1000")).toMatch(/limit/);
  expect(await field("/api/traces?kind=odd")).toMatch(/kind/);
  expect(await field("/api/nodes/mqtt-lamp/why?at=1&from=2")).toBe("at");
  expect(await field("/api/nodes/mqtt-lamp/why?to=2")).toBe("from");
  expect(await field("/api/nodes/mqtt-lamp/why?from=3&to=2")).toBe("from");
  expect((await ask("GET", "/api/traces")).status).toBe(401);
});
