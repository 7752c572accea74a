/** Effects of a scenario as lines that people read. */
import type { Outcome } from "../../hub/model/command.ts";
import type { Known } from "../../hub/model/reading.ts";
import type { Effect } from "../../hub/step.ts";
import { ruleWords } from "./rule-lines.ts";

/** Each different line once, with how often it came; what a trace tells below its first line is left out. */
export function counted(lines: readonly string[]): string[] {
  const counts = new Map<string, number>();
  for (const line of lines) if (!line.startsWith("  ")) counts.set(line, (counts.get(line) ?? 0) + 1);
  return [...counts].map(([line, n]) => (n === 1 ? line : `${line} (${n} times)`));
}

/** What is known of a value, in words. */
export function knownWords(known: Known): string {
  if (known.status === "unknown") return `unknown: ${known.reason}`;
  return known.status === "known" ? `known ${known.value}` : `stale ${known.value}: ${known.reason}`;
}

/** What the dashboard is told of the device that is watched. */
export function told(effect: Effect, watched: string): string[] {
  if (effect.kind !== "tell" || effect.event.type !== "value") return [];
  const [node, , path] = effect.event.key.split("/");
  return node === watched ? [`tell ${node} ${path} ${knownWords(effect.event.known)}`] : [];
}

const outcomeWords = (o: Outcome): string =>
  "reason" in o ? `${o.state}: ${o.reason}` : o.state === "confirmed" ? `confirmed after ${o.afterMs} ms` : o.state;

const noticed = new Set([
  ...["node-changed", "node-replaced", "nodes-merged", "nodes-split", "identity-proposed", "identity-rejected"],
  "own-device-seen",
  ...["rule-enabled", "rule-disabled"],
]);

/** Only what a person would notice: sends, outcomes, records, findings. */
export function words(effect: Effect): string[] {
  switch (effect.kind) {
    case "send": {
      const { target, capability, command, args } = effect.command;
      const json = Object.keys(args).length > 0 ? ` ${JSON.stringify(args)}` : "";
      return [`send ${target.node} ${capability}.${command}${json}`];
    }
    case "settle":
      return [outcomeWords(effect.outcome)];
    case "record":
      return effect.readings.map((r) => `record ${r.path.node} ${r.path.capability}.${r.path.attribute} ${r.value}`);
    case "keepFinding": {
      const { code, state, message, settled } = effect.finding;
      return [state === "new" ? `finding ${code}: ${message}` : `finding ${code} ${state}: ${settled?.why ?? message}`];
    }
    case "dropFinding":
      return ["finding forgotten"];
    case "audit": {
      const { what, subject, detail } = effect.entry;
      return noticed.has(what) ? [`${what} ${subject}: ${detail}`] : [];
    }
    default:
      return ruleWords(effect);
  }
}
