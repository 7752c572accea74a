import { type Tongue, weekdayTimes } from "./tongue.ts";

const days = ["montag", "dienstag", "mittwoch", "donnerstag", "freitag", "samstag|sonnabend", "sonntag"];

export const de: Tongue = {
  code: "de",
  why: "warum|wieso|weshalb",
  filler: "gerade|jetzt|im moment|noch|noch immer|immer noch|mehr|denn|eigentlich|schon|sich|bitte",
  times: [
    ["(?:heute|letzte|in der letzten|vergangene|in der) nacht|uber nacht", "last night"],
    ["gestern abend", "yesterday evening"],
    ["gestern morgen|gestern fruh", "yesterday morning"],
    ["heute morgen|heute fruh", "this morning"],
    ["heute abend", "this evening"],
    ["gestern", "yesterday"],
    ["heute", "today"],
    ...weekdayTimes(days.map((day) => `(?:(?:am|letzten) )?(?:${day})`)),
  ],
  doings: {
    charging: "ladt|laedt|laden|lud|luden|geladen|aufgeladen",
    running:
      "heizt|heizen|heizte|geheizt|erwarmt|erwaermt|warmt|waermt|lauft|laeuft|laufen|lief|liefen|gelaufen|arbeitet|arbeiten|startet|starten|startete|gestartet|angelaufen",
    on: "an|ein|angeschaltet|eingeschaltet|angegangen|brennt|brennen|leuchtet|leuchten",
    off: "aus|ausgeschaltet|abgeschaltet|ausgegangen",
    open: "offen|auf|geoffnet|geoeffnet|aufgegangen|hochgefahren",
    closed: "zu|geschlossen|zugegangen|heruntergefahren|runtergefahren",
    locked: "abgeschlossen|verriegelt",
    unlocked: "aufgeschlossen|entriegelt|unverschlossen",
  },
  forms: [
    "(?:wird|werden|wurde|wurden|ist|sind|war|waren|hat|haben|bleibt|steht|geht|gehen|ging|gingen|schaltet|schaltete|fahrt) THING DOING(?: worden| gewesen)?",
    "DOING THING(?: auf)?",
  ],
  not: "nicht",
  small: "der|die|das|den|dem|mein|meine|unser|unsere",
  within: "im|in der|in dem|in|auf dem|vom|aus dem",
  things: {
    ...{
      auto: "car",
      wagen: "car",
      elektroauto: "car",
      "e auto": "car",
      wallbox: "car charger",
      ladestation: "car charger",
    },
    ...{ boiler: "water heater", warmwasser: "water heater", warmwasserspeicher: "water heater" },
    ...{ batterie: "battery", speicher: "battery", hausbatterie: "battery", akku: "battery", heimspeicher: "battery" },
    ...{ warmepumpe: "heat pump", waermepumpe: "heat pump", heizung: "thermostat", thermostat: "thermostat" },
    ...{ geschirrspuler: "dishwasher", spulmaschine: "dishwasher", spuelmaschine: "dishwasher" },
    ...{ waschmaschine: "washing machine", trockner: "dryer", kuhlschrank: "fridge", fernseher: "tv" },
    ...{
      licht: "light",
      lampe: "light",
      lampen: "lights",
      lichter: "lights",
      ventilator: "fan",
      tur: "door",
      haustur: "front door",
      eingangstur: "front door",
    },
    ...{
      rollladen: "blinds",
      rolllaeden: "blinds",
      jalousie: "blinds",
      jalousien: "blinds",
      rollo: "blinds",
      fenster: "window",
    },
  },
  rooms: {
    ...{
      wohnzimmer: "living room",
      schlafzimmer: "bedroom",
      bad: "bathroom",
      badezimmer: "bathroom",
      kuche: "kitchen",
    },
    ...{ buro: "office", arbeitszimmer: "office", flur: "hallway", keller: "basement", garage: "garage" },
  },
  say: {
    which: (what, names) => `Welches Gerät ist mit „${what}“ gemeint: ${names.join(", ")}?`,
    whichRoom: (what) => `Welcher Raum ist mit „${what}“ gemeint?`,
    nothingCalled: (what) => `In diesem Haus gibt es nichts Passendes, das „${what}“ heißt.`,
    cannotTell: (name) => `${name} meldet das nicht.`,
    notUnderstood: () => "Das wurde nicht verstanden. Zum Beispiel geht: „Warum lädt das Auto nicht?“",
  },
};
