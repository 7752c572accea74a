import type { LightName } from "../../habits.ts";
import type { Cadence } from "../device.ts";
import { type TasmotaConfig, TasmotaDevice } from "./tasmota.ts";

/** A relay behind a wall switch that its owner marked as a light (SetOption30). */
export function relayLight(config: TasmotaConfig & { readonly light: LightName }, cadence: Cadence): TasmotaDevice {
  return new TasmotaDevice(
    config,
    {
      model: "Sonoff Mini",
      isLight: true,
      relay: (world) => world.state.lights[config.light].on,
      setRelay: (on, world) => {
        world.state.lights[config.light].on = on;
      },
      power: () => 0,
      sensors: () => ({}),
    },
    cadence,
  );
}
