import { expect, test } from "vitest";
import type { ProblemDetails } from "../../hub/http/schemas.ts";
import { house } from "./support/house.ts";

const KEY = "matter-thermostat/1/thermostat.localTemperature";

test("the history leaves the house only to people who signed in, with the names they know", async () => {
  const { ask, signedIn, hub } = house();
  Object.assign(hub.store, {
    extents: async () => [
      { key: KEY, from: 1, to: 2 },
      { key: "gone/1/onOff.onOff", from: 1, to: 2 },
    ],
  });
  expect((await ask("GET", "/api/export")).status).toBe(401);
  const cookie = await signedIn();
  const file = await ask("GET", "/api/export?format=csv&resolution=day", { cookie });
  expect(file.headers.get("content-disposition")).toMatch(/^attachment; filename="inglenook-day-.*\.csv"$/);
  expect(await file.text()).toBe(`csv day gone/1/onOff.onOff|gone| ${KEY}|Thermostat: Temperature|°C`);
  const one = await ask("GET", `/api/export?format=sqlite&key=${encodeURIComponent(KEY)}`, { cookie });
  expect(await one.text()).toContain("sqlite hour");
  const wrong = await ask("GET", "/api/export?from=yesterday&key=nobody", { cookie });
  const { errors } = (await wrong.json()) as ProblemDetails;
  expect(errors?.map((e) => e.field)).toEqual(["from", "key"]);
});

test("a past is brought in by people who signed in; what is wrong with a file is said by its field", async () => {
  const { ask, signedIn } = house();
  expect((await ask("GET", "/api/imports")).status).toBe(401);
  const cookie = await signedIn();
  expect(await (await ask("GET", "/api/imports", { cookie })).json()).toMatchObject({ folder: "/data/imports" });
  const preview = await ask("POST", "/api/imports/preview", { cookie, body: { file: "../hub.db" } });
  expect(((await preview.json()) as ProblemDetails).errors?.[0]?.field).toBe("file");
  const wish = { source: { file: "a.db" }, mapping: [{ id: "sensor.a", key: KEY }] };
  expect(await (await ask("POST", "/api/imports", { cookie, body: wish })).json()).toEqual({ id: "import-1" });
  expect((await ask("POST", "/api/imports", { cookie, body: { ...wish, mapping: [] } })).status).toBe(400);
  expect((await ask("DELETE", "/api/imports/import-1", { cookie })).status).toBe(200);
  expect((await ask("DELETE", "/api/imports/import-9", { cookie })).status).toBe(404);
});
