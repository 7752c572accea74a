import { bridgeCluster } from "../table.ts";

/** More than any home's heat pump takes, mW: no maker tells the limit over MQTT, and this attribute may not be null. */
const MOST_MW = 25_000_000;

/** What Matter wants beside a heat pump: it tells of its power, has no forecast and offers no adjustment (9.2.4). */
export const heatPumpEnergyManagement = bridgeCluster({
  cluster: "DeviceEnergyManagement",
  features: () => ["PowerForecastReporting"],
  // Space heating is what every heat pump of a home can do (9.2.7.2).
  fixed: () => ({
    ...{ esaType: 1, esaCanGenerate: false, esaState: 1 },
    ...{ absMinPower: 0, absMaxPower: MOST_MW, forecast: null },
  }),
});
