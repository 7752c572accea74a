import { type BridgeCluster, bridgeCluster, type Held, has, type Source } from "../table.ts";
import { milli, numberOf, wire } from "./codecs.ts";
import { accuracy, battery, MOST, MOST_MWH } from "./power.ts";

const P = "powerSource";
/** Above this much, W, a battery whose maker tells no state is charging; below is its own consumption. */
const CHARGES_W = 20;

const states = { unknown: 0, isCharging: 1, isAtFullCharge: 2, isNotCharging: 3 };

function chargeState(held: Held): number {
  const own = numberOf(states, held(`${P}.batChargeState`));
  if (own !== undefined) return own;
  const watts = held("electricalPowerMeasurement.activePower");
  return typeof watts !== "number" ? states.unknown : watts > CHARGES_W ? states.isCharging : states.isNotCharging;
}

/** In mAh: the makers' kWh by the battery's voltage. 0 is unknown here, since Matter has no null for it. */
function capacity(held: Held): number {
  const kwh = held(`${P}.batCapacity`);
  const volts = held(`${P}.batVoltage`);
  return typeof kwh === "number" && typeof volts === "number" && volts > 0 ? Math.round((kwh / volts) * 1e6) : 0;
}

/** The cells of a home battery: everything that the device type wants told of them (11.7.7, device library 14.4). */
export const cells = bridgeCluster({
  cluster: "PowerSource",
  features: () => ["Battery", "Rechargeable"],
  fixed: () => ({
    ...{ status: 1, order: 1, description: "Battery", batReplaceability: 0, endpointList: [] },
    ...{ batFunctionalWhileCharging: true, activeBatFaults: [], activeBatChargeFaults: [] },
  }),
  state: (held, source) => ({
    ...battery.state(held, source),
    batVoltage: wire(held(`${P}.batVoltage`), 1000, 0, 0xffff_fffe),
    batTimeRemaining: wire(held(`${P}.batTimeRemaining`), 1, 0, 0xffff_fffe),
    batTimeToFullCharge: wire(held(`${P}.batTimeToFullCharge`), 1, 0, 0xffff_fffe),
    batChargingCurrent: wire(held(`${P}.batChargingCurrent`), 1000, 0, 0xffff_fffe),
    batChargeState: chargeState(held),
    batCapacity: capacity(held),
    activeBatFaults: held(`${P}.batFault`) === true ? [0] : [],
  }),
});

/** The direct current of the cells; power and energy are told where they are measured, on the house's side, and not twice. */
export const cellPower = bridgeCluster({
  cluster: "ElectricalPowerMeasurement",
  features: () => ["DirectCurrent"],
  fixed: () => ({
    powerMode: 1,
    numberOfMeasurementTypes: 3,
    // Voltage, active current, active power (2.13.5.1).
    accuracy: [1, 2, 5].map((type) => accuracy(type, MOST)),
  }),
  state: (held) => ({
    voltage: milli(held(`${P}.batVoltage`)),
    activeCurrent: milli(held(`${P}.batChargingCurrent`)),
    activePower: null,
  }),
});

export const cellEnergy = bridgeCluster({
  cluster: "ElectricalEnergyMeasurement",
  features: () => ["CumulativeEnergy", "ExportedEnergy"],
  fixed: () => ({ accuracy: { ...accuracy(14, MOST_MWH), minMeasuredValue: 0 }, cumulativeEnergyExported: null }),
});

const REFUSED = "this battery is planned by its home in modes; it takes no power from outside";

/**
 * A home battery in Matter must be one whose power can be adjusted (device library 14.4). The hub plans batteries in modes,
 * never in watts: it says that its owner has opted out (9.2.8.8), offers no adjustment, and refuses one.
 */
export const storageEnergyManagement: BridgeCluster = bridgeCluster({
  cluster: "DeviceEnergyManagement",
  features: () => ["PowerAdjustment"],
  fixed: () => ({
    ...{ esaType: 5, esaCanGenerate: true, powerAdjustmentCapability: null, optOutState: 3 },
    // No maker tells the limits over MQTT; nobody can act on them where nothing is offered.
    ...{ absMinPower: 0, absMaxPower: 0 },
  }),
  blank: () => ({ esaState: 0 }),
  state: (held: Held, source: Source) => ({
    esaState: has(source, P, "batFault") && held(`${P}.batFault`) === true ? 2 : 1,
  }),
  commands: {
    powerAdjustRequest: () => ({ constraint: REFUSED }),
    cancelPowerAdjustRequest: () => ({ constraint: REFUSED }),
  },
});
