import type { Step } from "../../model/rule/step.ts";
import { evaluate } from "../../rules/evaluate.ts";
import { worth } from "../../rules/formula.ts";
import type { Run } from "../../rules/run/run.ts";
import type { CoreState } from "../state.ts";
import { spanInWords } from "./happen.ts";
import { pictureFor } from "./picture.ts";
import { note } from "./tracing.ts";

type Waiting = Extract<Step, { kind: "wait" | "waitUntil" }>;

const MAX_WAIT_MINUTES = 1440;
/** A wait ends this late without being called late. */
const LATE_MS = 2 * 60_000;

/** Waits, or goes on when that is over. A clock that is set back makes no wait longer than it was meant to be. */
export function wait(
  state: CoreState,
  run: Run,
  step: Waiting,
  now: number,
): "waits" | "next" | { readonly ends: string } {
  if (run.wakeAt === undefined) {
    const minutes =
      step.kind === "wait" ? worth(step.minutes, pictureFor(state, now, run)) : { value: step.atMostMinutes };
    if ("unknown" in minutes) return { ends: `how long to wait is not known: ${minutes.unknown}` };
    if (typeof minutes.value !== "number" || !(minutes.value >= 0))
      return { ends: `${minutes.value} is no time to wait` };
    run.waitMs = Math.min(minutes.value, MAX_WAIT_MINUTES) * 60_000;
    run.wakeAt = now + run.waitMs;
  }
  run.wakeAt = Math.min(run.wakeAt, now + (run.waitMs ?? 0));
  if (step.kind === "waitUntil") {
    const { holds, reason } = evaluate(step.condition, pictureFor(state, now, run), `${run.id}|${run.place}`);
    if (holds === true) return onward(run, now, reason);
    if (now < run.wakeAt) return "waits";
    const why = `not within ${step.atMostMinutes} minutes: ${reason}`;
    if (step.otherwise === "stop") return { ends: why };
    return onward(run, now, why, true);
  }
  if (now < run.wakeAt) return "waits";
  const late = now - run.wakeAt;
  const words = `waited ${spanInWords(run.waitMs ?? 0)}`;
  return late > LATE_MS
    ? onward(run, now, `${words}, and ${spanInWords(late)} longer: the hub was off or its clock was set`, true)
    : onward(run, now, words);
}

function onward(run: Run, now: number, text: string, bad = false): "next" {
  note(run, now, text, bad);
  run.wakeAt = undefined;
  run.waitMs = undefined;
  run.place += 1;
  return "next";
}
