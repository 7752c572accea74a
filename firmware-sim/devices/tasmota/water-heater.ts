import { type Cadence, round } from "../device.ts";
import { EnergyLog, type TasmotaConfig, TasmotaDevice } from "./tasmota.ts";

/** A 16 A relay before the immersion heater, with a probe in the tank. */
export function waterHeater(config: TasmotaConfig, cadence: Cadence): TasmotaDevice {
  const log = new EnergyLog();
  return new TasmotaDevice(
    config,
    {
      model: "Sonoff POWR3",
      isLight: false,
      relay: (world) => world.state.heaterAllowed,
      setRelay: (on, world) => {
        world.state.heaterAllowed = on;
      },
      power: (world) => world.state.meters.waterHeater.power,
      sensors: (world) => ({
        ENERGY: log.read(world, world.state.meters.waterHeater.importedWh, world.state.meters.waterHeater.power, 1),
        DS18B20: { Id: "0120A1B2C3D4", Temperature: round(world.state.tank.temperature, 1) },
        TempUnit: "C",
      }),
    },
    cadence,
  );
}
