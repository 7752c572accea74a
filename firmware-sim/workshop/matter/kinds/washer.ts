import { Endpoint } from "@matter/main";
import { DeviceEnergyManagement } from "@matter/main/clusters/device-energy-management";
import { LaundryWasherDevice } from "@matter/main/devices/laundry-washer";
import { AcPower, bornImported, bornPower, ImportedEnergy, TreePower } from "../parts/electrical.ts";
import { Machine } from "../parts/program-machine.ts";
import type { Phase } from "../physics/program.ts";
import type { Birth, Product } from "../product.ts";
import type { OptionsOf } from "../sheets.ts";

/** Cotton at 40 degC: 0.65 kWh in 100 minutes; spinning is not to be paused. */
const phases: readonly Phase[] = [
  { name: "Soak", watts: 90, seconds: 600, pause: { min: 60, max: 1800 } },
  { name: "Heat", watts: 1900, seconds: 840, pause: { min: 60, max: 900 } },
  { name: "Wash", watts: 140, seconds: 2700, pause: { min: 60, max: 1800 } },
  { name: "Rinse", watts: 110, seconds: 1260, pause: { min: 60, max: 3600 } },
  { name: "Spin", watts: 420, seconds: 600, pause: null },
];

/** A washing machine that a manager may shift and pause. */
export function washer(birth: Birth, { startInMinutes }: OptionsOf<"washer">): Product {
  const machine = new Machine(phases, birth, startInMinutes);
  const Type = LaundryWasherDevice.with(machine.Operation, machine.Dem, TreePower, AcPower, ImportedEnergy);
  const endpoint = new Endpoint(Type, {
    id: "washer",
    operationalState: machine.born(),
    deviceEnergyManagement: machine.esa.born(DeviceEnergyManagement.EsaType.WashingMachine, 2100),
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
