import { z } from "zod";
import { round } from "../../devices/device.ts";
import type { Moment } from "../firmware.ts";
import { kind } from "../kind.ts";
import { Shutter } from "../things/shutter.ts";
import { type Answer, badArgument, missing, ShellyGen2 } from "./shelly.ts";
import { chip } from "./system.ts";

const options = z.strictObject({ seconds: z.number().min(1).max(300).default(22).describe("from end to end, s") });

const configs = {
  "cover:0": {
    id: 0,
    name: null,
    maxtime_open: 60,
    maxtime_close: 60,
    initial_state: "stopped",
    invert_directions: false,
    in_mode: "dual",
    power_limit: 2800,
    voltage_limit: 280,
    current_limit: 10,
  },
  "input:0": { id: 0, name: null, type: "switch", enable: true, invert: false },
  "input:1": { id: 1, name: null, type: "switch", enable: true, invert: false },
};

const motorWatts = 168;

/** What follows from where the shutter is. */
function standing({ moving, position }: Shutter): Record<string, unknown> {
  const end = position === 100 ? "open" : position === 0 ? "closed" : "stopped";
  const watts = moving ? motorWatts : 0;
  return {
    state: moving ?? end,
    apower: watts,
    voltage: 231.2,
    current: round(watts / 231.2, 3),
    pf: moving ? 0.97 : 0,
    freq: 50,
    temperature: chip(44.9),
    pos_control: true,
    current_pos: Math.round(position),
  };
}

/** Simple control: `open`, `close`, `stop` and `pos,<percent>`. */
function simple(component: string, [word = "", value]: readonly string[]): readonly [string, object] | undefined {
  if (component !== "cover:0") return undefined;
  if (word === "pos") return ["Cover.GoToPosition", { id: 0, pos: Number(value) }];
  const method = new Map([
    ["open", "Cover.Open"],
    ["close", "Cover.Close"],
    ["stop", "Cover.Stop"],
  ]).get(word);
  return method ? [method, { id: 0 }] : undefined;
}

/** Shelly Plus 2PM in cover mode, calibrated; 100 is open. */
export const cover = kind("cover", "Shelly Plus 2PM with a calibrated cover", options, (entry, { seconds: travel }) => {
  const shutter = new Shutter(travel);
  let source = "init";
  let direction: "open" | "close" | null = null;
  let wh = 380;
  let told = 0;
  const watts = (): number => (shutter.moving ? motorWatts : 0);
  function component(now: Moment): Record<string, unknown> {
    if (shutter.moving) direction = shutter.moving === "opening" ? "open" : "close";
    const way = {
      target_pos: Math.round(shutter.target),
      move_timeout: travel * 2,
      move_started_at: round(now.wall / 1000, 2),
    };
    return {
      id: 0,
      source,
      ...standing(shutter),
      aenergy: { total: round(wh, 3), by_minute: [0, 0, 0], minute_ts: 0 },
      last_direction: direction,
      ...(shutter.moving ? way : {}),
    };
  }
  function go(target: number, now: Moment): Answer {
    shutter.go(target);
    source = "MQTT";
    told = now.elapsed;
    return { result: null, notify: { "cover:0": component(now) } };
  }

  return new ShellyGen2(entry, {
    model: "SNSW-102P16EU",
    app: "Plus2PM",
    type: "shellyplus2pm",
    gen: 2,
    profile: "cover",
    configs: () => configs,
    status: (now) => ({
      "cover:0": component(now),
      "input:0": { id: 0, state: false },
      "input:1": { id: 1, state: false },
    }),
    step(seconds, now) {
      wh += (watts() * seconds) / 3600;
      const arrived = shutter.step(seconds);
      if (!arrived && (!shutter.moving || now.elapsed - told < 1)) return {};
      told = now.elapsed;
      // On its way it tells position and power alone.
      const part = { id: 0, current_pos: Math.round(shutter.position), apower: watts() };
      return { notify: { "cover:0": arrived ? component(now) : part } };
    },
    call(method, params, now) {
      if (!/^Cover\.(Open|Close|Stop|GoToPosition)$/.test(method)) return undefined;
      if (params.id !== 0) return badArgument("id", params.id);
      if (method === "Cover.Open") return go(100, now);
      if (method === "Cover.Close") return go(0, now);
      if (method === "Cover.Stop") return go(shutter.position, now);
      const { pos, rel } = params;
      const wanted = typeof rel === "number" ? shutter.position + rel : pos;
      if (typeof wanted !== "number" || !(wanted >= 0 && wanted <= 100)) return missing("pos");
      return go(Math.round(wanted), now);
    },
    simple,
    reset() {
      wh = 0;
    },
  });
});
