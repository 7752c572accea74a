import { bitmap, flag, scaled, wireNumber, words, writableScaled } from "./codecs.ts";
import { field } from "./structs.ts";
import { clusterTable } from "./table.ts";

export const occupancySensing = clusterTable({
  cluster: "OccupancySensing",
  id: 0x0406,
  capability: "occupancySensing",
  attributes: { occupancy: bitmap("occupied"), holdTime: writableScaled(1) },
  ignored: ["holdTimeLimits"],
  ranges: {
    holdTime: (siblings) => {
      const limits = siblings("holdTimeLimits");
      const low = wireNumber(field(limits, "holdTimeMin"));
      const high = wireNumber(field(limits, "holdTimeMax"));
      return low === undefined || high === undefined || low > high ? undefined : [low, high];
    },
  },
});

export const booleanState = clusterTable({
  cluster: "BooleanState",
  id: 0x0045,
  capability: "booleanState",
  attributes: { stateValue: flag },
});

export const booleanStateConfiguration = clusterTable({
  cluster: "BooleanStateConfiguration",
  id: 0x0080,
  capability: "booleanStateConfiguration",
  attributes: {
    sensorFault: bitmap(),
    alarmsActive: bitmap(),
    alarmsSuppressed: bitmap(),
    currentSensitivityLevel: writableScaled(1),
  },
  ignored: ["supportedSensitivityLevels", "defaultSensitivityLevel", "alarmsSupported"],
  ranges: {
    currentSensitivityLevel: (siblings) => {
      const levels = wireNumber(siblings("supportedSensitivityLevels"));
      return levels === undefined || levels < 2 ? undefined : [0, levels - 1];
    },
  },
});

const alarm = words({ 0: "normal", 1: "warning", 2: "critical" });

export const smokeCoAlarm = clusterTable({
  cluster: "SmokeCoAlarm",
  id: 0x005c,
  capability: "smokeCoAlarm",
  attributes: {
    expressedState: words({
      ...{ 0: "normal", 1: "smokeAlarm", 2: "coAlarm", 3: "batteryAlert", 4: "testing", 5: "hardwareFault" },
      ...{ 6: "endOfService", 7: "interconnectSmoke", 8: "interconnectCo", 9: "inoperative" },
    }),
    smokeState: alarm,
    coState: alarm,
    interconnectSmokeAlarm: alarm,
    interconnectCoAlarm: alarm,
    batteryAlert: alarm,
    deviceMuted: words({ 0: "notMuted", 1: "muted" }),
    testInProgress: flag,
    hardwareFaultAlert: flag,
    endOfServiceAlert: words({ 0: "normal", 1: "expired" }),
    contaminationState: words({ 0: "normal", 1: "low", 2: "warning", 3: "critical" }),
    // Read only: a sensitivity lowered from afar would be a smoke alarm that stays silent.
    smokeSensitivityLevel: words({ 0: "high", 1: "standard", 2: "low" }),
    expiryDate: scaled(1),
    unmounted: flag,
  },
  commands: { selfTestRequest: { command: "selfTestRequest", id: 0 } },
});

export const airQuality = clusterTable({
  cluster: "AirQuality",
  id: 0x005b,
  capability: "airQuality",
  attributes: {
    airQuality: words({
      0: "unknown",
      1: "good",
      2: "fair",
      3: "moderate",
      4: "poor",
      5: "veryPoor",
      6: "extremelyPoor",
    }),
  },
});
