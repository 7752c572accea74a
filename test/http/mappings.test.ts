import { describe, expect, test } from "vitest";
import type { KeptMapping, Mapping, ProblemDetails } from "../../hub/http/schemas.ts";
import { house } from "./support/house.ts";

const pump: Mapping = {
  version: 1,
  name: "Pump",
  values: [{ topic: "cellar/pump", field: "p", means: "electricalPowerMeasurement.activePower", kind: "number" }],
};

async function room() {
  const { ask, signedIn } = house();
  const cookie = await signedIn();
  return async <T>(method: string, path: string, body?: unknown) => {
    const answer = await ask(method, path, { cookie, ...(body === undefined ? {} : { body: body as object }) });
    return { status: answer.status, json: (await answer.json()) as T & ProblemDetails };
  };
}

describe("devices that people describe", () => {
  test("one is kept, listed and taken back", async () => {
    const ask = await room();
    const kept = await ask<KeptMapping>("PUT", "/api/mappings/cellar-pump", pump);
    expect(kept).toMatchObject({
      status: 200,
      json: { id: "cellar-pump", node: "generic-cellar-pump", mapping: pump },
    });
    expect((await ask<{ mappings: unknown[] }>("GET", "/api/mappings")).json.mappings).toEqual([kept.json]);
    expect((await ask("DELETE", "/api/mappings/cellar-pump")).status).toBe(200);
    expect((await ask("DELETE", "/api/mappings/cellar-pump")).status).toBe(404);
  });

  test.each<[string, unknown, string, RegExp]>([
    ["another version", { ...pump, version: 2 }, "version", /must be 1/],
    ["no values", { ...pump, values: [] }, "values", /at least one/],
    ["too many values", { ...pump, values: Array(65).fill(pump.values[0]) }, "values", /at most 64/],
    ["an unknown field", { ...pump, values: [{ ...pump.values[0], colour: 1 }] }, "values.0.colour", /not known/],
    ["no kind", { ...pump, values: [{ topic: "a" }] }, "values.0.kind", /must be one of|missing/],
    ["what the house finds", { ...pump, name: "odd" }, "values.0.unit", /must be W/],
  ])(
    "%s is refused with the field and what it must be, to be kept and to be looked at",
    async (_, body, field, words) => {
      const ask = await room();
      for (const [method, path] of [
        ["PUT", "/api/mappings/x"],
        ["POST", "/api/mappings/preview"],
      ] as const) {
        const { status, json } = await ask(method, path, body);
        expect(status).toBe(400);
        expect(json.errors).toEqual([{ field, message: expect.stringMatching(words) }]);
      }
    },
  );

  test("one that came from a file is changed there", async () => {
    const ask = await room();
    const { status, json } = await ask("PUT", "/api/mappings/of-a-file", pump);
    expect([status, json.errors]).toEqual([400, [{ field: "id", message: "of-a-file was read from a file" }]]);
  });

  test("unread topics, a message's values and a preview are told; strangers are told nothing", async () => {
    const ask = await room();
    expect((await ask("GET", "/api/mqtt/unread?search=pump")).json).toMatchObject({ topics: [{ topic: "pump" }] });
    expect((await ask("GET", "/api/mqtt/leaves?topic=a")).json).toMatchObject({ leaves: [{ guess: { topic: "a" } }] });
    expect((await ask("GET", "/api/mqtt/leaves?topic=nobody")).status).toBe(404);
    expect((await ask("POST", "/api/mappings/preview", pump)).json).toMatchObject({ values: [{ value: 1834 }] });
    const { ask: stranger } = house();
    for (const path of ["/api/mappings", "/api/mqtt/unread", "/api/mqtt/leaves?topic=a", "/api/mappings/words"])
      expect((await stranger("GET", path)).status).toBe(401);
  });
});
