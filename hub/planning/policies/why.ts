/** "Why is the car not charging?", answered from the block that the policy in force has planned for it, in the language of the question. */
import { localTime } from "../../energy/clock.ts";
import type { LanguageCode } from "../../model/language.ts";
import type { NodeId } from "../../model/path.ts";
import type { Policy } from "../../model/policy.ts";
import type { DeviceKind } from "../../planner/schedule/problem.ts";
import { schedulePhrases } from "../../planner/schedule/say/index.ts";
import type { Later } from "../../planner/schedule/say/phrases.ts";
import type { Block, Schedule } from "../../planner/schedule/schedule.ts";
import { blockInWords, type Words } from "../../planner/schedule/words.ts";
import { formsOf } from "../../rules/words/forms.ts";

/** What was asked: why it is so (`doing` true: charging, running, on), or why it is not. */
export interface AskedWhy {
  readonly node: NodeId;
  readonly doing: boolean;
  readonly language: LanguageCode;
}

/** What a policy has planned, and what its words are made of. */
interface Plan {
  readonly schedule: Pick<Schedule, "devices" | "blocks">;
  readonly words: Words;
}

const IDLE: ReadonlySet<string> = new Set(["off", "hold", "sun", "followLoad"]);
const DOING: ReadonlySet<string> = new Set(["on", "sun", "chargeFromGrid", "followLoad", "dischargeToGrid"]);
/** What it does in earnest, not only with what is left over. */
const EARNEST: ReadonlySet<string> = new Set(["on", "chargeFromGrid"]);

/** Less is nothing to speak of. */
const LEAST_KWH = 0.05;
const DAY_MS = 86_400_000;

function clockFrom(at: number, now: number, { timeZone, language = "en" }: Words): string {
  const [say, day] = [schedulePhrases[language], (moment: number) => localTime(moment, timeZone).day];
  const text = formsOf(language).clock(at, timeZone);
  if (day(at) === day(now)) return text;
  return day(at) === day(now + DAY_MS) ? say.tomorrow(text) : say.dayAfterTomorrow(text);
}

const laterOf = (kind: DeviceKind): Later =>
  kind === "car" || kind === "battery" ? "charge" : kind === "tank" || kind === "room" ? "heat" : "run";

/** When it will, in a sentence; said also where nothing of it is planned. */
function nextTime(blocks: readonly Block[], kind: DeviceKind, now: number, words: Words): string {
  const { language = "en" } = words;
  const say = schedulePhrases[language];
  const isOnSun = (b: Block) => b.mode === "sun" && b.kwh > LEAST_KWH;
  const next = blocks.find((b) => b.from > now && (EARNEST.has(b.mode) || isOnSun(b)));
  if (!next) return blocks.some((b) => b.to > now && b.mode === "sun") ? "" : say.notPlanned(laterOf(kind));
  const much = next.kwh > LEAST_KWH ? say.amount(formsOf(language).number(next.kwh, 1), "kWh") : "";
  const [from, to] = [clockFrom(next.from, now, words), clockFrom(next.to, now, words)];
  return say.planned(laterOf(kind), next.mode === "sun", from, to, much);
}

/** The answer, or undefined where what is planned does not account for it: then something else does. */
export function whyPlanned(
  { node, doing, language }: AskedWhy,
  policy: Pick<Policy, "title">,
  { schedule, words: home }: Plan,
  now: number,
): string | undefined {
  const words = { ...home, language };
  const device = schedule.devices.find((d) => d.id === node);
  const blocks = schedule.blocks.filter((b) => b.device === node);
  const block = blocks.find((b) => b.from <= now && now < b.to);
  if (!device || !block || !(doing ? DOING : IDLE).has(block.mode)) return undefined;
  const parts = [
    blockInWords(block, words, device.kind),
    ...(doing ? [] : [nextTime(blocks, device.kind, now, words)]),
    schedulePhrases[language].plannedBy(policy.title),
  ];
  return parts.filter((part) => part !== "").join(" ");
}
