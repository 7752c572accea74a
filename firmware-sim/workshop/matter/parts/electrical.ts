/** Electrical sensors: the servers, what they are born with, and how physics is written into them. */
import type { Endpoint } from "@matter/main";
import { ElectricalEnergyMeasurementServer } from "@matter/main/behaviors/electrical-energy-measurement";
import { ElectricalPowerMeasurementServer } from "@matter/main/behaviors/electrical-power-measurement";
import { PowerTopologyServer } from "@matter/main/behaviors/power-topology";
import { ElectricalPowerMeasurement } from "@matter/main/clusters/electrical-power-measurement";
import { MeasurementType } from "@matter/main/types";
import type { Moment } from "../../firmware.ts";
import { epochOf, scaled } from "../product.ts";

/** The power of this endpoint and all below it. PowerTopology adds the device type Electrical Sensor. */
export const TreePower = PowerTopologyServer.with("TreeTopology");
export const AcPower = ElectricalPowerMeasurementServer.with("AlternatingCurrent");
export const DcPower = ElectricalPowerMeasurementServer.with("DirectCurrent");
export const ImportedEnergy = ElectricalEnergyMeasurementServer.with("ImportedEnergy", "CumulativeEnergy");
export const BothEnergies = ElectricalEnergyMeasurementServer.with(
  "ImportedEnergy",
  "ExportedEnergy",
  "CumulativeEnergy",
);

const accuracyOf = (measurementType: MeasurementType, min: number, max: number) => ({
  measurementType,
  measured: true,
  minMeasuredValue: min,
  maxMeasuredValue: max,
  accuracyRanges: [{ rangeMin: min, rangeMax: max, percentMax: 100 }],
});

/** Attributes of a power measurement up to `watts`, either way where it also gives. */
export function bornPower(watts: number, { gives = false, direct = false } = {}) {
  const most = scaled(watts, 1000);
  const least = gives ? -most : 0;
  const milliamps = scaled(watts / (direct ? 40 : 200), 1000);
  return {
    powerMode: direct ? ElectricalPowerMeasurement.PowerMode.Dc : ElectricalPowerMeasurement.PowerMode.Ac,
    numberOfMeasurementTypes: 3,
    accuracy: [
      accuracyOf(MeasurementType.Voltage, 0, direct ? 1_000_000 : 460_000),
      accuracyOf(MeasurementType.ActiveCurrent, gives ? -milliamps : 0, milliamps),
      accuracyOf(MeasurementType.ActivePower, least, most),
    ],
    voltage: null,
    activeCurrent: null,
    activePower: null,
  };
}

const energyAccuracy = { accuracy: accuracyOf(MeasurementType.ElectricalEnergy, 0, Number.MAX_SAFE_INTEGER) };
export const bornImported = { ...energyAccuracy, cumulativeEnergyImported: null };
export const bornBoth = { ...bornImported, cumulativeEnergyExported: null };

/** Power now; positive is drawn, negative is given. W, V. */
export async function showPower(endpoint: Endpoint, watts: number, volts: number): Promise<void> {
  await endpoint.setStateOf("electricalPowerMeasurement", {
    activePower: scaled(watts, 1000),
    voltage: scaled(volts, 1000),
    activeCurrent: volts === 0 ? 0 : scaled(watts / volts, 1000),
  });
}

/** Two counters that only rise, Wh. */
export class Counter {
  imported: number;
  exported: number;
  private told = -1;
  private toldAt = Number.NEGATIVE_INFINITY;

  constructor(imported = 0, exported = 0) {
    this.imported = imported;
    this.exported = exported;
  }

  add(watts: number, seconds: number): void {
    const wh = (watts * seconds) / 3600;
    if (wh > 0) this.imported += wh;
    else this.exported -= wh;
  }

  /** Whether it is time to tell: 1 Wh more, and at most every ten seconds of its clock. */
  due({ elapsed }: Moment): boolean {
    const sum = Math.floor(this.imported + this.exported);
    if (sum === this.told || elapsed - this.toldAt < 10) return false;
    this.told = sum;
    this.toldAt = elapsed;
    return true;
  }
}

/** Counters into the attributes, with the event, when it is due. */
export async function showEnergy(endpoint: Endpoint, counter: Counter, now: Moment, gives = false): Promise<void> {
  if (!counter.due(now)) return;
  await tellEnergy(endpoint, counter.imported, gives ? counter.exported : undefined, now);
}

/** Counters into the attributes at once, Wh. */
export async function tellEnergy(
  endpoint: Endpoint,
  imported: number,
  exported: number | undefined,
  now: Moment,
): Promise<void> {
  const measured = (wh: number) => ({ energy: scaled(wh, 1000), endTimestamp: epochOf(now) });
  await endpoint.act((agent) => {
    const server = agent.get(exported === undefined ? ImportedEnergy : BothEnergies);
    server.setMeasurement({
      cumulativeEnergy: {
        imported: measured(imported),
        ...(exported === undefined ? {} : { exported: measured(exported) }),
      },
    });
  });
}
