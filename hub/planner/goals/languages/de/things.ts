export const things: Readonly<Record<string, string>> = {
  car: "fahrzeug\\w*|karre|kiste|schlitten|stromer|e-karre|auto|autos|e-auto|elektroauto|wagen|wallbox|ladestation|e-?mobil|tesla",
  tank: "warmwasser|warmes wasser|heisses wasser|heisswasser|wasser|duschwasser|badewasser|boiler|warmwasserspeicher|dusche|duschen|duscht|baden",
  battery: "batterie|akku|hausakku|heimspeicher|stromspeicher|hausbatterie|speicher|batteriespeicher",
  corner: "fernseher|tv|fernsehecke|glotze",
  thermostat: "heizung|heizungen|thermostate?|heizkorper",
  light: "licht|lichter|lampen?|beleuchtung",
  dishwasher: "spulmaschine|geschirrspuler|spuler|geschirr|abwasch",
  laundryWasher: "waschmaschine|wasche|waschgang",
  laundryDryer: "trockner|waschetrockner",
  refrigerator: "kuhlschrank|gefrierschrank|gefriertruhe|tiefkuhler",
  heatPump: "warmepumpe",
};

export const rooms: Readonly<Record<string, string>> = {
  "living room": "wohnzimmer|stube|wohnstube",
  bedroom: "schlafzimmer",
  bathroom: "badezimmer|bad|badezimmern",
  kitchen: "kuche",
  office: "buro|arbeitszimmer|homeoffice",
  "children's room": "kinderzimmer",
  hallway: "flur|diele|gang",
  "dining room": "esszimmer",
};
