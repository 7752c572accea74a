import type { Language } from "../language.ts";
import { numberWords } from "../numbers.ts";
import { cues } from "./cues.ts";
import { everyday } from "./everyday.ts";
import { rooms, things } from "./things.ts";
import { times } from "./times.ts";

const numbers = numberWords(
  "- twee drie vier vijf zes zeven acht negen tien elf twaalf dertien veertien vijftien zestien zeventien achttien negentien",
  "twintig dertig veertig vijftig zestig zeventig tachtig negentig",
  "honderd",
  (ten, one) => [`${one === "-" ? "een" : one}en${ten}`],
);

export const nl: Language = {
  code: "nl",
  common:
    "de het een van om op in en of als is zijn moet mag we wij ik ons onze mijn niet nooit geen altijd voor met tot aan uit er wil graag worden naar te dan ook",
  everyday,
  numbers,
  rewrites: [
    ["(?:drie|3) ?kwart ?vol", "75 %"],
    ["(?:op )?half ?vol", "op 50 %"],
    ["(?<!')s ?(nachts|avonds|ochtends|morgens|middags)", "'s $1"],
    [
      "(?:het zou|zou het) (?:\\w+ )?(?:fijn|mooi|leuk|prettig|handig|lief|top) zijn (?:als|wanneer)|ik zou het (?:\\w+ )?(?:fijn|prettig|leuk) vinden als",
      "",
    ],
    [
      "als (?:het|dat) (?:niet te veel (?:moeite|gevraagd) is|geen (?:moeite|probleem) is|goed is|mag)|als (?:u|je|jij) (?:zo (?:vriendelijk|goed|lief) (?:wilt|wil|bent|zou) ?(?:zijn)?|het niet erg vind[t]?)",
      "",
    ],
    ["(\\d+) komma (\\d+)", "$1.$2"],
    ["een uur(?= |$)", "1 uur"],
    ["(?<=van |tussen )een(?= tot| en)", "1"],
    ["(\\d+)(?: graden)? en een halve?", "$1.5"],
    ["(?:een )?derde (?:van de|van het|in de|in het)", "33 % van de"],
    ["(?:een )?kwart (?:van de|van het|in de)", "25 % van de"],
    ["(?:een )?vijfde (?:van de|van het)", "20 % van de"],
    ["(?:een )?tiende (?:van de|van het)", "10 % van de"],
    ["(?:twee|2) derde(?: (?:van de|van het))?", "67 %"],
    ["(?:drie|3) ?kwart (?:van de|van het)", "75 % van de"],
    ["(?:vergeet niet|niet vergeten)", ""],
    ["((?:maan|dins|woens|donder|vrij|zater|zon)dag)(avond|ochtend|middag|nacht)", "$1 's $2s"],
    ["((?:maan|dins|woens|donder|vrij|zater|zon)dag)morgen", "$1 's ochtends"],
    ["(?:de )?helft (?:van de|van het)", "50 % van de"],
  ],
  times,
  bounds: {
    below: "onder|beneden|kouder|(?:koeler|minder|lager)(?: \\p{L}+)? dan",
    above: "boven|(?:warmer|heter|meer|hoger)(?: \\p{L}+)? dan|over de",
    atLeast: "minstens|ten minste|tenminste|minimaal|niet minder dan",
    atMost: "hoogstens|stop\\w*\\b.{0,24}\\b(?:bij|op)|ten hoogste|maximaal|niet meer dan|max",
  },
  and: "en|maar|ook|plus|alsmede",
  question:
    "wat|hoe|waarom|wanneer (?:is|gaat|was)|welke?|wie|waar|is|zijn|was (?:de|het|er|dat|die|mijn|onze|ik|jij|je|we|wij)|hebben we|heeft",
  presence: {
    arrive: "thuis ?kom\\w*|kom\\w* thuis|terug ?kom\\w*",
    home: "(?:als|wanneer|zolang|terwijl|alleen)\\b[^,;]{0,16}\\b(?:iemand|wij?|we|mensen|ik)\\b[^,;]{0,14}\\b(?:thuis|aanwezig|er (?:is|zijn))\\b(?: (?:is|zijn|ben))?",
    away: "(?:als|zodra|wanneer)\\b[^,;]{0,8}\\b(?:iedereen|we|wij|allemaal)\\b[^,;]{0,14}\\b(?:weg|de deur uit|vertrokken|het huis uit|weggegaan)(?: (?:is|zijn|gaat|gaan))?|zodra\\b[^,;]{0,16}\\bniemand\\b[^,;]{0,20}|(?:als|wanneer|zolang|terwijl|waar)\\b[^,;]{0,16}\\bniemand\\b[^,;]{0,20}|(?:als|wanneer|zolang|terwijl)\\b[^,;]{0,16}\\b(?:weg|niet thuis|op vakantie|afwezig|leeg|de deur uit)\\b(?: (?:is|zijn|ben))?|in een leeg huis|lege kamers?|er is niemand|voor niemand",
  },
  strength: {
    must: "per se|koste wat kost|in elk geval|absoluut|zonder mankeren",
    ifPossible: "als het kan|indien mogelijk|zo mogelijk|als dat kan|liefst|het liefst",
  },
  cues,
  things,
  rooms,
  anyRoom: "\\p{L}{3,}kamer|zolder|kelder|serre|bijkeuken|toilet|wc|werkplaats|schuur|kas",
  filler: "en|alsjeblieft|alstublieft|graag|ook|ik wil|we willen|dank je|bedankt|hallo|maar",
  beyond:
    "(?:bijna|haast|niet helemaal) (?:vol|opgeladen)|(?:tijdens|met|onder) het (?:avond)?eten|N (?:uur|minuten|dagen|weken) lang|(?:gedurende|voor de duur van|over|binnen) (?:ongeveer |minstens )?N (?:uur|minuten|dagen|weken|kwartier)|N (?:uur|minuten|keer) per (?:dag|week|maand)|om de (?:dag|N \\w+|week)|(?:volgende|deze|komende) (?:week|maand)|behalve|uitgezonderd|tenzij|zonsondergang|zonsopgang|schemering",
  condition: "als|wanneer|zolang|zodra|terwijl|indien|mits",
  stress: "zeker niet|vooral niet|vooral|al helemaal niet|met name|zeker",
};
