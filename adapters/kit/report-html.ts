/** The report as one page without any other file: readable by screen readers, light and dark, on paper. */
import type { RuleResult } from "./check.ts";
import type { Published } from "./report.ts";

const marks: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };

/** Everything that comes from an adapter is text, never markup. */
const safe = (text: string): string => text.replace(/[&<>"']/g, (mark) => marks[mark] ?? "");

const style = `
:root { color-scheme: light dark; --ink: #1d2021; --paper: #fdfcf8; --line: #d8d3c5; --good: #1b6e3c; --bad: #a3200d; --quiet: #5c5a52; }
@media (prefers-color-scheme: dark) { :root { --ink: #ece8dc; --paper: #1a1c1b; --line: #45473f; --good: #7ed29b; --bad: #ff9d8a; --quiet: #b3b0a4; } }
body { margin: 0 auto; max-width: 60rem; padding: 2rem 1rem 4rem; background: var(--paper); color: var(--ink); font: 1rem/1.5 system-ui, sans-serif; }
h1 { margin-bottom: 0; } h2 { margin-top: 2.5rem; }
.grade { font-size: 1.4rem; font-weight: 600; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .2rem 1rem; } dt { color: var(--quiet); } dd { margin: 0; }
table { border-collapse: collapse; width: 100%; } caption { text-align: left; color: var(--quiet); padding-bottom: .4rem; }
th, td { text-align: left; vertical-align: top; padding: .5rem .6rem; border-top: 1px solid var(--line); }
.passed { color: var(--good); } .failed { color: var(--bad); font-weight: 600; } .excused { color: var(--quiet); }
code { overflow-wrap: anywhere; font-size: .9em; } ul { margin: .3rem 0; padding-left: 1.2rem; }
@media print { body { max-width: none; padding: 0; } }
`;

const words = { passed: "passed", failed: "failed", excused: "not applicable" } as const;

function row({ id, title, state, looked, failures, evidence, fix }: RuleResult): string {
  const list = evidence.map((e) => `<li><code>${safe(e)}</code></li>`).join("");
  const more = failures > evidence.length ? `<p>and ${failures - evidence.length} more</p>` : "";
  const todo = fix === undefined ? "" : `<p><strong>Fix:</strong> ${safe(fix)}</p>`;
  const seen = looked > 0 ? ` <span class="excused">(${looked} looked at)</span>` : "";
  return `<tr id="${safe(id)}"><th scope="row"><code>${safe(id)}</code></th><td>${safe(title)}.${seen}${list ? `<ul>${list}</ul>` : ""}${more}${todo}</td><td class="${state}">${words[state]}</td></tr>`;
}

function gradeTable(report: Published, grade: RuleResult["grade"]): string {
  const results = report.check.results.filter((r) => r.grade === grade);
  if (results.length === 0) return "";
  const passed = results.filter((r) => r.state === "passed").length;
  const applicable = results.filter((r) => r.state !== "excused").length;
  return `<h2>${grade[0]?.toUpperCase()}${grade.slice(1)}</h2>
<table><caption>${passed} of ${applicable} applicable rules passed</caption>
<thead><tr><th scope="col">Rule</th><th scope="col">What a good adapter does</th><th scope="col">Result</th></tr></thead>
<tbody>${results.map(row).join("\n")}</tbody></table>`;
}

/** One page of HTML. */
export function asHtml(report: Published): string {
  const { check, summary, adapter, version, hub, node, at } = report;
  const grade = check.grade === "none" ? "No grade" : `Grade: ${check.grade}`;
  const facts: readonly (readonly [string, string])[] = [
    ["Adapter", `${adapter} ${version}`],
    ["Dialect", check.dialect],
    ["Simulated models", check.models.join(", ")],
    ["Checked", at],
    ["By", `Inglenook ${hub}, kit ${check.kit}, Node ${node}`],
    [
      "Sizes",
      `${check.sizes.fuzz} broken messages and ${check.sizes.flood} at full speed a model, seed ${check.sizes.seed}`,
    ],
  ];
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${safe(adapter)} ${safe(version)}: ${grade}</title><style>${style}</style></head>
<body><main><h1>${safe(adapter)}</h1>
<p class="grade">${grade}${check.complete ? "" : " (not all rules were run)"}</p>
<p>${summary.passed} rules passed, ${summary.failed} failed, ${summary.excused} not applicable, each with the reason.</p>
<dl>${facts.map(([term, fact]) => `<dt>${term}</dt><dd>${safe(fact)}</dd>`).join("")}</dl>
${(["bronze", "silver", "gold"] as const).map((g) => gradeTable(report, g)).join("\n")}
</main></body></html>
`;
}
