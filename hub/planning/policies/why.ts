/** "Why is the car not charging?", answered from the block that the policy in force has planned for it. */
import { localTime } from "../../energy/clock.ts";
import type { NodeId } from "../../model/path.ts";
import type { Policy } from "../../model/policy.ts";
import type { ScheduledBlock, ScheduledDevice, ScheduleView } from "../../ports/policies.ts";

/** What was asked: why it is so (`doing` true: charging, running, on), or why it is not. */
export interface AskedWhy {
  readonly node: NodeId;
  readonly doing: boolean;
}

const IDLE: ReadonlySet<string> = new Set(["off", "hold", "sun", "followLoad"]);
const DOING: ReadonlySet<string> = new Set(["on", "sun", "chargeFromGrid", "followLoad", "dischargeToGrid"]);
/** What it does in earnest, not only with what is left over. */
const EARNEST: ReadonlySet<string> = new Set(["on", "chargeFromGrid"]);

/** Less is nothing to speak of. */
const LEAST_KWH = 0.05;
const DAY_MS = 86_400_000;

function clock(at: number, now: number, zone: string): string {
  const there = localTime(at, zone);
  const text = `${String(Math.floor(there.minutes / 60)).padStart(2, "0")}:${String(there.minutes % 60).padStart(2, "0")}`;
  if (there.day === localTime(now, zone).day) return text;
  return there.day === localTime(now + DAY_MS, zone).day ? `${text} tomorrow` : `${text} the day after`;
}

const deedOf = (kind: string): string =>
  kind === "car" || kind === "battery" ? "charge" : kind === "tank" || kind === "room" ? "heat" : "run";

/** When it will, in a sentence; said also where nothing of it is planned. */
function nextTime({ blocks, kind }: ScheduledDevice, now: number, zone: string): string {
  const isOnSun = (b: ScheduledBlock) => b.mode === "sun" && b.kwh > LEAST_KWH;
  const later = blocks.find((b) => b.from > now && (EARNEST.has(b.mode) || isOnSun(b)));
  if (!later)
    return blocks.some((b) => b.to > now && b.mode === "sun")
      ? ""
      : `It is not planned to ${deedOf(kind)} in the next hours.`;
  const how = later.mode === "sun" ? " from the sun that is over" : "";
  const much = later.kwh > LEAST_KWH ? `, about ${later.kwh.toFixed(1)} kWh` : "";
  return `It is planned to ${deedOf(kind)}${how} from ${clock(later.from, now, zone)} to ${clock(later.to, now, zone)}${much}.`;
}

const blockAt = ({ blocks }: ScheduledDevice, now: number): ScheduledBlock | undefined =>
  blocks.find((b) => b.from <= now && now < b.to);

/** The answer, or undefined where what is planned does not account for it: then something else does. */
export function whyPlanned(
  asked: AskedWhy,
  policy: Pick<Policy, "title">,
  schedule: ScheduleView,
  { now, timeZone }: { readonly now: number; readonly timeZone: string },
): string | undefined {
  const device = schedule.devices.find((d) => d.node === asked.node);
  const block = device && blockAt(device, now);
  if (!device || !block || !(asked.doing ? DOING : IDLE).has(block.mode)) return undefined;
  const parts = [
    block.words,
    ...(asked.doing ? [] : [nextTime(device, now, timeZone)]),
    `So it is planned by "${policy.title}".`,
  ];
  return parts.filter((part) => part !== "").join(" ");
}
