import { describe, expect, test } from "vitest";
import { stretchOf } from "../../dashboard/parts/run-timeline.tsx";
import { flexibleOf } from "../../dashboard/words/flexible.ts";
import type { EndpointView, Known, Value } from "../../hub/http/schemas.ts";

const HOUR = 3_600_000;
const NOW = Date.parse("2026-11-22T18:00:00Z");
const S = NOW / 1000;

const told: Readonly<Record<string, Value>> = {
  ...{ esaState: "online", optOutState: "noOptOut", forecastAvailable: true, forecastProfile: "1800x2000,3600x60" },
  ...{ forecastStartTime: S + 3600, forecastEndTime: S + 3600 + 5400, forecastEarliestStartTime: S },
  ...{ forecastLatestEndTime: S + 40 * 3600, forecastUpdateReason: "localOptimization" },
};

function endpointOf(values: Readonly<Record<string, Value>>): [EndpointView, (key: string) => Known] {
  const attributes = Object.keys(values).map((attribute) => ({
    ...{ key: attribute, capability: "deviceEnergyManagement", attribute, label: attribute, capabilityLabel: "" },
    ...{ type: "number" as const, kind: "state" as const, writable: false, source: "x" },
    known: { status: "unknown" as const, reason: "" },
  }));
  const command = { capability: "deviceEnergyManagement", command: "pauseRequest", label: "Pause", args: [] };
  const known = (key: string): Known => {
    const value = values[key];
    return value === undefined ? { status: "unknown", reason: "" } : { status: "known", value, at: NOW, source: "x" };
  };
  return [{ number: 1, deviceTypes: [], attributes, commands: [command] }, known];
}

const read = (values: Readonly<Record<string, Value>>) => flexibleOf(...endpointOf(values));

describe("what a page shows of an appliance that says when it could run", () => {
  test("its run with its parts, what it allows, and whether its plan is its own", () => {
    const found = read(told);
    expect(found?.run?.slots.map((s) => [(s.from - NOW) / HOUR, (s.to - NOW) / HOUR, s.watts])).toEqual([
      [1, 1.5, 2000],
      [1.5, 2.5, 60],
    ]);
    expect(found).toMatchObject({ moved: true, paused: false, adjusted: false, refuses: undefined });
    expect(found?.commands.has("pauseRequest")).toBe(true);
  });

  test("a pause moves what is left to the end that it now says", () => {
    const late = read({ ...told, forecastEndTime: S + 3600 + 7200 })?.run;
    expect(late?.slots.at(-1)?.to).toBe(late?.endAt);
  });

  test("no run where none is planned, nothing of another capability, and a refusal in words", () => {
    expect(read({ ...told, forecastAvailable: false })?.run).toBeUndefined();
    expect(
      flexibleOf({ number: 1, deviceTypes: [], attributes: [], commands: [] }, () => ({
        status: "unknown",
        reason: "",
      })),
    ).toBeUndefined();
    expect(read({ ...told, optOutState: "localOptOut" })?.refuses).toMatch(/no requests for the sake of this home/);
    expect(read({ ...told, forecastProfile: "nonsense" })?.run?.slots).toEqual([]);
  });

  test("the picture goes from now to the latest end, but no further than it can be read", () => {
    const run = read(told)?.run;
    if (!run) throw new Error("there is a run");
    expect(stretchOf(run, NOW)).toEqual({ from: NOW, to: NOW + 26 * HOUR });
    expect(stretchOf({ ...run, latestEndAt: undefined }, NOW).to).toBe(run.endAt);
  });
});
