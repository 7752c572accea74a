import type { AskedState } from "../../../model/why.ts";
import type { AskedFacts, Deed, Who, WhyPhrases } from "./phrases.ts";

const states: Readonly<Record<AskedState, readonly [so: string, not: string]>> = {
  on: ["ist an", "ist nicht an"],
  off: ["ist aus", "ist nicht aus"],
  open: ["ist offen", "ist nicht offen"],
  closed: ["ist geschlossen", "ist nicht geschlossen"],
  locked: ["ist abgeschlossen", "ist nicht abgeschlossen"],
  unlocked: ["ist aufgeschlossen", "ist nicht aufgeschlossen"],
  occupied: ["meldet Anwesenheit", "meldet keine Anwesenheit"],
  clear: ["meldet keine Anwesenheit", "meldet Anwesenheit"],
  charging: ["lädt", "lädt nicht"],
  pluggedIn: ["ist angesteckt", "ist nicht angesteckt"],
  running: ["läuft", "läuft nicht"],
  alarm: ["meldet Alarm", "meldet keinen Alarm"],
};

const deeds: Readonly<Record<Deed, (name: string) => string>> = {
  on: (name) => `${name} einzuschalten`,
  off: (name) => `${name} auszuschalten`,
  open: (name) => `${name} zu öffnen`,
  close: (name) => `${name} zu schließen`,
  lock: (name) => `${name} abzuschließen`,
  unlock: (name) => `${name} aufzuschließen`,
  charge: (name) => `mit ${name} zu laden`,
  stopCharging: (name) => `mit ${name} nicht mehr zu laden`,
};

const whoever = (who: Who): string => {
  if (who.is === "person") return who.name;
  if (who.is === "safety") return "die Sicherheit des Hauses";
  if (who.is === "gone") return who.was === "rule" ? "eine gelöschte Regel" : "ein gelöschter Plan";
  return who.is === "rule" ? `die Regel „${who.title}“` : `der Plan „${who.title}“`;
};
const subject = (by: "rule" | "plan", title: string): string =>
  by === "rule" ? `Die Regel „${title}“` : `Der Plan „${title}“`;
/** The record's own words, in English. */
const noted = (...texts: readonly string[]): string => {
  const said = texts.filter((text) => text !== "");
  return said.length === 0 ? "" : ` (im Protokoll: „${said.join("; ")}“)`;
};
const asNow = (then: boolean): string => (then ? ", so wie es jetzt ist," : "");

const asked = ({ when, who, deed, known, name, failed, because, said }: AskedFacts): string => {
  const wish = known ? `verlangte ${whoever(who)}, ${deeds[known](name)}` : `gab ${whoever(who)} ${name} einen Befehl`;
  const end = !failed ? "" : failed.state === "refused" ? "; das wurde abgelehnt" : "; eine Bestätigung kam nicht";
  return `${when} ${wish}${said ? ` („${said}“)` : ""}${end}${noted(known ? "" : deed, failed?.reason ?? "", because)}`;
};

export const de: WhyPhrases = {
  when: (which, clock, day) => {
    if (which === "today") return `um ${clock}`;
    if (which === "weekday" || which === "date") return `am ${day} um ${clock}`;
    return which === "yesterday" ? `gestern um ${clock}` : `morgen um ${clock}`;
  },
  is: (name, state, so) => `${name} ${states[state][so ? 0 : 1]}`,
  isAt: (name, words, number) => (number === undefined ? `${name} meldet „${words}“` : `${name} steht auf ${number}`),
  lastHeard: (told, reason) => `${told}; das ist der letzte bekannte Stand${noted(reason)}`,
  notKnown: (name) => `Wie ${name} jetzt ist, ist nicht bekannt`,
  but: (told) => `Doch: ${told}`,
  unreachable: (name) => `${name} ist nicht erreichbar`,
  nobodyAsked: (name) =>
    `Soweit bekannt hat nichts in diesem Haus das von ${name} verlangt: Geschaltet wurde am Gerät, oder es ist länger her, als aufbewahrt wird`,
  noCar: (name) => `An ${name} ist kein Auto angesteckt`,
  hasFault: (name) => `${name} meldet eine Störung`,
  wantsNothing: (name, at) => `Das Auto an ${name} verlangt nichts${at ? `: es steht bei ${at}` : ""}`,
  nobodyWould: (name) =>
    `Keine Regel und kein Plan in diesem Haus hätte das bei ${name} getan: Das muss jemand von Hand tun`,
  asked,
  changed: (when, name) =>
    `${when} hat sich ${name} von selbst geändert: Nichts in diesem Haus hatte es verlangt, also war es der Schalter oder die App des Geräts oder das Gerät selbst`,
  held: (by, until) =>
    `${by} hat es von Hand eingestellt: Regeln und Pläne lassen es so, bis ${until.replace(/^um /, "")}`,
  keptSince: (title, since, cause) =>
    `Die Regel „${title}“ hielt es so, seit ${since.replace(/^um /, "")}${noted(cause)}`,
  keeps: ({ by, title, deed, because }) => `${subject(by, title)} hält es so${noted(deed, because)}`,
  wouldKeep: ({ by, title, deed, because }, lost) =>
    `${subject(by, title)} würde eingreifen, aber etwas anderes geht vor${noted(deed, because, lost)}`,
  wouldOtherwise: (by, title, lost) =>
    `${subject(by, title)} hätte es gern anders, aber etwas anderes geht vor${noted(lost)}`,
  running: (title, since, span, cause) =>
    `Die Regel „${title}“ wurde ${since} gestartet und ${span === undefined ? "ist noch im Gang" : "wartet noch"}${noted(span ?? "", cause)}`,
  nearMiss: (when, title, cause, outcome) => `${when} tat „${title}“ nichts${noted(cause, outcome)}`,
  cameTo: (when, title, outcome, cause) => `${when} kam „${title}“ zu einem anderen Schluss${noted(outcome, cause)}`,
  underWay: (when, title, cause) => `${when} wurde „${title}“ gestartet und ist noch im Gang${noted(cause)}`,
  soAlready: (when, title, cause) => `${when} lief „${title}“, und es war schon so${noted(cause)}`,
  ranElsewhere: (when, title, cause, name, outcome) =>
    `${when} lief „${title}“ und kam nicht bis zu ${name}${noted(cause, outcome)}`,
  ranBut: (when, title, cause, trouble) => `${when} lief „${title}“, aber ohne Erfolg${noted(cause, trouble)}`,
  isOff: (title) => `„${title}“ ist ausgeschaltet`,
  wasOver: (title, when) => `„${title}“ war ${when} schon vorbei`,
  madeOnly: (title, when) => `„${title}“ gibt es erst seit ${when.replace(/^um /, "")}`,
  wasChanged: (title, when) => `„${title}“ wurde ${when} geändert; davor war es eine andere Regel`,
  holdsBut: (title, then, lost) => `„${title}“ gilt${asNow(then)} zwar, aber etwas anderes geht vor${noted(lost)}`,
  unknown: (title, then, reason) => `Wovon „${title}“ abhängt${asNow(then)}, ist nicht bekannt${noted(reason)}`,
  otherWay: (title, then, reason) => `„${title}“ gilt${asNow(then)} und will es also andersherum${noted(reason)}`,
  notSo: (title, then, reason) => `Die Bedingung von „${title}“ ist${asNow(then)} nicht erfüllt${noted(reason)}`,
  waitsFor: (title, words, end) =>
    `„${title}“ wartet auf einen Auslöser, und davon ist in dieser Zeit nichts vermerkt${noted(words, end)}`,
  missed: (title, when) => `„${title}“ hätte ${when} kommen sollen, und davon ist nichts vermerkt: Da war der Hub aus`,
  next: (when) => `das nächste Mal ${when}`,
  comes: (title, words, next) =>
    `„${title}“ kommt zu einer anderen Zeit als der gefragten; ${next === undefined ? "es kommt nicht wieder" : `das nächste Mal ${next}`}${noted(words)}`,
};
