import { Endpoint } from "@matter/main";
import { CommodityPriceServer } from "@matter/main/behaviors/commodity-price";
import { IdentifyServer } from "@matter/main/behaviors/identify";
import type { CommodityPrice } from "@matter/main/clusters/commodity-price";
import { MeterIdentification } from "@matter/main/clusters/meter-identification";
import { ElectricalEnergyTariffDevice } from "@matter/main/devices/electrical-energy-tariff";
import { ElectricalMeterDevice } from "@matter/main/devices/electrical-meter";
import { ElectricalUtilityMeterDevice } from "@matter/main/devices/electrical-utility-meter";
import { CommodityTariffFlowTag } from "@matter/main/node";
import { TariffUnit } from "@matter/main/types";
import { noise, unit } from "../../../random.ts";
import {
  AcPower,
  BothEnergies,
  bornBoth,
  bornPower,
  Counter,
  showEnergy,
  showPower,
  TreePower,
} from "../parts/electrical.ts";
import { Tagged } from "../parts/power-source.ts";
import { type Birth, epochOf, numberIn, type Product } from "../product.ts";

const MeterType = ElectricalMeterDevice.with(TreePower, AcPower, BothEnergies);
const TariffType = ElectricalEnergyTariffDevice.with(Tagged, CommodityPriceServer.with("Forecasting"));
const hour = 3600;
/** Prices that are known ahead; the attribute holds 56 at most. */
const known = 24;
/** ISO 4217: euro; money is told in tenths of a cent. */
const euro = { currency: 978, decimalPoints: 3 };

/** The price of an hour (epoch s), in tenths of a cent for a kWh: cheap at night and at noon, dear in the evening. */
function priceAt(seed: number, start: number): number {
  const clock = (start / hour) % 24;
  const shape = clock < 6 ? 0.19 : clock < 10 ? 0.31 : clock < 16 ? 0.22 : clock < 21 ? 0.38 : 0.27;
  return Math.round((shape + 0.06 * (unit(seed, 51, Math.floor(start / hour)) - 0.5)) * 1000);
}

const pricesFrom = (seed: number, now: number, count: number): CommodityPrice.CommodityPriceStruct[] => {
  const first = Math.floor(now / hour) * hour;
  return Array.from({ length: count }, (_, i) => {
    const periodStart = first + i * hour;
    return { periodStart, periodEnd: periodStart + hour - 1, price: priceAt(seed, periodStart) };
  });
};

/** The grid's meter: identification, measurement (negative is given to the grid), and the price of each hour. */
export function utilityMeter({ seed, serial, memory, now }: Birth): Product {
  const counter = new Counter(memory.imported ?? 4_211_000, memory.exported ?? 1_870_000);
  const meter = new Endpoint(MeterType, {
    id: "meter",
    electricalPowerMeasurement: bornPower(24_000, { gives: true }),
    electricalEnergyMeasurement: bornBoth,
  });
  const tariff = new Endpoint(TariffType, {
    id: "tariff",
    descriptor: { tagList: [CommodityTariffFlowTag.Import] },
    commodityPrice: {
      tariffUnit: TariffUnit.KWh,
      currency: euro,
      currentPrice: pricesFrom(seed, epochOf(now()), 1)[0] ?? null,
      priceForecast: pricesFrom(seed, epochOf(now()), known),
    },
  });
  const endpoint = new Endpoint(ElectricalUtilityMeterDevice.with(IdentifyServer), {
    id: "utility",
    meterIdentification: {
      meterType: MeterIdentification.MeterType.Utility,
      pointOfDelivery: "DE0001234567890000000000000012345",
      meterSerialNumber: serial,
    },
    parts: [meter, tariff],
  });
  let held: number | undefined;
  let told = 0;
  const wattsAt = (elapsed: number): number =>
    held ?? 420 + 380 * noise(seed, 52, elapsed, 1800) + (noise(seed, 53, elapsed, 900) > 0.6 ? 2100 : 0);
  let watts = 420;
  return {
    endpoints: [endpoint],
    state: () => ({ watts, imported: counter.imported / 1000, exported: counter.exported / 1000 }),
    async set(values) {
      held = numberIn(values, "watts") ?? held;
    },
    step(seconds, { elapsed }) {
      watts = wattsAt(elapsed);
      counter.add(watts, seconds);
    },
    async show(at) {
      await showPower(meter, watts, 230);
      await showEnergy(meter, counter, at, true);
      const start = Math.floor(epochOf(at) / hour) * hour;
      if (start === told) return;
      told = start;
      const priceForecast = pricesFrom(seed, start, known);
      await tariff.set({ commodityPrice: { currentPrice: priceForecast[0] ?? null, priceForecast } });
    },
    memory: () => ({ imported: counter.imported, exported: counter.exported }),
  };
}
