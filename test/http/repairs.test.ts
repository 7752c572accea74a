import { expect, test } from "vitest";
import type { ProblemDetails, Repair, RepairList } from "../../hub/http/schemas.ts";
import type { RepairView } from "../../hub/ports.ts";
import { house } from "./support/house.ts";

const repair: RepairView = {
  ...{ id: "abc-1", key: "plug/1/x.y", node: "plug", name: "Plug", label: "Imported", kind: "dip", state: "active" },
  ...{ from: 1, to: 2, times: 3, kwh: 0.1, effectKwh: -500, reason: "it fell", evidence: [{ at: 1, kwh: 500 }] },
  ...{ pins: [], masks: [] },
};

test("repairs are listed by device and time, and changed by name; what does not fit is said", async () => {
  const { ask, signedIn, hub } = house();
  const cookie = await signedIn();
  const asked: object[] = [];
  Object.assign(hub.repairs, {
    list(query: object) {
      asked.push(query);
      return [repair];
    },
    change(id: string, change: { kind: string }, by: string) {
      if (id !== repair.id) return undefined;
      if (change.kind === "adjust") throw new RangeError("kwh: must be between 0 and 1");
      return { ...repair, state: "undone", by };
    },
  });
  const list = await ask("GET", "/api/energy/repairs?node=plug&from=5", { cookie });
  expect(((await list.json()) as RepairList).repairs).toMatchObject([{ id: "abc-1", kind: "dip", effectKwh: -500 }]);
  expect(asked).toEqual([{ node: "plug", from: 5 }]);
  const post = (id: string, body: object) => ask("POST", `/api/energy/repairs/${id}`, { cookie, body });
  const undone = await post("abc-1", { kind: "undo" });
  expect((await undone.json()) as Repair).toMatchObject({ state: "undone", by: "Kim" });
  expect((await post("none", { kind: "undo" })).status).toBe(404);
  const refused = await post("abc-1", { kind: "adjust", kwh: 99 });
  expect(refused.status).toBe(400);
  expect((await refused.json()) as ProblemDetails).toMatchObject({
    errors: [{ field: "kwh", message: "must be between 0 and 1" }],
  });
  expect((await post("abc-1", { kind: "forget" })).status).toBe(400);
});
