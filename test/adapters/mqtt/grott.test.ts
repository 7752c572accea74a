import { describe, expect, test } from "vitest";
import { hybrid, record, roof } from "./fixtures/grott.ts";
import { Listener } from "./listener.ts";

const [sun, both] = ["serial-abc1234567", "serial-hyb7654321"];
const power = "electricalPowerMeasurement.activePower";

describe("grott", () => {
  test("integers of tenths and hundredths become units; an inverter exports", () => {
    const l = new Listener().hear(roof);
    expect(l.endpoint(sun, 1).deviceTypes[0]).toBe("solarPower");
    expect(l.values()).toMatchObject({
      [`${sun}/1/${power}`]: -3000,
      [`${sun}/1/electricalPowerMeasurement.frequency`]: 50.01,
      [`${sun}/1/electricalEnergyMeasurement.cumulativeEnergyExported`]: 12345.6,
      [`${sun}/1/temperatureMeasurement.measuredValue`]: 41.2,
      [`${sun}/11/${power}`]: -1500,
      [`${sun}/12/${power}`]: -1600,
      [`${sun}/1/vendor.values.pvenergytoday`]: 8.2,
    });
  });

  test("a hybrid is roof, battery and grid meter in one", () => {
    const l = new Listener().hear(hybrid);
    expect([2, 3].map((n) => l.endpoint(both, n).deviceTypes[0])).toEqual(["batteryStorage", "electricalMeter"]);
    expect(l.values()).toMatchObject({
      [`${both}/2/${power}`]: 1200,
      [`${both}/2/powerSource.batPercentRemaining`]: 64,
      [`${both}/2/electricalEnergyMeasurement.cumulativeEnergyImported`]: 90,
      [`${both}/3/${power}`]: -800,
      [`${both}/3/electricalEnergyMeasurement.cumulativeEnergyExported`]: 700,
    });
  });

  test("a buffered record is an old one, and replaces nothing", () => {
    const l = new Listener().hear(roof, record({ pvpowerout: 0, pvenergytotal: 5 }, "ABC1234567", { buffered: "yes" }));
    expect(l.value(`${sun}/1/${power}`)).toBe(-3000);
    expect(l.value(`${sun}/1/electricalEnergyMeasurement.cumulativeEnergyExported`)).toBe(12345.6);
  });

  test("a misread layout with megawatts is a problem, not a value", () => {
    const l = new Listener().hear(roof, record({ pvpowerout: 4_000_000_000 }));
    expect(l.value(`${sun}/1/${power}`)).toBe(-3000);
    expect(l.problems.map((p) => p.code)).toContain("value-out-of-range");
  });
});
