import type { Language } from "../language.ts";
import { numberWords } from "../numbers.ts";
import { cues } from "./cues.ts";
import { everyday } from "./everyday.ts";
import { rooms, things } from "./things.ts";
import { times } from "./times.ts";

const numbers = new Map([
  ...numberWords(
    "- deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize dix-sept|dix_sept dix-huit|dix_huit dix-neuf|dix_neuf",
    "vingt trente quarante cinquante soixante soixante-dix|soixante_dix quatre-vingts|quatre-vingt|quatre_vingts|quatre_vingt quatre-vingt-dix|quatre_vingt_dix",
    "cent",
    (ten, one) => (one === "-" ? [`${ten} et un`, `${ten} et une`] : [`${ten}-${one}`, `${ten} ${one}`]),
  ),
  ...[11, 12, 13, 14, 15, 16].map(
    (n, k) => [`soixante-${["onze", "douze", "treize", "quatorze", "quinze", "seize"][k]}`, n + 60] as const,
  ),
]);

export const fr: Language = {
  code: "fr",
  common:
    "le la les un une des du de au aux et ou a en dans pour avant apres quand il elle y est sont nous on je ma mon notre nos entre ne pas jamais plus moins que qui s'il plait doit faut avec sur d l qu",
  letters: "[àâçèêîôûœ]",
  everyday,
  numbers,
  rewrites: [
    ["(?:a )?moitie (?:pleine?|chargee?)s?", "a 50 %"],
    ["congelo", "congelateur"],
    ["(?:ce|ca) serait (?:\\w+ )?(?:bien|gentil|sympa|super|chouette|cool|agreable),? (?:si|qu[e'])", ""],
    [
      "si (?:ca|cela) ne (?:\\w+ )?(?:derange|gene|embete) (?:pas|personne)|si (?:ca|cela) ne (?:vous|te) (?:derange|gene|embete|ennuie) pas|si (?:ce )?n' ?est pas trop (?:demander|vous demander)|si (?:vous|tu) (?:voulez|veux) bien",
      "",
    ],
    ["(\\d+) virgule (\\d+)", "$1.$2"],
    ["une heure", "1 heure"],
    ["(\\d+) et demi", "$1.5"],
    ["(\\d+) degres? et demi", "$1.5 degres"],
    ["(?:le|un) tiers (?:de la|du|de|dans la|dans le|dans)", "33 % de la"],
    ["(?:le|un) quart (?:de la|du|de|dans la)(?= (?:\\w+ )?(?:batterie|accumulateur|reserve))", "25 % de la"],
    ["(?:le|un) cinquieme (?:de la|du|de)", "20 % de la"],
    ["(?:le|un) dixieme (?:de la|du|de)", "10 % de la"],
    ["(?:les )?2 tiers(?: (?:de la|du|de))?", "67 %"],
    ["(?:les )?3 quarts(?: (?:de la|du|de))?", "75 %"],
    ["n' ?oublie[sz]? pas(?: de| d'| que)?", ""],
    ["(?:la )?moitie (?:de la|du|de|dans la)", "50 % de la"],
  ],
  times,
  bounds: {
    below:
      "(?:en|au)[- ]dessous de|dessous|sous|moins de|plus froide? que|moins chaude? que|inferieure? a|descend\\w* sous",
    above: "(?:au|en)[- ]?dessus de|dessus|au-?dela de|depass\\w*|plus de|plus chaude? que|superieure? a",
    atLeast: "au moins|minimum|au minimum|pas moins de|min",
    atMost: "au plus|arret\\w*\\b.{0,30}\\ba|maximum|au maximum|pas plus de|max",
  },
  and: "et|mais|puis|ainsi que",
  question: "quel\\w*|combien|pourquoi|comment|quand est-ce|est-ce que? (?:le|la|il|elle)|qui|ou est|qu'est-ce",
  presence: {
    arrive: "rentr\\w+|reviens|revenons|arriv\\w+",
    home: "(?:quand|si|lorsqu\\w*|tant que?|pendant que?|seulement)\\b[^,;]{0,20}\\b(?:quelqu' ?un|on est|nous sommes|je suis|on)\\b[^,;]{0,16}\\b(?:maison|la|present\\w*|chez nous|chez moi)|en notre presence",
    away: "(?:quand|des que?|si|une fois que?|lorsqu\\w*)\\b[^,;]{0,8}\\b(?:tout le monde|on|nous)\\b[^,;]{0,20}\\b(?:partie?s?|sortie?s?|quitte)(?: (?:de )?(?:la |chez )?(?:maison|nous))?|des que?\\b[^,;]{0,16}\\bpersonne\\b[^,;]{0,24}|(?:quand|si|lorsqu\\w*|tant que?|pendant que?|ou)\\b[^,;]{0,20}\\b(?:personne)\\b[^,;]{0,24}|(?:quand|si|lorsqu\\w*|tant que?|pendant que?)\\b[^,;]{0,20}\\b(?:absente?s?|partie?s?|sortie?s?|vide|pas la|en vacances|dehors)|en notre absence|(?:maison|pieces?) vides?|pour personne|il n'?y a personne",
  },
  strength: {
    must: "absolument|a tout prix|coute que coute|imperativement|sans faute",
    ifPossible: "si possible|si c'est possible|si on peut|autant que possible|de preference|idealement",
  },
  cues,
  things,
  rooms,
  anyRoom:
    "chambre (?:d' ?(?!enfants?)|de (?!(?:la|le) )|du |des (?!enfants)|a )\\p{L}+|salle de (?:jeux?|musique|sport|cinema)|grenier|cave|veranda|cellier|toilettes|atelier|abri de jardin|serre|buanderie",
  filler:
    "et|s'il (?:te|vous) plait|s' ?il (?:te|vous) plait|merci|aussi|je veux|nous voulons|on veut|je voudrais|bonjour|puis|mais",
  beyond:
    "(?:presque|quasi(?:ment)?|pas tout a fait) (?:pleine?|chargee?)|(?:au|pendant le|a l'heure du) (?:diner|dejeuner|repas)|(?:pendant|durant|dans|d'ici) (?:environ |au moins )?N ?(?:heures?|h|minutes?|min|jours?|semaines?)(?! ?\\d)|N (?:heures?|minutes?|fois) par (?:jour|semaine|mois)|(?:un|une) (?:jour|nuit|semaine) sur (?:deux|trois)|tous les N \\w+|(?:la )?semaine prochaine|cette semaine|(?:le )?mois prochain|sauf|excepte|hormis|a part|a moins que?|coucher du soleil|lever du soleil|crepuscule|aube",
  condition: "si|quand|lorsqu\\w*|tant que?|des que?|pendant que?|a condition",
  stress: "surtout pas|encore moins|et surtout|surtout|notamment|en particulier",
};
