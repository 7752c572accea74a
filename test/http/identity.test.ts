import { expect, test } from "vitest";
import type { IdentityView, ProblemDetails } from "../../hub/http/schemas.ts";
import { house } from "./support/house.ts";
import { XSS } from "./support/small-hub.ts";

const key = "matter-thermostat:mqtt-lamp";

test("what may be one is shown with its evidence, as text; a person answers once", async () => {
  const { ask, signedIn } = house();
  const cookie = await signedIn();
  const read = async () => (await (await ask("GET", "/api/identity", { cookie })).json()) as IdentityView;
  const [proposal] = (await read()).proposals;
  expect(proposal).toMatchObject({ keep: { name: XSS }, evidence: [{ kind: "serial" }] });
  const at = `/api/identity/proposals/${proposal?.key}`;
  expect((await ask("POST", `${at}/accept`, { cookie, body: {} })).status).toBe(200);
  expect((await read()).proposals).toEqual([]);
  expect((await ask("POST", `${at}/reject`, { cookie, body: {} })).status).toBe(404);
});

test("nobody says what is one without signing in, and what names no device is refused by its field", async () => {
  const { ask, signedIn } = house();
  expect((await ask("POST", `/api/identity/proposals/${key}/accept`, { body: {} })).status).toBe(401);
  const cookie = await signedIn();
  const fields = async (path: string, body: object) => {
    const answer = await ask("POST", `/api/identity/${path}`, { cookie, body });
    return [answer.status, ((await answer.json()) as ProblemDetails).errors?.map((e) => e.field)];
  };
  expect(await fields("merge", { keep: "nobody", other: "mqtt-lamp" })).toEqual([400, ["keep"]]);
  expect(await fields("merge", { keep: "mqtt-lamp", other: "mqtt-lamp" })).toEqual([400, ["other"]]);
  expect(await fields("split", { node: "mqtt-lamp", device: "nobody" })).toEqual([400, ["device"]]);
  expect(await fields("merge", { keep: "mqtt-lamp" })).toEqual([400, ["other"]]);
  expect((await ask("POST", "/api/identity/proposals/__proto__/accept", { cookie, body: {} })).status).toBe(400);
  expect(await fields("split", { node: "mqtt-lamp", device: "matter-thermostat" })).toEqual([200, undefined]);
});
