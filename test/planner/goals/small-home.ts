/** The home that the sentences are about: the same things under the names of a language. */
import type { Part, Parts, StoragePart, TankPart, ThermostatPart } from "../../../hub/energy/parts.ts";
import { type Names, namesOf } from "../../../hub/planner/names.ts";

export type Code = "en" | "de" | "fr" | "es" | "nl";
export const CODES: readonly Code[] = ["en", "de", "fr", "es", "nl"];

const ROOMS = {
  living: ["Living room", "Wohnzimmer", "Salon", "Salón", "Woonkamer"],
  bedroom: ["Bedroom", "Schlafzimmer", "Chambre", "Dormitorio", "Slaapkamer"],
  bathroom: ["Bathroom", "Bad", "Salle de bain", "Baño", "Badkamer"],
  kitchen: ["Kitchen", "Küche", "Cuisine", "Cocina", "Keuken"],
  office: ["Office", "Büro", "Bureau", "Oficina", "Kantoor"],
  utility: ["Utility room", "Hauswirtschaftsraum", "Buanderie", "Lavadero", "Bijkeuken"],
  garage: ["Garage", "Garage", "Garage", "Garaje", "Garage"],
  children: ["Nursery", "Kinderzimmer", "Chambre des enfants", "Habitación de los niños", "Kinderkamer"],
} as const;
export type RoomKey = keyof typeof ROOMS;

const THINGS = {
  car: ["EV charger", "Wallbox", "Borne", "Cargador", "Laadpaal"],
  water: ["Water heater", "Boiler", "Chauffe-eau", "Termo", "Boiler"],
  dishwasher: ["Dishwasher", "Geschirrspüler", "Lave-vaisselle", "Lavavajillas", "Vaatwasser"],
  washer: ["Washing machine", "Waschmaschine", "Lave-linge", "Lavadora", "Wasmachine"],
  dryer: ["Dryer", "Trockner", "Sèche-linge", "Secadora", "Droger"],
  tv: ["TV corner", "Fernsehecke", "Coin télé", "Rincón de la tele", "Tv-hoek"],
  fridge: ["Fridge", "Kühlschrank", "Frigo", "Nevera", "Koelkast"],
  pump: ["Pool pump", "Poolpumpe", "Pompe de la piscine", "Bomba de la piscina", "Zwembadpomp"],
  battery: ["Home battery", "Hausbatterie", "Batterie", "Batería", "Thuisbatterij"],
  kitchenLight: ["Kitchen light", "Küchenlicht", "Lampe de la cuisine", "Lámpara de la cocina", "Keukenlamp"],
  officeLight: ["Office light", "Bürolampe", "Lampe du bureau", "Lámpara de la oficina", "Kantoorlamp"],
  livingHeating: [
    "Living room heating",
    "Heizung Wohnzimmer",
    "Chauffage salon",
    "Calefacción salón",
    "Verwarming woonkamer",
  ],
  bedroomHeating: [
    "Bedroom heating",
    "Heizung Schlafzimmer",
    "Chauffage chambre",
    "Calefacción dormitorio",
    "Verwarming slaapkamer",
  ],
  bathroomHeating: [
    "Bathroom heating",
    "Heizung Bad",
    "Chauffage salle de bain",
    "Calefacción baño",
    "Verwarming badkamer",
  ],
  childrenHeating: [
    "Nursery heating",
    "Heizung Kinderzimmer",
    "Chauffage chambre des enfants",
    "Calefacción habitación de los niños",
    "Verwarming kinderkamer",
  ],
  freezer: ["Freezer", "Gefrierschrank", "Congélateur", "Congelador", "Vriezer"],
  heatpump: ["Heat pump", "Wärmepumpe", "Pompe à chaleur", "Bomba de calor", "Warmtepomp"],
} as const;
export type ThingKey = keyof typeof THINGS;

export interface SmallHome {
  readonly names: Names;
  readonly parts: Parts;
  readonly room: (key: string) => string;
}

const isRoom = (key: string): key is RoomKey => Object.hasOwn(ROOMS, key);

type Rename = (key: ThingKey, name: string) => string;

/** Rooms and things under the names of a language. */
function named(code: Code, rename: Rename) {
  const at = CODES.indexOf(code);
  const room = (key: string): string => (isRoom(key) ? (ROOMS[key][at] ?? key) : key);
  const part = (key: ThingKey, where: RoomKey, ...types: string[]): Part => ({
    node: key,
    endpoint: 1,
    name: rename(key, THINGS[key][at] ?? key),
    room: room(where),
    types,
    power: `${key}/1/electricalPowerMeasurement.activePower`,
    meter: {},
    relay: undefined,
  });
  return { room, part };
}

const heating = (p: Part): ThermostatPart => ({ ...p, temperature: "", setpoint: "" });

/** The home of one language; nodes are called as in the sentences' files. `rename` gives a thing a name of its own. */
export function smallHome(code: Code, rename: Rename = (_, name) => name): SmallHome {
  const { room, part } = named(code, rename);
  const storage = (p: Part): StoragePart => ({ ...p, stateOfCharge: undefined, control: undefined, target: undefined });
  const tank = (p: Part): TankPart => ({ ...p, temperature: undefined, boost: undefined, lacks: undefined });
  const parts: Parts = {
    grid: undefined,
    solar: [],
    batteries: [storage(part("battery", "utility", "batteryStorage"))],
    evses: [storage(part("car", "garage", "energyEvse"))],
    tanks: [tank(part("water", "utility", "waterHeater"))],
    thermostats: [
      heating(part("livingHeating", "living", "thermostat")),
      heating(part("bedroomHeating", "bedroom", "thermostat")),
      heating(part("bathroomHeating", "bathroom", "thermostat")),
    ],
    heatPumps: [],
    appliances: [
      part("dishwasher", "kitchen", "dishwasher", "onOffPlugInUnit"),
      part("washer", "utility", "laundryWasher", "onOffPlugInUnit"),
      part("dryer", "utility", "laundryDryer", "onOffPlugInUnit"),
    ],
    flexibles: [],
    corners: [part("tv", "living", "basicVideoPlayer", "onOffPlugInUnit")],
    lights: [part("kitchenLight", "kitchen", "onOffLight"), part("officeLight", "office", "onOffLight")],
    occupancy: [],
    outdoor: undefined,
    others: [part("fridge", "kitchen", "refrigerator", "onOffPlugInUnit"), part("pump", "utility", "onOffPlugInUnit")],
  };
  return { names: namesOf(parts), parts, room };
}

/** The same with a nursery, a freezer and a heat pump. */
export function largerHome(code: Code): SmallHome {
  const { parts, room } = smallHome(code);
  const { part } = named(code, (_, name) => name);
  const more: Parts = {
    ...parts,
    thermostats: [...parts.thermostats, heating(part("childrenHeating", "children", "thermostat"))],
    heatPumps: [{ ...part("heatpump", "utility", "heatPump") }],
    others: [...parts.others, part("freezer", "utility", "refrigerator", "onOffPlugInUnit")],
  };
  return { names: namesOf(more), parts: more, room };
}
