import type { Cue } from "../language.ts";

export const cues: Readonly<Record<Cue, string>> = {
  not: "jamais|pas|ne|n'|sans|aucune?|plus de bruit|interdit",
  only: "seulement|uniquement|que|rien que|exclusivement|juste",
  handsOff: "touche\\w*|laisse\\w*\\b.{0,40}\\b(?:tranquille|en paix)|pas touche|bas les pattes",
  switchOn:
    "allumer?|lancer?|tourner?|demarrer?|mettre en marche|charger?|fonctionner?|marcher?|utiliser?|faire tourner|en route",
  switchOff: "eteindre|eteins|eteint|couper?|arreter?|debrancher?",
  steer: "commuter|changer?|modifier?|regler?|piloter?|commander?",
  lights: "lumieres?|lampes?|eclairage",
  heating: "chauffer?|chauffage|chauffe|radiateurs?|chauffes|chauffez",
  standby:
    "ne (?:consomment?|tirent?|bouffent?) (?:pas|rien|plus)\\b.{0,16}|veille|en veille|stand-?\\s?by|mode veille|consomme\\w*\\b.{0,20}\\b(?:dort|nuit|rien|personne)",
  quiet: "bruit|silence|silencieux|calme|bruyante?s?|sans bruit|au calme",
  reserve: "garder?|reserve|reserver?|conserver?|laisser?|coupures?|panne|secours|toujours|gardez|gardons",
  grid: "reseau|secteur|edf",
  sun: "soleil|solaire|solaires|photovoltaique|pv|panneaux",
  cost: "^(?:ensuite |puis |apres |en second )?(?:le |les )?(?:couts?|prix)$|^(?:le |les )?(?:couts?|prix) (?:\\w+ ){0,2}(?:apres|ensuite|second\\w*|secondaires?)|depenser?\\b.{0,20}\\b(?:moins|peu|minimum)|moins cher|le moins cher\\w*|pas cher|economis\\w+|economies?|payer?\\b.{0,12}\\bmoins|facture\\w*\\b.{0,40}\\b(?:elevee?|haute|chere|bass?e?s?|baisser?|petite|minimum|minimale|legere|reduire|grosse|diminuer?|trop)|(?:baisser?|reduire|diminuer?)\\b.{0,12}\\b(?:facture|couts?|depenses)|trop cher|couts? (?:le plus )?bas|les yeux de la tete|ruin\\w+|facture\\w*\\b.{0,40}\\b(?:tue|plombe|explose|assomme)|porte-?monnaie|une fortune|trop d' ?argent|gaspill\\w+ .{0,12}argent",
  co2: "co2|pollu\\w+|carbone|emissions?|climat|planete|ecologique\\w*|environnement|nature|ours polaires?|la terre",
  import:
    "(?:profit|exploit|consomm)\\w*\\b.{0,20}\\bsoleil|notre (?:propre )?toit|autoconsommation|(?:notre|mon|ma|propre|nos)\\b.{0,20}\\b(?:solaires?|soleil|panneaux)|independante?s?|autonomes?|(?:moins|peu)\\b.{0,36}\\breseau|utiliser?\\b.{0,20}\\bsolaire|(?:donner|donne|vendre|gaspiller?)\\b.{0,30}\\b(?:soleil|solaire|toit)",
  ready: "prete?s?|(?:re)?charger?|(?:re)?chargee?|pleine?|finie?s?|termine\\w*|chaude?|propre|faut|besoin|fini",
  full: "pleine?|a bloc|au maximum|a fond|completement|complete",
  warm: "chaud|temperature|chauffer?|chauffage|degres?|chaleur",
  cold: "froid|froide|geler?|gele|frais|frissonn\\w+|grelott\\w+|glacial\\w*|gla(?:ce|ciere)s?|caille|frileu\\w+",
  hot: "trop chaud|surchauff\\w*|chaud|etouff\\w+|fournaise|(?:est|comme|dans) un four|sauna|suffoqu\\w+|transpir\\w+",
  house: "maison|chez nous|partout|toutes les pieces|appartement|logement|ici",
  outage:
    "(?<!(?:plus|pas|jamais|aucune?|sans|zero) (?:de )?)(?:coupures?|panne (?:de courant|d' ?electricite)|black-?out)",
  sleep: "dor\\w+|sieste",
  drive: "pars|partons|(?:prends|prenons) la route|conduis",
  nap: "sieste",
  needless:
    "(?:pas|plus|aucun) (?:besoin|necessaire)|inutile|pas la peine|n' ?est (?:pas|plus) (?:oblige\\w*|necessaire)|n' ?a (?:pas|plus) (?:a|besoin)|ne doit plus",
};
