/** What would miss a device, as its page says before it goes. */
import { expect, test } from "vitest";
import { usersOf } from "../../hub/main/users.ts";
import { ruleDraft } from "../../hub/model/rule/rule.ts";
import { emptyState, step } from "../../hub/step.ts";
import { reading } from "../storage/support.ts";

test("a rule that looks at a device, one that commands it and a scene are named once each; others are not", () => {
  const state = emptyState(
    { name: "H", timeZone: "Europe/Berlin", latitude: 52.5, longitude: 13.4, currency: "EUR" },
    {
      ...{ name: "one price", importBands: [], importPerKwh: 0.3, exportPerKwh: 0.08 },
      ...{ standingPerDay: 0, co2Bands: [], co2GPerKwh: 400 },
    },
  );
  const { path } = reading(0, true, "lamp/1/onOff.onOff");
  const made = { origin: "person", by: "Anna", madeAt: 1, changedAt: 1 } as const;
  const off = { kind: "command", target: { nodes: ["lamp", "lamp"] }, capability: "onOff", command: "off" };
  const looks = { kind: "compare", path: "lamp/1/onOff.onOff", op: "=", value: true };
  const written = {
    asks: { form: "when", on: [], do: [off, off] },
    looks: { form: "when", on: [], if: looks, do: [{ kind: "stop" }] },
    // The name of a device in words, and a device whose name only begins alike, are none.
    none: {
      form: "when",
      on: [],
      do: [
        { kind: "notify", title: "lamp is off" },
        { ...off, target: { nodes: ["lamp-2"] } },
      ],
    },
  };
  const rules = Object.entries(written).map(([id, rule]) => ({
    ...ruleDraft.parse({ title: id, ...rule }),
    ...made,
    id,
  }));
  step(state, { kind: "homeRulesSet", rules }, 1);
  const scene = { id: "s", title: "Evening", actions: [{ ...path, command: "on", args: {} }] };
  step(state, { kind: "scenesSet", scenes: [scene] }, 1);
  expect(usersOf(state).get("lamp")).toEqual([
    { kind: "rule", id: "asks", title: "asks" },
    { kind: "rule", id: "looks", title: "looks" },
    { kind: "scene", id: "s", title: "Evening" },
  ]);
});
