/** The rules of people in the fake home: kept in memory, checked as far as the dashboard's tests look. */
import type { HomeRuleStatus, RuleDraft, RuleProblem, RuleReading, RuleSaveAnswer } from "../../../hub/http/schemas.ts";

type Body = Readonly<Record<string, unknown>>;

interface Kept {
  homeRules: HomeRuleStatus[];
  readonly now: number;
}

/** A draft with nothing in its lists, refused as the real schema does it: by field. */
export class BadInput {
  readonly errors: readonly { readonly field: string; readonly message: string }[];
  constructor(errors: BadInput["errors"]) {
    this.errors = errors;
  }
}

const status = (draft: RuleDraft, id: string, now: number): HomeRuleStatus => ({
  rule: { ...draft, id, origin: "person", by: "Kim", madeAt: now, changedAt: now },
  words: wordsOf(draft),
  running: [],
  switchedBy: [],
  ...(draft.form === "while"
    ? { holds: false, reason: "the house is in mode home, not away" }
    : { nextAt: now + 3_600_000 }),
});

const wordsOf = (draft: RuleDraft): string =>
  draft.form === "when"
    ? `When ${draft.on.map((t) => t.kind).join(" or ") || "somebody starts it"}: ${draft.do.map((s) => s.kind).join(", then ")}.`
    : `While ${draft.while.kind}: ${draft.keep.map((s) => s.command).join(" and ")}.`;

export const fakeHomeRules = (now: number): HomeRuleStatus[] => [
  {
    ...status(
      {
        ...{ form: "when", title: "Light in the hall at night", enabled: true, mode: "single" },
        on: [{ kind: "becomes", target: { nodes: ["motion"] }, of: "occupancySensing.occupancy", to: true }],
        if: { kind: "formula", is: { op: "<", of: [{ now: "sunElevation" }, -6] } },
        do: [{ kind: "command", target: { nodes: ["lamp"] }, capability: "onOff", command: "on" }],
      },
      "rule-hall",
      now,
    ),
    words: "When Hall sensor changes to occupied, and only if the sun is low: turn on Living room light.",
    lastAt: now - 60_000,
    running: [
      {
        ...{ id: "run-now", at: now - 60_000, rule: "rule-hall", title: "Light in the hall at night", kind: "run" },
        ...{ cause: "Hall sensor is occupied, was clear", outcome: "", nodes: ["lamp"] },
        lines: [{ at: now - 60_000, text: "turn on Living room light: done, confirmed after 140 ms" }],
      },
    ],
  },
  status(
    {
      ...{ form: "while", title: "No lights while away", enabled: true },
      while: { kind: "mode", in: ["away"] },
      keep: [{ kind: "command", target: { kinds: ["light"] }, capability: "onOff", command: "off" }],
    },
    "rule-away",
    now,
  ),
];

function gapsOf(draft: RuleDraft): BadInput | undefined {
  const errors = [
    ...(draft.title.trim() === "" ? [{ field: "draft.title", message: "must have at least 1 character" }] : []),
    ...(draft.form === "when" && draft.do.length === 0
      ? [{ field: "draft.do", message: "must have at least 1 item" }]
      : []),
    ...(draft.form === "when"
      ? draft.do.flatMap((s, i) =>
          s.kind === "command" && s.command === "" ? [{ field: `draft.do.${i}.command`, message: "is missing" }] : [],
        )
      : []),
  ];
  return errors.length > 0 ? new BadInput(errors) : undefined;
}

/** Two are enough to see: one that forbids, one that warns and can be mended. */
function problemsOf(draft: RuleDraft): RuleProblem[] {
  if (draft.form !== "when") return [];
  const locks = draft.do.some((s) => s.kind === "command" && s.capability === "doorLock");
  const warns = draft.do.length > 1 && draft.mode === "parallel";
  return [
    ...(locks
      ? [{ level: "error" as const, code: "danger", field: "do.0", text: "A lock would open by itself." }]
      : []),
    ...(warns
      ? [
          {
            ...{
              level: "warn" as const,
              code: "beside",
              field: "mode",
              text: "Two runs at once would switch the same lamp.",
            },
            fix: { text: "Let one run after the other", draft: { ...draft, mode: "queued" as const } },
          },
        ]
      : []),
  ];
}

export function homeRuleAnswer(s: Kept, method: string, path: readonly string[], body: Body): unknown {
  const [id = "", deed = ""] = path;
  const draft = body.draft as RuleDraft;
  if (id === "check") return gapsOf(draft) ?? reading(draft, s.now);
  if (method === "GET") return { rules: s.homeRules };
  if (deed === "start") return started(s, id);
  if (method === "DELETE") s.homeRules = s.homeRules.filter((r) => r.rule.id !== id);
  if (method === "DELETE") return { ok: true };
  if (method === "PATCH") {
    s.homeRules = s.homeRules.map((r) =>
      r.rule.id === id ? { ...r, rule: { ...r.rule, enabled: body.enabled === true } } : r,
    );
    return s.homeRules.find((r) => r.rule.id === id);
  }
  return gapsOf(draft) ?? saved(s, draft, id, body.sure === true);
}

const reading = (draft: RuleDraft, now: number): RuleReading => ({
  words: wordsOf(draft),
  problems: problemsOf(draft),
  moments:
    draft.form === "when" && draft.on.some((t) => t.kind === "time")
      ? [
          {
            words: "At 07:00",
            meaning: ["On 29 March, when the clock goes from 02:00 to 03:00, nothing changes for it."],
            next: Array.from({ length: 30 }, (_, d) => now + d * 86_400_000),
          },
        ]
      : [],
});

function saved(s: Kept, draft: RuleDraft, id: string, sure: boolean): RuleSaveAnswer {
  const problems = problemsOf(draft).filter((p) => p.level === "error" || !sure);
  if (problems.length > 0) return { saved: false, problems };
  const next = status(draft, id || `rule-${s.homeRules.length + 1}`, s.now);
  s.homeRules = id ? s.homeRules.map((r) => (r.rule.id === id ? next : r)) : [...s.homeRules, next];
  return { saved: true, status: next, problems: [] };
}

function started(s: Kept, id: string) {
  s.homeRules = s.homeRules.map((r) => (r.rule.id === id ? { ...r, lastAt: Date.now() } : r));
  return { ok: true };
}

/** Ends a run of a rule. */
export function endRun(s: Kept, run: string) {
  s.homeRules = s.homeRules.map((r) => ({ ...r, running: r.running.filter((t) => t.id !== run) }));
  return { ok: true };
}
