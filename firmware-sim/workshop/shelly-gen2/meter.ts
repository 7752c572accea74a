import { z } from "zod";
import { round } from "../../devices/device.ts";
import { Reporter } from "../../devices/reporter.ts";
import { noise } from "../../random.ts";
import type { Moment } from "../firmware.ts";
import { kind } from "../kind.ts";
import { mains } from "../things/load.ts";
import { ShellyGen2 } from "./shelly.ts";

const options = z.strictObject({
  watts: z.number().min(-30_000).max(30_000).default(1350).describe("mean of all phases, W; negative feeds the grid"),
});

const phases = ["a", "b", "c"] as const;

interface Counter {
  imported: number;
  returned: number;
}

/** em:0 of the three phases' W at a voltage. */
function component(watts: readonly number[], volts: number): Record<string, unknown> {
  const total = watts.reduce((sum, watt) => sum + watt, 0);
  const each = phases.map((phase, i): Record<string, unknown> => {
    const watt = watts[i] ?? 0;
    return {
      [`${phase}_current`]: round(Math.abs(watt) / volts / 0.96, 3),
      [`${phase}_voltage`]: round(volts + i * 0.6, 1),
      [`${phase}_act_power`]: round(watt, 1),
      [`${phase}_aprt_power`]: round(Math.abs(watt) / 0.96, 1),
      [`${phase}_pf`]: 0.96,
      [`${phase}_freq`]: 50,
    };
  });
  return {
    id: 0,
    ...Object.assign({}, ...each),
    n_current: null,
    total_current: round(Math.abs(total) / volts / 0.96, 3),
    total_act_power: round(total, 3),
    total_aprt_power: round(Math.abs(total) / 0.96, 3),
    user_calibrated_phase: [],
  };
}

/** emdata:0: Wh of each phase and of all. */
function counted(counters: readonly Counter[]): Record<string, unknown> {
  const sum = (key: keyof Counter): number => {
    const all = counters.reduce((total, one) => total + one[key], 0);
    return round(all, 2);
  };
  const each = phases.map((phase, i) => ({
    [`${phase}_total_act_energy`]: round(counters[i]?.imported ?? 0, 2),
    [`${phase}_total_act_ret_energy`]: round(counters[i]?.returned ?? 0, 2),
  }));
  return { id: 0, ...Object.assign({}, ...each), total_act: sum("imported"), total_act_ret: sum("returned") };
}

/** Shelly Pro 3EM: em:0 with power and currents, emdata:0 with Wh in both directions. */
export const meter = kind(
  "meter",
  "Shelly Pro 3EM: three-phase meter in both directions",
  options,
  (entry, { watts }) => {
    const reporter = new Reporter({ min: 3, max: 30 }, [{ small: 20, big: 300 }]);
    const shares = [0.5, 0.3, 0.2];
    const counters = phases.map((_, i): Counter => ({ imported: 512_000 + i * 1000, returned: 24_000 }));
    const power = (i: number, now: Moment): number =>
      watts * (shares[i] ?? 0) * (1 + 0.2 * noise(entry.seed, 30 + i, now.elapsed, 90));
    const total = (now: Moment): number => phases.reduce((sum, _, i) => sum + power(i, now), 0);
    const measured = (now: Moment): Record<string, unknown> =>
      component(
        phases.map((_, i) => power(i, now)),
        mains(entry.seed, now),
      );
    return new ShellyGen2(entry, {
      model: "SPEM-003CEBEU",
      app: "Pro3EM",
      type: "shellypro3em",
      gen: 2,
      profile: "triphase",
      configs: () => ({
        "em:0": {
          id: 0,
          name: null,
          blink_mode_selector: "active_energy",
          phase_selector: "all",
          monitor_phase_sequence: true,
          ct_type: "120A",
        },
        "emdata:0": { id: 0 },
      }),
      status: (now) => ({ "em:0": measured(now), "emdata:0": counted(counters) }),
      step(seconds, now) {
        counters.forEach((counter, i) => {
          const wh = (power(i, now) * seconds) / 3600;
          if (wh >= 0) counter.imported += wh;
          else counter.returned -= wh;
        });
        if (!reporter.due(now.elapsed * 1000, "", [total(now)])) return {};
        return { notify: { "em:0": measured(now), "emdata:0": counted(counters) } };
      },
      reset() {
        for (const counter of counters) {
          counter.imported = 0;
          counter.returned = 0;
        }
      },
    });
  },
);
