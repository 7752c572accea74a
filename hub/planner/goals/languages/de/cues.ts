import type { Cue } from "../language.ts";

export const cues: Readonly<Record<Cue, string>> = {
  not: "nie|niemals|nicht|kein|keine|keinen|keinesfalls|ohne|nie mehr|nimmer",
  only: "nur|ausschliesslich|bloss|allein|nichts als",
  handsOff:
    "finger weg|hande weg|in ruhe|(?:nie|niemals|nicht)\\b.{0,24}\\b(?:anfassen|anruhren|beruhren|verstellen|steuern|eingreifen)|nicht an\\b.{0,24}\\bran|bleib\\w* weg",
  switchOn:
    "einschalten|eingeschaltet|anschalten|anmachen|angehen|laufen|lauft|starten|gestartet|laden|geladen|betreiben|benutzen|an",
  switchOff: "ausschalten|ausgeschaltet|abschalten|abgeschaltet|ausmachen|ausgehen|abstellen|aus",
  steer: "schalten|geschaltet|andern|regeln",
  lights: "licht|lichter|lampen?|beleuchtung|leuchten?",
  heating: "heizen|heizung|heizungen|heizkorper|beheizen|geheizt|heizt|beheizt",
  standby:
    "(?:keinen|kein) (?:strom|saft) (?:mehr )?(?:frisst|fressen|zieht|ziehen|verbrauch\\w*|saugt)|stand-?\\s?by|bereitschaft\\w*|leerlauf\\w*|stand-by-\\w+|standby\\w+|(?:zieht|ziehen|frisst|fressen|saugt|verbraucht|verbrauchen)\\b.{0,24}\\b(?:nacht|umsonst|unnotig)\\b.{0,12}\\bstrom|strom\\b.{0,12}\\b(?:umsonst|fur nichts)",
  quiet: "nachtruhe|ruhezeit\\w*|mittagsruhe|ruhe|leise|larm\\w*|laute?s?|still|krach|nichts (?:mehr )?horen",
  reserve: "reserve|aufheben|behalten|halten|notfall|notstrom|stromausfall|zuruckbehalten|ubrig|sichern|lassen|immer",
  grid: "netz|netzstrom|stromnetz|netzbezug",
  sun: "sonne|solar|solarstrom|sonnenstrom|pv|pv-strom|sonnenenergie|sonnenschein|eigenstrom",
  cost: "stromkosten|kosten|sparen|geld sparen|billig\\w*|gunstig\\w*|preiswert\\w*|weniger (?:zahlen|ausgeben|bezahlen)|(?:wenig|weniger) geld|\\w*rechnung\\b.{0,40}\\b(?:hoch|kleiner|runter|niedriger|senken|sinken)|stromrechnung|zu teuer|energie sparen|strom sparen|sparsam\\w*|geld\\b.{0,24}\\b(?:verschenken|verschwenden|raus\\w*)|geldbeutel|portemonnaie|haushaltskasse|gehalt|ruinier\\w*|ein vermogen|kosten\\w*",
  co2: "co2\\w*|schadstoff\\w*|co2-\\w+|klima\\w*|emissionen|treibhausgase?|umweltfreundlich\\w*|gruner strom|okologisch\\w*|umwelt\\w*|natur|planet\\w*|eisbaren?|(?:fur|an) (?:unsere|meine|die) enkel\\w*",
  import:
    "(?:strom|energie) (?:vom|von (?:unserem|meinem)) (?:eigenen )?dach|selb(?:er|st) (?:verbrauchen|nutzen|verballern|verwenden)|eigenverbrauch|eigene[rn]? (?:solar|sonnen|pv-?)?\\w*(?:strom|energie)|unabhangig\\w*|autark\\w*|(?:wenig|weniger)\\b.{0,36}\\bnetz|netzbezug\\b.{0,20}\\b(?:wenig|gering|klein)\\w*|(?:unsere?n?|meine?n?) (?:solar|sonnen|pv)\\w*|(?:verschenk\\w*|verkauf\\w*|verschwend\\w*)\\b.{0,30}\\b(?:dach|sonne|solarstrom)|(?:dach|sonne|sonnenstrom)\\b.{0,30}\\b(?:verschenk\\w*|selbst (?:nutzen|verbrauchen))",
  ready:
    "laden|geladen|aufladen|aufgeladen|fertig|voll|bereit|heiss|sauber|gewaschen|getrocknet|brauche|brauchen|durch",
  full: "voll|ganz voll|vollgeladen|voll geladen|randvoll",
  warm: "warm|warmer|temperatur|geheizt|heizen|heizung|grad",
  cold: "kalt|frieren|friert|frosteln|auskuhlen|kuschelig|gemutlich|frisch|kalte fusse|klapper\\w+|bibber\\w+|eisig\\w*|eiskalt|zittern|frier\\w*",
  hot: "zu heiss|zu warm|uberhitz\\w*|heiss|schwitz\\w*|sauna|wie (?:im|in einem) (?:back|brut)?ofen|hitze|brutend\\w*|stickig",
  house: "haus|zu ?hause|daheim|uberall|alle raume|alle zimmer|wohnung|drinnen|hier",
  outage: "(?<!(?:nie|kein\\w*|ohne|nie mehr|keine mehr) )(?:stromausfall\\w*|blackouts?)|strom ausfallt|strom weg ist",
  sleep: "schlaf(?!zimmer)\\w*|mittagsschlaf",
  drive: "fahr(?:e|en|t)|losfahren|pendeln",
  nap: "mittagsschlaf|nickerchen|siesta",
  needless:
    "(?:muss|mussen|musst)\\b.{0,40}\\bnicht (?:\\w+ )?(?:voll|geladen|aufgeladen|fertig|warm|heiss|laden)|brauch\\w*\\b.{0,40}\\b(?:kein\\w*|nicht)|nicht (?:notig|notwendig)|unnotig",
};
