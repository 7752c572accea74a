import type { AskedState } from "../../../model/why.ts";
import type { AskedFacts, Deed, Who, WhyPhrases } from "./phrases.ts";

/** Adjectives agree with a word that is ours ("l'appareil", "la serrure"), never with a name whose gender nobody knows. */
const states: Readonly<Record<AskedState, readonly [so: (n: string) => string, not: (n: string) => string]>> = {
  on: [(n) => `${n} est en marche`, (n) => `${n} n'est pas en marche`],
  off: [(n) => `${n} est à l'arrêt`, (n) => `${n} n'est pas à l'arrêt`],
  open: [(n) => `${n} est en position ouverte`, (n) => `${n} n'est pas en position ouverte`],
  closed: [(n) => `${n} est en position fermée`, (n) => `${n} n'est pas en position fermée`],
  locked: [(n) => `la serrure « ${n} » est verrouillée`, (n) => `la serrure « ${n} » n'est pas verrouillée`],
  unlocked: [(n) => `la serrure « ${n} » est déverrouillée`, (n) => `la serrure « ${n} » n'est pas déverrouillée`],
  occupied: [(n) => `${n} signale une présence`, (n) => `${n} ne signale pas de présence`],
  clear: [(n) => `${n} ne signale pas de présence`, (n) => `${n} signale une présence`],
  charging: [(n) => `${n} charge`, (n) => `${n} ne charge pas`],
  pluggedIn: [(n) => `une voiture est branchée à ${n}`, (n) => `aucune voiture n'est branchée à ${n}`],
  running: [(n) => `${n} fonctionne`, (n) => `${n} ne fonctionne pas`],
  alarm: [(n) => `${n} signale une alarme`, (n) => `${n} ne signale pas d'alarme`],
};

const deeds: Readonly<Record<Deed, (name: string) => string>> = {
  on: (name) => `d'allumer ${name}`,
  off: (name) => `d'éteindre ${name}`,
  open: (name) => `d'ouvrir ${name}`,
  close: (name) => `de fermer ${name}`,
  lock: (name) => `de verrouiller ${name}`,
  unlock: (name) => `de déverrouiller ${name}`,
  charge: (name) => `de charger avec ${name}`,
  stopCharging: (name) => `de ne plus charger avec ${name}`,
};

const whoever = (who: Who): string => {
  if (who.is === "person") return who.name;
  if (who.is === "safety") return "la sécurité de la maison";
  if (who.is === "gone") return who.was === "rule" ? "une règle supprimée" : "un plan supprimé";
  return who.is === "rule" ? `la règle « ${who.title} »` : `le plan « ${who.title} »`;
};
const subject = (by: "rule" | "plan", title: string): string =>
  by === "rule" ? `La règle « ${title} »` : `Le plan « ${title} »`;
/** The record's own words, in English. */
const noted = (...texts: readonly string[]): string => {
  const said = texts.filter((text) => text !== "");
  return said.length === 0 ? "" : ` (dans le journal : « ${said.join("; ")} »)`;
};
const asNow = (then: boolean): string => (then ? ", dans l'état actuel," : "");

const asked = ({ when, who, deed, known, name, failed, because, said }: AskedFacts): string => {
  const wish = known
    ? `${whoever(who)} a demandé ${deeds[known](name)}`
    : `${whoever(who)} a donné une commande à ${name}`;
  const end = !failed ? "" : failed.state === "refused" ? " ; cela a été refusé" : " ; aucune confirmation n'est venue";
  return `${when}, ${wish}${said ? ` (« ${said} »)` : ""}${end}${noted(known ? "" : deed, failed?.reason ?? "", because)}`;
};

export const fr: WhyPhrases = {
  when: (which, clock, day) => {
    if (which === "today") return `à ${clock}`;
    if (which === "weekday") return `${day} à ${clock}`;
    if (which === "date") return `le ${day} à ${clock}`;
    return which === "yesterday" ? `hier à ${clock}` : `demain à ${clock}`;
  },
  is: (name, state, so) => states[state][so ? 0 : 1](name),
  isAt: (name, words, number) => (number === undefined ? `${name} signale « ${words} »` : `${name} est à ${number}`),
  lastHeard: (told, reason) => `${told} ; c'est le dernier état connu${noted(reason)}`,
  notKnown: (name) => `On ne sait pas dans quel état est ${name} maintenant`,
  but: (told) => `Pourtant, ${told}`,
  unreachable: (name) => `${name} ne répond pas`,
  nobodyAsked: (name) =>
    `Rien dans cette maison n'est connu pour l'avoir demandé à ${name} : c'était une action sur l'appareil, ou cela date de trop longtemps`,
  noCar: (name) => `Aucune voiture n'est branchée à ${name}`,
  hasFault: (name) => `${name} signale un défaut`,
  wantsNothing: (name, at) => `La voiture branchée à ${name} ne demande rien${at ? ` : elle est à ${at}` : ""}`,
  nobodyWould: (name) =>
    `Aucune règle et aucun plan de cette maison n'aurait fait cela avec ${name} : quelqu'un doit le faire à la main`,
  asked,
  changed: (when, name) =>
    `${when}, l'état de « ${name} » a changé sans commande : rien dans cette maison ne l'avait demandé, c'était donc son interrupteur, son application ou l'appareil même`,
  held: (by, until) =>
    `${by} l'a réglé à la main : les règles et les plans n'y touchent pas jusqu'à ${until.replace(/^à /, "")}`,
  keptSince: (title, since, cause) =>
    `La règle « ${title} » le maintenait ainsi depuis ${since.replace(/^à /, "")}${noted(cause)}`,
  keeps: ({ by, title, deed, because }) => `${subject(by, title)} le maintient ainsi${noted(deed, because)}`,
  wouldKeep: ({ by, title, deed, because }, lost) =>
    `${subject(by, title)} interviendrait, mais une autre consigne passe avant${noted(deed, because, lost)}`,
  wouldOtherwise: (by, title, lost) =>
    `${subject(by, title)} le voudrait autrement, mais une autre consigne passe avant${noted(lost)}`,
  running: (title, since, span, cause) =>
    `La règle « ${title} » a démarré ${since} et ${span === undefined ? "est en cours" : "attend encore"}${noted(span ?? "", cause)}`,
  nearMiss: (when, title, cause, outcome) => `${when}, « ${title} » n'a rien fait${noted(cause, outcome)}`,
  cameTo: (when, title, outcome, cause) =>
    `${when}, « ${title} » est arrivé à une autre conclusion${noted(outcome, cause)}`,
  underWay: (when, title, cause) => `${when}, « ${title} » a démarré et est encore en cours${noted(cause)}`,
  soAlready: (when, title, cause) => `${when}, « ${title} » s'est exécuté, et c'était déjà ainsi${noted(cause)}`,
  ranElsewhere: (when, title, cause, name, outcome) =>
    `${when}, « ${title} » s'est exécuté sans arriver à ${name}${noted(cause, outcome)}`,
  ranBut: (when, title, cause, trouble) =>
    `${when}, « ${title} » s'est exécuté, mais sans succès${noted(cause, trouble)}`,
  isOff: (title) => `La règle « ${title} » est désactivée`,
  wasOver: (title, when) => `La règle « ${title} » était terminée ${when}`,
  madeOnly: (title, when) => `La règle « ${title} » n'existe que depuis ${when.replace(/^à /, "")}`,
  wasChanged: (title, when) => `La règle « ${title} » a été modifiée ${when} ; avant, c'était une autre règle`,
  holdsBut: (title, then, lost) =>
    `La règle « ${title} » s'applique${asNow(then)} mais une autre consigne passe avant${noted(lost)}`,
  unknown: (title, then, reason) => `Ce dont dépend « ${title} »${asNow(then)} n'est pas connu${noted(reason)}`,
  otherWay: (title, then, reason) =>
    `La règle « ${title} » s'applique${asNow(then)} et demande donc le contraire${noted(reason)}`,
  notSo: (title, then, reason) =>
    `La condition de la règle « ${title} »${asNow(then)} n'est pas remplie${noted(reason)}`,
  waitsFor: (title, words, end) =>
    `La règle « ${title} » attend un déclencheur, et rien n'en est noté dans ce temps${noted(words, end)}`,
  missed: (title, when) =>
    `La règle « ${title} » aurait dû venir ${when}, et rien n'en est noté : le hub était alors éteint`,
  next: (when) => `la prochaine fois ${when}`,
  comes: (title, words, next) =>
    `La règle « ${title} » vient à une autre heure que celle demandée ; ${next === undefined ? "elle ne revient plus" : `la prochaine fois ${next}`}${noted(words)}`,
};
