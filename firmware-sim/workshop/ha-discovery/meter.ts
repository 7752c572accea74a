import { z } from "zod";
import { round } from "../../devices/device.ts";
import { noise } from "../../random.ts";
import { Every, type Moment } from "../firmware.ts";
import { kind } from "../kind.ts";
import { mains } from "../things/load.ts";
import { HaPublisher } from "./publisher.ts";

const options = z.strictObject({
  watts: z.number().min(-20_000).max(20_000).default(-600).describe("mean at the meter, W; negative feeds the grid"),
});

/** A reading head on the house meter: abbreviations, `expire_after`, a template that decides. */
export const meter = kind(
  "meter",
  "house meter: power with sign, energy in both directions, expires after 60 s",
  options,
  (entry, { watts }) => {
    const telling = new Every(10);
    let imported = 8_204_300;
    let exported = 6_120_900;
    const power = (now: Moment): number => watts + 700 * noise(entry.seed, 41, now.elapsed, 300);
    const sensor = (id: string, name: string, unit: string, device: string, state: string, template: string) => ({
      platform: "sensor",
      id,
      config: {
        name,
        stat_t: "~/meter",
        val_tpl: template,
        unit_of_meas: unit,
        dev_cla: device,
        stat_cla: state,
        exp_aft: 60,
      },
    });
    return new HaPublisher(entry, {
      manufacturer: "Lesekopf",
      model: "Head 2",
      form: "single",
      announced: [
        sensor("power", "Power", "W", "power", "measurement", "{{ value_json.power | float(0) | round(1) }}"),
        sensor("imported", "Imported", "kWh", "energy", "total_increasing", "{{ (value_json.in / 1000) | round(3) }}"),
        sensor("exported", "Exported", "kWh", "energy", "total_increasing", "{{ (value_json.out / 1000) | round(3) }}"),
        sensor(
          "voltage",
          "Voltage",
          "V",
          "voltage",
          "measurement",
          "{% if value_json.u is defined %}{{ value_json.u }}{% endif %}",
        ),
      ],
      states: (now) => [
        [
          "meter",
          {
            power: round(power(now), 1),
            in: round(imported, 0),
            out: round(exported, 0),
            u: round(mains(entry.seed, now), 1),
          },
        ],
      ],
      step(seconds, now) {
        const wh = (power(now) * seconds) / 3600;
        if (wh >= 0) imported += wh;
        else exported -= wh;
        return telling.due(now) ? { tails: ["meter"] } : {};
      },
      reset() {
        imported = 0;
        exported = 0;
      },
    });
  },
);
