/** What a maker publishes: which adapter was checked by what, when, and how every rule came out. */
import type { CheckReport } from "./check.ts";

export interface About {
  /** Of the adapter; the hub's own dialects have the hub's version. */
  readonly adapter: string;
  readonly version: string;
  readonly hub: string;
  readonly node: string;
  /** ISO 8601. */
  readonly at: string;
}

export interface Published extends About {
  /** Of this form. */
  readonly report: 1;
  readonly summary: { readonly passed: number; readonly failed: number; readonly excused: number };
  readonly check: CheckReport;
}

export function publish(check: CheckReport, about: About): Published {
  const count = (state: string): number => check.results.filter((r) => r.state === state).length;
  return {
    report: 1,
    ...about,
    summary: { passed: count("passed"), failed: count("failed"), excused: count("excused") },
    check,
  };
}

const marks = { passed: "ok", failed: "FAILED", excused: "n/a" } as const;

/** The report for a terminal: failed rules with evidence and fix, what does not apply and why, then the grade. */
export function inWords({ check, summary }: Published): string {
  const lines = check.results.map((r) => {
    const why = r.state === "excused" ? `: not applicable. ${r.evidence[0] ?? ""}` : "";
    return `  ${marks[r.state].padEnd(7)}${r.grade.padEnd(8)}${r.id}${why}`;
  });
  for (const { id, title, evidence, fix, state, failures } of check.results) {
    if (state !== "failed") continue;
    const more = failures > evidence.length ? [`    … ${failures - evidence.length} more`] : [];
    lines.push("", `${id}: ${title}`, ...evidence.map((e) => `    ${e}`), ...more, `  Fix: ${fix}`);
  }
  const grade = check.grade === "none" ? "no grade" : check.grade;
  const counts = `${summary.passed} passed, ${summary.failed} failed, ${summary.excused} not applicable`;
  const part = check.complete ? "" : " (not all rules were run)";
  return [...lines, "", `${check.dialect}: ${grade}${part}; ${counts}`].join("\n");
}
