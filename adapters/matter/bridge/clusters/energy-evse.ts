import { ask, bridgeCluster, canSet, type Held, has, hasCommand, type Source, set } from "../table.ts";
import { milli, numberIn, numberOf, wire } from "./codecs.ts";

const E = "energyEvse";
const states = {
  notPluggedIn: 0,
  pluggedInNoDemand: 1,
  pluggedInDemand: 2,
  pluggedInCharging: 3,
  pluggedInDischarging: 4,
  sessionEnding: 5,
  fault: 6,
};
const supplies = {
  disabled: 0,
  chargingEnabled: 1,
  dischargingEnabled: 2,
  disabledError: 3,
  disabledDiagnostics: 4,
  enabled: 5,
};

/** The lowest current a car charges with (IEC 61851-1), and that of a common charger; where the device tells none. */
const LEAST_A = 6;
const MOST_A = 32;

/** Matter's time begins with 2000; matter.js counts from 1970. */
const EPOCH_S = 946_684_800;

const most = (held: Held): number => {
  const own = held(`${E}.maximumChargeCurrent`) ?? held(`${E}.circuitCapacity`);
  return typeof own === "number" && own > 0 ? own : MOST_A;
};

/** Whether it charges is told by one of the two; a charger without the word of its supply is judged by the car's. */
function supply(held: Held): number | undefined {
  const own = numberOf(supplies, held(`${E}.supplyState`));
  if (own !== undefined) return own;
  const state = held(`${E}.state`);
  return state === undefined ? undefined : state === "pluggedInCharging" ? supplies.chargingEnabled : supplies.disabled;
}

export const energyEvse = bridgeCluster({
  cluster: "EnergyEvse",
  features: (s) => ["ChargingPreferences", ...(has(s, E, "stateOfCharge") ? ["SoCReporting"] : [])],
  fixed: () => ({
    faultState: 0,
    sessionId: null,
    nextChargeStartTime: null,
    nextChargeTargetTime: null,
    nextChargeRequiredEnergy: null,
    nextChargeTargetSoC: null,
  }),
  blank: () => ({
    supplyState: 0,
    circuitCapacity: MOST_A * 1000,
    minimumChargeCurrent: LEAST_A * 1000,
    maximumChargeCurrent: MOST_A * 1000,
  }),
  state: (held, s) => {
    const supplyState = supply(held);
    if (supplyState === undefined) return undefined;
    const limit = held(`${E}.userMaximumChargeCurrent`);
    return {
      state: numberOf(states, held(`${E}.state`)) ?? null,
      supplyState,
      // Allowed without an end, or not allowed at all (9.3.8.4).
      chargingEnabledUntil: supplyState === supplies.chargingEnabled ? null : EPOCH_S,
      circuitCapacity: Math.round(most(held) * 1000),
      minimumChargeCurrent: LEAST_A * 1000,
      maximumChargeCurrent: Math.round((typeof limit === "number" ? limit : most(held)) * 1000),
      sessionDuration: wire(held(`${E}.sessionDuration`), 1, 0, 0xffff_fffe),
      sessionEnergyCharged: milli(held(`${E}.sessionEnergyCharged`), 1e6),
      ...(has(s, E, "userMaximumChargeCurrent") ? { userMaximumChargeCurrent: milli(limit) ?? 0 } : {}),
      ...(has(s, E, "stateOfCharge")
        ? {
            stateOfCharge: wire(held(`${E}.stateOfCharge`), 1, 0, 100),
            batteryCapacity: milli(held(`${E}.batteryCapacity`), 1e6),
          }
        : {}),
    };
  },
  commands: {
    disable: () => [ask(E, "disable")],
    enableCharging: (fields, held, s) => {
      const amps = (numberIn(fields, "maximumChargeCurrent") ?? 0) / 1000;
      const until = numberIn(fields, "chargingEnabledUntil");
      if (until !== undefined && until > EPOCH_S && !has(s, E, "chargingEnabledUntil"))
        return { constraint: "this charger can't be enabled until a stated time" };
      const limit =
        amps > 0 && amps < most(held) && canSet(s, E, "userMaximumChargeCurrent")
          ? [ask(E, "set", { userMaximumChargeCurrent: amps })]
          : [];
      return [...limit, ask(E, "enableCharging")];
    },
    // The hub's own plans hold targets; a charger over MQTT has none to set.
    setTargets: () => ({ constraint: "this charger keeps no targets; the hub's plans do" }),
    getTargets: () => [],
    clearTargets: () => [],
  },
  replies: { getTargets: () => ({ chargingTargetSchedules: [] }) },
  writes: {
    userMaximumChargeCurrent: (value, _, s) =>
      typeof value === "number" && canSet(s, E, "userMaximumChargeCurrent")
        ? set(E, "userMaximumChargeCurrent", value / 1000)
        : { constraint: "this charger's limit can't be set" },
  },
});

/** One mode: as a hand would charge (9.4.6.1). Time and sun are the hub's plans' business. */
export const energyEvseMode = bridgeCluster({
  cluster: "EnergyEvseMode",
  fixed: () => ({ supportedModes: [{ label: "Manual", mode: 1, modeTags: [{ value: 0x4000 }] }], currentMode: 1 }),
  commands: { changeToMode: (fields) => (fields.newMode === 1 ? [] : { constraint: "there is no such mode" }) },
  replies: {
    changeToMode: (refusal) =>
      refusal === undefined ? { status: 0, statusText: "" } : { status: 1, statusText: refusal.slice(0, 64) },
  },
});

const VOLTS = 230;
const PHASES = 3;

/** What Matter wants beside a charger: it tells of its power and has no forecast (9.2.4, feature PowerForecastReporting). */
export const evseEnergyManagement = bridgeCluster({
  cluster: "DeviceEnergyManagement",
  features: () => ["PowerForecastReporting"],
  fixed: () => ({ esaType: 0, esaCanGenerate: false, absMinPower: 0, forecast: null }),
  blank: () => ({ esaState: 0, absMaxPower: MOST_A * VOLTS * PHASES * 1000 }),
  state: (held) => {
    const state = held(`${E}.state`);
    return {
      esaState: state === "fault" ? 2 : state === undefined || state === "notPluggedIn" ? 0 : 1,
      absMaxPower: Math.round(most(held) * VOLTS * PHASES * 1000),
    };
  },
});

/** Whether the hub can tell it to charge and to stop. */
export const isCharger = (s: Source): boolean => hasCommand(s, E, "enableCharging") && hasCommand(s, E, "disable");
