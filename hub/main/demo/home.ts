import type { HomeSettings } from "../../model/home.ts";
import type { NodeSettings } from "../../model/node.ts";
import type { Tariff } from "../../model/tariff.ts";

/** Where the simulated home stands. */
export const demoHome: HomeSettings = {
  name: "Demo home",
  timeZone: "Europe/Berlin",
  latitude: 54.0,
  longitude: 10.2,
  currency: "EUR",
};

/** A three-rate tariff as northern German suppliers sell it, prices with tax. */
export const demoTariff: Tariff = {
  name: "Three rates",
  importBands: [
    { from: "22:00", to: "06:00", perKwh: 0.22 },
    { from: "17:00", to: "21:00", perKwh: 0.42 },
  ],
  importPerKwh: 0.31,
  exportPerKwh: 0.08,
  standingPerDay: 0.45,
  co2Bands: [
    { from: "11:00", to: "15:00", gPerKwh: 250 },
    { from: "17:00", to: "21:00", gPerKwh: 470 },
  ],
  co2GPerKwh: 360,
};

/** What a person who moves in would set, by the name that the device gives itself: its room, and what a meter or plug feeds. */
export const demoPlaces: Readonly<Record<string, NodeSettings>> = {
  "Living room light": { room: "Living room" },
  "Bedroom light": { room: "Bedroom" },
  "Kitchen window": { room: "Kitchen" },
  "Hallway motion": { room: "Hallway" },
  "Living room climate": { room: "Living room" },
  "Outdoor sensor": { room: "Outside" },
  "TV corner plug": { room: "Living room", roles: { "1": "basicVideoPlayer" } },
  "EV charger": { room: "Garage" },
  "Home battery": { room: "Utility" },
  "Water heater": { room: "Utility", roles: { "1": "waterHeater" } },
  "Dishwasher plug": { room: "Kitchen", roles: { "1": "dishwasher" } },
  "Kitchen light": { room: "Kitchen" },
  "House meter": { room: "Utility", roles: { "1": "electricalMeter" } },
  "Solar inverter meter": { room: "Utility", roles: { "1": "solarPower" } },
  "Heat pump meter": { room: "Utility", roles: { "1": "heatPump" } },
  "Office light": { room: "Office" },
  "Living room blinds": { room: "Living room" },
  "Fridge plug": { room: "Kitchen", roles: { "1": "refrigerator" } },
  "Living room thermostat": { room: "Living room" },
};
