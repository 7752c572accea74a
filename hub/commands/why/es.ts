import { type Tongue, weekdayTimes } from "./tongue.ts";

const days = ["lunes", "martes", "miercoles", "jueves", "viernes", "sabado", "domingo"];

export const es: Tongue = {
  code: "es",
  why: "por que",
  filler: "ahora mismo|ahora|todavia|aun|ya|en este momento|se",
  times: [
    ["anoche|esta noche pasada|la noche pasada|durante la noche", "last night"],
    ["ayer por la noche|ayer por la tarde", "yesterday evening"],
    ["ayer por la manana", "yesterday morning"],
    ["esta manana", "this morning"],
    ["esta tarde|esta noche", "this evening"],
    ["ayer", "yesterday"],
    ["hoy", "today"],
    ...weekdayTimes(days.map((day) => `(?:el )?${day}(?: pasado)?`)),
  ],
  doings: {
    charging: "carga|cargan|cargo|cargaron|cargaba|cargando|cargad[oa]s?",
    running:
      "calienta|calientan|calento|calentaron|calentaba|calentando|calentad[oa]s?|funciona|funcionan|funciono|funcionaron|funcionaba|funcionando|funcionado|arranca|arrancan|arranco|arrancado",
    on: "encendid[oa]s?|encendio|encendieron|enciende|encienden|en marcha",
    off: "apagad[oa]s?|apago|apagaron|apaga|apagan",
    open: "abiert[oa]s?|abrio|abrieron|abre|abren",
    closed: "cerrad[oa]s?|cerro|cerraron|cierra|cierran|bajad[oa]s?|bajo|bajaron",
    locked: "cerrad[oa]s? con llave|bloquead[oa]s?",
    unlocked: "sin llave|desbloquead[oa]s?",
  },
  forms: [
    "(?:(?:esta|estan|estaba|estaban|estuvo|estuvieron|ha|han|fue|fueron|sigue|siguen) )?(?:sido )?DOING THING",
    "THING (?:(?:esta|estan|estaba|estaban|estuvo|estuvieron|ha|han|fue|fueron|sigue|siguen) )?(?:sido )?DOING",
  ],
  not: "no",
  small: "el|la|los|las|mi|mis|nuestro|nuestra",
  within: "en la|en el|en|de la|del",
  things: {
    ...{ coche: "car", carro: "car", auto: "car", "coche electrico": "car", cargador: "car charger" },
    ...{ calentador: "water heater", termo: "water heater", "agua caliente": "water heater", caldera: "water heater" },
    ...{ bateria: "battery", "bomba de calor": "heat pump", calefaccion: "thermostat", termostato: "thermostat" },
    ...{
      lavavajillas: "dishwasher",
      lavadora: "washing machine",
      secadora: "dryer",
      nevera: "fridge",
      frigorifico: "fridge",
    },
    ...{
      luz: "light",
      lampara: "light",
      luces: "lights",
      ventilador: "fan",
      television: "tv",
      ventana: "window",
      puerta: "door",
      "puerta principal": "front door",
    },
    ...{ persiana: "blinds", persianas: "blinds", estor: "blinds", estores: "blinds" },
  },
  rooms: {
    ...{ salon: "living room", "sala de estar": "living room", dormitorio: "bedroom", habitacion: "bedroom" },
    ...{
      bano: "bathroom",
      cocina: "kitchen",
      oficina: "office",
      despacho: "office",
      pasillo: "hallway",
      garaje: "garage",
    },
  },
  say: {
    which: (what, names) => `¿A qué aparato se refiere «${what}»: ${names.join(", ")}?`,
    whichRoom: (what) => `¿A qué habitación se refiere «${what}»?`,
    nothingCalled: (what) => `En esta casa no hay nada que se llame «${what}» y sirva aquí.`,
    cannotTell: (name) => `${name} no lo comunica.`,
    notUnderstood: () => "No se ha entendido. Por ejemplo: «¿Por qué no carga el coche?»",
  },
};
