import type { Doing, SchedulePhrases } from "./phrases.ts";

/** Without adjectives and participles that would have to agree with a name whose gender nobody knows. */
const doings: Readonly<Record<Doing, string>> = {
  charges: "charge",
  chargesNot: "ne charge pas",
  chargesOnSun: "charge avec le surplus solaire",
  heats: "chauffe",
  heatsNot: "ne chauffe pas",
  heatsOnSun: "chauffe avec le surplus solaire",
  runs: "fonctionne",
  waits: "attend",
  runsOnSun: "fonctionne avec le surplus solaire",
  chargesFromGrid: "charge depuis le réseau",
  followsHouse: "suit la consommation de la maison",
  keepsCharge: "garde sa charge",
  givesToGrid: "injecte dans le réseau",
  givesAll: "fournit tout ce qui est possible",
  isHeldBack: "réduit sa production",
};

const perhapsFrom = (otherwise: string): string => (otherwise ? ` (à partir de ${otherwise})` : "");

const because: SchedulePhrases["because"] = {
  givingCosts: () => "il faudrait payer pour ce qui serait injecté dans le réseau à ce moment-là",
  moreNeeded: () => "autrement, il faudrait plus d'électricité",
  worthMoreElsewhen: () => "l'électricité vaut plus à un autre moment",
  cheapestThen: () => "c'est le moment où l'électricité est la moins chère",
  keptWorthMore: (f) =>
    `la charge vaudra plus ${f.otherwise ? `à partir de ${f.otherwise}` : "plus tard"}, soit ${f.otherPrice} le kWh au lieu de ${f.price}`,
  sparesPrice: (f) => `chaque kWh épargne alors ${f.price}, contre ${f.otherPrice} sinon`,
  dearThen: (f) =>
    f.isEarlier
      ? `l'électricité coûte alors ${f.price} le kWh, contre ${f.otherPrice} auparavant${perhapsFrom(f.otherwise)}`
      : `l'électricité coûte alors ${f.price} le kWh, contre ${f.otherPrice} plus tard${perhapsFrom(f.otherwise)} ; mieux vaut attendre`,
  cheapThen: (f) =>
    `l'électricité coûte alors ${f.price} le kWh ; sinon ce serait ${f.otherPrice}${perhapsFrom(f.otherwise)}`,
  sunBefore: (f) => `il y a du surplus solaire avant${perhapsFrom(f.otherwise)}`,
  sunLater: (f) => `il y aura du surplus solaire plus tard${perhapsFrom(f.otherwise)}`,
  sunThen: (f) => (f.sunKwh ? `il reste alors ${f.sunKwh} de surplus solaire` : "il y a alors du surplus solaire"),
  othersFirst: () => "autre chose doit être prêt à temps",
  readyElse: () => "sinon ce ne serait pas prêt à temps",
  tooUncomfortable: () => "la température sortirait de la zone de confort",
  comfortElse: () => "sinon la température sortirait de la zone de confort",
  reserve: () => "la réserve pour une coupure de courant doit être gardée",
  peak: () => "avec tout le reste, la pointe de puissance facturée augmenterait",
  fuse: () => "le raccordement de la maison serait surchargé",
  limit: () => "la maison prendrait au réseau plus de puissance que vous ne le permettez",
  wear: () => "le gain serait plus petit que l'usure de la batterie",
  co2: () => "l'électricité est ainsi plus propre",
  ownUse: () => "l'énergie solaire doit être consommée dans la maison",
  tie: () => "un autre moment coûterait autant",
  blocked: () => "vous ne voulez pas de fonctionnement à ce moment-là",
  unplugged: () => "la voiture n'est pas branchée à ce moment-là",
  away: () => "l'appareil n'est pas là à ce moment-là",
  carFull: () => "la voiture a la charge qu'il lui faut",
  waterWarm: () => "l'eau est aussi chaude que nécessaire",
  roomWarm: () => "il fait assez chaud sans cela",
  runOver: () => "le cycle est fini d'ici là",
  allUsed: () => "tout ce qui est produit est consommé ou vendu",
  nothingToGive: () => "la batterie est vide, ou la maison n'a besoin de rien",
  hardlyNeeded: () => "la maison n'a presque pas besoin de la batterie à ce moment-là",
  enough: () => "il ne manque rien",
  stored: (f) =>
    `un kWh stocké vaut ${f.storedWorth}${f.otherwise ? `, utile à partir de ${f.otherwise}` : ""}, et le réseau coûte alors ${f.price}`,
  distrust: () => "le fonctionnement propre de la batterie a été moins cher que le plan ces derniers temps",
};

const modes = {
  followLoad: "suivre la consommation de la maison",
  hold: "garder la charge",
  chargeFromGrid: "charger depuis le réseau",
  dischargeToGrid: "injecter dans le réseau",
} as const;
const units = { kWh: "kWh", K: "degrés", min: "minutes", kW: "kW" } as const;
const verbs = { charge: "charger", heat: "chauffer", run: "faire fonctionner l'appareil" } as const;
const nouns = {
  charge: "Aucune charge n'est prévue",
  heat: "Aucune chauffe n'est prévue",
  run: "Aucune mise en marche n'est prévue",
};

export const fr: SchedulePhrases = {
  does: (doing, name, from, to) => `De ${from} à ${to}, ${name} ${doings[doing]}`,
  so: (what, cause) => `${what} : ${cause}.`,
  sunAllTheSame: "Le surplus de soleil est pris quand même.",
  because,
  deeds: {
    charge: "Charger à ce moment-là",
    heat: "Chauffer à ce moment-là",
    run: "Faire fonctionner l'appareil à ce moment-là",
    use: "Utiliser la charge à ce moment-là",
    otherwise: "Faire autrement",
  },
  costs: (deed, money) => `${deed} coûterait ${money} de plus`,
  costsAnd: (deed, money, broken) => `${deed} coûterait ${money} de plus, et ${broken}`,
  spares: (deed, money) => `${deed} économiserait ${money}`,
  sparesBut: (deed, money, broken) => `${deed} économiserait ${money}, mais ${broken}`,
  onlyBroken: (broken) => `Sinon, ${broken}`,
  dearer: (all) =>
    `Il coûterait plus cher de ${all.map(({ mode, money }) => `${modes[mode]} (${money})`).join(", de ")}`,
  broken: {
    ready: (f) => `il manquerait ${f.by} à ${f.name || "la maison"} à ${f.at}`,
    notRun: (f) => `${f.name || "la maison"} ne fonctionnerait pas d'ici ${f.at}`,
    late: (f) => `${f.name || "la maison"} aurait ${f.by} de retard`,
    warmWater: (f) => `il manquerait ${f.by} à l'eau (${f.name || "la maison"}) à ${f.at}`,
    tooCold: (f) => `il manquerait ${f.by} pour ${f.name || "la maison"} à ${f.at}`,
    tooWarm: (f) => `il y aurait ${f.by} de trop pour ${f.name || "la maison"} à ${f.at}`,
    reserve: (f) => `il manquerait ${f.by} à la réserve (${f.name || "la maison"}) à ${f.at}`,
    fuse: (f) => `le disjoncteur principal porterait ${f.by} de trop à ${f.at}`,
    exportLimit: (f) => `${f.by} de trop seraient injectés à ${f.at}`,
    limit: (f) => `la maison prendrait ${f.by} de plus que souhaité à ${f.at}`,
  },
  amount: (number, unit) => `${number} ${units[unit]}`,
  about: (text) => `environ ${text}`,
  daysAfter: (clock, days) =>
    days === 1 ? `${clock} le lendemain` : days === 2 ? `${clock} le surlendemain` : `${clock} ${days} jours plus tard`,
  tomorrow: (clock) => `${clock} demain`,
  dayAfterTomorrow: (clock) => `${clock} après-demain`,
  planned: (later, onSun, from, to, much) =>
    `Il est prévu de ${verbs[later]}${onSun ? " avec le surplus solaire" : ""} de ${from} à ${to}${much ? `, environ ${much}` : ""}.`,
  notPlanned: (later) => `${nouns[later]} dans les prochaines heures.`,
  plannedBy: (title) => `Le plan « ${title} » le prévoit ainsi.`,
  guarded: (name, title) =>
    `La puissance de « ${name} » est réduite en ce moment, sinon la maison en prendrait trop à la fois. Le plan « ${title} » y veille.`,
};
