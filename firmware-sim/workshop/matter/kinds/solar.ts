import { Endpoint } from "@matter/main";
import { DeviceEnergyManagement } from "@matter/main/clusters/device-energy-management";
import { SolarPowerDevice } from "@matter/main/devices/solar-power";
import { PowerSourceTag } from "@matter/main/node";
import { irradiance, onPlane, sunPosition } from "../../../physics/sun.ts";
import { noise } from "../../../random.ts";
import type { Moment } from "../../firmware.ts";
import {
  AcPower,
  BothEnergies,
  bornBoth,
  bornPower,
  Counter,
  showEnergy,
  showPower,
  TreePower,
} from "../parts/electrical.ts";
import { optOutBy, PowerEsa, powerServer } from "../parts/power-esa.ts";
import { bornMains, MainsPower, Tagged } from "../parts/power-source.ts";
import type { Birth, Product } from "../product.ts";
import type { OptionsOf } from "../sheets.ts";

/** Photovoltaics on a roof to the south: what it gives is negative. A manager may hold it back. */
export function solar({ seed, memory, now }: Birth, { kwp, latitude }: OptionsOf<"solar">): Product {
  const most = kwp * 1000;
  const esa = new PowerEsa(now, () => ({ minW: -most, maxW: 0, minSeconds: 60, maxSeconds: 4 * 3600 }));
  const Dem = powerServer(esa);
  const Type = SolarPowerDevice.with(Tagged, MainsPower, Dem, TreePower, AcPower, BothEnergies);
  const endpoint = new Endpoint(Type, {
    id: "solar",
    descriptor: { tagList: [PowerSourceTag.Solar] },
    powerSource: bornMains("Photovoltaics"),
    deviceEnergyManagement: esa.born(DeviceEnergyManagement.EsaType.SolarPv, -most, 0),
    electricalPowerMeasurement: bornPower(most + 500, { gives: true }),
    electricalEnergyMeasurement: bornBoth,
  });
  const counter = new Counter(memory.imported ?? 0, memory.exported ?? 0);
  let watts = 0;
  const shine = ({ wall, elapsed }: Moment): number => {
    const sun = sunPosition(wall, latitude, 10);
    const clouds = Math.max(
      0.12,
      Math.min(1, 0.75 + 0.5 * noise(seed, 41, elapsed, 7200) + 0.15 * noise(seed, 42, elapsed, 300)),
    );
    const plane = onPlane(sun, irradiance(sun, clouds), 0.55, 0);
    return Math.min(most, kwp * plane * 0.86);
  };
  return {
    endpoints: [endpoint],
    state: () => ({ watts, imported: counter.imported / 1000, exported: counter.exported / 1000 }),
    async set(values) {
      optOutBy(esa, values.optOut);
      await endpoint.act((agent) => agent.get(Dem).lookAgain());
    },
    step(seconds, at) {
      const free = -shine(at);
      watts = esa.told === undefined ? free : Math.max(free, esa.told);
      // The inverter's own hunger at night.
      if (watts > -3) watts = 3;
      counter.add(watts, seconds);
      esa.count((watts * seconds) / 3600);
    },
    async show(at) {
      await showPower(endpoint, watts, 230);
      await showEnergy(endpoint, counter, at, true);
      await endpoint.act((agent) => agent.get(Dem).lookAgain());
    },
    memory: () => ({ imported: counter.imported, exported: counter.exported }),
  };
}
