import { describe, expect, test } from "vitest";
import { dutch, german, pulses, status } from "./fixtures/tibber-pulse.ts";
import { Listener } from "./listener.ts";

const pulse = "tibber-aws-rules-ingest_tibber_bridge_data-aa11";
const energy = "electricalEnergyMeasurement.cumulativeEnergyImported";

describe("Tibber Pulse on a broker of one's own", () => {
  test("a telegram of codes with units; a negative power is given", () => {
    const l = new Listener().hear(german);
    expect(l.endpoint(pulse, 1).deviceTypes[0]).toBe("electricalMeter");
    expect(l.nodes.get(pulse)?.serial).toBe("1EMH0012345678");
    expect(l.values()).toMatchObject({
      [`${pulse}/1/electricalPowerMeasurement.activePower`]: -1500,
      [`${pulse}/1/${energy}`]: 12345.6789,
      [`${pulse}/91/electricalPowerMeasurement.voltage`]: 230.1,
      [`${pulse}/92/electricalPowerMeasurement.activeCurrent`]: 2.5,
    });
  });

  test("tariffs are summed, taking and giving are netted, gas has its time before its value", () => {
    const l = new Listener().hear(dutch);
    expect(l.value(`tibber-local-pulse/1/${energy}`)).toBe(300.75);
    expect(l.value("tibber-local-pulse/1/electricalPowerMeasurement.activePower")).toBe(-1250);
    expect(l.value("tibber-local-pulse/1/vendor.24.2.1|m3")).toBe(321.5);
  });

  test("a reader of pulses counts from its own start: no lifetime counter", () => {
    const l = new Listener().hear(pulses, status);
    expect(l.value(`${pulse}/1/electricalPowerMeasurement.activePower`)).toBe(1250);
    expect(l.value(`${pulse}/1/vendor.imp.energy`)).toBe(3.5);
    expect(l.endpoint(pulse, 1).capabilities).not.toHaveProperty("electricalEnergyMeasurement");
    expect(l.value(`${pulse}/1/vendor.metric.status.rssi`)).toBe(-63);
  });

  test("others' events are not taken", () => {
    expect(new Listener().hear(["door/event", { a: 1 }], ["door/obis_stream", "hello"]).nodes.size).toBe(0);
  });
});
