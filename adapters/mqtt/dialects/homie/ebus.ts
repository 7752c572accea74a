/**
 * Meaning of the electrification bus' device types (`energy.ebus.device.*`, https://ebus.energy): panels, circuits, lugs,
 * batteries, chargers. Meters of circuits are seen from the panel: what it exports, the circuit's loads import.
 */

export interface EbusWord {
  readonly word: string;
  /** The maker's sign is the opposite of the house's. */
  readonly turned?: true;
  /** Line 1 is endpoint 2, line 2 endpoint 3. */
  readonly endpoint?: number;
}

const lines: Readonly<Record<string, EbusWord>> = {
  ...{ "current-a": { word: "current", endpoint: 2 }, "current-b": { word: "current", endpoint: 3 } },
  ...{ "l1-current": { word: "current", endpoint: 2 }, "l2-current": { word: "current", endpoint: 3 } },
  ...{ "voltage-a": { word: "voltage", endpoint: 2 }, "voltage-b": { word: "voltage", endpoint: 3 } },
  ...{ "l1-voltage": { word: "voltage", endpoint: 2 }, "l2-voltage": { word: "voltage", endpoint: 3 } },
};

/** Behind the panel: what flows out of the panel flows into the endpoint. */
const behind: Readonly<Record<string, EbusWord>> = {
  ...lines,
  "active-power": { word: "power", turned: true },
  "imported-energy": { word: "produced_energy" },
  "exported-energy": { word: "energy" },
  current: { word: "current" },
  voltage: { word: "voltage" },
};

/** Before the panel: the panel's view is the house's. */
const before: Readonly<Record<string, EbusWord>> = {
  ...lines,
  "active-power": { word: "power" },
  "imported-energy": { word: "energy" },
  "exported-energy": { word: "produced_energy" },
};

/** By kind, then property. A kind that is here is known whole: what it has besides stays the maker's own. */
const kinds: Readonly<Record<string, Readonly<Record<string, EbusWord>>>> = {
  circuit: { ...behind, relay: { word: "relay" } },
  lugs: before,
  "lugs.upstream": before,
  "lugs.downstream": behind,
  "distribution-enclosure": lines,
  "distribution-enclosure.core": lines,
  // Whose view a battery's or an inverter's own meter has is not said, so that its sign would be a guess.
  bess: {
    soc: { word: "state_of_charge" },
    "state-of-charge": { word: "state_of_charge" },
    "nameplate-capacity": { word: "battery_capacity" },
    capacity: { word: "battery_capacity" },
  },
  pv: {},
  mid: {},
  "power-flows": {},
  evse: { status: { word: "ev_connector" }, "user-max-charge-current": { word: "charge_limit" } },
};

/** House device types by kind; what is not here has what its values say. */
const types: Readonly<Record<string, string>> = {
  lugs: "electricalMeter",
  "lugs.upstream": "electricalMeter",
  bess: "batteryStorage",
  pv: "solarPower",
  evse: "energyEvse",
};

const PREFIX = "energy.ebus.device.";

/** `circuit` of `energy.ebus.device.circuit`; undefined for types of other worlds. */
export const ebusKind = (type: string): string | undefined =>
  type.startsWith(PREFIX) && Object.hasOwn(kinds, type.slice(PREFIX.length)) ? type.slice(PREFIX.length) : undefined;

export function ebusWord(kind: string, property: string): EbusWord | undefined {
  const words = Object.hasOwn(kinds, kind) ? kinds[kind] : undefined;
  return words && Object.hasOwn(words, property) ? words[property] : undefined;
}

export const ebusType = (kind: string): string | undefined => (Object.hasOwn(types, kind) ? types[kind] : undefined);
