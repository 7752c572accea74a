import { scaled, wireNumber, words, writableScaled } from "./codecs.ts";
import { type ClusterTable, clusterTable } from "./table.ts";

/** The lowest current a car charges with (IEC 61851-1), and the highest the cluster can state, in mA. */
const LEAST_MA = 6000;
const MOST_MA = 80_000;

type Args = Readonly<Record<string, unknown>>;
const milliamps = (amps: unknown): number | undefined =>
  amps === undefined ? undefined : Math.round(Number(amps) * 1000);
/** Null is for as long as nobody says otherwise (9.3.9.2). */
const until = (moment: unknown): number | null => (moment === undefined ? null : Math.round(Number(moment)));

/** TargetDayOfWeekBitmap (9.3.7.1). */
const sunday = { sunday: true };
const saturday = { saturday: true };
const workdays = { monday: true, tuesday: true, wednesday: true, thursday: true, friday: true };
const weekend = { ...sunday, ...saturday };
const daysOf = new Map<unknown, Readonly<Record<string, boolean>>>([
  ["workdays", workdays],
  ["weekend", weekend],
  ["everyDay", { ...workdays, ...weekend }],
  [undefined, { ...workdays, ...weekend }],
]);

function target({ targetTime, targetSoC, addedEnergy, dayOfWeek }: Args): Record<string, unknown> | string {
  if ((targetSoC === undefined) === (addedEnergy === undefined)) return "name either targetSoC or addedEnergy";
  const aim =
    targetSoC === undefined
      ? { addedEnergy: Math.round(Number(addedEnergy) * 1e6) }
      : { targetSoC: Math.round(Number(targetSoC)) };
  const chargingTargets = [{ targetTimeMinutesPastMidnight: Math.round(Number(targetTime)), ...aim }];
  const dayOfWeekForSequence = daysOf.get(dayOfWeek) ?? { [String(dayOfWeek)]: true };
  return { chargingTargetSchedules: [{ dayOfWeekForSequence, chargingTargets }] };
}

/** Energy EVSE (Matter 1.4 application clusters, 9.3): mA, mWh. */
export const energyEvse: ClusterTable = clusterTable({
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
    faultState: words({
      ...{ 0: "noError", 1: "meterFailure", 2: "overVoltage", 3: "underVoltage", 4: "overCurrent" },
      ...{ 5: "contactWetFailure", 6: "contactDryFailure", 7: "groundFault", 8: "powerLoss", 9: "powerQuality" },
      ...{ 10: "pilotShortCircuit", 11: "emergencyStop", 12: "evDisconnected", 13: "wrongPowerSupply" },
      ...{ 14: "liveNeutralSwap", 15: "overTemperature", 255: "other" },
    }),
    chargingEnabledUntil: scaled(1),
    dischargingEnabledUntil: scaled(1),
    circuitCapacity: scaled(1000),
    minimumChargeCurrent: scaled(1000),
    maximumChargeCurrent: scaled(1000),
    maximumDischargeCurrent: scaled(1000),
    userMaximumChargeCurrent: writableScaled(1000),
    randomizationDelayWindow: writableScaled(1),
    nextChargeStartTime: scaled(1),
    nextChargeTargetTime: scaled(1),
    nextChargeRequiredEnergy: scaled(1e6),
    nextChargeTargetSoC: scaled(1),
    sessionDuration: scaled(1),
    sessionEnergyCharged: scaled(1e6),
    sessionEnergyDischarged: scaled(1e6),
    stateOfCharge: scaled(1),
    batteryCapacity: scaled(1e6),
  },
  commands: {
    disable: { command: "disable", id: 1 },
    enableCharging: {
      command: "enableCharging",
      id: 2,
      fields: (args, siblings) => {
        const most = milliamps(args.maximumChargeCurrent) ?? (wireNumber(siblings("circuitCapacity")) || MOST_MA);
        const least = milliamps(args.minimumChargeCurrent) ?? Math.min(LEAST_MA, most);
        if (least > most) return "minimumChargeCurrent is above maximumChargeCurrent";
        return {
          chargingEnabledUntil: until(args.chargingEnabledUntil),
          minimumChargeCurrent: least,
          maximumChargeCurrent: most,
        };
      },
    },
    enableDischarging: {
      command: "enableDischarging",
      id: 3,
      fields: (args, siblings) => ({
        dischargingEnabledUntil: until(args.dischargingEnabledUntil),
        maximumDischargeCurrent:
          milliamps(args.maximumDischargeCurrent) ?? (wireNumber(siblings("circuitCapacity")) || MOST_MA),
      }),
    },
    setTargets: { command: "setTargets", id: 5, fields: target },
    clearTargets: { command: "clearTargets", id: 7 },
  },
  ranges: {
    userMaximumChargeCurrent: (siblings) => {
      const milliampsOfCircuit = wireNumber(siblings("circuitCapacity"));
      return milliampsOfCircuit ? [0, milliampsOfCircuit / 1000] : undefined;
    },
  },
});
