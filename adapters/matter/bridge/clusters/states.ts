import { bridgeCluster, has } from "../table.ts";
import { numberOf } from "./codecs.ts";

/** The sensor's kind of sensing is not known over MQTT: a passive infrared one is the common case (2.7.4.1). */
export const occupancySensing = bridgeCluster({
  cluster: "OccupancySensing",
  features: () => ["PassiveInfrared"],
  fixed: () => ({ occupancySensorType: 0, occupancySensorTypeBitmap: { pir: true } }),
  state: (held) => {
    const occupied = held("occupancySensing.occupancy");
    return typeof occupied === "boolean" ? { occupancy: { occupied } } : undefined;
  },
});

/** Leak, rain and freeze detectors must tell each change as an event as well (device library, revision 2). */
export const booleanState = bridgeCluster({
  cluster: "BooleanState",
  features: () => ["ChangeEvent"],
  state: (held) => {
    const stateValue = held("booleanState.stateValue");
    return typeof stateValue === "boolean" ? { stateValue } : undefined;
  },
  events: (before, after) =>
    before.stateValue === after.stateValue ? [] : [{ name: "stateChange", payload: { stateValue: after.stateValue } }],
});

const alarms = { normal: 0, warning: 1, critical: 2 };

/** ExpressedStateEnum (2.11.5.3): what the device shows when several things are wrong, worst first. */
function expressed(smoke: number | undefined, co: number | undefined, test: boolean, battery: boolean): number {
  if (smoke) return 1;
  if (co) return 2;
  if (battery) return 3;
  return test ? 4 : 0;
}

export const smokeCoAlarm = bridgeCluster({
  cluster: "SmokeCoAlarm",
  features: (source) => [
    ...(has(source, "smokeCoAlarm", "smokeState") ? ["SmokeAlarm"] : []),
    ...(has(source, "smokeCoAlarm", "coState") ? ["CoAlarm"] : []),
  ],
  // Not told over MQTT: no fault of the hardware is known, and the end of service lies ahead.
  fixed: () => ({ hardwareFaultAlert: false, endOfServiceAlert: 0 }),
  blank: (source) => ({
    ...(has(source, "smokeCoAlarm", "smokeState") ? { smokeState: 0 } : {}),
    ...(has(source, "smokeCoAlarm", "coState") ? { coState: 0 } : {}),
    ...{ batteryAlert: 0, testInProgress: false, expressedState: 0 },
  }),
  state: (held, source) => {
    const smoke = numberOf(alarms, held("smokeCoAlarm.smokeState"));
    const co = numberOf(alarms, held("smokeCoAlarm.coState"));
    if (has(source, "smokeCoAlarm", "smokeState") && smoke === undefined) return undefined;
    if (has(source, "smokeCoAlarm", "coState") && co === undefined) return undefined;
    const testInProgress = held("smokeCoAlarm.testInProgress") === true;
    const level = held("powerSource.batChargeLevel");
    const batteryAlert = level === "critical" ? 2 : level === "warning" ? 1 : 0;
    return {
      ...(smoke === undefined ? {} : { smokeState: smoke }),
      ...(co === undefined ? {} : { coState: co }),
      batteryAlert,
      testInProgress,
      expressedState: expressed(smoke, co, testInProgress, batteryAlert > 0),
    };
  },
});

const qualities = { unknown: 0, good: 1, fair: 2, moderate: 3, poor: 4, veryPoor: 5, extremelyPoor: 6 };

/** An air quality sensor without a word of its own says `unknown` and lets its concentrations speak. */
export const airQuality = bridgeCluster({
  cluster: "AirQuality",
  features: () => ["Fair", "Moderate", "VeryPoor", "ExtremelyPoor"],
  state: (held) => ({ airQuality: numberOf(qualities, held("airQuality.airQuality")) ?? 0 }),
});
