/** Values that came in and that triggers watch. */
import type { Held } from "../../model/home.ts";
import type { Reading } from "../../model/reading.ts";
import { subjectOfPath, valueInWords } from "../../rules/words/value.ts";
import { nameNow } from "../identity/names.ts";
import type { CoreState } from "../state.ts";
import { leftOut } from "./limits.ts";
import { edgeOf, fits } from "./match.ts";
import { start } from "./start.ts";
import { type Happening, isLive, MAX_HAPPENED, type Watch } from "./state.ts";
import { nearMiss } from "./tracing.ts";
import { refresh } from "./watch.ts";

/** Notes a value that was taken in, if some trigger watches it. */
export function happened(
  state: CoreState,
  key: string,
  before: Held | undefined,
  { value, at }: Reading,
  old: boolean,
): void {
  const { automation } = state;
  if (automation.rules.length === 0) return;
  refresh(state);
  const [first] = automation.watches.get(key) ?? [];
  if (!first) return;
  if (automation.happened.length >= MAX_HAPPENED) {
    leftOut(state, `${MAX_HAPPENED} values came at once`, first.rule.title);
    return;
  }
  automation.happened.push({ key, before, value, at, old });
}

/** Starts the rules whose triggers the noted values are. */
export function takeHappened(state: CoreState, now: number): void {
  const { automation } = state;
  const list = automation.happened;
  automation.happened = [];
  for (const one of list) for (const watch of automation.watches.get(one.key) ?? []) see(state, watch, one, now);
}

function see(state: CoreState, watch: Watch, one: Happening, now: number): void {
  const { rule, trigger } = watch;
  if (!isLive(rule, now)) return;
  if (!fits(trigger, one.value)) {
    if (!one.old) broken(state, watch, now);
    return;
  }
  const edge = one.old ? "old" : edgeOf(trigger, one.before, one.value);
  if (edge === "no") return;
  const cause = causeOf(state, watch, one);
  const nodes = [watch.node];
  if (edge !== "edge") {
    nearMiss(state, { rule, cause, why: noStart[edge], nodes }, now, `${edge} ${watch.key}`);
    return;
  }
  const started = { id: trigger.id, value: one.value, before: one.before?.value };
  const minutes = trigger.kind === "event" ? undefined : trigger.forMinutes;
  if (minutes === undefined) start(state, rule, { cause, started, depth: 0, nodes }, now);
  else {
    const lasting = { since: now, forMs: minutes * 60_000, rule: rule.id, cause, started, watch };
    state.automation.lasting.set(watch.name, lasting);
  }
}

const noStart = {
  old: "it may be an old message: old messages start nothing",
  first: "it is the first word of it since the hub knows it or has started: whether it has changed is not known",
} as const;

/** What had to stay so did not. */
function broken(state: CoreState, watch: Watch, now: number): void {
  const lasting = state.automation.lasting.get(watch.name);
  if (!lasting) return;
  state.automation.lasting.delete(watch.name);
  const why = `it stayed so for ${spanInWords(now - lasting.since)} of ${spanInWords(lasting.forMs)}`;
  nearMiss(state, { rule: watch.rule, cause: lasting.cause, why, nodes: [watch.node] }, now, `broken ${watch.key}`);
}

export const spanInWords = (ms: number): string => {
  const s = Math.max(0, Math.round(ms / 1000));
  if (s < 120) return `${s} s`;
  const rest = s < 3600 && s % 60 > 0 ? ` ${s % 60} s` : "";
  return s < 7200 ? `${Math.floor(s / 60)} min${rest}` : `${Math.round(s / 360) / 10} h`;
};

function causeOf(state: CoreState, { key, trigger }: Watch, { before, value }: Happening): string {
  const name = subjectOfPath(key, (id) => nameNow(state, id));
  const now = valueInWords(key, value);
  if (trigger.kind === "event") return `${name}: ${now}`;
  const was = before && before.value !== value ? `, was ${valueInWords(key, before.value)}` : "";
  return `${name} is ${now}${was}`;
}
