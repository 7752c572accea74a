import type { Part, Parts, StoragePart, ThermostatPart } from "../energy/parts.ts";
import type { House } from "../llm/bench/run.ts";
import { HOME } from "../llm/bench/wishes.ts";
import { type Names, namesOf } from "../planner/names.ts";
import { questions } from "../planner/question.ts";
import { understand } from "../planning/reading.ts";

const MEASURES = [
  "Charge the car in the cheapest hours",
  "Heat water when prices are low",
  "Store the sun in the battery",
  "Run the dishwasher at night",
  "Cut standby at the TV corner",
];
const TIMEOUT_MS = 180_000;

const part = (name: string, type: string, room?: string): Part => ({
  ...{ node: `bench/${name}`, endpoint: 1, name, room, types: [type], meter: {} },
  ...{ power: undefined, relay: undefined },
});
const unsteered = { stateOfCharge: undefined, control: undefined, target: undefined };
const unheated = { temperature: undefined, boost: undefined, lacks: undefined };
const climate = { temperature: "bench/temperature", setpoint: "bench/setpoint" };

/** The home of the bench's wishes, as the planner sees homes. */
function names(): Names {
  const [charger, dishwasher, washer, heater, battery, corner] = HOME.devices;
  const stores = (name: string, type: string): StoragePart => ({ ...part(name, type), ...unsteered });
  const thermostats = HOME.rooms.map(
    (room): ThermostatPart => ({ ...part(`Thermostat ${room}`, "thermostat", room), ...climate }),
  );
  const parts: Parts = {
    ...{ grid: undefined, solar: [], heatPumps: [], flexibles: [], lights: [], occupancy: [], outdoor: undefined },
    others: [],
    evses: [stores(charger, "energyEvse")],
    batteries: [stores(battery, "batteryStorage")],
    tanks: [{ ...part(heater, "waterHeater"), ...unheated }],
    appliances: [part(dishwasher, "dishwasher"), part(washer, "laundryWasher")],
    corners: [part(corner, "onOffPlugInUnit")],
    thermostats,
  };
  return namesOf(parts);
}

/** The house's own reading of wishes and its question about measures, for measuring a model. */
export function benchHouse(): House {
  const home = names();
  const exams = new Map<string, number>();
  const { system, user, jsonSchema } = questions.rank("spend less on electricity", MEASURES);
  return {
    async kinds(wish, model, signal) {
      const read = await understand(wish, home, { model, exams, signal });
      return read.goals.map((goal) => goal.kind);
    },
    proposal: { system, user, jsonSchema, maxTokens: 300, timeoutMs: TIMEOUT_MS },
  };
}
