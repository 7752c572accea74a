import { actionInWords } from "../explain.ts";
import type { Ask } from "./asks.ts";
import type { Desk } from "./desk.ts";

/** What is asked for, to stand after "to": "turn on Hall lamp". */
export function askInWords({ name, context }: Desk, { spot, capability, command, args, value, thing }: Ask): string {
  if (!spot) {
    if (command === "mode") return `change the house to mode ${value}`;
    const title = context.rules.find((r) => thing.endsWith(`:${r.id}`))?.title;
    return title === undefined ? "start this rule" : `start the rule "${title}"`;
  }
  const given = Object.fromEntries(Object.entries(args).map(([key, v]) => [key, v ?? "a value worked out then"]));
  return actionInWords({ ...spot, capability, command, args: given }, name);
}
