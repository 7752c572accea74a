import { Endpoint } from "@matter/main";
import { OnOffPlugInUnitDevice } from "@matter/main/devices/on-off-plug-in-unit";
import { Load } from "../../things/load.ts";
import {
  AcPower,
  bornImported,
  bornPower,
  Counter,
  ImportedEnergy,
  showEnergy,
  showPower,
  TreePower,
  tellEnergy,
} from "../parts/electrical.ts";
import { type Birth, numberIn, type Product, scaled, truthIn } from "../product.ts";
import type { OptionsOf } from "../sheets.ts";

const Type = OnOffPlugInUnitDevice.with(TreePower, AcPower, ImportedEnergy);

/** An On/Off Plug-in Unit that measures: 16 A, 230 V. */
export function plug({ seed, memory, now }: Birth, { watts }: OptionsOf<"plug">): Product {
  const endpoint = new Endpoint(Type, {
    id: "plug",
    electricalPowerMeasurement: bornPower(3680),
    electricalEnergyMeasurement: bornImported,
  });
  const load = new Load(seed, watts);
  const counter = new Counter(memory.imported ?? load.wh);
  return {
    endpoints: [endpoint],
    state: () => ({ onOff: endpoint.state.onOff.onOff }),
    async set(values) {
      const onOff = truthIn(values, "onOff");
      if (onOff !== undefined) await endpoint.set({ onOff: { onOff } });
      const told = {
        power: numberIn(values, "activePower"),
        volts: numberIn(values, "voltage"),
        amps: numberIn(values, "activeCurrent"),
      };
      await endpoint.set({
        electricalPowerMeasurement: {
          ...(told.power === undefined ? {} : { activePower: scaled(told.power, 1000) }),
          ...(told.volts === undefined ? {} : { voltage: scaled(told.volts, 1000) }),
          ...(told.amps === undefined ? {} : { activeCurrent: scaled(told.amps, 1000) }),
        },
      });
      const kwh = numberIn(values, "energyImported");
      if (kwh !== undefined && kwh >= 0) await tellEnergy(endpoint, kwh * 1000, undefined, now());
    },
    step(seconds, now) {
      load.on = endpoint.state.onOff.onOff;
      counter.add(load.watts(now), seconds);
    },
    async show(now) {
      await showPower(endpoint, load.watts(now), load.volts(now));
      await showEnergy(endpoint, counter, now);
    },
    memory: () => ({ imported: counter.imported }),
  };
}
