import { expect, test } from "vitest";
import type { BridgeStatus, ProblemDetails } from "../../hub/http/schemas.ts";
import { house } from "./support/house.ts";

test("a bridge is made with as little as a name, and a port that is taken is named as the field to change", async () => {
  const { ask, signedIn } = house();
  const cookie = await signedIn();
  const post = async (body: object) => (await ask("POST", "/api/bridges", { cookie, body })).json();
  expect(((await post({ name: "Kitchen", port: 5540 })) as ProblemDetails).errors).toEqual([
    { field: "port", message: "5540 is used by the bridge Kitchen; choose another one" },
  ]);
  expect(((await post({ name: "Home" })) as BridgeStatus).settings).toEqual({
    ...{ id: "1", name: "Home", ecosystem: "any", port: 5541 },
    filter: { show: "all", rooms: [], kinds: [], include: [], exclude: [] },
  });
  expect(((await post({ name: "Home", ecosystem: "fridge" })) as ProblemDetails).errors?.[0]?.field).toBe("ecosystem");
  expect(((await post({ name: "Home", filter: { show: "some" } })) as ProblemDetails).errors?.[0]?.field).toBe(
    "filter.show",
  );
  const window = await ask("POST", "/api/bridges/1/window", { cookie, body: { open: true } });
  expect(window.status).toBe(200);
  expect((await ask("DELETE", "/api/bridges/1", { cookie })).status).toBe(200);
  expect((await ask("DELETE", "/api/bridges/1", { cookie })).status).toBe(404);
  expect((await ask("POST", "/api/bridges/1/window", { cookie, body: { open: true } })).status).toBe(404);
});
