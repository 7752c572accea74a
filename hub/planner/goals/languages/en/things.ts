export const things: Readonly<Record<string, string>> = {
  car: "cars?|vehicles?|my ride|motor ?car|ev|evs|electric cars?|vehicle|wallbox|charger|drive to work|tesla",
  tank: "hot water|warm water|water|showers?|boiler|water heater|tank|bath(?= at| by|$)|bathe",
  battery: "battery|batteries|home battery|house battery|powerwall",
  corner: "tv|television|telly|tv corner|media corner",
  thermostat: "heating|thermostats?|radiators?",
  light: "lights?|lamps?",
  dishwasher: "dish-?washer|dishes|plates",
  laundryWasher: "washing machine|washer|laundry|washing",
  laundryDryer: "dryer|drier|tumble dryer",
  refrigerator: "fridge|refrigerator|freezer",
  heatPump: "heat pump",
};

export const rooms: Readonly<Record<string, string>> = {
  "living room": "living ?room|lounge|sitting room",
  bedroom: "bed ?room",
  bathroom: "bath ?room",
  kitchen: "kitchen",
  office: "office|study",
  "children's room": "(?:children's|kids'?|nursery) ?room|nursery",
  hallway: "hall ?way|hall|corridor",
  "dining room": "dining room",
};
