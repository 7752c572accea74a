/** What a typed or spoken sentence means in this home. Pure: nothing moves here. */
import type { Command } from "../model/command.ts";
import type { Home } from "../model/home.ts";
import { canDo, commandFor, impliedKinds, onlyByName } from "./acts.ts";
import { AIR_TYPES, subjectsOf } from "./asks.ts";
import { candidatesOf, namesOf, offered, type Target, targetsOf } from "./directory.ts";
import { languages } from "./languages/index.ts";
import type { Language, Phrases } from "./languages/language.ts";
import type { Act, Ask, Meaning } from "./meaning.ts";
import { type Resolved, resolve } from "./resolve.ts";
import type { Candidate, Understood } from "./understood.ts";

/** Longer sentences are refused. */
export const MAX_CHARACTERS = 500;
const MAX_WORDS = 60;
const MAX_CLAUSES = 4;
/** Things that one sentence may move. */
const MAX_COMMANDS = 50;

/** Where a sentence is said, and in which language. */
export interface Where {
  readonly room?: string;
  readonly language?: string;
  /** Said instead, where the sentence was put into this language from another one. */
  readonly say?: Partial<Phrases> | undefined;
}

interface Context {
  readonly targets: readonly Target[];
  readonly chosen?: (target: Target) => boolean;
  readonly language: Language;
  readonly room: string | undefined;
}

/**
 * Reads a sentence. Everything said must be accounted for: a word that fits nothing ("in five minutes", "except the
 * kitchen") makes the sentence not understood, and then nothing is moved, not even in part.
 */
export const understand = (text: string, home: Home, where: Where = {}): Understood => read(text, home, where);

/**
 * The same sentence, after it was asked back and one of its candidates was chosen. Undefined when the text, read now,
 * does not offer that candidate: a choice never widens what a sentence may move.
 */
export function understandChoice(
  text: string,
  home: Home,
  choice: Pick<Candidate, "node" | "endpoint">,
  where: Where = {},
): Understood | undefined {
  const isIt = (c: Pick<Candidate, "node" | "endpoint">): boolean =>
    c.node === choice.node && c.endpoint === choice.endpoint;
  const open = read(text, home, where);
  if (open.kind !== "askBack" || !open.candidates.some(isIt)) return undefined;
  const settled = read(text, home, where, (t) => isIt({ node: t.node.description.id, endpoint: t.endpoint.number }));
  // One choice settles one question; a sentence with two of them is to be said in two.
  return settled.kind === "askBack" ? { ...settled, candidates: [] } : settled;
}

function read(text: string, home: Home, where: Where, chosen?: Context["chosen"]): Understood {
  const reader = languages.get(where.language ?? "en") ?? languages.values().next().value;
  if (!reader) return { kind: "notUnderstood", text: "" };
  const language = where.say ? { ...reader, say: { ...reader.say, ...where.say } } : reader;
  const { say } = language;
  if (text.length > MAX_CHARACTERS) return { kind: "notUnderstood", text: say.tooLong(MAX_CHARACTERS) };
  const words = language.words(text);
  if (words.length === 0) return { kind: "notUnderstood", text: say.notUnderstood() };
  if (words.length > MAX_WORDS) return { kind: "notUnderstood", text: say.tooLong(MAX_CHARACTERS) };
  const context: Context = {
    targets: targetsOf(home, language),
    language,
    room: where.room,
    ...(chosen && { chosen }),
  };
  const question = language.isQuestion(text, words);
  const whole = understandClause(words, question, context);
  if (whole.kind === "command" || whole.kind === "question" || question) return whole;
  const later: Understood | undefined = language.isOfLater(words)
    ? { kind: "notUnderstood", text: say.later() }
    : undefined;
  for (const clauses of language.clauses(words)) {
    if (clauses.length > MAX_CLAUSES) continue;
    const parts = clauses.map((clause) => understandClause(clause, language.isQuestion("", clause), context));
    const result = together(parts, context);
    if (result.kind === "command") return result;
    if (parts.some((p) => p.kind === "question")) return later ?? result;
  }
  return whole.kind === "notUnderstood" ? (later ?? whole) : whole;
}

/** All clauses or none. */
function together(parts: readonly Understood[], { language }: Context): Understood {
  const commands: Command[] = [];
  const texts: string[] = [];
  for (const part of parts) {
    if (part.kind === "question") return { kind: "notUnderstood", text: language.say.oneThing() };
    if (part.kind !== "command") return part;
    commands.push(...part.commands);
    texts.push(part.text);
  }
  if (commands.length > MAX_COMMANDS) return { kind: "notUnderstood", text: language.say.tooMany(MAX_COMMANDS) };
  return { kind: "command", commands, text: texts.join(" ") };
}

/** The first reading that comes to something; else the most helpful of the failures: asking back before a reason. */
function understandClause(words: readonly string[], question: boolean, context: Context): Understood {
  let askBack: Understood | undefined;
  let reason: Understood | undefined;
  for (const meaning of context.language.readings(words, question)) {
    const result = meaning.kind === "act" ? toCommands(meaning, context) : toQuestion(meaning, context);
    if (result.kind === "question") return result;
    // A looser reading must not settle by itself what a closer one would have asked about.
    if (result.kind === "command") return askBack ?? result;
    if (result.kind === "askBack") askBack ??= result;
    else reason ??= result;
  }
  return askBack ?? reason ?? { kind: "notUnderstood", text: context.language.say.notUnderstood() };
}

function toCommands({ act, noun }: Extract<Meaning, { kind: "act" }>, context: Context): Understood {
  const { say } = context.language;
  const can = (t: Target): boolean => canDo(act, t);
  const resolved = resolve(noun, { ...context, can, sameAs: endpointKey, implied: impliedKinds(act), wide: false });
  if (resolved.kind !== "found") return failed(resolved, noun, context, (name) => say.cannot(name, act));
  const spared = resolved.byKind ? resolved.targets.filter((t) => onlyByName(act, t, resolved.types)) : [];
  const rest = resolved.targets.filter((t) => !spared.includes(t));
  const one = rest.length === 0 && context.chosen ? offered(spared).find(context.chosen) : undefined;
  const targets = one ? [one] : rest;
  if (targets.length === 0)
    return { kind: "askBack", candidates: candidatesOf(spared), text: say.notByKind(noun.join(" ")) };
  if (targets.length > MAX_COMMANDS) return { kind: "notUnderstood", text: say.tooMany(MAX_COMMANDS) };
  return commandsOf(act, targets, one ? [] : spared, context);
}

const endpointKey = ({ node, endpoint }: Target): string => `${node.description.id}/${endpoint.number}`;

function commandsOf(
  act: Act,
  targets: readonly Target[],
  spared: readonly Target[],
  { language: { say } }: Context,
): Understood {
  const commands: Command[] = [];
  for (const target of targets) {
    const command = commandFor(act, target);
    if (!command) return { kind: "notUnderstood", text: say.cannot(target.name, act) };
    if ("problem" in command) return { kind: "notUnderstood", text: say.misfit(target.name, command.problem) };
    commands.push(command);
  }
  const left = spared.length > 0 ? ` ${say.leftAlone(namesOf(spared))}` : "";
  return { kind: "command", commands, text: `${say.doing(act, namesOf(targets))}${left}` };
}

function toQuestion({ ask, noun }: Extract<Meaning, { kind: "ask" }>, context: Context): Understood {
  const { language } = context;
  if (isOfHome(ask, noun, language)) return { kind: "question", question: { ask, subjects: [], home: true, language } };
  const can = (t: Target): boolean => subjectsOf(ask, t).length > 0;
  // Two endpoints of one device that are answered by the same value are one thing here.
  const sameAs = (t: Target): string =>
    ask.ask === "status" ? t.node.description.id : (subjectsOf(ask, t)[0]?.key ?? "");
  const search = { ...context, can, sameAs, implied: undefined, wide: true };
  const air = ask.ask === "measure" && (ask.measure === "temperature" || ask.measure === "humidity");
  const first = air ? resolve(noun, { ...search, implied: AIR_TYPES }) : resolve(noun, search);
  const resolved = air && first.kind === "none" ? resolve(noun, search) : first;
  if (resolved.kind !== "found") return failed(resolved, noun, context, language.say.cannotTell);
  const subjects = resolved.targets.flatMap((t) => subjectsOf(ask, t));
  const once = subjects.filter((s, i) => subjects.findIndex((o) => o.key === s.key) === i);
  return { kind: "question", question: { ask, subjects: once, home: false, language } };
}

/** "How much power are we using": the house, not a device. */
function isOfHome(ask: Ask, noun: readonly string[], { small }: Language): boolean {
  if (ask.ask !== "energyToday" && !(ask.ask === "measure" && ask.measure === "power")) return false;
  const named = noun.filter((w) => !small.articles.has(w) && !small.all.has(w));
  return named.length === 1 && small.home.has(named[0] ?? "");
}

function failed(
  resolved: Exclude<Resolved, { kind: "found" }>,
  noun: readonly string[],
  context: Context,
  unable: (name: string) => string,
): Understood {
  const { say } = context.language;
  const what = noun.join(" ").slice(0, 80);
  if (resolved.kind === "several")
    return {
      kind: "askBack",
      candidates: candidatesOf(resolved.targets),
      text: say.which(what, namesOf(resolved.targets)),
    };
  if (resolved.kind === "lost") return { kind: "askBack", candidates: [], text: say.whichRoom(what) };
  if (resolved.kind === "unable") return { kind: "notUnderstood", text: unable(resolved.target.name) };
  return { kind: "notUnderstood", text: what === "" ? say.notUnderstood() : say.nothingCalled(what) };
}
