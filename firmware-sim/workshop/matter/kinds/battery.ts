import { Endpoint } from "@matter/main";
import { PowerSourceServer } from "@matter/main/behaviors/power-source";
import { DeviceEnergyManagement } from "@matter/main/clusters/device-energy-management";
import { PowerSource } from "@matter/main/clusters/power-source";
import { BatteryStorageDevice } from "@matter/main/devices/battery-storage";
import { ElectricalSensorEndpoint } from "@matter/main/endpoints/electrical-sensor";
import { PowerSourceEndpoint } from "@matter/main/endpoints/power-source";
import { ElectricalMeasurementTag, PowerSourceTag } from "@matter/main/node";
import {
  AcPower,
  BothEnergies,
  bornBoth,
  bornPower,
  Counter,
  DcPower,
  showEnergy,
  showPower,
  TreePower,
} from "../parts/electrical.ts";
import { optOutBy, PowerEsa, powerServer } from "../parts/power-esa.ts";
import { bornMains, MainsPower, Tagged } from "../parts/power-source.ts";
import { Store } from "../physics/store.ts";
import { type Birth, numberIn, type Product } from "../product.ts";
import type { OptionsOf } from "../sheets.ts";

const { BatChargeState, BatChargeLevel } = PowerSource;
const cellVolts = 51.2;

const AcType = ElectricalSensorEndpoint.with(Tagged, TreePower, AcPower, BothEnergies);
const DcType = ElectricalSensorEndpoint.with(Tagged, TreePower, DcPower, BothEnergies);
const GridType = PowerSourceEndpoint.with(Tagged, MainsPower);
const CellType = PowerSourceEndpoint.with(Tagged, PowerSourceServer.with("Battery", "Rechargeable"));

/** Attributes of the cells: charge in half percent, times in seconds, mV, mA. */
function cells(store: Store, watts: number) {
  const full = store.soc >= 99.5;
  return {
    batPercentRemaining: Math.round(store.soc * 2),
    batVoltage: Math.round((cellVolts + (store.soc - 50) * 0.04) * 1000),
    batTimeRemaining: watts < -20 ? Math.round((store.wh / -watts) * 3600) : null,
    batTimeToFullCharge: watts > 20 ? Math.round((store.room / watts) * 3600) : null,
    batChargingCurrent: Math.max(0, Math.round((watts / cellVolts) * 1000)),
    batChargeLevel: store.soc < 10 ? BatChargeLevel.Warning : BatChargeLevel.Ok,
    batChargeState: full
      ? BatChargeState.IsAtFullCharge
      : watts > 20
        ? BatChargeState.IsCharging
        : BatChargeState.IsNotCharging,
  };
}

/** The endpoints below the storage's own: both sides' meters and both sources, each with its tag. */
function parts(most: number, store: Store, kwh: number) {
  const power = bornPower(most, { gives: true });
  const ac = new Endpoint(AcType, {
    id: "ac",
    descriptor: { tagList: [ElectricalMeasurementTag.Ac] },
    electricalPowerMeasurement: power,
    electricalEnergyMeasurement: bornBoth,
  });
  const dc = new Endpoint(DcType, {
    id: "dc",
    descriptor: { tagList: [ElectricalMeasurementTag.Dc] },
    electricalPowerMeasurement: bornPower(most * 1.1, { gives: true, direct: true }),
    electricalEnergyMeasurement: bornBoth,
  });
  const grid = new Endpoint(GridType, {
    id: "grid",
    descriptor: { tagList: [PowerSourceTag.Grid] },
    powerSource: bornMains("Grid"),
  });
  const cell = new Endpoint(CellType, {
    id: "cells",
    descriptor: { tagList: [PowerSourceTag.Battery] },
    powerSource: {
      ...{ status: PowerSource.PowerSourceStatus.Active, order: 1, description: "Cells", endpointList: [] },
      ...{ batReplacementNeeded: false, batReplaceability: PowerSource.BatReplaceability.NotReplaceable },
      ...{ batFunctionalWhileCharging: true, batCapacity: Math.round((kwh * 1e6) / cellVolts) },
      ...{ activeBatFaults: [], activeBatChargeFaults: [] },
      ...cells(store, 0),
    },
  });
  return { ac, dc, grid, cell };
}

/** A home battery: charging is positive. It rests until it is told, or follows `gridW` (the house without it) to zero. */
export function battery({ memory, now }: Birth, { kwh, watts: most, soc }: OptionsOf<"battery">): Product {
  const store = new Store(kwh * 1000, memory.soc ?? soc);
  const esa = new PowerEsa(now, () => ({
    ...{ minW: store.soc > 5 ? -most : 0, maxW: store.soc < 99.5 ? most : 0, minSeconds: 60, maxSeconds: 6 * 3600 },
  }));
  const Dem = powerServer(esa);
  const { ac, dc, grid, cell } = parts(most, store, kwh);
  const endpoint = new Endpoint(BatteryStorageDevice.with(Dem), {
    id: "battery",
    deviceEnergyManagement: esa.born(DeviceEnergyManagement.EsaType.BatteryStorage, -most, most),
    parts: [ac, dc, grid, cell],
  });
  const counters = [
    new Counter(memory.imported ?? 0, memory.exported ?? 0),
    new Counter(memory.dcIn ?? 0, memory.dcOut ?? 0),
  ] as const;
  let house = 0;
  let watts = 0;
  return {
    endpoints: [endpoint],
    state: () => ({
      soc: store.soc,
      watts,
      imported: counters[0].imported / 1000,
      exported: counters[0].exported / 1000,
    }),
    async set(values) {
      optOutBy(esa, values.optOut);
      house = numberIn(values, "gridW") ?? house;
      store.soc = Math.max(0, Math.min(100, numberIn(values, "soc") ?? store.soc));
      await endpoint.act((agent) => agent.get(Dem).lookAgain());
    },
    step(seconds) {
      const wanted = esa.told ?? (Math.abs(house) > 40 ? -house : 0);
      watts = store.take(Math.max(-most, Math.min(most, wanted)), seconds);
      counters[0].add(watts, seconds);
      counters[1].add(store.inside, seconds);
      esa.count((watts * seconds) / 3600);
    },
    async show(at) {
      await showPower(ac, watts, 230);
      await showPower(dc, store.inside, cellVolts);
      await showEnergy(ac, counters[0], at, true);
      await showEnergy(dc, counters[1], at, true);
      await cell.set({ powerSource: cells(store, watts) });
      await endpoint.act((agent) => agent.get(Dem).lookAgain());
    },
    memory: () => ({
      ...{ soc: store.soc, imported: counters[0].imported, exported: counters[0].exported },
      ...{ dcIn: counters[1].imported, dcOut: counters[1].exported },
    }),
  };
}
