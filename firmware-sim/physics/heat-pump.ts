/** An air-to-water heat pump with a modulating compressor. */

export interface HeatPumpParams {
  /** W electric at full speed. */
  readonly maxElectric: number;
  /** Below this share the compressor cycles. */
  readonly minShare: number;
  readonly standby: number;
  readonly circulation: number;
}

export interface HeatPumpState {
  readonly running: boolean;
  /** What the thermostat asks for, percent. */
  readonly demand: number;
}

/** Coefficient of performance: 0.48 of Carnot between the evaporator and a flow on a heating curve of 0.55. */
export function cop(outdoor: number): number {
  const flow = Math.max(28, Math.min(48, 28 + 0.55 * (20 - outdoor)));
  const evaporator = outdoor - 5;
  const carnot = (flow + 275) / Math.max(18, flow + 2 - evaporator);
  return Math.max(1.6, Math.min(6, 0.48 * carnot));
}

/** A proportional room thermostat with a band of 0.8 K around its setpoint; percent. */
export function heatDemand(mode: "off" | "heat", setpoint: number, room: number): number {
  if (mode === "off") return 0;
  return Math.max(0, Math.min(100, ((setpoint + 0.35 - room) / 0.8) * 100));
}

/** Electric and thermal power for a demand; the compressor starts late and stops early so that it does not flutter. */
export function runHeatPump(
  state: HeatPumpState,
  demand: number,
  outdoor: number,
  params: HeatPumpParams,
): HeatPumpState & { readonly electric: number; readonly heat: number } {
  const running = state.running ? demand > 8 : demand > 38;
  if (!running) return { running, demand, electric: params.standby, heat: 0 };
  const share = Math.max(params.minShare, demand / 100);
  const compressor = params.maxElectric * share;
  return {
    running,
    demand,
    electric: compressor + params.circulation + params.standby,
    heat: compressor * cop(outdoor),
  };
}
