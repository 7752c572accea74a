import type { Language } from "../language.ts";
import { numberWords } from "../numbers.ts";
import { cues } from "./cues.ts";
import { everyday } from "./everyday.ts";
import { rooms, things } from "./things.ts";
import { times } from "./times.ts";

const whole = numberWords(
  "eins zwei|zwo drei vier funf|fuenf sechs sieben acht neun zehn elf zwolf|zwoelf dreizehn vierzehn funfzehn|fuenfzehn sechzehn siebzehn achtzehn neunzehn",
  "zwanzig dreissig vierzig funfzig|fuenfzig sechzig siebzig achtzig neunzig",
  "hundert",
  (ten, one) => [`${one === "eins" ? "ein" : one}und${ten}`],
);

/** "Neunzehneinhalb" is one word. */
const numbers = new Map([
  ...whole,
  ...[...whole].map(([word, n]) => [`${word}einhalb`, n + 0.5] as const),
  ...["anderthalb", "eineinhalb"].map((word) => [word, 1.5] as const),
]);

export const de: Language = {
  code: "de",
  common:
    "der die das den dem des ein eine einen im am um bis auf und oder wenn soll sollen nicht nie immer mit von zu ist sind wir ich unser unsere mein bitte aus ins zum zur mehr werden wird sein haben darf nur",
  letters: "[äöüß]",
  everyday,
  numbers,
  rewrites: [
    ["(?:es )?(?:ware|wars) (?:sehr |echt |ganz )?(?:schon|nett|toll|prima|gut|super|lieb|klasse|cool),? wenn", ""],
    [
      "wenn(?:'s| es) (?:\\w+ )?(?:keine (?:umstande|muhe) macht|nicht zu viel verlangt ist|recht ist|keine umstande bereitet)",
      "",
    ],
    ["wenn (?:sie|du|ihr) so (?:nett|freundlich|lieb|gut) (?:waren|warst|bist|sind|seid|wart)", ""],
    [
      "(?:kannst|konntest|konnen|konnten|konntet) (?:du|sie|ihr) (?:\\w+ )?dafur sorgen,? dass|(?:sorg|sorge|sorgt|sorgen sie|schau|schaut) (?:\\w+ )?(?:dafur|darauf)?,? ?dass",
      "",
    ],
    ["(\\d+) komma (\\d+)", "$1.$2"],
    ["ein uhr", "1 uhr"],
    ["mo\\.? ?(?:-|bis) ?fr\\.?", "werktags"],
    ["(\\d+)einhalb", "$1.5"],
    ["(?:ein )?drittel (?:der|des|vom|von der|in der|im)", "33 % der"],
    ["(?:ein )?viertel (?:der|des|vom|von der)(?= \\w*(?:akku|batterie|speicher))", "25 % der"],
    ["(?:die )?halfte (?:der|des|vom|von der)", "50 % der"],
    ["halb ?voll", "50 %"],
    ["(?:ein )?(?:funftel) (?:der|des|vom|von der)", "20 % der"],
    ["(?:ein )?(?:zehntel) (?:der|des|vom|von der)", "10 % der"],
    ["(?:zwei|2) ?drittel(?: (?:der|des|vom|von der))?", "67 %"],
    ["(?:drei|3) ?viertel (?:der|des|vom|von der|voll)", "75 %"],
    ["(?:nicht vergessen|vergiss nicht|vergesst nicht)", ""],
    [
      "((?:mon|diens|donners|frei|sams|sonn)tag|mittwoch|sonnabend)s?(abend|morgen|nachmittag|vormittag|nacht)s?",
      "$1 $2s",
    ],
  ],
  times,
  bounds: {
    below: "unter|unterhalb|(?:kalter|kuhler|weniger|niedriger)(?: \\p{L}+)? als|kalter",
    above: "uber|ueber|oberhalb|(?:warmer|heisser|mehr|hoher)(?: \\p{L}+)? als",
    atLeast: "mindestens|wenigstens|minimal|nicht weniger als",
    atMost: "hochstens|bei(?= \\d+ ?(?:%|prozent|grad).{0,24}(?:aufhor|stopp|schluss))|maximal|nicht mehr als|max",
  },
  and: "und|aber|sowie|ausserdem|sondern",
  question: "was|wie|warum|wieso|weshalb|wann|welche[rs]?|wer|wo|ist|sind|war|hat|haben wir",
  presence: {
    arrive: "(?:nach ?hause|heim|zuruck)\\w* ?komm\\w*|heimkomm\\w*|komm\\w* (?:nach ?hause|heim|zuruck)",
    home: "(?:wenn|solange|sofern|falls|wahrend)\\b[^,;]{0,16}\\b(?:jemand|wer|wir|leute|einer|ich)\\b[^,;]{0,14}\\b(?:zu ?hause|daheim|da|drin)\\b(?: (?:ist|sind|bin))?|bei anwesenheit",
    away: "(?:wenn|sobald|solange|sofern|falls)\\b[^,;]{0,10}\\b(?:alle|wir|keiner|niemand)\\b[^,;]{0,16}\\b(?:weg|fort|gegangen|los|aus dem haus|haus verlassen|raus|gehen|zu ?hause|daheim|da|drin)\\b(?: (?:ist|sind|haben|hat|gegangen))?|(?:wenn|solange|sofern|falls|wahrend|wo)\\b[^,;]{0,16}\\b(?:niemand|keiner)\\b[^,;]{0,24}|(?:wenn|solange|sofern|falls|wahrend)\\b[^,;]{0,16}\\b(?:weg|unterwegs|fort|nicht da|nicht zu ?hause|ausser haus|verreist|im urlaub|leer)\\b(?: (?:ist|sind|bin))?|bei abwesenheit|(?:im|in einem) leeren? (?:haus|zimmern?|raum|raumen?)|(?:in )?leeren? (?:zimmern?|raume?n?)|(?:keiner|niemand) (?:ist )?(?:da|drin)(?: ist)?|fur (?:niemanden|keinen)",
  },
  strength: {
    must: "unbedingt|auf jeden fall|auf alle falle|zwingend|um jeden preis",
    ifPossible: "wenn moglich|falls moglich|wenn's geht|wenn es geht|nach moglichkeit|am liebsten|soweit moglich",
  },
  cues,
  things,
  rooms,
  anyRoom:
    "(?!(?:alle|jedes|jeder)(?:zimmer|raum))\\p{L}{3,}(?:zimmer|raum|stube)s?|keller|dachboden|dachgeschoss|wintergarten|speisekammer|toilette|klo|werkstatt|schuppen|gewachshaus|waschkuche|kammer",
  filler: "und|bitte|auch|dann|ich mochte|wir mochten|wir wollen|ich will|danke|hallo|aber",
  beyond:
    "(?:fast|beinahe|nahezu|nicht ganz) (?:ganz )?(?:voll|vollgeladen)|(?:beim|zum|wahrend des) (?:abendessen|mittagessen|essen)s?|(?:fur |wahrend |mindestens |etwa )?N (?:stunden?|std|minuten|min|tage|wochen)(?: lang| am tag| pro \\w+| taglich)?|stundenlang|(?:ein|zwei|drei)mal (?:am tag|pro \\w+|in der woche|die woche|taglich)|(?:jeden|jede|alle) (?:zweiten?|dritten?|zwei|drei|\\d+) \\w+|(?:nachste|diese|letzte|kommende)[nrs]? (?:woche|monat|jahr)|ausser|es sei denn|ausgenommen|sonnenuntergang|sonnenaufgang|dammerung|wenn es dunkel",
  condition: "wenn|falls|sofern|solange|sobald|wahrend|immer wenn",
  stress: "schon gar nicht|erst recht nicht|vor allem|besonders|insbesondere",
};
