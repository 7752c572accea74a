/** What SolarEdge2MQTT's fields mean (https://github.com/DerOetzi/solaredge2mqtt): watts and watt-hours throughout. */

export interface SolaredgeWord {
  /** Word in meanings.ts; without one it is the maker's own. */
  readonly word?: string;
  readonly unit?: string;
  /** -1 where the maker's sign is the opposite of the house's. */
  readonly scale?: number;
  /** 1 is the device, 2 to 4 its phases, 5 the side of the panels or cells. */
  readonly endpoint: number;
}

const at = (unit: string, word?: string, endpoint = 1, scale?: number): SolaredgeWord => ({
  endpoint,
  unit,
  ...(word ? { word } : {}),
  ...(scale ? { scale } : {}),
});

/** Currents and voltages of the phases; between two phases the voltage is the maker's own. */
function phases(prefix: string): Record<string, SolaredgeWord> {
  const found: Record<string, SolaredgeWord> = {};
  for (const n of [1, 2, 3]) {
    found[`${prefix}current.l${n}`] = at("A", "current", 1 + n);
    found[`${prefix}voltage.l${n}`] = at("V");
    found[`${prefix}voltage.l${n}n`] = at("V", "voltage", 1 + n);
    found[`${prefix}power.l${n}`] = at("W");
  }
  return found;
}

const alternating = (prefix: string): Record<string, SolaredgeWord> => ({
  ...phases(prefix),
  [`${prefix}current.actual`]: at("A", "current"),
  [`${prefix}power.reactive`]: at("var", "power_reactive"),
  [`${prefix}power.apparent`]: at("VA", "power_apparent"),
  [`${prefix}frequency`]: at("Hz", "ac_frequency"),
});

const components: Readonly<Record<string, Readonly<Record<string, SolaredgeWord>>>> = {
  inverter: {
    ...alternating("ac."),
    // All that an inverter makes, it exports.
    "ac.power.actual": at("W", "power", 1, -1),
    "ac.power.factor": at("%", "power_factor"),
    "dc.current": at("A", "current", 5),
    "dc.voltage": at("V", "voltage", 5),
    // With a battery between the panels and the inverter this is not what the panels make.
    "dc.power": at("W"),
    energytotal: at("Wh", "produced_energy"),
    temperature: at("C", "temperature"),
  },
  meter: {
    ...alternating(""),
    // SolarEdge counts what is fed into the grid as positive; the currents have the signs of their powers.
    "power.actual": at("W", "power", 1, -1),
    // Some meters tell percent and some parts of one, under the same name.
    "power.factor": { endpoint: 1 },
    "energy.totalimport": at("Wh", "energy"),
    "energy.totalexport": at("Wh", "produced_energy"),
  },
  battery: {
    // Charging is positive, as in the house.
    power: at("W", "power"),
    current: at("A", "current"),
    voltage: at("V", "voltage"),
    state_of_charge: at("%", "state_of_charge"),
    state_of_health: at("%"),
  },
  wallbox: {
    power: at("W", "power"),
    vehicle_plugged: { word: "ev_connected", endpoint: 1 },
    max_current: at("A"),
  },
  powerflow: Object.fromEntries(
    [
      "pv_production",
      ...["power", "dc_power", "consumption", "production", "pv_production", "battery_production"].map(
        (n) => `inverter.${n}`,
      ),
      ...["power", "consumption", "delivery"].map((n) => `grid.${n}`),
      ...["power", "charge", "discharge"].map((n) => `battery.${n}`),
      ...["house", "evcharger", "inverter", "total", "used_pv_production", "used_production"].map(
        (n) => `consumer.${n}`,
      ),
      "consumer.used_battery_production",
    ].map((field) => [field, at("W")]),
  ),
};

/**
 * What a field means. `component` is `inverter`, `meter`, `battery`, `wallbox` or `powerflow`, out of the topic; `field` the path in
 * the message. Undefined: not known, the maker's own.
 */
export function solaredgeWord(component: string, field: string): SolaredgeWord | undefined {
  const words = Object.hasOwn(components, component) ? components[component] : undefined;
  return words && Object.hasOwn(words, field) ? words[field] : undefined;
}
