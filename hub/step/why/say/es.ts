import type { AskedState } from "../../../model/why.ts";
import type { AskedFacts, Deed, Who, WhyPhrases } from "./phrases.ts";

/** Adjectives agree with a word that is ours ("el aparato", "la cerradura"), never with a name whose gender nobody knows. */
const states: Readonly<Record<AskedState, readonly [so: (n: string) => string, not: (n: string) => string]>> = {
  on: [(n) => `${n} está en marcha`, (n) => `${n} no está en marcha`],
  off: [(n) => `el aparato «${n}» está apagado`, (n) => `el aparato «${n}» no está apagado`],
  open: [(n) => `el estado de «${n}» es abierto`, (n) => `el estado de «${n}» no es abierto`],
  closed: [(n) => `el estado de «${n}» es cerrado`, (n) => `el estado de «${n}» no es cerrado`],
  locked: [(n) => `la cerradura «${n}» está cerrada con llave`, (n) => `la cerradura «${n}» no está cerrada con llave`],
  unlocked: [(n) => `la cerradura «${n}» está abierta`, (n) => `la cerradura «${n}» no está abierta`],
  occupied: [(n) => `${n} detecta presencia`, (n) => `${n} no detecta presencia`],
  clear: [(n) => `${n} no detecta presencia`, (n) => `${n} detecta presencia`],
  charging: [(n) => `${n} está cargando`, (n) => `${n} no está cargando`],
  pluggedIn: [(n) => `hay un coche enchufado a ${n}`, (n) => `no hay ningún coche enchufado a ${n}`],
  running: [(n) => `${n} funciona`, (n) => `${n} no funciona`],
  alarm: [(n) => `${n} da una alarma`, (n) => `${n} no da ninguna alarma`],
};

const deeds: Readonly<Record<Deed, (name: string) => string>> = {
  on: (name) => `encender «${name}»`,
  off: (name) => `apagar «${name}»`,
  open: (name) => `abrir «${name}»`,
  close: (name) => `cerrar «${name}»`,
  lock: (name) => `cerrar con llave «${name}»`,
  unlock: (name) => `abrir la cerradura «${name}»`,
  charge: (name) => `cargar con «${name}»`,
  stopCharging: (name) => `dejar de cargar con «${name}»`,
};

const whoever = (who: Who): string => {
  if (who.is === "person") return who.name;
  if (who.is === "safety") return "la seguridad de la casa";
  if (who.is === "gone") return who.was === "rule" ? "una regla borrada" : "un plan borrado";
  return who.is === "rule" ? `la regla «${who.title}»` : `el plan «${who.title}»`;
};
const subject = (by: "rule" | "plan", title: string): string =>
  by === "rule" ? `La regla «${title}»` : `El plan «${title}»`;
/** The record's own words, in English. */
const noted = (...texts: readonly string[]): string => {
  const said = texts.filter((text) => text !== "");
  return said.length === 0 ? "" : ` (en el registro: «${said.join("; ")}»)`;
};
const asNow = (then: boolean): string => (then ? ", tal como está ahora," : "");
/** "A la 1:05", and "a las" of any other hour. */
const atClock = (clock: string): string => (/^0?1:/.test(clock) ? `a la ${clock}` : `a las ${clock}`);
const bare = (when: string): string => when.replace(/^a (las?)/, "$1");

const asked = ({ when, who, deed, known, name, failed, because, said }: AskedFacts): string => {
  const wish = known ? `${whoever(who)} pidió ${deeds[known](name)}` : `${whoever(who)} dio una orden a «${name}»`;
  const end = !failed
    ? ""
    : failed.state === "refused"
      ? "; la petición se rechazó"
      : "; no llegó ninguna confirmación";
  return `${when} ${wish}${said ? ` («${said}»)` : ""}${end}${noted(known ? "" : deed, failed?.reason ?? "", because)}`;
};

export const es: WhyPhrases = {
  when: (which, clock, day) => {
    if (which === "today") return atClock(clock);
    if (which === "weekday" || which === "date") return `el ${day} ${atClock(clock)}`;
    return which === "yesterday" ? `ayer ${atClock(clock)}` : `mañana ${atClock(clock)}`;
  },
  is: (name, state, so) => states[state][so ? 0 : 1](name),
  isAt: (name, words, number) => (number === undefined ? `${name} indica «${words}»` : `${name} está a ${number}`),
  lastHeard: (told, reason) => `${told}; es el último estado conocido${noted(reason)}`,
  notKnown: (name) => `No se sabe cómo está ${name} ahora`,
  but: (told) => `Sin embargo, ${told}`,
  unreachable: (name) => `${name} no responde`,
  nobodyAsked: (name) =>
    `No consta que nada en esta casa lo pidiera a «${name}»: se hizo en el aparato, o hace más tiempo del que se guarda`,
  noCar: (name) => `No hay ningún coche enchufado en ${name}`,
  hasFault: (name) => `${name} comunica una avería`,
  wantsNothing: (name, at) => `El coche de ${name} no pide nada${at ? `: está al ${at}` : ""}`,
  nobodyWould: (name) =>
    `Ninguna regla ni ningún plan de esta casa lo habría hecho con «${name}»: alguien tiene que hacerlo a mano`,
  asked,
  changed: (when, name) =>
    `${when} el estado de «${name}» cambió por sí mismo: nada en esta casa lo había pedido, así que fue su interruptor, su aplicación o el propio aparato`,
  held: (by, until) => `${by} lo ajustó a mano: las reglas y los planes no lo tocan hasta ${bare(until)}`,
  keptSince: (title, since, cause) => `La regla «${title}» lo mantenía así desde ${bare(since)}${noted(cause)}`,
  keeps: ({ by, title, deed, because }) => `${subject(by, title)} lo mantiene así${noted(deed, because)}`,
  wouldKeep: ({ by, title, deed, because }, lost) =>
    `${subject(by, title)} intervendría, pero otra cosa tiene prioridad${noted(deed, because, lost)}`,
  wouldOtherwise: (by, title, lost) =>
    `${subject(by, title)} lo querría de otro modo, pero otra cosa tiene prioridad${noted(lost)}`,
  running: (title, since, span, cause) =>
    `La regla «${title}» empezó ${since} y ${span === undefined ? "sigue en curso" : "todavía espera"}${noted(span ?? "", cause)}`,
  nearMiss: (when, title, cause, outcome) => `${when} «${title}» no hizo nada${noted(cause, outcome)}`,
  cameTo: (when, title, outcome, cause) => `${when} «${title}» llegó a otra conclusión${noted(outcome, cause)}`,
  underWay: (when, title, cause) => `${when} «${title}» empezó y sigue en curso${noted(cause)}`,
  soAlready: (when, title, cause) => `${when} «${title}» se ejecutó, y ya estaba así${noted(cause)}`,
  ranElsewhere: (when, title, cause, name, outcome) =>
    `${when} «${title}» se ejecutó sin llegar a «${name}»${noted(cause, outcome)}`,
  ranBut: (when, title, cause, trouble) => `${when} «${title}» se ejecutó, pero sin éxito${noted(cause, trouble)}`,
  isOff: (title) => `La regla «${title}» está desactivada`,
  wasOver: (title, when) => `La regla «${title}» había terminado ${when}`,
  madeOnly: (title, when) => `La regla «${title}» existe solo desde ${bare(when)}`,
  wasChanged: (title, when) => `La regla «${title}» se cambió ${when}; antes era otra regla`,
  holdsBut: (title, then, lost) =>
    `La regla «${title}» se cumple${asNow(then)} pero otra cosa tiene prioridad${noted(lost)}`,
  unknown: (title, then, reason) => `Se desconoce aquello de lo que depende «${title}»${asNow(then)}${noted(reason)}`,
  otherWay: (title, then, reason) =>
    `La regla «${title}» se cumple${asNow(then)} y por eso quiere lo contrario${noted(reason)}`,
  notSo: (title, then, reason) => `La condición de la regla «${title}»${asNow(then)} no se cumple${noted(reason)}`,
  waitsFor: (title, words, end) =>
    `La regla «${title}» espera algo que la inicie, y nada de eso consta en este tiempo${noted(words, end)}`,
  missed: (title, when) => `La regla «${title}» debía venir ${when}, y nada consta de ello: el hub estaba apagado`,
  next: (when) => `la próxima vez ${when}`,
  comes: (title, words, next) =>
    `La regla «${title}» viene a otra hora que la preguntada; ${next === undefined ? "no vuelve a venir" : `la próxima vez ${next}`}${noted(words)}`,
};
