import { expect, test } from "vitest";
import type { ProblemDetails } from "../../hub/http/schemas.ts";
import { house } from "./support/house.ts";

test("a pairing that asks nothing takes no answer, and one that does not run is not cancelled", async () => {
  const { ask, signedIn } = house();
  const cookie = await signedIn();
  const answer = await ask("POST", "/api/pairings/pairing-1/answer", { cookie, body: { accept: true } });
  expect(answer.status).toBe(409);
  expect(((await answer.json()) as ProblemDetails).detail).toContain("asks nothing");
  expect((await ask("DELETE", "/api/pairings/pairing-1", { cookie })).status).toBe(409);
  const unclear = await ask("POST", "/api/pairings/pairing-1/answer", { cookie, body: { accept: "yes" } });
  expect(unclear.status).toBe(400);
  expect(((await unclear.json()) as ProblemDetails).errors?.[0]?.field).toBe("accept");
});

test("an MQTT device has no Matter side, and nobody who is not signed in asks for one", async () => {
  const { ask, signedIn } = house();
  const cookie = await signedIn();
  for (const [method, path] of [
    ["GET", ""],
    ["POST", "/window"],
    ["DELETE", "/window"],
    ["DELETE", "/fabrics/1"],
    ["GET", "/update"],
    ["POST", "/update/look"],
    ["DELETE", "/update"],
  ] as const) {
    expect((await ask(method, `/api/nodes/mqtt-lamp/matter${path}`, { cookie })).status).toBe(404);
    expect((await ask(method, `/api/nodes/mqtt-lamp/matter${path}`)).status).toBe(401);
  }
  const long = await ask("PUT", "/api/nodes/mqtt-lamp/matter/label", { cookie, body: { label: "x".repeat(33) } });
  expect(((await long.json()) as ProblemDetails).errors?.[0]).toMatchObject({ field: "label" });
});

test("the public ledger is not asked until a person says so", async () => {
  const { ask, signedIn } = house();
  const cookie = await signedIn();
  expect(await (await ask("GET", "/api/matter", { cookie })).json()).toMatchObject({ online: false });
  expect((await ask("PUT", "/api/matter", { cookie, body: { online: true } })).status).toBe(200);
  expect((await ask("PUT", "/api/matter", { cookie, body: {} })).status).toBe(400);
});

test("an update is wanted by its version, and by nothing less", async () => {
  const { ask, signedIn } = house();
  const cookie = await signedIn();
  expect(await (await ask("GET", "/api/matter/updates", { cookie })).json()).toMatchObject({
    devices: [],
    badFiles: [],
  });
  expect((await ask("GET", "/api/matter/updates")).status).toBe(401);
  const wish = (body: object) => ask("POST", "/api/nodes/mqtt-lamp/matter/update", { cookie, body });
  expect((await wish({ version: 2 })).status).toBe(404);
  for (const body of [{}, { version: "2" }, { version: -1 }, { version: 2 ** 32 }, { version: 1.5 }]) {
    const answer = await wish(body);
    expect(answer.status).toBe(400);
    expect(((await answer.json()) as ProblemDetails).errors?.[0]?.field).toBe("version");
  }
});
