import type { LightName } from "../../habits.ts";
import type { World } from "../../world.ts";
import { type Cadence, round } from "../device.ts";
import { Reporter } from "../reporter.ts";
import { PowerMeter } from "./metering.ts";
import { badArgument, type CallResult, type Components, type ShellyConfig, ShellyDevice } from "./shelly.ts";

/** Shelly 1PM Gen3 behind a wall switch, set up as a light. */
export function onePm(config: ShellyConfig & { readonly light: LightName }, cadence: Cadence): ShellyDevice {
  const meter = new PowerMeter();
  const reporter = new Reporter(cadence.meter, [{ small: 4, big: 1000 }]);
  let source = "init";
  const measured = (world: World): readonly number[] => [world.state.meters.officeLight.power];
  const isOn = (world: World): boolean => world.state.lights[config.light].on;
  const component = (world: World): Record<string, unknown> => ({
    id: 0,
    source,
    output: isOn(world),
    ...meter.read(world, world.state.meters.officeLight),
    temperature: { tC: 41.2, tF: round(41.2 * 1.8 + 32, 1) },
  });

  function set(on: boolean, world: World): CallResult {
    const wasOn = isOn(world);
    world.state.lights[config.light].on = on;
    source = "MQTT";
    reporter.sent(world.at, String(on), measured(world));
    const result = { was_on: wasOn };
    return wasOn === on ? { result } : { result, notify: { "switch:0": { id: 0, output: on, source } } };
  }

  return new ShellyDevice(config, {
    model: "S3SW-001P16EU",
    app: "S1PMG3",
    gen: 3,
    configs: {
      "input:0": { id: 0, name: null, type: "switch", enable: true, invert: false, factory_reset: true },
      "switch:0": {
        id: 0,
        name: config.name,
        in_mode: "flip",
        in_locked: false,
        initial_state: "restore_last",
        auto_on: false,
        auto_on_delay: 60,
        auto_off: false,
        auto_off_delay: 60,
        power_limit: 4480,
        voltage_limit: 280,
        autorecover_voltage_errors: false,
        current_limit: 16,
        reverse: false,
      },
    },
    uiData: { consumption_types: ["light"] },
    status: (world) => ({ "input:0": { id: 0, state: false }, "switch:0": component(world) }),
    notify(_seconds, world): Components {
      const before = isOn(world);
      if (!reporter.due(world.at, String(before), measured(world))) return {};
      return { "switch:0": component(world) };
    },
    call(method, params, world) {
      if (method !== "Switch.Set" && method !== "Switch.Toggle") return undefined;
      if (params.id !== 0) return badArgument("id", params.id ?? null);
      if (method === "Switch.Toggle") return set(!isOn(world), world);
      if (typeof params.on !== "boolean") {
        return { error: { code: -103, message: "Missing or bad argument 'on'!" } };
      }
      return set(params.on, world);
    },
  });
}
