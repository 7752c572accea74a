import type { AskedState } from "../../../model/why.ts";
import type { Who, WhyPhrases } from "./phrases.ts";

const states: Readonly<Record<AskedState, string>> = {
  on: "on",
  off: "off",
  open: "open",
  closed: "closed",
  locked: "locked",
  unlocked: "unlocked",
  occupied: "occupied",
  clear: "empty",
  charging: "charging",
  pluggedIn: "plugged in",
  running: "running",
  alarm: "in alarm",
};

const whoever = (who: Who): string => {
  if (who.is === "person") return who.name;
  if (who.is === "safety") return "the house's safety";
  return who.is === "gone" ? `a ${who.was} that is no more` : `the ${who.is} "${who.title}"`;
};
const asNow = (then: boolean): string => (then ? ", as it is now," : "");
const bare = (when: string): string => when.replace(/^at /, "");

export const en: WhyPhrases = {
  when: (which, clock, day) => {
    if (which === "today") return `at ${clock}`;
    return which === "weekday" || which === "date" ? `on ${day} at ${clock}` : `${which} at ${clock}`;
  },
  is: (name, state, so) => `${name} is ${so ? "" : "not "}${states[state]}`,
  isAt: (name, words) => `${name} is ${words}`,
  lastHeard: (told, reason) => `${told}, as last heard (${reason})`,
  notKnown: (name) => `How ${name} is now is not known`,
  but: (told) => `But ${told}`,
  unreachable: (name) => `${name} is out of reach`,
  nobodyAsked: (name) =>
    `Nothing in this home is known to have asked ${name} for it: it was switched at the device, or longer ago than is kept`,
  noCar: (name) => `No car is plugged in at ${name}`,
  hasFault: (name) => `${name} reports a fault`,
  wantsNothing: (name, at) => `The car at ${name} says that it wants nothing${at ? `: it is at ${at}` : ""}`,
  nobodyWould: (name) => `No rule and no plan of this home would have done that to ${name}: it takes a person's hand`,
  asked: ({ when, who, deed, failed, because, said }) => {
    const end = failed ? `, which was ${failed.state}: ${failed.reason || "no reason is known"}` : "";
    const why = said ? ` ("${said}")` : because ? `: ${because}` : "";
    return `${when} ${whoever(who)} asked to ${deed}${end}${why}`;
  },
  changed: (when, name, value) =>
    `${when} ${name} changed to ${value} by itself: nothing in this home had asked it, so it was its own switch, its own app or the device itself`,
  held: (by, until) => `${by} set it by hand: rules and plans leave it as it is until ${bare(until)}`,
  keptSince: (title, since, cause) => `The rule "${title}" kept it so, since ${bare(since)}: ${cause}`,
  keeps: ({ by, title, deed, because }) => `The ${by} "${title}" keeps it so (${deed}): ${because}`,
  wouldKeep: ({ by, title, deed, because }, lost) => `The ${by} "${title}" would ${deed}: ${because}; but ${lost}`,
  wouldOtherwise: (by, title, lost) => `The ${by} "${title}" would have it otherwise, but ${lost}`,
  running: (title, since, span, cause) =>
    `The rule "${title}" was started ${since} and ${span === undefined ? "is under way" : `waits for another ${span} at most`}: ${cause}`,
  nearMiss: (when, title, cause, outcome) => `${when} "${title}" did nothing: ${cause}, but ${outcome}`,
  cameTo: (when, title, outcome, cause) => `${when} "${title}" came to this: ${outcome}; ${cause}`,
  underWay: (when, title, cause) => `${when} "${title}" was started and is still under way: ${cause}`,
  soAlready: (when, title, cause) => `${when} "${title}" ran (${cause}), and it was so already`,
  ranElsewhere: (when, title, cause, name, outcome) =>
    `${when} "${title}" ran (${cause}) and did not come to ${name}: ${outcome}`,
  ranBut: (when, title, cause, trouble) => `${when} "${title}" ran (${cause}), but ${trouble}`,
  isOff: (title) => `"${title}" is switched off`,
  wasOver: (title, when) => `"${title}" was over ${when}`,
  madeOnly: (title, when) => `"${title}" was made only ${when}`,
  wasChanged: (title, when) => `"${title}" was changed ${when}; before it was another rule`,
  holdsBut: (title, then, lost) => `"${title}" holds${asNow(then)} but ${lost}`,
  unknown: (title, then, reason) => `What "${title}" depends on${asNow(then)} is not known: ${reason}`,
  otherWay: (title, then, reason) => `"${title}" holds${asNow(then)} and so wants it the other way: ${reason}`,
  notSo: (title, then, reason) => `What "${title}" depends on${asNow(then)} is not so: ${reason}`,
  waitsFor: (title, words, end) =>
    `"${title}" waits until ${words}, and nothing is noted of that in this time${end ? `; ${end}` : ""}`,
  missed: (title, when) => `"${title}" should have come ${when} and nothing is noted of it: the hub was off then`,
  next: (when) => `it comes next ${when}`,
  comes: (title, words, next) =>
    `"${title}" comes ${words}, and that was not in this time; ${next === undefined ? "it does not come again" : `it comes next ${next}`}`,
};
