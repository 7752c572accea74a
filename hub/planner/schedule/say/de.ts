import type { Doing, SchedulePhrases } from "./phrases.ts";

/** The verb stands second, what belongs to it at the end. */
const does: Readonly<Record<Doing, (name: string, span: string) => string>> = {
  charges: (name, span) => `${name} lädt ${span}`,
  chargesNot: (name, span) => `${name} lädt ${span} nicht`,
  chargesOnSun: (name, span) => `${name} lädt ${span} mit überschüssigem Sonnenstrom`,
  heats: (name, span) => `${name} heizt ${span}`,
  heatsNot: (name, span) => `${name} heizt ${span} nicht`,
  heatsOnSun: (name, span) => `${name} heizt ${span} mit überschüssigem Sonnenstrom`,
  runs: (name, span) => `${name} läuft ${span}`,
  waits: (name, span) => `${name} wartet ${span}`,
  runsOnSun: (name, span) => `${name} läuft ${span} mit überschüssigem Sonnenstrom`,
  chargesFromGrid: (name, span) => `${name} lädt ${span} aus dem Netz`,
  followsHouse: (name, span) => `${name} richtet sich ${span} nach dem Verbrauch im Haus`,
  keepsCharge: (name, span) => `${name} behält ${span} die Ladung`,
  givesToGrid: (name, span) => `${name} speist ${span} ins Netz ein`,
  givesAll: (name, span) => `${name} liefert ${span} so viel wie möglich`,
  isHeldBack: (name, span) => `${name} wird ${span} gedrosselt`,
};

const from = (otherwise: string): string => (otherwise ? `ab ${otherwise}` : "dann");
const perhapsFrom = (otherwise: string): string => (otherwise ? ` (ab ${otherwise})` : "");

const because: SchedulePhrases["because"] = {
  givingCosts: () => "Was in dieser Zeit eingespeist würde, müsste bezahlt werden",
  moreNeeded: () => "Andernfalls würde mehr Strom gebraucht",
  worthMoreElsewhen: () => "Strom ist zu einer anderen Zeit mehr wert",
  cheapestThen: () => "Strom ist in dieser Zeit am billigsten",
  keptWorthMore: (f) =>
    `Die Ladung ist ${from(f.otherwise)} mehr wert, nämlich ${f.otherPrice} je kWh statt ${f.price}`,
  sparesPrice: (f) => `In dieser Zeit spart jede kWh ${f.price}, sonst ${f.otherPrice}`,
  dearThen: (f) =>
    f.isEarlier
      ? `Strom kostet in dieser Zeit ${f.price} je kWh; als das Gerät an der Reihe war, waren es ${f.otherPrice}${perhapsFrom(f.otherwise)}`
      : `Strom kostet in dieser Zeit ${f.price} je kWh und ${f.otherwise ? `ab ${f.otherwise}` : "später"} ${f.otherPrice}; so lange wird gewartet`,
  cheapThen: (f) =>
    `Strom kostet in dieser Zeit ${f.price} je kWh; sonst wären es ${f.otherPrice}${perhapsFrom(f.otherwise)}`,
  sunBefore: (f) => `Eigener Sonnenstrom ist schon vorher übrig${perhapsFrom(f.otherwise)}`,
  sunLater: (f) => `Eigener Sonnenstrom ist später übrig${perhapsFrom(f.otherwise)}`,
  sunThen: (f) =>
    f.sunKwh
      ? `In dieser Zeit sind ${f.sunKwh} eigener Sonnenstrom übrig`
      : "In dieser Zeit ist eigener Sonnenstrom übrig",
  othersFirst: () => "Etwas anderes muss rechtzeitig fertig werden",
  readyElse: () => "Sonst würde es nicht rechtzeitig fertig",
  tooUncomfortable: () => "Der Wohlfühlbereich würde verlassen",
  comfortElse: () => "Sonst würde der Wohlfühlbereich verlassen",
  reserve: () => "Die Reserve für einen Stromausfall muss erhalten bleiben",
  peak: () => "Zusammen mit allem anderen stiege die Leistungsspitze, die bezahlt werden muss",
  fuse: () => "Der Hausanschluss würde überlastet",
  limit: () => "Das Haus würde auf einmal mehr Leistung aus dem Netz beziehen, als Sie erlauben",
  wear: () => "Der Gewinn wäre kleiner als die Abnutzung des Speichers",
  co2: () => "So ist der Strom sauberer",
  ownUse: () => "Eigener Sonnenstrom soll im Haus verbraucht werden",
  tie: () => "Eine andere Zeit würde gleich viel kosten",
  blocked: () => "Sie wollen in dieser Zeit keinen Betrieb",
  unplugged: () => "Das Auto ist in dieser Zeit nicht angesteckt",
  away: () => "Das Gerät ist in dieser Zeit nicht da",
  carFull: () => "Das Auto hat die Ladung, die es braucht",
  waterWarm: () => "Das Wasser ist so warm wie nötig",
  roomWarm: () => "Es ist auch so warm genug",
  runOver: () => "Der Durchgang ist bis dahin vorbei",
  allUsed: () => "Alles, was erzeugt wird, wird verbraucht oder verkauft",
  nothingToGive: () => "Der Speicher ist leer, oder das Haus braucht nichts aus ihm",
  hardlyNeeded: () => "Das Haus braucht den Speicher in dieser Zeit kaum",
  enough: () => "Es ist alles da, was gebraucht wird",
  stored: (f) =>
    `Eine gespeicherte kWh ist ${f.storedWorth} wert${f.otherwise ? `, gebraucht ab ${f.otherwise}` : ""}, und Netzstrom kostet in dieser Zeit ${f.price}`,
  distrust: () => "Der eigene Betrieb des Speichers war zuletzt billiger als der Plan",
};

const modes = {
  followLoad: "dem Verbrauch im Haus zu folgen",
  hold: "die Ladung zu behalten",
  chargeFromGrid: "aus dem Netz zu laden",
  dischargeToGrid: "ins Netz einzuspeisen",
} as const;
const units = { kWh: "kWh", K: "Grad", min: "Minuten", kW: "kW" } as const;
const toDo = { charge: "zu laden", heat: "zu heizen", run: "das Gerät laufen zu lassen" } as const;
const nouns = { charge: "kein Laden", heat: "kein Heizen", run: "kein Betrieb" } as const;

export const de: SchedulePhrases = {
  does: (doing, name, start, end) => does[doing](name, `von ${start} bis ${end}`),
  so: (what, cause) => `${what}: ${cause}.`,
  sunAllTheSame: "Was an Sonnenstrom übrig bleibt, wird trotzdem geladen.",
  because,
  deeds: {
    charge: "In dieser Zeit zu laden",
    heat: "In dieser Zeit zu heizen",
    run: "Das Gerät in dieser Zeit laufen zu lassen",
    use: "Die Ladung in dieser Zeit zu nutzen",
    otherwise: "Es anders zu machen",
  },
  costs: (deed, money) => `${deed} würde ${money} mehr kosten`,
  costsAnd: (deed, money, broken) => `${deed} würde ${money} mehr kosten, und ${broken}`,
  spares: (deed, money) => `${deed} würde ${money} sparen`,
  sparesBut: (deed, money, broken) => `${deed} würde ${money} sparen, aber ${broken}`,
  onlyBroken: (broken) => `Die Folge wäre: ${broken}`,
  dearer: (all) => `Mehr kosten würde es, ${all.map(({ mode, money }) => `${modes[mode]} (${money})`).join(", ")}`,
  broken: {
    ready: (f) => `${f.name || "dem Haus"} würden um ${f.at} ${f.by} fehlen`,
    notRun: (f) => `${f.name || "das Haus"} würde bis ${f.at} nicht laufen`,
    late: (f) => `${f.name || "das Haus"} würde ${f.by} zu spät fertig`,
    warmWater: (f) => `das Wasser von ${f.name || "diesem Haus"} wäre um ${f.at} ${f.by} zu kalt`,
    tooCold: (f) => `bei ${f.name || "diesem Haus"} wäre es um ${f.at} ${f.by} zu kalt`,
    tooWarm: (f) => `bei ${f.name || "diesem Haus"} wäre es um ${f.at} ${f.by} zu warm`,
    reserve: (f) => `der Reserve von ${f.name || "diesem Haus"} würden um ${f.at} ${f.by} fehlen`,
    fuse: (f) => `die Hauptsicherung müsste um ${f.at} ${f.by} zu viel tragen`,
    exportLimit: (f) => `um ${f.at} würden ${f.by} zu viel eingespeist`,
    limit: (f) => `um ${f.at} würden ${f.by} mehr als gewünscht bezogen`,
  },
  amount: (number, unit) => `${number} ${units[unit]}`,
  about: (text) => `etwa ${text}`,
  daysAfter: (clock, days) =>
    days === 1
      ? `${clock} am nächsten Tag`
      : days === 2
        ? `${clock} am übernächsten Tag`
        : `${clock} ${days} Tage später`,
  tomorrow: (clock) => `morgen ${clock}`,
  dayAfterTomorrow: (clock) => `übermorgen ${clock}`,
  planned: (later, onSun, start, end, much) =>
    `Geplant ist, von ${start} bis ${end} ${onSun ? "mit überschüssigem Sonnenstrom " : ""}${toDo[later]}${much ? `, etwa ${much}` : ""}.`,
  notPlanned: (later) => `In den nächsten Stunden ist ${nouns[later]} geplant.`,
  plannedBy: (title) => `So plant es „${title}“.`,
  guarded: (name, title) =>
    `${name} wird gerade gebremst, weil das Haus sonst zu viel Leistung auf einmal bezöge. Darüber wacht „${title}“.`,
};
