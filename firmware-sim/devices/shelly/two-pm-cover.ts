import type { World } from "../../world.ts";
import { type Cadence, round } from "../device.ts";
import { Reporter } from "../reporter.ts";
import { PowerMeter } from "./metering.ts";
import { badArgument, type CallResult, type Components, type ShellyConfig, ShellyDevice } from "./shelly.ts";

/** open, closed, stopped, opening or closing (Shelly API, Cover status). */
function movement(world: World): string {
  const { position, target } = world.state.blinds;
  if (target > position) return "opening";
  if (target < position) return "closing";
  if (position === 100) return "open";
  return position === 0 ? "closed" : "stopped";
}

const coverConfig = {
  id: 0,
  name: null,
  motor: { idle_power_thr: 2, idle_confirm_period: 0.25 },
  maxtime_open: 50,
  maxtime_close: 50,
  initial_state: "stopped",
  invert_directions: false,
  in_mode: "dual",
  in_locked: false,
  swap_inputs: false,
  safety_switch: { enable: false, direction: "both", action: "stop", allowed_move: null },
  power_limit: 2800,
  voltage_limit: 280,
  undervoltage_limit: 0,
  current_limit: 10,
  obstruction_detection: { enable: false, direction: "both", action: "stop", power_thr: 1000, holdoff: 1 },
};

/** Shelly Plus 2PM with a calibrated cover; 100 = open. */
export function twoPmCover(config: ShellyConfig, cadence: Cadence): ShellyDevice {
  const meter = new PowerMeter();
  const reporter = new Reporter({ min: 5, max: cadence.slow.max }, [{ small: 5, big: Number.POSITIVE_INFINITY }]);
  let source = "init";
  let direction: "open" | "close" | null = null;

  function component(world: World): Record<string, unknown> {
    const { position, target } = world.state.blinds;
    const state = movement(world);
    if (state === "opening") direction = "open";
    if (state === "closing") direction = "close";
    const { ret_aenergy: _none, ...measured } = meter.read(world, world.state.meters.blinds);
    const moving =
      position === target ? {} : { target_pos: Math.round(target), move_started_at: round(world.at / 1000, 2) };
    return {
      id: 0,
      source,
      state,
      ...measured,
      pf: world.state.meters.blinds.power > 0 ? 0.96 : 0,
      temperature: { tC: 43.6, tF: 110.5 },
      pos_control: true,
      last_direction: direction,
      current_pos: Math.round(position),
      ...moving,
    };
  }

  function move(target: number, world: World): CallResult {
    world.state.blinds.target = target;
    source = "MQTT";
    const state = movement(world);
    reporter.sent(world.at, state, [world.state.blinds.position]);
    return { result: null, notify: { "cover:0": component(world) } };
  }

  return new ShellyDevice(config, {
    model: "SNSW-102P16EU",
    app: "Plus2PM",
    gen: 2,
    profile: "cover",
    configs: {
      "cover:0": { ...coverConfig, name: config.name },
      "input:0": { id: 0, name: null, type: "switch", enable: true, invert: false, factory_reset: true },
      "input:1": { id: 1, name: null, type: "switch", enable: true, invert: false, factory_reset: true },
    },
    uiData: { cover: "blinds" },
    status: (world) => ({
      "cover:0": component(world),
      "input:0": { id: 0, state: false },
      "input:1": { id: 1, state: false },
    }),
    notify(_seconds, world): Components {
      if (!reporter.due(world.at, movement(world), [world.state.blinds.position])) return {};
      return { "cover:0": component(world) };
    },
    call(method, params, world) {
      if (!/^Cover\.(Open|Close|Stop|GoToPosition)$/.test(method)) return undefined;
      if (params.id !== 0) return badArgument("id", params.id ?? null);
      if (method === "Cover.Open") return move(100, world);
      if (method === "Cover.Close") return move(0, world);
      if (method === "Cover.Stop") return move(world.state.blinds.position, world);
      const { pos } = params;
      if (typeof pos !== "number" || !(pos >= 0 && pos <= 100)) {
        return { error: { code: -103, message: "Missing or bad argument 'pos'!" } };
      }
      return move(Math.round(pos), world);
    },
  });
}
