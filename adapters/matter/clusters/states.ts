import { bitmap, flag, words } from "./codecs.ts";
import { clusterTable } from "./table.ts";

export const occupancySensing = clusterTable({
  cluster: "OccupancySensing",
  id: 0x0406,
  capability: "occupancySensing",
  attributes: { occupancy: bitmap("occupied") },
});

export const booleanState = clusterTable({
  cluster: "BooleanState",
  id: 0x0045,
  capability: "booleanState",
  attributes: { stateValue: flag },
});

const alarm = words({ 0: "normal", 1: "warning", 2: "critical" });

export const smokeCoAlarm = clusterTable({
  cluster: "SmokeCoAlarm",
  id: 0x005c,
  capability: "smokeCoAlarm",
  attributes: { smokeState: alarm, coState: alarm, testInProgress: flag },
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
