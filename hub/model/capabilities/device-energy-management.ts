import { capability } from "../capability.ts";
import { adjustRefused, pauseRefused, startRefused } from "./device-energy-management/refusals.ts";

const power = { type: "number", unit: "W", min: -1_000_000, max: 1_000_000 } as const;
/** Matter's durations are 32 bits wide. */
const duration = { type: "number", unit: "s", min: 0, max: 4_294_967_295 } as const;
/** Until the end of Matter's clock, which counts 32 bits from 2000. */
const moment = { type: "number", unit: "epoch-s", min: 0, max: 5_241_652_095 } as const;
const kinds: readonly string[] = [
  ...["evse", "spaceHeating", "waterHeating", "spaceCooling", "spaceHeatingCooling", "batteryStorage", "solarPv"],
  ...["fridgeFreezer", "washingMachine", "dishwasher", "cooking", "homeWaterPump", "irrigationWaterPump"],
  ...["poolPump", "other"],
];
const cause = {
  type: "enum",
  values: ["localOptimization", "gridOptimization"],
  label: "For the sake of",
  optional: true,
} as const;

/**
 * An appliance that can be asked to take or give another power, to start later, or to pause. Matter's forecast and
 * power adjustment structs are laid flat: `forecast...` of the coming run, `...Now` and `...PauseDuration` of the slot
 * that runs, `powerAdjust...` of the widest adjustment that it offers now. Power is positive when imported.
 */
export const deviceEnergyManagement = capability({
  name: "deviceEnergyManagement",
  label: "Energy management",
  matter: "DeviceEnergyManagement",
  attributes: {
    esaType: {
      type: "enum",
      values: kinds,
      label: "Kind of appliance",
    },
    esaCanGenerate: { type: "boolean", words: ["no", "yes"], label: "Can give power" },
    esaState: { type: "enum", values: ["offline", "online", "fault", "powerAdjustActive", "paused"], label: "State" },
    absMinPower: { ...power, label: "Least power" },
    absMaxPower: { ...power, label: "Most power" },
    optOutState: {
      type: "enum",
      values: ["noOptOut", "localOptOut", "gridOptOut", "optOut"],
      label: "Person's refusal",
    },
    powerAdjustAvailable: { type: "boolean", words: ["no", "yes"], label: "Power can be adjusted now", ours: true },
    powerAdjustReason: {
      type: "enum",
      values: ["noAdjustment", "localOptimizationAdjustment", "gridOptimizationAdjustment"],
      label: "Adjusted for",
      ours: true,
    },
    powerAdjustMinPower: { ...power, label: "Adjustable from", ours: true },
    powerAdjustMaxPower: { ...power, label: "Adjustable to", ours: true },
    powerAdjustMinDuration: { ...duration, label: "Adjustable for at least", ours: true },
    powerAdjustMaxDuration: { ...duration, label: "Adjustable for at most", ours: true },
    forecastAvailable: { type: "boolean", words: ["no", "yes"], label: "Has a forecast", ours: true },
    forecastId: { type: "number", unit: "1", min: 0, max: 4_294_967_295, label: "Forecast number", ours: true },
    forecastStartTime: { ...moment, label: "Starts", ours: true },
    forecastEndTime: { ...moment, label: "Ends", ours: true },
    forecastEarliestStartTime: { ...moment, label: "May start from", ours: true },
    forecastLatestEndTime: { ...moment, label: "Must end by", ours: true },
    forecastIsPausable: { type: "boolean", words: ["no", "yes"], label: "Can be paused", ours: true },
    forecastPausableNow: { type: "boolean", words: ["no", "yes"], label: "Can be paused now", ours: true },
    forecastMinPauseDuration: { ...duration, label: "Pause of at least", ours: true },
    forecastMaxPauseDuration: { ...duration, label: "Pause of at most", ours: true },
    forecastSlots: { type: "number", unit: "1", min: 0, max: 100, label: "Parts of the run", ours: true },
    forecastActiveSlot: { type: "number", unit: "1", min: 0, max: 65_535, label: "Part that runs", ours: true },
    forecastRemainingSlotTime: { ...duration, label: "Rest of this part", ours: true },
    forecastActivePower: { ...power, label: "Power of this part", ours: true },
    forecastPeakPower: { ...power, label: "Highest power", ours: true },
    forecastDuration: { ...duration, label: "Run takes", ours: true },
    forecastEnergy: { type: "number", unit: "kWh", min: -10_000, max: 10_000, label: "Run needs", ours: true },
    /** `<seconds>x<W>` of each part, in order: `900x2100,3600x60`. Matter has at most ten. */
    forecastProfile: { type: "string", maxLength: 255, label: "Power over the run", ours: true },
    forecastUpdateReason: {
      type: "enum",
      values: ["internalOptimization", "localOptimization", "gridOptimization"],
      label: "Forecast made for",
      ours: true,
    },
  },
  commands: {
    powerAdjustRequest: {
      label: "Adjust power",
      args: { power: { ...power, label: "Power" }, duration: { ...duration, label: "For" }, cause },
      wants: () => ({ esaState: "powerAdjustActive" }),
      refuses: adjustRefused,
    },
    cancelPowerAdjustRequest: {
      label: "End the adjustment",
      args: {},
      wants: () => ({ esaState: "online" }),
      refuses: (_, now) => (now("esaState") === "powerAdjustActive" ? undefined : "its power is not adjusted"),
    },
    startTimeAdjustRequest: {
      label: "Move the start",
      args: { requestedStartTime: { ...moment, label: "Start at" }, cause },
      wants: (args) => ({ forecastStartTime: args.requestedStartTime ?? 0 }),
      refuses: startRefused,
    },
    pauseRequest: {
      label: "Pause",
      args: { duration: { ...duration, label: "For" }, cause },
      wants: () => ({ esaState: "paused" }),
      refuses: pauseRefused,
    },
    resumeRequest: {
      label: "Resume",
      args: {},
      wants: () => ({ esaState: "online" }),
      refuses: (_, now) => (now("esaState") === "paused" ? undefined : "it is not paused"),
    },
    cancelRequest: {
      label: "Back to the device's own plan",
      args: {},
      wants: () => ({ forecastUpdateReason: "internalOptimization" }),
      refuses: (_, now) =>
        now("forecastUpdateReason") === "internalOptimization" ? "it already follows its own plan" : undefined,
    },
  },
});
