import { deviceType } from "../device-type.ts";

export const energyEvse = deviceType({
  name: "energyEvse",
  matter: "EnergyEvse",
  label: "EV charger",
  icon: "car",
  words: ["car", "charger", "ev", "wallbox"],
});
