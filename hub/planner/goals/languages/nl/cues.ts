import type { Cue } from "../language.ts";

export const cues: Readonly<Record<Cue, string>> = {
  not: "nooit|niet|geen|zonder|nimmer",
  only: "alleen|enkel|uitsluitend|slechts|niets dan",
  handsOff:
    "blijf\\w*\\b.{0,40}\\baf|met rust|afblijven|handen af|(?:nooit|niet)\\b.{0,20}\\b(?:aanraken|aankomen|aanzitten|bedienen)",
  switchOn: "aanzetten|aangezet|inschakelen|draaien|draait|starten|laden|opladen|gebruiken|aan gaan|aandoen|aan",
  switchOff: "uitzetten|uitgezet|uitschakelen|uitdoen|uit",
  steer: "schakelen|veranderen|aanpassen|regelen",
  lights: "lampen|lamp|licht|lichten|verlichting",
  heating: "verwarmen|verwarming|stoken|verwarmd|radiator\\w*",
  standby:
    "geen stroom (?:meer )?(?:slurp\\w*|verbruik\\w*|trek\\w*|vre\\w*|gebruik\\w*)|sluipverbruik|stand-?\\s?by\\w*|sluimer\\w*|(?:slurpt|slurpen|vreet|verbruikt|zuigt)\\b.{0,24}\\b(?:nacht|niets|niemand)",
  quiet: "stil|stilte|rust(?! laten)|lawaai|herrie|geluid|nachtrust|stille",
  reserve:
    "houden|houd|hou|bewaren|bewaar|reserve\\w*|achter de hand|stroomuitval|noodgeval\\w*|altijd|overhouden|laat",
  grid: "net|stroomnet|elektriciteitsnet|netstroom",
  sun: "zon|zonnestroom|zonne-energie|zonnepanelen|zonlicht|pv|zonneschijn",
  cost: "^(?:dan |daarna )?(?:de )?(?:kosten|prijs)$|^(?:de )?(?:kosten|prijs) (?:\\w+ ){0,3}(?:tweede(?: plaats)?|daarna|later)|goedkoop\\w*|geld besparen|besparen|bespaar|zuinig\\w*|minder (?:betalen|uitgeven|kosten)|(?:weinig|minder) geld|\\w*rekening\\b.{0,40}\\b(?:hoog|omlaag|laag|laagst\\w*|klein\\w*|lager|te|naar beneden|verlagen)|(?:lagere?|verlaag)\\b.{0,12}\\b\\w*rekening|kosten\\b.{0,12}\\b(?:omlaag|lager|verlagen|laag)|te duur|(?:zo weinig|weinig) mogelijk (?:betalen|uitgeven|kosten)|rijst de pan uit|portemonnee|peperduur|een fortuin|handenvol geld|kapitaal|salaris",
  co2: "co2\\w*|vervuil\\w+|co2-\\w+|klimaat\\w*|uitstoot|duurzaam\\w*|milieu\\w*|groene? stroom|planeet|de aarde|natuur|ijsberen|voor (?:onze|mijn|de) kleinkinderen",
  import:
    "(?:zon|zonlicht) (?:van|op) (?:ons|het|mijn|onze)(?: eigen)? dak|(?:stroom|energie) van (?:ons|het|mijn|onze)(?: eigen)? dak|eigen (?:zonne|zon|stroom|energie|opwek)\\w*|zelfverbruik|eigen verbruik|onafhankelijk\\w*|zelfvoorzienend\\w*|(?:weinig|minder)\\b.{0,36}\\bnet|(?:onze|mijn) zonne\\w*|(?:weggeven|verkopen|verspill\\w+|geven)\\b.{0,30}\\b(?:zon|zonne\\w*|dak)",
  ready: "klaar|laden|geladen|opgeladen|vol|gereed|warm|heet|schone?|schoon|nodig|gedaan|af",
  full: "vol|helemaal vol|volledig",
  warm: "warm|temperatuur|verwarmd|graden|warmte",
  cold: "koud|kou|bevriezen|rillen|fris|behaaglijk|knus|bibber\\w*|ijskoud|koude voeten|klappertand\\w*|vriezen",
  hot: "te heet|te warm|oververhit\\w*|heet|(?:is|lijkt)\\b.{0,14}\\been oven|sauna|zweten|puffen|smoorheet|bloedheet|benauwd",
  house: "het huis|thuis|overal|alle kamers|hele huis|woning|binnen|hier",
  outage: "(?<!(?:geen|nooit|zonder|nooit meer) )(?:stroomuitval|stroomstoring|storing)|stroom uitvalt",
  sleep: "slaapt|slapen|slaap|dutje",
  drive: "rijd(?:en|t)?|rijden",
  nap: "dutje|middagslaapje|baby",
  needless: "hoe(?:ft|ven)\\b.{0,40}\\b(?:niet|geen)|niet nodig|geen \\w+ nodig|onnodig",
};
