import { type Tongue, weekdayTimes } from "./tongue.ts";

const days = ["maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag"];

export const nl: Tongue = {
  code: "nl",
  why: "waarom",
  filler: "nu|op dit moment|nog|nog steeds|steeds|eigenlijk|toch|zich|meer",
  times: [
    ["vannacht|afgelopen nacht|in de nacht", "last night"],
    ["gisteravond|gisteren avond", "yesterday evening"],
    ["gisterochtend|gistermorgen", "yesterday morning"],
    ["vanmorgen|vanochtend", "this morning"],
    ["vanavond", "this evening"],
    ["gisteren", "yesterday"],
    ["vandaag", "today"],
    ...weekdayTimes(days.map((day) => `(?:(?:op|afgelopen) )?${day}`)),
  ],
  doings: {
    charging: "laadt|laden|laadde|geladen|opgeladen|opladen",
    running:
      "verwarmt|verwarmde|verwarmd|draait|draaien|draaide|draaiden|gedraaid|werkt|werken|werkte|gewerkt|loopt|start|starten|startte|gestart",
    on: "aan|aangezet|aangegaan|brandt|branden",
    off: "uit|uitgezet|uitgegaan",
    open: "open|geopend|opengegaan|omhoog|opgegaan",
    closed: "dicht|gesloten|dichtgegaan|omlaag",
    locked: "op slot|vergrendeld",
    unlocked: "van het slot|ontgrendeld",
  },
  forms: [
    "(?:wordt|worden|werd|werden|is|zijn|was|waren|staat|staan|stond|stonden|heeft|hebben|blijft|gaat|gaan|ging|gingen) THING DOING(?: geweest| geworden)?",
    "DOING THING(?: op)?",
  ],
  not: "niet",
  small: "de|het|mijn|onze|ons",
  within: "in de|in het|in|op de|van de|van het",
  things: {
    ...{ auto: "car", wagen: "car", "elektrische auto": "car", laadpaal: "car charger", laadstation: "car charger" },
    ...{ boiler: "water heater", warmwater: "water heater", "warm water": "water heater" },
    ...{
      batterij: "battery",
      thuisbatterij: "battery",
      accu: "battery",
      warmtepomp: "heat pump",
      verwarming: "thermostat",
    },
    ...{ vaatwasser: "dishwasher", afwasmachine: "dishwasher", wasmachine: "washing machine", droger: "dryer" },
    ...{
      koelkast: "fridge",
      televisie: "tv",
      tv: "tv",
      licht: "light",
      lamp: "light",
      lampen: "lights",
      lichten: "lights",
    },
    ...{
      ventilator: "fan",
      raam: "window",
      deur: "door",
      voordeur: "front door",
      gordijn: "blinds",
      gordijnen: "blinds",
    },
    ...{ rolluik: "blinds", rolluiken: "blinds", jaloezie: "blinds", jaloezieen: "blinds", zonwering: "blinds" },
  },
  rooms: {
    ...{ woonkamer: "living room", slaapkamer: "bedroom", badkamer: "bathroom", keuken: "kitchen", kantoor: "office" },
    ...{ gang: "hallway", hal: "hallway", kelder: "basement", garage: "garage" },
  },
  say: {
    which: (what, names) => `Welk apparaat is bedoeld met "${what}": ${names.join(", ")}?`,
    whichRoom: (what) => `Welke kamer is bedoeld met "${what}"?`,
    nothingCalled: (what) => `In dit huis is er niets passends dat "${what}" heet.`,
    cannotTell: (name) => `${name} meldt dat niet.`,
    notUnderstood: () => 'Dat is niet begrepen. Bijvoorbeeld: "Waarom laadt de auto niet?"',
  },
};
