import { Endpoint } from "@matter/main";
import { DeviceEnergyManagement } from "@matter/main/clusters/device-energy-management";
import { DishwasherDevice } from "@matter/main/devices/dishwasher";
import { AcPower, bornImported, bornPower, ImportedEnergy, TreePower } from "../parts/electrical.ts";
import { Machine } from "../parts/program-machine.ts";
import type { Phase } from "../physics/program.ts";
import type { Birth, Product } from "../product.ts";
import type { OptionsOf } from "../sheets.ts";

/** A programme of 1.01 kWh in 2 hours; it heats twice. */
const phases: readonly Phase[] = [
  { name: "Pre-rinse", watts: 60, seconds: 600, pause: { min: 60, max: 3600 } },
  { name: "Main wash", watts: 2000, seconds: 900, pause: { min: 60, max: 900 } },
  { name: "Wash", watts: 80, seconds: 2400, pause: { min: 60, max: 1800 } },
  { name: "Hot rinse", watts: 2000, seconds: 780, pause: null },
  { name: "Drying", watts: 25, seconds: 2520, pause: { min: 60, max: 3600 } },
];

/** A dishwasher that a manager may shift and pause. */
export function dishwasher(birth: Birth, { startInMinutes }: OptionsOf<"dishwasher">): Product {
  const machine = new Machine(phases, birth, startInMinutes);
  const Type = DishwasherDevice.with(machine.Operation, machine.Dem, TreePower, AcPower, ImportedEnergy);
  const endpoint = new Endpoint(Type, {
    id: "dishwasher",
    operationalState: machine.born(),
    deviceEnergyManagement: machine.esa.born(DeviceEnergyManagement.EsaType.Dishwasher, 2100),
    electricalPowerMeasurement: bornPower(2500),
    electricalEnergyMeasurement: bornImported,
  });
  return {
    endpoints: [endpoint],
    state: () => machine.state,
    set: (values) => machine.set(endpoint, values),
    step: (seconds, now) => machine.step(seconds, now),
    show: (now) => machine.show(endpoint, now),
    memory: () => machine.memory(),
  };
}
