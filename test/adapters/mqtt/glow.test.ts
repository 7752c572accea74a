import { describe, expect, test } from "vitest";
import { electric, home } from "./fixtures/glow.ts";
import { Listener } from "./listener.ts";

const display = "mac-a1b2c3d4e5f6";
const energy = `${display}/1/electricalEnergyMeasurement.cumulativeEnergyImported`;

describe("a Glow display", () => {
  test("electricity in the house's units, gas beside it, under any root", () => {
    const l = new Listener().hear(...home);
    expect(l.nodes.get(display)).toMatchObject({ vendor: "Hildebrand", model: "IHD-2", firmware: "v1.8.13" });
    expect(l.values()).toMatchObject({
      [energy]: 5000.5,
      [`${display}/1/electricalPowerMeasurement.activePower`]: 1250,
      [`${display}/1/vendor.electricitymeter.energy.import.day`]: 3.5,
      [`${display}/2/vendor.gasmeter.energy.import.cumulativevol`]: 720.25,
    });
    expect(l.endpoint(display, 2).label).toBe("Gas");
  });

  test.each(["", "read pending"])("noughts after a restart, with the meter %j, are no counter", (mpan) => {
    const l = new Listener().hear(...home, electric(0, mpan));
    expect(l.value(energy)).toBe(5000.5);
  });

  test("another's STATE under twelve digits is not taken", () => {
    expect(new Listener().hear(["tele/A1B2C3D4E5F6/STATE", { POWER: "ON", Uptime: 5 }]).nodes.size).toBe(0);
  });
});
