import type { GoalOf } from "../../model/goal/index.ts";
import { badTime, drafting, type GoalKind, timed } from "./kind.ts";

type QuietHours = GoalOf<"quietHours">;

const FROM = "22:00";
const TO = "07:00";

export const quietHours: GoalKind<QuietHours> = {
  kind: "quietHours",
  choices: [
    {
      word: "quiet hours without machines",
      hint: "sleep, silence, no noise at some hours",
      examples: ["le bébé dort de 13 à 15 heures"],
    },
  ],
  possible: (part) => part.window !== undefined || part.by !== undefined,
  heard: (part) => part.has("quiet") || (part.has("sleep") && part.window?.to !== undefined),
  fill(part) {
    const { take, assumed } = drafting();
    const { from, to } = part.window ?? {};
    if (from && !to && from >= "05:00" && from < "13:00") return "say from when to when it is to be quiet";
    // Before 8 on Sundays is Sunday's morning: a night belongs to the day on which it begins.
    const begins = to === undefined && part.by !== undefined && (part.days ?? part.dates) ? "00:00" : FROM;
    const goal = {
      kind: "quietHours" as const,
      from: take("from", from, begins, `from ${begins}, since no time was understood`),
      to: take("to", to ?? part.by, TO, `until ${TO}, since no time was understood`),
      ...timed(part),
    };
    return [{ goal, assumed }];
  },
  misfit: (goal) =>
    badTime({ from: goal.from, to: goal.to }) ??
    (goal.from === goal.to ? "to: the quiet must end at another time than it begins" : undefined),
  words: (goal) => `nothing loud from ${goal.from} to ${goal.to}`,
  demands: (_, { names }) => [
    { kind: "blocked", nodes: names.things.filter((t) => t.kind === "appliance").map((t) => t.node), act: "on" },
  ],
};
