import type { MeterName } from "../../world-state.ts";
import type { Cadence } from "../device.ts";
import { Reporter } from "../reporter.ts";
import { PowerMeter } from "./metering.ts";
import { type Components, type ShellyConfig, ShellyDevice } from "./shelly.ts";

/** Shelly PM Mini Gen3: a meter without a relay; what flows back counts as returned energy. */
export function pmMini(config: ShellyConfig & { readonly meter: MeterName }, cadence: Cadence): ShellyDevice {
  const meter = new PowerMeter();
  const reporter = new Reporter(cadence.meter, [{ small: 25, big: 3000 }]);
  return new ShellyDevice(config, {
    model: "S3PM-001PCEU16",
    app: "MiniPMG3",
    gen: 3,
    configs: { "pm1:0": { id: 0, name: null, reverse: false } },
    status: (world) => ({ "pm1:0": { id: 0, ...meter.read(world, world.state.meters[config.meter]) } }),
    notify(_seconds, world): Components {
      const now = world.state.meters[config.meter];
      if (!reporter.due(world.at, "", [now.power])) return {};
      return { "pm1:0": { id: 0, ...meter.read(world, now) } };
    },
    call: () => undefined,
  });
}
