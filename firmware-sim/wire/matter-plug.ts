import { Endpoint } from "@matter/main";
import { ElectricalEnergyMeasurementServer } from "@matter/main/behaviors/electrical-energy-measurement";
import { ElectricalPowerMeasurementServer } from "@matter/main/behaviors/electrical-power-measurement";
import { PowerTopologyServer } from "@matter/main/behaviors/power-topology";
import { ElectricalPowerMeasurement } from "@matter/main/clusters/electrical-power-measurement";
import { OnOffPlugInUnitDevice } from "@matter/main/devices/on-off-plug-in-unit";
import { MeasurementType } from "@matter/main/types";
import { numberIn, type ProductEndpoint, scaled, type Values } from "./matter-endpoint.ts";

const PlugType = OnOffPlugInUnitDevice.with(
  // PowerTopology adds the device type ElectricalSensor to the descriptor.
  PowerTopologyServer.with("TreeTopology"),
  ElectricalPowerMeasurementServer.with("AlternatingCurrent"),
  ElectricalEnergyMeasurementServer.with("ImportedEnergy", "CumulativeEnergy"),
);

const accuracyOf = (measurementType: MeasurementType, maxMeasuredValue: number) => ({
  measurementType,
  measured: true,
  minMeasuredValue: 0,
  maxMeasuredValue,
  accuracyRanges: [{ rangeMin: 0, rangeMax: maxMeasuredValue, percentMax: 100 }],
});

/** An On/Off Plug-in Unit that measures: 16 A, 230 V. */
export function createPlug(): ProductEndpoint {
  const endpoint = new Endpoint(PlugType, {
    id: "plug",
    electricalPowerMeasurement: {
      powerMode: ElectricalPowerMeasurement.PowerMode.Ac,
      numberOfMeasurementTypes: 3,
      accuracy: [
        accuracyOf(MeasurementType.Voltage, 260_000),
        accuracyOf(MeasurementType.ActiveCurrent, 16_000),
        accuracyOf(MeasurementType.ActivePower, 3_680_000),
      ],
      voltage: null,
      activeCurrent: null,
      activePower: null,
    },
    electricalEnergyMeasurement: {
      accuracy: accuracyOf(MeasurementType.ElectricalEnergy, Number.MAX_SAFE_INTEGER),
      cumulativeEnergyImported: null,
    },
  });
  return {
    endpoint,
    state: () => ({ onOff: endpoint.state.onOff.onOff }),
    set: (values) => setPlug(endpoint, values),
    onState: (listener) => {
      endpoint.events.onOff.onOff$Changed.on((onOff) => listener({ onOff }));
    },
  };
}

async function setPlug(endpoint: Endpoint<typeof PlugType>, values: Values): Promise<void> {
  if (typeof values.onOff === "boolean") await endpoint.set({ onOff: { onOff: values.onOff } });
  const watts = numberIn(values, "activePower");
  const volts = numberIn(values, "voltage");
  const amperes = numberIn(values, "activeCurrent");
  await endpoint.set({
    electricalPowerMeasurement: {
      ...(watts === undefined ? {} : { activePower: scaled(watts, 1000) }),
      ...(volts === undefined ? {} : { voltage: scaled(volts, 1000) }),
      ...(amperes === undefined ? {} : { activeCurrent: scaled(amperes, 1000) }),
    },
  });
  const kwh = numberIn(values, "energyImported");
  if (kwh !== undefined && kwh >= 0)
    await endpoint.act((agent) =>
      agent
        .get(ElectricalEnergyMeasurementServer.with("ImportedEnergy", "CumulativeEnergy"))
        .setMeasurement({ cumulativeEnergy: { imported: { energy: scaled(kwh, 1_000_000) } } }),
    );
}
