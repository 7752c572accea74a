import { z } from "zod";
import { Reporter } from "../../devices/reporter.ts";
import type { Moment } from "../firmware.ts";
import { kind } from "../kind.ts";
import { Load } from "../things/load.ts";
import { Metering } from "./energy.ts";
import { type Answer, badArgument, missing, ShellyGen2 } from "./shelly.ts";
import { chip } from "./system.ts";

const options = z.strictObject({
  watts: z.number().min(0).max(2500).default(48).describe("what stands behind the plug, W"),
});

/** Shelly Plus Plug S. */
export const plug = kind("plug", "Shelly Plus Plug S: switch with power and energy", options, (entry, { watts }) => {
  const load = new Load(entry.seed, watts);
  const metering = new Metering();
  const reporter = new Reporter({ min: 5, max: 60 }, [{ small: 2, big: 40 }]);
  let source = "init";
  const component = (now: Moment): Record<string, unknown> => ({
    id: 0,
    source,
    output: load.on,
    ...metering.read(load, now),
    temperature: chip(38.4),
  });

  function set(on: boolean, now: Moment): Answer {
    const was = load.on;
    load.on = on;
    source = "MQTT";
    reporter.sent(now.elapsed * 1000, String(on), [load.watts(now)]);
    const result = { was_on: was };
    return was === on ? { result } : { result, notify: { "switch:0": { id: 0, output: on, source } } };
  }

  return new ShellyGen2(entry, {
    model: "SNPL-00112EU",
    app: "PlusPlugS",
    type: "shellyplusplugs",
    gen: 2,
    configs: () => ({
      "switch:0": {
        id: 0,
        name: null,
        initial_state: "restore_last",
        auto_on: false,
        auto_off: false,
        power_limit: 2500,
        voltage_limit: 280,
        current_limit: 12,
      },
    }),
    status: (now) => ({ "switch:0": component(now) }),
    step(seconds, now) {
      load.step(seconds, now);
      const due = reporter.due(now.elapsed * 1000, String(load.on), [load.watts(now)]);
      return due ? { notify: { "switch:0": component(now) } } : {};
    },
    call(method, params, now) {
      if (!/^Switch\.(Set|Toggle|ResetCounters)$/.test(method)) return undefined;
      if (params.id !== 0) return badArgument("id", params.id);
      if (method === "Switch.Toggle") return set(!load.on, now);
      if (method === "Switch.ResetCounters") {
        const total = load.wh;
        load.wh = 0;
        return { result: { aenergy: { total } } };
      }
      return typeof params.on === "boolean" ? set(params.on, now) : missing("on");
    },
    simple(component, [word]) {
      if (component !== "switch:0") return undefined;
      if (word === "toggle") return ["Switch.Toggle", { id: 0 }];
      return word === "on" || word === "off" ? ["Switch.Set", { id: 0, on: word === "on" }] : undefined;
    },
    reset() {
      load.wh = 0;
    },
  });
});
