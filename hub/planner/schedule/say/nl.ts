import type { Doing, SchedulePhrases } from "./phrases.ts";

/** The verb stands second, what belongs to it at the end. */
const does: Readonly<Record<Doing, (name: string, span: string) => string>> = {
  charges: (name, span) => `${name} laadt ${span}`,
  chargesNot: (name, span) => `${name} laadt ${span} niet`,
  chargesOnSun: (name, span) => `${name} laadt ${span} met overtollige zonnestroom`,
  heats: (name, span) => `${name} verwarmt ${span}`,
  heatsNot: (name, span) => `${name} verwarmt ${span} niet`,
  heatsOnSun: (name, span) => `${name} verwarmt ${span} met overtollige zonnestroom`,
  runs: (name, span) => `${name} draait ${span}`,
  waits: (name, span) => `${name} wacht ${span}`,
  runsOnSun: (name, span) => `${name} draait ${span} op overtollige zonnestroom`,
  chargesFromGrid: (name, span) => `${name} laadt ${span} van het net`,
  followsHouse: (name, span) => `${name} volgt ${span} het verbruik van het huis`,
  keepsCharge: (name, span) => `${name} houdt ${span} de lading vast`,
  givesToGrid: (name, span) => `${name} levert ${span} aan het net`,
  givesAll: (name, span) => `${name} levert ${span} zoveel mogelijk`,
  isHeldBack: (name, span) => `${name} wordt ${span} teruggeregeld`,
};

const perhapsFrom = (otherwise: string): string => (otherwise ? ` (vanaf ${otherwise})` : "");

const because: SchedulePhrases["because"] = {
  givingCosts: () => "voor wat dan aan het net geleverd wordt, zou betaald moeten worden",
  moreNeeded: () => "anders zou er meer stroom nodig zijn",
  worthMoreElsewhen: () => "stroom is op een ander moment meer waard",
  cheapestThen: () => "stroom is dan het goedkoopst",
  keptWorthMore: (f) =>
    `de lading is ${f.otherwise ? `vanaf ${f.otherwise}` : "later"} meer waard, namelijk ${f.otherPrice} per kWh in plaats van ${f.price}`,
  sparesPrice: (f) => `elke kWh bespaart dan ${f.price}, en anders ${f.otherPrice}`,
  dearThen: (f) =>
    f.isEarlier
      ? `stroom kost dan ${f.price} per kWh, en eerder ${f.otherPrice}${perhapsFrom(f.otherwise)}`
      : `stroom kost dan ${f.price} per kWh, en later ${f.otherPrice}${perhapsFrom(f.otherwise)}; daarop wordt gewacht`,
  cheapThen: (f) =>
    `stroom kost dan ${f.price} per kWh; anders zou het ${f.otherPrice} zijn${perhapsFrom(f.otherwise)}`,
  sunBefore: (f) => `er is al eerder zonnestroom over${perhapsFrom(f.otherwise)}`,
  sunLater: (f) => `er is later zonnestroom over${perhapsFrom(f.otherwise)}`,
  sunThen: (f) => (f.sunKwh ? `er is dan ${f.sunKwh} eigen zonnestroom over` : "er is dan eigen zonnestroom over"),
  othersFirst: () => "iets anders moet op tijd klaar zijn",
  readyElse: () => "anders zou het niet op tijd klaar zijn",
  tooUncomfortable: () => "het zou buiten het comfortbereik komen",
  comfortElse: () => "anders zou het buiten het comfortbereik komen",
  reserve: () => "de reserve voor een stroomstoring moet bewaard blijven",
  peak: () => "met al het andere zou de piek stijgen die betaald moet worden",
  fuse: () => "de aansluiting van het huis zou overbelast raken",
  limit: () => "het huis zou meer vermogen van het net vragen dan u toestaat",
  wear: () => "de winst zou kleiner zijn dan de slijtage van de batterij",
  co2: () => "zo is de stroom schoner",
  ownUse: () => "eigen zonnestroom moet in huis gebruikt worden",
  tie: () => "een ander moment zou evenveel kosten",
  blocked: () => "u wilt niet dat het dan draait",
  unplugged: () => "de auto is dan niet aangesloten",
  away: () => "het apparaat is er dan niet",
  carFull: () => "de auto heeft de lading die nodig is",
  waterWarm: () => "het water is zo warm als nodig is",
  roomWarm: () => "het is zonder ook warm genoeg",
  runOver: () => "de beurt is tegen die tijd voorbij",
  allUsed: () => "alles wat wordt opgewekt, wordt gebruikt of verkocht",
  nothingToGive: () => "de batterij is leeg, of het huis heeft er niets van nodig",
  hardlyNeeded: () => "het huis heeft de batterij dan nauwelijks nodig",
  enough: () => "alles wat nodig is, is er",
  stored: (f) =>
    `een opgeslagen kWh is ${f.storedWorth} waard${f.otherwise ? `, nodig vanaf ${f.otherwise}` : ""}, en het net kost dan ${f.price}`,
  distrust: () => "de eigen stand van de batterij was de laatste tijd goedkoper dan het plan",
};

const modes = {
  followLoad: "het verbruik van het huis te volgen",
  hold: "de lading vast te houden",
  chargeFromGrid: "van het net te laden",
  dischargeToGrid: "aan het net te leveren",
} as const;
const units = { kWh: "kWh", K: "graden", min: "minuten", kW: "kW" } as const;
const verbs = { charge: "te laden", heat: "te verwarmen", run: "het apparaat te laten draaien" } as const;

export const nl: SchedulePhrases = {
  does: (doing, name, from, to) => does[doing](name, `van ${from} tot ${to}`),
  so: (what, cause) => `${what}: ${cause}.`,
  sunAllTheSame: "Overtollige zon wordt toch gebruikt.",
  because,
  deeds: {
    charge: "Dan laden",
    heat: "Dan verwarmen",
    run: "Het apparaat dan laten draaien",
    use: "De lading dan gebruiken",
    otherwise: "Het anders doen",
  },
  costs: (deed, money) => `${deed} zou ${money} meer kosten`,
  costsAnd: (deed, money, broken) => `${deed} zou ${money} meer kosten, en ${broken}`,
  spares: (deed, money) => `${deed} zou ${money} besparen`,
  sparesBut: (deed, money, broken) => `${deed} zou ${money} besparen, maar ${broken}`,
  onlyBroken: (broken) => `Het gevolg zou zijn: ${broken}`,
  dearer: (all) => `Het zou meer kosten om ${all.map(({ mode, money }) => `${modes[mode]} (${money})`).join(", ")}`,
  broken: {
    ready: (f) => `${f.name || "het huis"} zou om ${f.at} ${f.by} tekortkomen`,
    notRun: (f) => `${f.name || "het huis"} zou voor ${f.at} niet draaien`,
    late: (f) => `${f.name || "het huis"} zou ${f.by} te laat zijn`,
    warmWater: (f) => `het water van ${f.name || "het huis"} zou om ${f.at} ${f.by} te koud zijn`,
    tooCold: (f) => `bij ${f.name || "het huis"} zou het om ${f.at} ${f.by} te koud zijn`,
    tooWarm: (f) => `bij ${f.name || "het huis"} zou het om ${f.at} ${f.by} te warm zijn`,
    reserve: (f) => `de reserve van ${f.name || "het huis"} zou om ${f.at} ${f.by} tekortkomen`,
    fuse: (f) => `de hoofdzekering zou om ${f.at} ${f.by} te veel dragen`,
    exportLimit: (f) => `om ${f.at} zou ${f.by} te veel worden teruggeleverd`,
    limit: (f) => `het huis zou om ${f.at} ${f.by} meer van het net vragen dan gewenst`,
  },
  amount: (number, unit) => `${number} ${units[unit]}`,
  about: (text) => `ongeveer ${text}`,
  daysAfter: (clock, days) => (days === 1 ? `${clock} de volgende dag` : `${clock} ${days} dagen later`),
  tomorrow: (clock) => `morgen ${clock}`,
  dayAfterTomorrow: (clock) => `overmorgen ${clock}`,
  planned: (later, onSun, from, to, much) =>
    `Het is de bedoeling van ${from} tot ${to} ${onSun ? "met overtollige zonnestroom " : ""}${verbs[later]}${much ? `, ongeveer ${much}` : ""}.`,
  notPlanned: (later) => `Het is niet de bedoeling de komende uren ${verbs[later]}.`,
  plannedBy: (title) => `Zo staat het in het plan "${title}".`,
  guarded: (name, title) =>
    `${name} wordt nu afgeremd, omdat het huis anders te veel vermogen tegelijk zou vragen. Daarover waakt "${title}".`,
};
