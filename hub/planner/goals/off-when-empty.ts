import type { GoalOf } from "../../model/goal/index.ts";
import { firm, type GoalKind } from "./kind.ts";
import type { Part } from "./read/part.ts";

type OffWhenEmpty = GoalOf<"offWhenEmpty">;

const WORDS = { lights: "no light", heating: "less heating" } as const;

const whatOf = (part: Part): OffWhenEmpty["what"] | undefined =>
  part.has("lights") ? "lights" : part.has("heating") ? "heating" : undefined;

export const offWhenEmpty: GoalKind<OffWhenEmpty> = {
  kind: "offWhenEmpty",
  choices: [
    {
      word: "lights off where nobody is",
      hint: "lamps on in empty rooms",
      what: "lights",
      examples: ["lamps burn for nobody all day"],
    },
    {
      word: "no heating while nobody is there",
      hint: "heating on in an empty house",
      what: "heating",
      examples: ["warum ein leeres Haus wärmen"],
    },
  ],
  possible: (part) => part.presence === "away" || whatOf(part) !== undefined,
  heard: (part) => part.presence === "away" && whatOf(part) !== undefined && part.low === undefined && !part.numbered,
  fill(part, _, chosen) {
    if (part.nowhere) return `this home has no room called ${part.nowhere}`;
    const what = whatOf(part) ?? (chosen.what === "heating" ? "heating" : "lights");
    const room = part.rooms[0];
    return [{ goal: { kind: "offWhenEmpty", what, ...(room ? { room } : {}), ...firm(part) }, assumed: [] }];
  },
  misfit(goal, names) {
    const kind = goal.what === "lights" ? "light" : "thermostat";
    const rooms = names.things.filter((t) => t.kind === kind).flatMap((t) => t.room ?? []);
    if (goal.room !== undefined && !rooms.includes(goal.room))
      return `room: there is no ${kind} in ${goal.room}${rooms.length > 0 ? `: choose ${[...new Set(rooms)].slice(0, 6).join(", ")}` : ""}`;
    return names.things.some((t) => t.kind === kind) ? undefined : `what: this home has no ${kind}`;
  },
  words: (goal) => `${WORDS[goal.what]} while nobody is ${goal.room ? `in ${goal.room}` : "home"}`,
  demands: (goal) => [{ kind: "nothingIdle", what: goal.what, ...(goal.room ? { room: goal.room } : {}) }],
};
