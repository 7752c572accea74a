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
  ...(scale === undefined || scale === 1 ? {} : { scale }),
});

/** Currents and voltages of the phases; between two phases the voltage is the maker's own. */
function phases(prefix: string, sign: number): Record<string, SolaredgeWord> {
  const found: Record<string, SolaredgeWord> = {};
  for (const n of [1, 2, 3]) {
    found[`${prefix}current.l${n}`] = at("A", "current", 1 + n, sign);
    found[`${prefix}voltage.l${n}`] = at("V");
    found[`${prefix}voltage.l${n}n`] = at("V", "voltage", 1 + n);
  }
  return found;
}

const alternating = (prefix: string, sign = 1): Record<string, SolaredgeWord> => ({
  ...phases(prefix, sign),
  [`${prefix}current.actual`]: at("A", "current", 1, sign),
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
    ...alternating("", -1),
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
    maximum_energy: at("Wh", "battery_capacity"),
    available_energy: at("Wh"),
  },
  wallbox: {
    power: at("W", "power"),
    vehicle_plugged: { word: "ev_connected", endpoint: 1 },
    max_current: at("A"),
  },
};

/** Sums over devices that speak for themselves: as measurements of the house they would be counted twice. */
const sums: readonly (readonly [component: string, pattern: RegExp, unit: string])[] = [
  ["powerflow", /^(pv_production|(inverter|grid|battery|consumer)\.[a-z_]+)$/, "W"],
  ["energy", /\.(pv_production|(inverter|grid|battery|consumer)\.[a-z_]+)$|^pv_production$/, "kWh"],
  ["energy", /_rates\.[a-z]+$/, "%"],
];

/**
 * What a field means. `component` is `inverter`, `meter`, `battery`, `wallbox`, `powerflow` or `energy`, out of the topic; `field` the path in
 * the message. Undefined: not known, the maker's own.
 */
export function solaredgeWord(component: string, field: string): SolaredgeWord | undefined {
  const words = Object.hasOwn(components, component) ? components[component] : undefined;
  if (words) return Object.hasOwn(words, field) ? words[field] : undefined;
  const unit = sums.find(([name, pattern]) => name === component && pattern.test(field))?.[2];
  return unit === undefined ? undefined : { endpoint: 1, unit };
}

/** The address of all that one installation computes: power flows, energies by period, forecasts. */
export const solaredgeSite = (prefix: string): string => `own:solaredge2mqtt/${prefix.replaceAll("/", "_")}`;

/** The address behind a topic with sums, `<prefix>/[<unit>/]powerflow` or `<prefix>/[<unit>/]energy/<period>`; undefined for others. */
export function solaredgeAddressOfTopic(topic: string): string | undefined {
  const prefix = /^(.+?)(?:\/(?:leader|follower\d+|cumulated))?\/(?:powerflow|energy\/[a-z_]+)$/.exec(topic)?.[1];
  return prefix && solaredgeSite(prefix);
}
