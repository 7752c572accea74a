import { describe, expect, test } from "vitest";
import { decodeAttribute } from "../../../adapters/matter/clusters/decode.ts";
import { encodeCommand } from "../../../adapters/matter/clusters/encode.ts";
import type { Value } from "../../../hub/model/capability.ts";

/** Everything that one attribute of the wire comes to, by our names; null for what has no value now. */
function all(cluster: string, attribute: string, wire: unknown, siblings: Record<string, unknown> = {}) {
  const found: Record<string, Value | null> = {};
  for (const decoded of decodeAttribute(cluster, attribute, wire, (name) => siblings[name]))
    if (decoded.kind === "value") found[decoded.attribute] = decoded.value;
    else if (decoded.kind === "none") found[decoded.attribute] = null;
    else found[decoded.kind] = true;
  return found;
}

const fields = (capability: string, command: string, args: Record<string, Value>, siblings: object = {}) => {
  const has = new Map(Object.entries(siblings));
  const encoded = encodeCommand({ capability, command, args }, (name) => has.get(name));
  if (!encoded.ok) return encoded.reason;
  return encoded.action.kind === "invoke" ? encoded.action.fields : encoded.action.values;
};

const start = 1_780_000_000;
/** A dishwasher's run of two parts, an hour of 1.8 kW and half an hour of 200 W, in the second of them. */
const forecast = {
  forecastId: 7,
  activeSlotNumber: 1,
  startTime: start,
  endTime: start + 5400,
  earliestStartTime: null,
  latestEndTime: start + 20_000,
  isPausable: true,
  forecastUpdateReason: 1,
  slots: [
    { minDuration: 3600, maxDuration: 3600, defaultDuration: 3600, nominalPower: 1_800_000n, slotIsPausable: true },
    {
      ...{ minDuration: 1800, maxDuration: 1800, defaultDuration: 1800, nominalPower: 200_000, slotIsPausable: true },
      ...{ minPauseDuration: 60, maxPauseDuration: 600, remainingSlotTime: 1200, nominalEnergy: 100_000 },
    },
  ],
};

describe("an appliance that lets its energy be managed", () => {
  test("tells its forecast in the house's units, laid flat", () => {
    expect(all("DeviceEnergyManagement", "forecast", forecast)).toEqual({
      forecastAvailable: true,
      forecastId: 7,
      forecastStartTime: start,
      forecastEndTime: start + 5400,
      forecastEarliestStartTime: null,
      forecastLatestEndTime: start + 20_000,
      forecastIsPausable: true,
      forecastPausableNow: true,
      forecastMinPauseDuration: 60,
      forecastMaxPauseDuration: 600,
      forecastSlots: 2,
      forecastActiveSlot: 1,
      forecastRemainingSlotTime: 1200,
      forecastActivePower: 200,
      forecastPeakPower: 1800,
      forecastDuration: 5400,
      forecastEnergy: 1.9,
      forecastProfile: "3600x1800,1800x200",
      forecastUpdateReason: "localOptimization",
    });
  });

  test("that has not begun, that tells no power, or that has no forecast says just that", () => {
    const before = all("DeviceEnergyManagement", "forecast", { ...forecast, activeSlotNumber: null });
    expect(before).toMatchObject({ forecastActiveSlot: null, forecastActivePower: null, forecastPausableNow: false });
    const stateOnly = { ...forecast, slots: [{ defaultDuration: 60, manufacturerEsaState: 3 }], activeSlotNumber: 9 };
    expect(all("DeviceEnergyManagement", "forecast", stateOnly)).toMatchObject({
      ...{ forecastEnergy: null, forecastPeakPower: null, forecastDuration: 60, forecastActivePower: null },
    });
    const none = all("DeviceEnergyManagement", "forecast", null);
    expect(none.forecastAvailable).toBe(false);
    expect(new Set(Object.values(none))).toEqual(new Set([false, null]));
  });

  test("offers the adjustment of the widest power span, as a whole", () => {
    const powerAdjustCapability = [
      { minPower: 1_000_000, maxPower: 2_000_000, minDuration: 60, maxDuration: 3600 },
      { minPower: -3_000_000n, maxPower: 3_000_000n, minDuration: 30, maxDuration: 900 },
      null,
    ];
    const told = all("DeviceEnergyManagement", "powerAdjustmentCapability", { powerAdjustCapability, cause: 0 });
    expect(told).toEqual({
      powerAdjustAvailable: true,
      powerAdjustReason: "noAdjustment",
      powerAdjustMinPower: -3000,
      powerAdjustMaxPower: 3000,
      powerAdjustMinDuration: 30,
      powerAdjustMaxDuration: 900,
    });
    expect(all("DeviceEnergyManagement", "powerAdjustmentCapability", null).powerAdjustAvailable).toBe(false);
    const busy = { powerAdjustCapability: [], cause: 0 };
    expect(all("DeviceEnergyManagement", "powerAdjustmentCapability", busy).powerAdjustAvailable).toBe(false);
  });

  test("is asked in the standard's scale, for the house's sake unless the grid is named", () => {
    const dem = "deviceEnergyManagement";
    expect(fields(dem, "powerAdjustRequest", { power: -2500, duration: 900 })).toEqual({
      ...{ power: -2_500_000, duration: 900, cause: 0 },
    });
    expect(fields(dem, "startTimeAdjustRequest", { requestedStartTime: start, cause: "gridOptimization" })).toEqual({
      requestedStartTime: start,
      cause: 1,
    });
    expect(fields(dem, "pauseRequest", { duration: 300 })).toEqual({ duration: 300, cause: 0 });
    expect(fields(dem, "pauseRequest", {})).toContain("duration must be a number");
  });
});

describe("an EV charger and a water heater", () => {
  test("charging is allowed for a time and with a current, and no least current above the most is asked for", () => {
    const args = { chargingEnabledUntil: start, maximumChargeCurrent: 10, minimumChargeCurrent: 6 };
    expect(fields("energyEvse", "enableCharging", args)).toEqual({
      ...{ chargingEnabledUntil: start, minimumChargeCurrent: 6000, maximumChargeCurrent: 10_000 },
    });
    expect(fields("energyEvse", "enableCharging", { maximumChargeCurrent: 4 })).toMatchObject({
      ...{ minimumChargeCurrent: 4000, maximumChargeCurrent: 4000, chargingEnabledUntil: null },
    });
    const wrong = { minimumChargeCurrent: 16, maximumChargeCurrent: 10 };
    expect(fields("energyEvse", "enableCharging", wrong)).toContain("above");
  });

  test("a charging target is a time of day with a charge or an energy, not both, on the days that are named", () => {
    expect(fields("energyEvse", "setTargets", { targetTime: 420, targetSoC: 80, dayOfWeek: "weekend" })).toEqual({
      chargingTargetSchedules: [
        {
          dayOfWeekForSequence: { saturday: true, sunday: true },
          chargingTargets: [{ targetTimeMinutesPastMidnight: 420, targetSoC: 80 }],
        },
      ],
    });
    expect(fields("energyEvse", "setTargets", { targetTime: 420, addedEnergy: 12.5 })).toMatchObject({
      chargingTargetSchedules: [{ chargingTargets: [{ addedEnergy: 12_500_000 }] }],
    });
    expect(fields("energyEvse", "setTargets", { targetTime: 420, addedEnergy: 1, targetSoC: 5 })).toContain("either");
    expect(fields("energyEvse", "setTargets", { targetTime: 420 })).toContain("either");
    expect(fields("energyEvse", "setTargets", { targetTime: 1440, targetSoC: 5 })).toContain("between 0 and 1439");
  });

  test("a boost says only what was asked for, and nothing that the device would have to refuse", () => {
    expect(fields("waterHeaterManagement", "boost", { duration: 3600, temporarySetpoint: 60.5 })).toEqual({
      boostInfo: { duration: 3600, temporarySetpoint: 6050 },
    });
    const reheat = { duration: 60, targetReheat: 40 };
    expect(fields("waterHeaterManagement", "boost", reheat)).toContain("needs targetPercentage");
    expect(fields("waterHeaterManagement", "boost", { ...reheat, targetPercentage: 80, oneShot: true })).toContain(
      "oneShot",
    );
  });
});

describe("tariffs, prices and the grid", () => {
  const currency = { currency: 978, decimalPoints: 5 };

  test("a price is in whole units of its currency, with the cheapest time ahead", () => {
    const siblings = { currency };
    const price = { periodStart: start, periodEnd: start + 3600, price: 31_250n, priceLevel: -1 };
    expect(all("CommodityPrice", "currentPrice", price, siblings)).toEqual({
      ...{ price: 0.3125, priceLevel: -1, priceStart: start, priceEnd: start + 3600 },
    });
    const ahead = [
      { periodStart: start + 3600, periodEnd: start + 7200, price: 29_000 },
      { periodStart: start + 7200, periodEnd: start + 9000, price: -1500 },
      { periodStart: start + 9000, periodEnd: start + 9999, price: null },
    ];
    expect(all("CommodityPrice", "priceForecast", ahead, siblings)).toEqual({
      ...{ nextPrice: 0.29, nextPriceStart: start + 3600, lowestPrice: -0.015 },
      ...{ lowestPriceStart: start + 7200, forecastEnd: start + 9999 },
    });
    expect(all("CommodityPrice", "currentPrice", price)).toMatchObject({ price: null, priceLevel: -1 });
    expect(all("CommodityPrice", "currency", currency)).toEqual({ currency: "EUR" });
    expect(all("CommodityPrice", "currency", { currency: 999 })).toEqual({ currency: "no. 999" });
  });

  test("a tariff tells what holds now as the sum of its components", () => {
    const tariffInfo = { tariffLabel: "Day and night", providerName: "Town", currency };
    const components = [
      { price: { priceType: 0, price: 20_000, priceLevel: 2 }, label: "Night", friendlyCredit: false },
      { price: { priceType: 0, price: 8_000 }, peakPeriod: { severity: 1, peakPeriod: 1 } },
    ];
    expect(all("CommodityTariff", "currentTariffComponents", components, { tariffInfo })).toEqual({
      ...{ price: 0.28, priceLevel: 2, priceLabel: "Night", peakPeriod: "low", friendlyCredit: false },
    });
    expect(all("CommodityTariff", "tariffInfo", tariffInfo)).toEqual({
      ...{ tariffLabel: "Day and night", providerName: "Town", currency: "EUR" },
    });
  });

  test("the grid tells its CO2 now and the cleanest time ahead; a meter its limit in watts", () => {
    const now = { periodStart: start, periodEnd: null, gridCarbonIntensity: 320, gridCarbonLevel: 1 };
    expect(all("ElectricalGridConditions", "currentConditions", now)).toMatchObject({
      ...{ gridCarbonIntensity: 320, gridCarbonLevel: "medium", conditionsEnd: null },
    });
    const ahead = [{ gridCarbonIntensity: 300 }, { periodStart: start + 60, gridCarbonIntensity: 90 }, {}];
    expect(all("ElectricalGridConditions", "forecastConditions", ahead)).toMatchObject({
      ...{ nextGridCarbonIntensity: 300, lowestGridCarbonIntensity: 90, lowestGridCarbonStart: start + 60 },
    });
    const powerThreshold = { powerThreshold: 6_000_000n, powerThresholdSource: 0 };
    expect(all("MeterIdentification", "powerThreshold", powerThreshold)).toEqual({
      ...{ powerLimit: 6000, powerLimitSource: "contract" },
    });
    const shares = [
      { tariffComponentIDs: [1], quantity: 1_500_000 },
      { tariffComponentIDs: [2], quantity: 500_000n },
    ];
    expect(all("CommodityMetering", "meteredQuantity", shares)).toEqual({ quantity: 2 });
  });

  test("a home battery's mAh are kWh at its voltage, and unknown without one", () => {
    expect(all("PowerSource", "batCapacity", 200_000, { batVoltage: 51_200 })).toEqual({ batCapacity: 10.24 });
    expect(all("PowerSource", "batCapacity", 200_000)).toEqual({ batCapacity: null });
    expect(all("PowerSource", "activeBatFaults", [1])).toEqual({ batFault: true });
  });
});
