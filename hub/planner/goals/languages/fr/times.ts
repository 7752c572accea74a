import type { Times } from "../language.ts";

export const times: Times = {
  oclock: "heures?|h",
  phrases: [
    { pattern: "(?<h>\\d{1,2}) ?(?:heures?|h) et demie?", add: 30 },
    { pattern: "(?<h>\\d{1,2}) ?(?:heures?|h) et quart", add: 15 },
    { pattern: "(?<h>\\d{1,2}) ?(?:heures?|h) moins (?:le )?quart", add: -15 },
    { pattern: "(?<h>\\d{1,2}) ?(?:heures?|h) moins (?<m>5|10|20|25)", add: 0, each: -1 },
    { pattern: "(?<h>\\d{1,2}) heures? (?<m>5|10|15|20|25|30|40|45|50)", add: 0, each: 1 },
  ],
  noon: "midi",
  midnight: "minuit",
  by: "avant|pour|jusqu'a|jusqu' ?a|d' ?ici|au plus tard a",
  at: "a|vers",
  from: "pas avant|a partir de|apres|depuis|des",
  open: "entre|de|depuis",
  mid: "et|a|jusqu' ?a|-|–",
  between: "entre",
  late: "du soir|le soir|de l' ?apres-?midi|ce soir|pm",
  early: "du matin|le matin|am|ce matin",
  parts: {
    night: "la nuit|de nuit|pendant la nuit|les nuits",
    morning: "le matin|les matins|dans la matinee",
    afternoon: "l' ?apres-?midi",
    evening: "le soir|les soirs|en soiree",
    day: "pendant la journee|la journee|en journee|de jour|le jour",
  },
  days: ["lundis?", "mardis?", "mercredis?", "jeudis?", "vendredis?", "samedis?", "dimanches?"],
  weekend: "week-?ends?|fin de semaine",
  workdays: "en semaine|jours ouvres|jours ouvrables|jours de semaine|les jours de travail|jours d' ?ecole",
  dates: {
    months: [
      ...["janvier", "fevrier", "mars", "avril", "mai", "juin", "juillet", "aout"],
      ...["septembre", "octobre", "novembre", "decembre"],
    ],
    on: "le|les",
    open: "du|de|entre",
    mid: "au|et|jusqu' ?au|-|–",
    from: "a partir du|depuis|des",
    until: "jusqu' ?au",
  },
};
