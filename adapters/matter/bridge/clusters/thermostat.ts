import { type Asks, ask, bridgeCluster, canSet, type Held, has, rangeOf, type Source, set } from "../table.ts";
import { numberIn, numberOf, wire, wordOf } from "./codecs.ts";

const T = "thermostat";
const modes = { off: 0, auto: 1, cool: 3, heat: 4, emergencyHeat: 5, precooling: 6, fanOnly: 7, dry: 8, sleep: 9 };

const heats = (s: Source) => has(s, T, "occupiedHeatingSetpoint");
const cools = (s: Source) => has(s, T, "occupiedCoolingSetpoint");
const heatRange = (s: Source) => rangeOf(s, T, "occupiedHeatingSetpoint", [5, 30]);
const coolRange = (s: Source) => rangeOf(s, T, "occupiedCoolingSetpoint", [16, 32]);

const limits = (name: "Heat" | "Cool", [min, max]: readonly [number, number]) => ({
  [`absMin${name}SetpointLimit`]: Math.round(min * 100),
  [`absMax${name}SetpointLimit`]: Math.round(max * 100),
  [`min${name}SetpointLimit`]: Math.round(min * 100),
  [`max${name}SetpointLimit`]: Math.round(max * 100),
});

/** Automatic change between the two is a feature of its own (4.3.4), which needs a dead band that MQTT does not tell. */
function systemMode(held: Held, s: Source): number | undefined {
  if (!has(s, T, "systemMode")) return heats(s) ? modes.heat : modes.cool;
  const word = held(`${T}.systemMode`);
  if (word === "auto" || word === "emergencyHeat") return heats(s) ? modes.heat : modes.cool;
  if (word === "cool" || word === "precooling") return cools(s) ? modes.cool : modes.heat;
  if (word === "heat") return heats(s) ? modes.heat : modes.cool;
  return numberOf(modes, word);
}

function running(held: Held): Record<string, boolean> {
  const mode = held(`${T}.thermostatRunningMode`);
  const demand = held(`${T}.piHeatingDemand`);
  return {
    heat: mode === "heat" || (mode === undefined && typeof demand === "number" && demand > 0),
    cool: mode === "cool",
  };
}

const setpoint = (held: Held, name: string, [min, max]: readonly [number, number]): number | undefined => {
  const value = held(`${T}.${name}`);
  return typeof value === "number" ? Math.round(Math.min(max, Math.max(min, value)) * 100) : undefined;
};

const writeSetpoint =
  (name: string) =>
  (value: unknown): Asks =>
    typeof value === "number" ? set(T, name, value / 100) : { constraint: "a setpoint is a number" };

function writeMode(value: unknown, held: Held, s: Source): Asks {
  if (value === systemMode(held, s)) return [];
  const word = wordOf(modes, value);
  if (!canSet(s, T, "systemMode") || word === undefined) return { constraint: "this thermostat has no such mode" };
  return set(T, "systemMode", word);
}

export const thermostat = bridgeCluster({
  cluster: "Thermostat",
  features: (s) => [...(heats(s) ? ["Heating"] : []), ...(cools(s) ? ["Cooling"] : [])],
  fixed: (s) => ({
    controlSequenceOfOperation: heats(s) && cools(s) ? 4 : heats(s) ? 2 : 0,
    ...(heats(s) ? limits("Heat", heatRange(s)) : {}),
    ...(cools(s) ? limits("Cool", coolRange(s)) : {}),
  }),
  blank: (s) => ({
    systemMode: 0,
    ...(heats(s) ? { occupiedHeatingSetpoint: Math.round(heatRange(s)[0] * 100) } : {}),
    ...(cools(s) ? { occupiedCoolingSetpoint: Math.round(coolRange(s)[1] * 100) } : {}),
    localTemperature: null,
    thermostatRunningState: {},
  }),
  state: (held, s) => {
    const heat = setpoint(held, "occupiedHeatingSetpoint", heatRange(s));
    const cool = setpoint(held, "occupiedCoolingSetpoint", coolRange(s));
    const mode = systemMode(held, s);
    if (mode === undefined || (heats(s) && heat === undefined) || (cools(s) && cool === undefined)) return undefined;
    return {
      localTemperature: wire(
        held(`${T}.localTemperature`) ?? held("temperatureMeasurement.measuredValue"),
        100,
        -27_315,
        32_767,
      ),
      systemMode: mode,
      ...(heat === undefined ? {} : { occupiedHeatingSetpoint: heat }),
      ...(cool === undefined ? {} : { occupiedCoolingSetpoint: cool }),
      thermostatRunningState: running(held),
    };
  },
  commands: {
    setpointRaiseLower: (fields, held, s) => {
      const tenths = numberIn(fields, "amount") ?? 0;
      const moved = (name: string): Asks => {
        const value = held(`${T}.${name}`);
        return typeof value === "number" ? set(T, name, Math.round(value * 10 + tenths) / 10) : [];
      };
      const heat = fields.mode !== 1 && heats(s) ? moved("occupiedHeatingSetpoint") : [];
      const cool = fields.mode !== 0 && cools(s) ? moved("occupiedCoolingSetpoint") : [];
      return "constraint" in heat || "constraint" in cool ? heat : [...heat, ...cool];
    },
  },
  writes: {
    occupiedHeatingSetpoint: writeSetpoint("occupiedHeatingSetpoint"),
    occupiedCoolingSetpoint: writeSetpoint("occupiedCoolingSetpoint"),
    systemMode: writeMode,
  },
});

/** An air conditioner's switch where it has none of its own: its mode. */
export const modeSwitch = {
  on: (s: Source): Asks => [ask(T, "set", { systemMode: cools(s) ? "cool" : "heat" })],
  off: (): Asks => [ask(T, "set", { systemMode: "off" })],
};
