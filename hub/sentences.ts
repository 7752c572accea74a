/** The sentence box: what is said is read, then done by way of the core or answered from what is known. */
import { answer } from "./commands/answer.ts";
import { understand, understandChoice, type Where } from "./commands/understand.ts";
import type { Question, Understood } from "./commands/understood.ts";
import { whySaid } from "./commands/why-said.ts";
import { timeOf } from "./commands/why-time.ts";
import { startOfLocalDay } from "./energy/clock.ts";
import type { Command, Origin } from "./model/command.ts";
import type { Home } from "./model/home.ts";
import { nameOf } from "./model/home.ts";
import type { LanguageCode } from "./model/language.ts";
import { type NodeId, parsePath } from "./model/path.ts";
import type { Choice, Clock, CommandResult, Hub, SentenceAnswer, Store, Traces } from "./ports.ts";

export interface SentencesOptions {
  readonly home: Home;
  readonly clock: Clock;
  readonly command: Hub["command"];
  readonly energy: Store["energy"];
  readonly why: Traces["why"];
  /** What a running policy has planned for a device now, as the reason that it does, or does not do, what was asked; undefined where it is none. */
  readonly planned?: ((asked: PlannedAsk) => string | undefined) | undefined;
}

interface PlannedAsk {
  readonly node: NodeId;
  readonly doing: boolean;
  readonly language: LanguageCode;
}

const SLOT_MS = 300_000;

/**
 * A sentence of a person named `by`; `choice`: the candidate meant of those the same text was asked back with; `room`: where
 * it is said. Rejects where `command` does, and with a RangeError for a choice that is not offered.
 */
export type Sentences = (text: string, by: string, choice?: Choice, room?: string) => Promise<SentenceAnswer>;

/** Makes the sentence box of one home. */
export function createSentences({ home, clock, command, energy, why, planned }: SentencesOptions): Sentences {
  const todayKwh = async (key: string): Promise<number | undefined> => {
    const now = clock.now();
    const midnight = startOfLocalDay(now, home.settings.timeZone);
    try {
      const [slots] = await energy([{ imported: key }], Math.floor(midnight / SLOT_MS) * SLOT_MS, now, SLOT_MS);
      const known = (slots?.importedKwh ?? new Float64Array()).filter((kwh) => !Number.isNaN(kwh));
      return known.length > 0 ? known.reduce((sum, kwh) => sum + kwh, 0) : undefined;
    } catch {
      return undefined;
    }
  };
  return async (said, by, choice, room) => {
    const asked = whySaid(said);
    const language = asked?.language ?? "en";
    const where: Where = { ...(room === undefined ? {} : { room }), say: asked?.say };
    const understood = meaningOf(asked?.texts ?? [said], home, where, choice);
    if (!understood)
      throw new RangeError("is none of the things that this sentence can mean now; say it again without a choice");
    if (understood.kind === "command") {
      const origin: Origin = { rank: "person", by, reason: `said: ${said}` };
      const results = await Promise.all(understood.commands.map((c) => command(c, origin)));
      return { kind: "done", text: outcomeText(understood.text, understood.commands, results, home), results };
    }
    if (understood.kind === "question" && understood.question.ask.ask === "why") {
      const around = { now: clock.now(), timeZone: home.settings.timeZone, language };
      const text = await whyAnswer(understood.question, { why, planned }, around);
      return { kind: "answer", text, ...(asked ? { language } : {}) };
    }
    if (understood.kind === "question")
      return { kind: "answer", text: await answer(understood.question, home, clock.now(), todayKwh) };
    return asked ? { ...understood, language } : understood;
  };
}

/** The first way of putting it that comes to something; else what is said to the first. */
function meaningOf(
  texts: readonly string[],
  home: Home,
  where: Where,
  choice: Choice | undefined,
): Understood | undefined {
  const read = texts.map((text) =>
    choice ? understandChoice(text, home, choice, where) : understand(text, home, where),
  );
  return read.find((u) => u !== undefined && u.kind !== "notUnderstood") ?? read[0];
}

/** Things that one answer tells of. */
const MAX_TOLD = 3;

/** States that a plan brings about, or keeps from a device. */
const DOING: ReadonlySet<string> = new Set(["on", "charging", "running"]);

/** A question about now that a running policy may answer: whether the thing is said to do something. */
const plannable = (ask: Question["ask"]): boolean =>
  ask.ask === "why" &&
  ask.day === undefined &&
  ask.part === undefined &&
  ask.at === undefined &&
  (DOING.has(ask.state) || ask.state === "off");

async function whyAnswer(
  { ask, subjects }: Question,
  { why, planned }: Pick<SentencesOptions, "why" | "planned">,
  { now, timeZone, language }: { readonly now: number; readonly timeZone: string; readonly language: LanguageCode },
): Promise<string> {
  if (ask.ask !== "why") return "";
  const span = timeOf(ask, now, timeZone);
  const told = await Promise.all(
    subjects.slice(0, MAX_TOLD).map(async ({ key, is }) => {
      const node = parsePath(key)?.node ?? "";
      const about = is && { key, state: ask.state, is };
      const found = await why({ node, ...span, about, language });
      // A person's hand comes before any plan, and so does what nobody can help.
      const held = found?.keeps.some((k) => k.kind === "held");
      const doing = DOING.has(ask.state) !== ask.not;
      const isMoot = held || (ask.not && found?.impossible);
      const plan = plannable(ask) && !isMoot ? planned?.({ node, doing, language }) : undefined;
      return plan ?? (ask.not ? found?.whyNot : found?.why) ?? "";
    }),
  );
  return told.filter((text) => text !== "").join(" ");
}

/** Says what was done, and of each thing that was not, why. */
function outcomeText(
  text: string,
  commands: readonly Command[],
  results: readonly CommandResult[],
  home: Home,
): string {
  const failures = results.flatMap(({ outcome }, i) => {
    if (outcome.state === "confirmed" || outcome.state === "accepted") return [];
    const node = home.nodes.get(commands[i]?.target.node ?? "");
    return [`${node ? nameOf(node) : "It"}: ${outcome.state}, ${outcome.reason}.`];
  });
  return [text, ...failures].join(" ");
}
