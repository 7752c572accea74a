import { deviceType } from "../device-type.ts";

export const electricalEnergyTariff = deviceType({
  name: "electricalEnergyTariff",
  matter: "ElectricalEnergyTariff",
  label: "Electricity tariff",
  icon: "grid",
  words: [],
});
