import { capability } from "../capability.ts";

export const energyPreference = capability({
  name: "energyPreference",
  label: "Energy preference",
  matter: "EnergyPreference",
  attributes: {
    currentEnergyBalance: { type: "string", maxLength: 64, label: "Balance", writable: true },
    currentLowPowerModeSensitivity: { type: "string", maxLength: 64, label: "Goes to sleep", writable: true },
  },
  commands: {},
});
