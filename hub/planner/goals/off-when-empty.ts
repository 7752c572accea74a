import type { GoalOf } from "../../model/goal/index.ts";
import { firm, type GoalKind } from "./kind.ts";
import type { Part } from "./read/part.ts";

type OffWhenEmpty = GoalOf<"offWhenEmpty">;

const WORDS = { lights: "no light", heating: "less heating" } as const;

const whatsOf = (part: Part): readonly OffWhenEmpty["what"][] =>
  (["lights", "heating"] as const).filter((what) => part.has(what));

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
  possible: (part) => part.presence === "away" || whatsOf(part).length > 0,
  heard: (part) => part.presence === "away" && whatsOf(part).length > 0 && part.low === undefined && !part.numbered,
  fill(part, _, chosen) {
    if (part.nowhere) return `this home has no room called ${part.nowhere}`;
    const said = whatsOf(part);
    const whats = said.length > 0 ? said : [chosen.what === "heating" ? ("heating" as const) : ("lights" as const)];
    const rooms = part.rooms.length > 0 ? part.rooms.map((room) => ({ room })) : [{}];
    return whats.flatMap((what) =>
      rooms.map((room) => ({ goal: { kind: "offWhenEmpty", what, ...room, ...firm(part) } as const, assumed: [] })),
    );
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
