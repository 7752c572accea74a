import { describe, expect, test } from "vitest";
import { kept, measured } from "./fixtures/ha-classes.ts";
import { config, dev } from "./fixtures/ha-discovery.ts";
import { Listener } from "./listener.ts";

const node = "ha-c";
/** A power beside it, so that voltage and power factor are the mains'. */
const beside = config("sensor", "zzzz", {
  ...dev("c"),
  uniq_id: "z",
  stat_t: "z",
  dev_cla: "current",
  unit_of_meas: "A",
});
function hear(dev_cla: string, unit: string | undefined, raw: number): Listener {
  const own = { ...dev("c"), name: "Amount", uniq_id: "a", stat_t: "a", dev_cla, stat_cla: "total_increasing" };
  return new Listener().hear(beside, config("sensor", "a", { ...own, ...(unit ? { unit_of_meas: unit } : {}) }), [
    "a",
    String(raw),
  ]);
}

describe("a sensor's class and unit say what it measures", () => {
  const rows = Object.entries(measured).flatMap(([kind, [path, all]]) =>
    all.map(([unit, raw, house]) => [kind, unit, raw, path, house] as const),
  );
  test.each(rows)("%s in %s: %d is %s %d", (kind, unit, raw, path, house) => {
    const l = hear(kind, unit, raw);
    const value = Number(l.value(`${node}/1/${path}`));
    expect(Math.abs(value - house) / house).toBeLessThan(1e-4);
    expect(l.problems).toEqual([]);
  });

  const others = Object.entries(kept).flatMap(([kind, all]) =>
    all.map(([unit, house]) => [kind, unit, house] as const),
  );
  test.each(others)("%s in %s stays the maker's own, its unit is told", (kind, unit, house) => {
    const l = hear(kind, unit, 3);
    const own = l.endpoint(node, 1).capabilities.vendor?.attributes.a;
    expect(own?.type).toMatchObject({ type: "number", unit: house ?? "1" });
    expect(own?.label).toBe(house === undefined ? `Amount (${unit})` : "Amount");
    expect(l.value(`${node}/1/vendor.a`)).toBeTypeOf("number");
    expect(l.problems).toEqual([]);
  });

  test("a battery and soil moisture of an ESPHome in deep sleep are what they are", () => {
    const of = (id: string, dev_cla: string) =>
      config("sensor", `bed/${id}`, {
        ...{ dev: { ids: "a1b2c3d4e5f6", name: "Bed", mf: "Espressif", cns: [["mac", "a1b2c3d4e5f6"]] } },
        ...{ uniq_id: `ESPsensor${id}`, stat_t: `bed/sensor/${id}/state`, avty_t: "bed/status", dev_cla },
        ...{ unit_of_meas: "%", stat_cla: "measurement", name: id },
      });
    const l = new Listener().hear(
      of("battery", "battery"),
      of("soil_moisture", "moisture"),
      ["bed/sensor/battery/state", "95"],
      ["bed/sensor/soil_moisture/state", "36"],
    );
    expect(l.values()).toEqual({
      "mac-a1b2c3d4e5f6/1/powerSource.batPercentRemaining": 95,
      "mac-a1b2c3d4e5f6/1/soilMeasurement.soilMoistureMeasuredValue": 36,
    });
  });
});
