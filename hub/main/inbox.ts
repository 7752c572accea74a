import type { Command } from "../model/command.ts";
import type { Finding } from "../model/finding.ts";
import type { Clock, Hub, Store } from "../ports.ts";
import type { CoreState, Input } from "../step.ts";

export interface InboxParts {
  readonly state: CoreState;
  readonly store: Store;
  readonly clock: Clock;
  readonly put: (input: Input) => boolean;
  readonly command: Hub["command"];
}

/** What people do with findings. What they said is written before they are answered. */
export function createInbox(parts: InboxParts): Pick<Hub, "findings" | "setFinding" | "fixFinding"> {
  const { state, store, clock } = parts;
  const written = (key: string): Finding | undefined => {
    const finding = state.findings.get(key);
    if (finding) store.put("finding", key, finding);
    return finding;
  };
  return {
    findings: () => [...state.findings.values()].sort((a, b) => b.lastAt - a.lastAt),
    setFinding(key, to, by) {
      parts.put({ kind: "findingSet", key, state: to, by, at: clock.now() });
      return written(key);
    },
    async fixFinding(key, shown, by) {
      const finding = state.findings.get(key);
      if (!finding) return { ok: false, why: "absent" };
      if (!finding.remedy) return { ok: false, why: "noRemedy" };
      const { command, label } = finding.remedy;
      if (!isSame(command, shown)) return { ok: false, why: "changed" };
      const reason = `"${label}", for the finding: ${finding.message}`;
      const { outcome } = await parts.command(command, { rank: "person", by, reason });
      parts.put({ kind: "findingTried", key, by, outcome, at: clock.now() });
      return { ok: true, finding: written(key) ?? finding, outcome };
    },
  };
}

function isSame(a: Command, b: Command): boolean {
  const names = Object.keys(a.args);
  return (
    a.target.node === b.target.node &&
    a.target.endpoint === b.target.endpoint &&
    a.capability === b.capability &&
    a.command === b.command &&
    names.length === Object.keys(b.args).length &&
    names.every((name) => Object.hasOwn(b.args, name) && a.args[name] === b.args[name])
  );
}
