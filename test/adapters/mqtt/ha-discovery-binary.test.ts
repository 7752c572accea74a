import { describe, expect, test } from "vitest";
import { config, dev } from "./fixtures/ha-discovery.ts";
import { Listener } from "./listener.ts";

const node = "ha-c";

describe("a binary sensor's class says what yes means", () => {
  const open = ["booleanState.stateValue", false, true] as const;
  const seen = ["occupancySensing.occupancy", true, false] as const;
  test.each([
    ["door", ...open],
    ["window", ...open],
    ["garage_door", ...open],
    ["opening", ...open],
    ["motion", ...seen],
    ["occupancy", ...seen],
    ["presence", ...seen],
    ["moisture", "booleanState.stateValue", true, false],
    ["smoke", "smokeCoAlarm.smokeState", "critical", "normal"],
    ["carbon_monoxide", "smokeCoAlarm.coState", "critical", "normal"],
    ["battery", "powerSource.batChargeLevel", "critical", "ok"],
    ...[
      ...["battery_charging", "cold", "connectivity", "gas", "heat", "light", "lock", "moving", "plug", "power"],
      ...["problem", "running", "safety", "sound", "tamper", "update", "vibration"],
    ].map((kind) => [kind, "vendor.b", true, false] as const),
  ] as const)("%s: %s", (dev_cla, path, on, off) => {
    const of = config("binary_sensor", "b", { ...dev("c"), uniq_id: "b", stat_t: "b", dev_cla });
    const l = new Listener().hear(of, ["b", "ON"]);
    expect(l.value(`${node}/1/${path}`)).toBe(on);
    expect(l.hear(["b", "OFF"]).value(`${node}/1/${path}`)).toBe(off);
  });
});
