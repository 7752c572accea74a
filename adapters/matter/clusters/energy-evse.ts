import { scaled, wireNumber, words, writableScaled } from "./codecs.ts";
import { clusterTable } from "./table.ts";

/** The lowest current a car charges with (IEC 61851-1), and the highest the cluster can state, in mA. */
const LEAST_MA = 6000;
const MOST_MA = 80_000;

export const energyEvse = clusterTable({
  cluster: "EnergyEvse",
  id: 0x0099,
  capability: "energyEvse",
  attributes: {
    state: words({
      0: "notPluggedIn",
      1: "pluggedInNoDemand",
      2: "pluggedInDemand",
      3: "pluggedInCharging",
      4: "pluggedInDischarging",
      5: "sessionEnding",
      6: "fault",
    }),
    supplyState: words({
      0: "disabled",
      1: "chargingEnabled",
      2: "dischargingEnabled",
      3: "disabledError",
      4: "disabledDiagnostics",
      5: "enabled",
    }),
    userMaximumChargeCurrent: writableScaled(1000),
    sessionEnergyCharged: scaled(1e6),
    stateOfCharge: scaled(1),
    batteryCapacity: scaled(1e6),
  },
  commands: {
    disable: { command: "disable", id: 1 },
    enableCharging: {
      command: "enableCharging",
      id: 2,
      fields: (_, siblings) => ({
        chargingEnabledUntil: null,
        minimumChargeCurrent: LEAST_MA,
        maximumChargeCurrent: wireNumber(siblings("circuitCapacity")) || MOST_MA,
      }),
    },
  },
});
