import type { CauseFacts, Doing, SchedulePhrases } from "./phrases.ts";

const doings: Readonly<Record<Doing, string>> = {
  charges: "charges",
  chargesNot: "does not charge",
  chargesOnSun: "charges from the sun that is over",
  heats: "heats",
  heatsNot: "does not heat",
  heatsOnSun: "heats from the sun that is over",
  runs: "runs",
  waits: "waits",
  runsOnSun: "runs on the sun that is over",
  chargesFromGrid: "charges from the grid",
  followsHouse: "follows the house",
  keepsCharge: "keeps what it has",
  givesToGrid: "gives to the grid",
  givesAll: "gives all it can",
  isHeldBack: "is held back",
};

const fromThen = (otherwise: string): string => (otherwise ? `from ${otherwise}` : "then");
const after = (before: string, otherwise: string): string => (otherwise ? `${before}${otherwise}` : "");

const because: SchedulePhrases["because"] = {
  givingCosts: () => "what it would give to the grid then would have to be paid for",
  moreNeeded: () => "done otherwise, more electricity would be needed",
  worthMoreElsewhen: () => "electricity is worth more at another time",
  cheapestThen: () => "electricity is cheapest then",
  keptWorthMore: (f) =>
    `what it has is worth more ${fromThen(f.otherwise)}: ${f.otherPrice} a kWh instead of ${f.price}`,
  sparesPrice: (f) => `it spares ${f.price} a kWh then, and ${f.otherPrice} otherwise`,
  dearThen: (f) =>
    `electricity costs ${f.price} a kWh then and ${f.otherPrice} ${fromThen(f.otherwise)}, when it ${f.isEarlier ? "was" : "is"} its turn`,
  cheapThen: (f) =>
    `electricity costs ${f.price} a kWh then; otherwise it would be ${f.otherPrice}${after(", from ", f.otherwise)}`,
  sunBefore: (f) => `it has own sun before${after(", from ", f.otherwise)}`,
  sunLater: (f) => `own sun is left over later${after(", from ", f.otherwise)}`,
  sunThen: (f) => (f.sunKwh ? `${f.sunKwh} of own sun are left over then` : "own sun is left over then"),
  othersFirst: () => "something else has to be ready in time",
  readyElse: () => "else it would not be ready in time",
  tooUncomfortable: () => "it would leave the comfortable range",
  comfortElse: () => "else it would leave the comfortable range",
  reserve: () => "the reserve for an outage must stay in it",
  peak: () => "with all else that runs it would raise the peak that is paid for",
  fuse: () => "the connection of the house would carry too much at once",
  limit: () => "the house would take more from the grid at once than you allow",
  wear: () => "the gain would be less than the battery's wear",
  co2: () => "electricity is cleaner that way",
  ownUse: () => "own sun is to be used in the house",
  tie: () => "another time would cost the same",
  blocked: () => "you do not want it to run then",
  unplugged: () => "it is not plugged in then",
  away: () => "it is not there then",
  carFull: () => "it has the charge that it needs",
  waterWarm: () => "the water is as warm as it needs to be",
  roomWarm: () => "it is warm enough without",
  runOver: () => "its run is over by then",
  allUsed: () => "all that it gives is used or sold",
  nothingToGive: () => "it is empty, or the house needs nothing of it",
  hardlyNeeded: () => "the house hardly needs it then",
  enough: () => "it has what it needs",
  stored: (f: CauseFacts) =>
    `a stored kWh is worth ${f.storedWorth}${after(", needed from ", f.otherwise)}, and the grid costs ${f.price} then`,
  distrust: () => "its own way has lately been cheaper than planning",
};

const modes = {
  followLoad: "to follow the house",
  hold: "to keep what it has",
  chargeFromGrid: "to charge from the grid",
  dischargeToGrid: "to give to the grid",
} as const;
const units = { kWh: "kWh", K: "degrees", min: "minutes", kW: "kW" } as const;
const verbs = { charge: "charge", heat: "heat", run: "run" } as const;

export const en: SchedulePhrases = {
  does: (doing, name, from, to) => `${name} ${doings[doing]} from ${from} to ${to}`,
  so: (what, cause) => `${what}: ${cause}.`,
  sunAllTheSame: "It takes what sun is left over all the same.",
  because,
  deeds: {
    charge: "To charge then",
    heat: "To heat then",
    run: "To run then",
    use: "To use it then",
    otherwise: "To do otherwise",
  },
  costs: (deed, money) => `${deed} would cost ${money} more`,
  costsAnd: (deed, money, broken) => `${deed} would cost ${money} more, and ${broken}`,
  spares: (deed, money) => `${deed} would spare ${money}`,
  sparesBut: (deed, money, broken) => `${deed} would spare ${money}, but ${broken}`,
  onlyBroken: (broken) => `Otherwise ${broken}`,
  dearer: (all) => `It would cost more ${all.map(({ mode, money }) => `${modes[mode]} (${money})`).join(", ")}`,
  broken: {
    ready: (f) => `${f.name || "the house"} would be ${f.by} short at ${f.at}`,
    notRun: (f) => `${f.name || "the house"} would not run by ${f.at}`,
    late: (f) => `${f.name || "the house"} would be ${f.by} late`,
    warmWater: (f) => `the water of ${f.name || "the house"} would be ${f.by} too cold at ${f.at}`,
    tooCold: (f) => `${f.name || "the house"} would be ${f.by} too cold at ${f.at}`,
    tooWarm: (f) => `${f.name || "the house"} would be ${f.by} too warm at ${f.at}`,
    reserve: (f) => `the reserve of ${f.name || "the house"} would lack ${f.by} at ${f.at}`,
    fuse: (f) => `the main fuse would carry ${f.by} too much at ${f.at}`,
    exportLimit: (f) => `${f.by} too much would be exported at ${f.at}`,
    limit: (f) => `${f.by} more than wished would be imported at ${f.at}`,
  },
  amount: (number, unit) => `${number} ${units[unit]}`,
  about: (text) => `about ${text}`,
  daysAfter: (clock, days) =>
    days === 1 ? `${clock} the next day` : days === 2 ? `${clock} two days later` : `${clock} ${days} days later`,
  tomorrow: (clock) => `${clock} tomorrow`,
  dayAfterTomorrow: (clock) => `${clock} the day after`,
  planned: (later, onSun, from, to, much) =>
    `It is planned to ${verbs[later]}${onSun ? " from the sun that is over" : ""} from ${from} to ${to}${much ? `, about ${much}` : ""}.`,
  notPlanned: (later) => `It is not planned to ${verbs[later]} in the next hours.`,
  plannedBy: (title) => `So it is planned by "${title}".`,
  guarded: (_, title, why) => `${why}. So it is kept by "${title}".`,
};
