import { Endpoint } from "@matter/main";
import { DeviceEnergyManagement } from "@matter/main/clusters/device-energy-management";
import { EnergyEvseMode } from "@matter/main/clusters/energy-evse-mode";
import { EnergyEvseDevice } from "@matter/main/devices/energy-evse";
import { AcPower, bornImported, bornPower, ImportedEnergy, TreePower } from "../parts/electrical.ts";
import { forecastServer } from "../parts/power-esa.ts";
import { bornMains, MainsPower } from "../parts/power-source.ts";
import { byHand, byTime, evseAttributes, evseServer, Wallbox } from "../parts/wallbox.ts";
import { type Birth, type Product, scaled } from "../product.ts";
import type { OptionsOf } from "../sheets.ts";

const { ModeTag } = EnergyEvseMode;
const modes = [
  { mode: byHand, label: "Manual", modeTags: [{ value: ModeTag.Manual }] },
  { mode: byTime, label: "Ready in time", modeTags: [{ value: ModeTag.TimeOfUse }] },
];

/** A charger with a car at it. In the mode "Ready in time" it starts as late as its targets allow. */
export function evse(birth: Birth, options: OptionsOf<"evse">): Product {
  const box = new Wallbox(birth, options);
  const Evse = evseServer(box);
  const Dem = forecastServer(box.esa);
  const watts = options.maxAmps * 230 * options.phases;
  const Type = EnergyEvseDevice.with(Evse, Dem, MainsPower, TreePower, AcPower, ImportedEnergy);
  const endpoint = new Endpoint(Type, {
    id: "evse",
    energyEvse: {
      ...evseAttributes(box),
      ...{ userMaximumChargeCurrent: scaled(options.maxAmps, 1000), approximateEvEfficiency: null },
    },
    energyEvseMode: { supportedModes: modes, currentMode: byHand },
    deviceEnergyManagement: { ...box.esa.born(DeviceEnergyManagement.EsaType.Evse, 0, watts), forecast: null },
    powerSource: bornMains("Mains"),
    electricalPowerMeasurement: bornPower(watts + 100),
    electricalEnergyMeasurement: bornImported,
  });
  const look = () =>
    endpoint.act((agent) => {
      agent.get(Evse).lookAgain();
      agent.get(Dem).lookAgain();
    });
  return {
    endpoints: [endpoint],
    state: () => box.state,
    async set(values) {
      box.set(values);
      await look();
    },
    step(seconds) {
      box.mode = endpoint.state.energyEvseMode.currentMode;
      box.step(seconds);
    },
    async show(now) {
      await look();
      await box.showMeter(endpoint, now);
    },
    memory: () => box.memory(),
  };
}
