import type { AskedState } from "../../../model/why.ts";
import type { AskedFacts, Deed, Who, WhyPhrases } from "./phrases.ts";

const states: Readonly<Record<AskedState, readonly [so: string, not: string]>> = {
  on: ["staat aan", "staat niet aan"],
  off: ["staat uit", "staat niet uit"],
  open: ["is open", "is niet open"],
  closed: ["is dicht", "is niet dicht"],
  locked: ["is op slot", "is niet op slot"],
  unlocked: ["is van het slot", "is niet van het slot"],
  occupied: ["meldt aanwezigheid", "meldt geen aanwezigheid"],
  clear: ["meldt geen aanwezigheid", "meldt aanwezigheid"],
  charging: ["laadt", "laadt niet"],
  pluggedIn: ["is aangesloten", "is niet aangesloten"],
  running: ["draait", "draait niet"],
  alarm: ["meldt alarm", "meldt geen alarm"],
};

const deeds: Readonly<Record<Deed, (name: string) => string>> = {
  on: (name) => `${name} aan te zetten`,
  off: (name) => `${name} uit te zetten`,
  open: (name) => `${name} te openen`,
  close: (name) => `${name} te sluiten`,
  lock: (name) => `${name} op slot te doen`,
  unlock: (name) => `${name} van het slot te doen`,
  charge: (name) => `met ${name} te laden`,
  stopCharging: (name) => `met ${name} niet meer te laden`,
};

const whoever = (who: Who): string => {
  if (who.is === "person") return who.name;
  if (who.is === "safety") return "de veiligheid van het huis";
  if (who.is === "gone") return who.was === "rule" ? "een verwijderde regel" : "een verwijderd plan";
  return who.is === "rule" ? `de regel "${who.title}"` : `het plan "${who.title}"`;
};
const subject = (by: "rule" | "plan", title: string): string =>
  by === "rule" ? `De regel "${title}"` : `Het plan "${title}"`;
/** The record's own words, in English. */
const noted = (...texts: readonly string[]): string => {
  const said = texts.filter((text) => text !== "");
  return said.length === 0 ? "" : ` (in het logboek: "${said.join("; ")}")`;
};
const asNow = (then: boolean): string => (then ? ", zoals het nu is," : "");

const asked = ({ when, who, deed, known, name, failed, because, said }: AskedFacts): string => {
  const wish = known ? `vroeg ${whoever(who)} om ${deeds[known](name)}` : `gaf ${whoever(who)} ${name} een opdracht`;
  const end = !failed ? "" : failed.state === "refused" ? "; dat werd geweigerd" : "; een bevestiging kwam niet";
  return `${when} ${wish}${said ? ` ("${said}")` : ""}${end}${noted(known ? "" : deed, failed?.reason ?? "", because)}`;
};

export const nl: WhyPhrases = {
  when: (which, clock, day) => {
    if (which === "today") return `om ${clock}`;
    if (which === "weekday" || which === "date") return `op ${day} om ${clock}`;
    return which === "yesterday" ? `gisteren om ${clock}` : `morgen om ${clock}`;
  },
  is: (name, state, so) => `${name} ${states[state][so ? 0 : 1]}`,
  isAt: (name, words, number) => (number === undefined ? `${name} meldt "${words}"` : `${name} staat op ${number}`),
  lastHeard: (told, reason) => `${told}; dat is de laatst bekende stand${noted(reason)}`,
  notKnown: (name) => `Hoe ${name} nu is, is niet bekend`,
  but: (told) => `Toch: ${told}`,
  unreachable: (name) => `${name} is niet bereikbaar`,
  nobodyAsked: (name) =>
    `Voor zover bekend heeft niets in dit huis dat van ${name} gevraagd: het gebeurde aan het apparaat, of langer geleden dan bewaard wordt`,
  noCar: (name) => `Er is geen auto aangesloten op ${name}`,
  hasFault: (name) => `${name} meldt een storing`,
  wantsNothing: (name, at) => `De auto aan ${name} vraagt niets${at ? `: hij staat op ${at}` : ""}`,
  nobodyWould: (name) =>
    `Geen regel en geen plan van dit huis zou dat met ${name} gedaan hebben: iemand moet het met de hand doen`,
  asked,
  changed: (when, name) =>
    `${when} is ${name} vanzelf veranderd: niets in dit huis had erom gevraagd, dus het was de schakelaar of de app van het apparaat, of het apparaat zelf`,
  held: (by, until) =>
    `${by} heeft het met de hand ingesteld: regels en plannen laten het zo tot ${until.replace(/^om /, "")}`,
  keptSince: (title, since, cause) =>
    `De regel "${title}" hield het zo sinds ${since.replace(/^om /, "")}${noted(cause)}`,
  keeps: ({ by, title, deed, because }) => `${subject(by, title)} houdt het zo${noted(deed, because)}`,
  wouldKeep: ({ by, title, deed, because }, lost) =>
    `${subject(by, title)} zou ingrijpen, maar iets anders gaat voor${noted(deed, because, lost)}`,
  wouldOtherwise: (by, title, lost) =>
    `${subject(by, title)} zou het anders willen, maar iets anders gaat voor${noted(lost)}`,
  running: (title, since, span, cause) =>
    `De regel "${title}" werd ${since} gestart en ${span === undefined ? "is bezig" : "wacht nog"}${noted(span ?? "", cause)}`,
  nearMiss: (when, title, cause, outcome) => `${when} deed "${title}" niets${noted(cause, outcome)}`,
  cameTo: (when, title, outcome, cause) => `${when} kwam "${title}" tot een andere slotsom${noted(outcome, cause)}`,
  underWay: (when, title, cause) => `${when} werd "${title}" gestart en is nog bezig${noted(cause)}`,
  soAlready: (when, title, cause) => `${when} draaide "${title}", en het was al zo${noted(cause)}`,
  ranElsewhere: (when, title, cause, name, outcome) =>
    `${when} draaide "${title}" en kwam niet tot ${name}${noted(cause, outcome)}`,
  ranBut: (when, title, cause, trouble) => `${when} draaide "${title}", maar zonder succes${noted(cause, trouble)}`,
  isOff: (title) => `"${title}" is uitgeschakeld`,
  wasOver: (title, when) => `"${title}" was ${when} al voorbij`,
  madeOnly: (title, when) => `"${title}" bestaat pas sinds ${when.replace(/^om /, "")}`,
  wasChanged: (title, when) => `"${title}" werd ${when} gewijzigd; daarvoor was het een andere regel`,
  holdsBut: (title, then, lost) => `"${title}" geldt${asNow(then)} wel, maar iets anders gaat voor${noted(lost)}`,
  unknown: (title, then, reason) => `Waarvan "${title}" afhangt${asNow(then)} is niet bekend${noted(reason)}`,
  otherWay: (title, then, reason) => `"${title}" geldt${asNow(then)} en wil het dus andersom${noted(reason)}`,
  notSo: (title, then, reason) => `Aan de voorwaarde van "${title}"${asNow(then)} is niet voldaan${noted(reason)}`,
  waitsFor: (title, words, end) =>
    `"${title}" wacht op een aanleiding, en daarvan is in deze tijd niets genoteerd${noted(words, end)}`,
  missed: (title, when) => `"${title}" had ${when} moeten komen, en daarvan is niets genoteerd: toen stond de hub uit`,
  next: (when) => `de volgende keer ${when}`,
  comes: (title, words, next) =>
    `"${title}" komt op een andere tijd dan gevraagd; ${next === undefined ? "het komt niet meer" : `de volgende keer ${next}`}${noted(words)}`,
};
