import type { World } from "../../world.ts";
import { type Cadence, type MatterDevice, round } from "../device.ts";
import { Reporter } from "../reporter.ts";
import { identityOf, type MatterConfig, Reports } from "./matter-device.ts";

/** Thermostat.SystemMode of the standard. */
const systemModes = { off: 0, heat: 4 } as const;

/** The living room's thermostat; it drives the heat pump. */
export function thermostat(config: MatterConfig, cadence: Cadence): MatterDevice {
  const reports = new Reports("thermostat");
  const limits = [
    { small: 0.04, big: 1 },
    { small: 8, big: 1000 },
  ];
  const reported = new Reporter(cadence.slow, limits);
  const shown = new Reporter(cadence.slow, limits);
  const setting = (world: World): string => `${world.state.thermostat.mode} ${world.state.thermostat.setpoint}`;
  const due = (reporter: Reporter, world: World): boolean =>
    reporter.due(world.at, `${setting(world)} ${world.state.heatPump.running}`, [
      world.state.house.air,
      world.state.heatPump.demand,
    ]);
  const everything = (world: World): Record<string, number | string> => ({
    localTemperature: round(world.state.house.air, 2),
    demand: world.state.heatPump.running ? round(world.state.heatPump.demand, 0) : 0,
    occupiedHeatingSetpoint: world.state.thermostat.setpoint,
    systemMode: world.state.thermostat.mode,
  });
  return {
    ...config,
    kind: "thermostat",
    identity: identityOf("thermostat", config),
    reports(world) {
      if (!due(reported, world)) return [];
      const { mode, setpoint } = world.state.thermostat;
      return reports.of("Thermostat", {
        localTemperature: Math.round(world.state.house.air * 100),
        occupiedHeatingSetpoint: Math.round(setpoint * 100),
        systemMode: systemModes[mode],
        thermostatRunningState: { heat: world.state.heatPump.running },
      });
    },
    everything,
    show: (world) => (due(shown, world) ? everything(world) : undefined),
    changed(state, world) {
      const { occupiedHeatingSetpoint: setpoint, systemMode: mode } = state;
      const current = world.state.thermostat;
      if (typeof setpoint === "number" && setpoint >= 5 && setpoint <= 30) current.setpoint = setpoint;
      if (mode === "off" || mode === "heat") current.mode = mode;
    },
  };
}
