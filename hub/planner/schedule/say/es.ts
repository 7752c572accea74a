import type { Doing, SchedulePhrases } from "./phrases.ts";

/** Without adjectives and participles that would have to agree with a name whose gender nobody knows. */
const doings: Readonly<Record<Doing, string>> = {
  charges: "carga",
  chargesNot: "no carga",
  chargesOnSun: "carga con el excedente solar",
  heats: "calienta",
  heatsNot: "no calienta",
  heatsOnSun: "calienta con el excedente solar",
  runs: "funciona",
  waits: "espera",
  runsOnSun: "funciona con el excedente solar",
  chargesFromGrid: "carga de la red",
  followsHouse: "sigue el consumo de la casa",
  keepsCharge: "conserva su carga",
  givesToGrid: "vierte a la red",
  givesAll: "da todo lo que puede",
  isHeldBack: "reduce su producción",
};

/** "La 01:00", and "las" of any other hour. */
const las = (clock: string): string => (/^0?1:/.test(clock) ? `la ${clock}` : `las ${clock}`);
const perhapsFrom = (otherwise: string): string => (otherwise ? ` (desde ${las(otherwise)})` : "");

const because: SchedulePhrases["because"] = {
  givingCosts: () => "habría que pagar por lo que se vertiera a la red en ese momento",
  moreNeeded: () => "de otro modo haría falta más electricidad",
  worthMoreElsewhen: () => "la electricidad vale más en otro momento",
  cheapestThen: () => "es cuando la electricidad es más barata",
  keptWorthMore: (f) =>
    `la carga valdrá más ${f.otherwise ? `desde ${las(f.otherwise)}` : "después"}: ${f.otherPrice} por kWh en vez de ${f.price}`,
  sparesPrice: (f) => `cada kWh ahorra entonces ${f.price}, y en otro momento ${f.otherPrice}`,
  dearThen: (f) =>
    f.isEarlier
      ? `la electricidad cuesta entonces ${f.price} por kWh, y antes ${f.otherPrice}${perhapsFrom(f.otherwise)}`
      : `la electricidad cuesta entonces ${f.price} por kWh, y más tarde ${f.otherPrice}${perhapsFrom(f.otherwise)}; conviene esperar`,
  cheapThen: (f) =>
    `la electricidad cuesta entonces ${f.price} por kWh; si no, serían ${f.otherPrice}${perhapsFrom(f.otherwise)}`,
  sunBefore: (f) => `hay excedente solar antes${perhapsFrom(f.otherwise)}`,
  sunLater: (f) => `habrá excedente solar más tarde${perhapsFrom(f.otherwise)}`,
  sunThen: (f) => (f.sunKwh ? `entonces sobran ${f.sunKwh} de energía solar propia` : "entonces hay excedente solar"),
  othersFirst: () => "otra cosa tiene que estar lista a tiempo",
  readyElse: () => "si no, no estaría listo a tiempo",
  tooUncomfortable: () => "la temperatura saldría del margen de confort",
  comfortElse: () => "si no, la temperatura saldría del margen de confort",
  reserve: () => "hay que guardar la reserva para un corte de luz",
  peak: () => "con todo lo demás subiría el pico de potencia que se paga",
  fuse: () => "la acometida de la casa se sobrecargaría",
  limit: () => "la casa tomaría de la red más potencia de la que usted permite",
  wear: () => "la ganancia sería menor que el desgaste de la batería",
  co2: () => "así la electricidad es más limpia",
  ownUse: () => "la energía solar propia debe usarse en la casa",
  tie: () => "en otro momento costaría lo mismo",
  blocked: () => "usted no quiere que funcione en ese momento",
  unplugged: () => "el coche no está enchufado en ese momento",
  away: () => "el aparato no está en ese momento",
  carFull: () => "el coche tiene la carga que necesita",
  waterWarm: () => "el agua está tan caliente como hace falta",
  roomWarm: () => "hace bastante calor sin ello",
  runOver: () => "el ciclo ya habrá terminado",
  allUsed: () => "todo lo que se produce se usa o se vende",
  nothingToGive: () => "la batería está vacía, o la casa no necesita nada de ella",
  hardlyNeeded: () => "la casa apenas necesita la batería en ese momento",
  enough: () => "no falta nada",
  stored: (f) =>
    `un kWh guardado vale ${f.storedWorth}${f.otherwise ? `, necesario desde ${las(f.otherwise)}` : ""}, y la red cuesta entonces ${f.price}`,
  distrust: () => "el modo propio de la batería ha sido últimamente más barato que el plan",
};

const modes = {
  followLoad: "seguir el consumo de la casa",
  hold: "conservar la carga",
  chargeFromGrid: "cargar de la red",
  dischargeToGrid: "verter a la red",
} as const;
const units = { kWh: "kWh", K: "grados", min: "minutos", kW: "kW" } as const;
const verbs = { charge: "cargar", heat: "calentar", run: "hacer funcionar el aparato" } as const;

export const es: SchedulePhrases = {
  does: (doing, name, from, to) => `De ${las(from)} a ${las(to)}, ${name} ${doings[doing]}`,
  so: (what, cause) => `${what}: ${cause}.`,
  sunAllTheSame: "Aun así aprovecha el sol que sobra.",
  because,
  deeds: {
    charge: "Cargar entonces",
    heat: "Calentar entonces",
    run: "Hacer funcionar el aparato entonces",
    use: "Usar la carga entonces",
    otherwise: "Hacerlo de otro modo",
  },
  costs: (deed, money) => `${deed} costaría ${money} más`,
  costsAnd: (deed, money, broken) => `${deed} costaría ${money} más, y ${broken}`,
  spares: (deed, money) => `${deed} ahorraría ${money}`,
  sparesBut: (deed, money, broken) => `${deed} ahorraría ${money}, pero ${broken}`,
  onlyBroken: (broken) => `Si no, ${broken}`,
  dearer: (all) => `Costaría más ${all.map(({ mode, money }) => `${modes[mode]} (${money})`).join(", ")}`,
  broken: {
    ready: (f) => `a ${f.name || "la casa"} le faltarían ${f.by} a ${las(f.at)}`,
    notRun: (f) => `${f.name || "la casa"} no funcionaría antes de ${las(f.at)}`,
    late: (f) => `${f.name || "la casa"} tendría ${f.by} de retraso`,
    warmWater: (f) => `al agua (${f.name || "la casa"}) le faltarían ${f.by} a ${las(f.at)}`,
    tooCold: (f) => `faltarían ${f.by} para ${f.name || "la casa"} a ${las(f.at)}`,
    tooWarm: (f) => `sobrarían ${f.by} para ${f.name || "la casa"} a ${las(f.at)}`,
    reserve: (f) => `a la reserva (${f.name || "la casa"}) le faltarían ${f.by} a ${las(f.at)}`,
    fuse: (f) => `el fusible principal llevaría ${f.by} de más a ${las(f.at)}`,
    exportLimit: (f) => `se verterían ${f.by} de más a ${las(f.at)}`,
    limit: (f) => `la casa tomaría ${f.by} más de lo deseado a ${las(f.at)}`,
  },
  amount: (number, unit) => `${number} ${units[unit]}`,
  about: (text) => `unos ${text}`,
  daysAfter: (clock, days) => (days === 1 ? `${clock} del día siguiente` : `${clock} ${days} días después`),
  tomorrow: (clock) => `${clock} de mañana`,
  dayAfterTomorrow: (clock) => `${clock} de pasado mañana`,
  planned: (later, onSun, from, to, much) =>
    `Está previsto ${verbs[later]}${onSun ? " con el excedente solar" : ""} de ${las(from)} a ${las(to)}${much ? `, unos ${much}` : ""}.`,
  notPlanned: (later) => `No está previsto ${verbs[later]} en las próximas horas.`,
  plannedBy: (title) => `Así lo prevé el plan «${title}».`,
  guarded: (name, title) =>
    `La potencia de «${name}» está reducida ahora; si no, la casa tomaría demasiada a la vez. De ello cuida el plan «${title}».`,
};
