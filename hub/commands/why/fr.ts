import { type Tongue, weekdayTimes } from "./tongue.ts";

const days = ["lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"];

export const fr: Tongue = {
  code: "fr",
  why: "pourquoi|pk|pourkoi|pq|pour quelle raison|comment se fait il que|comment ca se fait que|qui(?= (?:a|ont) )|qui est ce qui|c est qui qui",
  polite:
    "(?:pourriez|pouvez|pourrais|peux) (?:vous|tu) (?:me |nous )?(?:bien )?(?:dire|expliquer)|tu peux me dire|dis moi|dites moi|sais tu|tu sais|savez vous|je me demande|j aimerais (?:bien )?savoir|je (?:voudrais|veux) savoir",
  // Inversion and the reflexive add small words that say nothing more: "charge-t-elle", "se recharge".
  filler:
    "est ce que|est ce qu|maintenant|encore|toujours|actuellement|en ce moment|donc|se|s|t|il|elle|ils|elles|plus|en train de|si|aussi|deja",
  times: [
    ["cette nuit|la nuit derniere|pendant la nuit", "last night"],
    ["avant hier", "the day before yesterday"],
    ["hier soir", "yesterday evening"],
    ["hier matin", "yesterday morning"],
    ["ce matin", "this morning"],
    ["ce soir", "this evening"],
    ["aujourd hui", "today"],
    ["hier", "yesterday"],
    ...weekdayTimes(days.map((day) => `${day}(?: dernier)?`)),
  ],
  hours: "une deux trois quatre cinq six sept huit neuf dix onze douze",
  clocks: [
    ["a H (?:heures?|h) et demie", 30],
    ["a H (?:heures?|h) et quart", 15],
    ["a H (?:heures?|h) moins le quart", -15],
    ["(?:a|vers) Hh ?M", 0],
    ["(?:a|vers) H (?:heures?|h) M", 0],
    ["(?:a|vers) H ?(?:heures?|h)", 0],
  ],
  late: "du soir|le soir|de l apres midi",
  early: "du matin|le matin",
  when: "quand est ce que|quand|a quelle heure est ce que|a quelle heure",
  whenForms: [
    "(?<doing>charge|chargent|recharge|demarre|demarrent|tourne|tournent|chauffe|chauffent|commence) THING",
    "THING (?:va|vont) (?:etre )?DOING",
    "THING (?<doing>charge|chargent|recharge|demarre|demarrent|tourne|tournent|chauffe|chauffent|commence)",
    "THING sera(?:it)? DOING",
  ],
  warm: "chaude?s?|chauffee?s?",
  cold: "froid|froide|froids|glace|glacee",
  doings: {
    charging: "charger?|chargent|chargee?s?|chargeait|recharger?|rechargent|rechargee?s?|en charge",
    running:
      "chauffer?|chauffent|chauffee?s?|chauffait|marche|marchent|marchait|tourner?|tournent|tournee?s?|tournait|fonctionner?|fonctionnent|fonctionnee?|fonctionnait|demarrer?|demarrent|demarree?s?",
    on: "allumer?|allumee?s?|en marche",
    off: "coupee?s?|eteint|eteinte|eteints|eteintes|eteindre|a l arret",
    open: "ouvert|ouverte|ouverts|ouvertes|ouvre|ouvrent",
    closed: "ferme|fermee|fermes|fermees|ferment",
    locked: "verrouillee?s?",
    unlocked: "deverrouillee?s?",
  },
  forms: [
    "THING (?:(?:a|ont|avait|est|sont|etait|etaient|soit|reste|restent|fait) )?(?:ete |restee?s? )?DOING",
    "(?:a|ont) DOING THING",
    "fait(?:-il)? DOING dans THING",
  ],
  not: "ne|n|pas",
  small: "le|la|l|les|mon|ma|mes|notre|nos",
  within: "dans la|dans le|dans l|dans|de la|du|de l|au",
  things: {
    ...{
      voiture: "car",
      "voiture electrique": "car",
      auto: "car",
      borne: "car charger",
      "borne de recharge": "car charger",
    },
    ...{
      "chauffe eau": "water heater",
      ballon: "water heater",
      "ballon d eau chaude": "water heater",
      cumulus: "water heater",
    },
    ...{
      batterie: "battery",
      "pompe a chaleur": "heat pump",
      chauffage: "thermostat",
      radiateur: "thermostat",
      radiateurs: "thermostats",
      thermostat: "thermostat",
    },
    ...{ "lave vaisselle": "dishwasher", "lave linge": "washing machine", "machine a laver": "washing machine" },
    ...{
      "seche linge": "dryer",
      frigo: "fridge",
      refrigerateur: "fridge",
      television: "tv",
      tele: "tv",
      porte: "door",
      "porte d entree": "front door",
    },
    ...{
      lumiere: "light",
      lampe: "light",
      lumieres: "lights",
      lampes: "lights",
      ventilateur: "fan",
      fenetre: "window",
    },
    ...{ volet: "blinds", volets: "blinds", "volets roulants": "blinds", store: "blinds", stores: "blinds" },
  },
  rooms: {
    ...{
      salon: "living room",
      sejour: "living room",
      chambre: "bedroom",
      "salle de bain": "bathroom",
      "salle de bains": "bathroom",
      cuisine: "kitchen",
    },
    ...{ bureau: "office", couloir: "hallway", entree: "hallway", cave: "basement", garage: "garage" },
  },
  say: {
    which: (what, names) => `De quel appareil parlez-vous avec « ${what} » : ${names.join(", ")} ?`,
    whichRoom: (what) => `De quelle pièce parlez-vous avec « ${what} » ?`,
    nothingCalled: (what) => `Rien ne s'appelle « ${what} » dans cette maison qui convienne.`,
    cannotTell: (name) => `${name} ne le dit pas.`,
    notUnderstood: () => "Cela n'a pas été compris. Par exemple : « Pourquoi la voiture ne charge pas ? »",
  },
};
