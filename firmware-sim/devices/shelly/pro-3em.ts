import type { World } from "../../world.ts";
import { type Cadence, round } from "../device.ts";
import { Reporter } from "../reporter.ts";
import { type Components, type ShellyConfig, ShellyDevice } from "./shelly.ts";

const phases = [
  ["a", 0.42, 0.4],
  ["b", 0.33, -0.9],
  ["c", 0.25, 1.1],
] as const;

/** `em:0`: the sum is what matters here; it is spread over the phases with one sign, so that their counters add up. */
function power(world: World): Record<string, unknown> {
  const total = world.state.meters.grid.power;
  const status: Record<string, unknown> = { id: 0 };
  let apparentTotal = 0;
  let currentTotal = 0;
  for (const [phase, share, offset] of phases) {
    const volts = world.state.volts + offset;
    const active = total * share;
    const apparent = Math.hypot(active, 35);
    apparentTotal += apparent;
    currentTotal += apparent / volts;
    status[`${phase}_current`] = round(apparent / volts, 3);
    status[`${phase}_voltage`] = round(volts, 1);
    status[`${phase}_act_power`] = round(active, 1);
    status[`${phase}_aprt_power`] = round(apparent, 1);
    status[`${phase}_pf`] = round(Math.abs(active) / apparent, 2);
    status[`${phase}_freq`] = 50;
  }
  return {
    ...status,
    n_current: null,
    total_current: round(currentTotal, 3),
    total_act_power: round(total, 3),
    total_aprt_power: round(apparentTotal, 3),
    user_calibrated_phase: [],
  };
}

/** `emdata:0`: lifetime Wh, import and return. */
function energy(world: World): Record<string, unknown> {
  const { importedWh, exportedWh } = world.state.meters.grid;
  const status: Record<string, unknown> = { id: 0 };
  for (const [phase, share] of phases) {
    status[`${phase}_total_act_energy`] = round(importedWh * share, 2);
    status[`${phase}_total_act_ret_energy`] = round(exportedWh * share, 2);
  }
  return { ...status, total_act: round(importedWh, 2), total_act_ret: round(exportedWh, 2) };
}

/** Shelly Pro 3EM in its three-phase profile at the grid connection; + = from the grid. */
export function pro3em(config: ShellyConfig, cadence: Cadence): ShellyDevice {
  const live = new Reporter(cadence.meter, [{ small: 35, big: 4000 }]);
  const counters = new Reporter({ min: Math.max(60, cadence.meter.min), max: 600 }, [
    { small: 8, big: Number.POSITIVE_INFINITY },
    { small: 8, big: Number.POSITIVE_INFINITY },
  ]);
  return new ShellyDevice(config, {
    model: "SPEM-003CEBEU",
    app: "Pro3EM",
    gen: 2,
    profile: "triphase",
    configs: {
      "em:0": {
        id: 0,
        name: null,
        blink_mode_selector: "active_energy",
        phase_selector: "all",
        monitor_phase_sequence: true,
        ct_type: "120A",
        reverse: {},
      },
      "emdata:0": {},
    },
    status: (world) => ({ "em:0": power(world), "emdata:0": energy(world) }),
    notify(_seconds, world): Components {
      const { grid } = world.state.meters;
      const powerDue = live.due(world.at, "", [grid.power]);
      const energyDue = counters.due(world.at, "", [grid.importedWh, grid.exportedWh]);
      return { ...(powerDue ? { "em:0": power(world) } : {}), ...(energyDue ? { "emdata:0": energy(world) } : {}) };
    },
    call: () => undefined,
  });
}
