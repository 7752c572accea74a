import { type Signal, signal } from "@preact/signals";
import type { CommandResult, Outcome, Value } from "../hub/http/schemas.ts";
import { inWords, post } from "./api.ts";
import { outcomeWords } from "./words/outcome.ts";

/** What a person wants of an endpoint's capability, and what became of it. */
export interface Wanted {
  readonly args: Readonly<Record<string, Value>>;
  readonly command: string;
  readonly state: "waiting" | Outcome["state"];
  readonly reason?: string;
}

export interface Target {
  readonly node: string;
  readonly endpoint: number;
  readonly capability: string;
}

/** Sends a command; `say` names it for the spoken outcome, e.g. "Kitchen light: turn on". */
export type Act = (
  target: Target,
  command: string,
  args: Readonly<Record<string, Value>>,
  say: string,
) => Promise<void>;

const wanted = new Map<string, Signal<Wanted | undefined>>();

function slot(target: Target): Signal<Wanted | undefined> {
  const key = `${target.node}/${target.endpoint}/${target.capability}`;
  let held = wanted.get(key);
  if (!held) {
    held = signal<Wanted | undefined>(undefined);
    wanted.set(key, held);
  }
  return held;
}

/** The last command to a capability while it waits or its outcome is worth showing. */
export const wantedOf = (target: Target): Wanted | undefined => slot(target).value;

/** The last outcome, in words, for people who hear the page. */
export const announcement = signal("");

const CONFIRMED_SHOWN_MS = 2_500;
const TROUBLE_SHOWN_MS = 20_000;

/** As {@link Act}. Never throws: the outcome is shown where the command was given. */
export const act: Act = async (target, command, args, say) => {
  const held = slot(target);
  const mine: Wanted = { args, command, state: "waiting" };
  held.value = mine;
  const end = await outcomeOf({ ...target, command, args });
  announcement.value = `${say}: ${outcomeWords(end)}`;
  // A newer command to the same place owns the display.
  if (held.value !== mine) return;
  const shown: Wanted = { ...mine, state: end.state, ...("reason" in end ? { reason: end.reason } : {}) };
  held.value = shown;
  const ms = end.state === "confirmed" ? CONFIRMED_SHOWN_MS : TROUBLE_SHOWN_MS;
  setTimeout(() => {
    if (held.value === shown) held.value = undefined;
  }, ms);
};

async function outcomeOf(body: object): Promise<Outcome> {
  try {
    return (await post<CommandResult>("/commands", body)).outcome;
  } catch (error) {
    return { state: "refused", reason: inWords(error) };
  }
}
