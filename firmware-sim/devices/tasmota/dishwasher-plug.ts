import type { Cadence } from "../device.ts";
import { EnergyLog, type TasmotaConfig, TasmotaDevice } from "./tasmota.ts";

/** A metering plug. The machine behind it waits without power and goes on where it stopped. */
export function dishwasherPlug(config: TasmotaConfig, cadence: Cadence): TasmotaDevice {
  const log = new EnergyLog();
  return new TasmotaDevice(
    config,
    {
      model: "NOUS A1T",
      isLight: false,
      relay: (world) => world.state.dishwasher.plugOn,
      setRelay: (on, world) => {
        world.state.dishwasher.plugOn = on;
      },
      power: (world) => world.state.meters.dishwasher.power,
      sensors: (world) => ({
        ENERGY: log.read(world, world.state.meters.dishwasher.importedWh, world.state.meters.dishwasher.power, 0.97),
      }),
    },
    cadence,
  );
}
