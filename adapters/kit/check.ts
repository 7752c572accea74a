/** Drives a maker's simulated devices against its adapter and grades it. */
import type { Dialect } from "../mqtt/dialect.ts";
import type { Device, Firmware, Part } from "./firmware.ts";
import { Ledger } from "./invariants.ts";
import { rules as ownRules } from "./rules/index.ts";
import { type BenchBroker, type Context, type Grade, type Rule, type Sizes, Trial, who } from "./trial.ts";
import { kitVersion } from "./version.ts";

export interface CheckOptions {
  readonly sizes?: Partial<Sizes>;
  /** Only these, by id: for a maker who works on one. */
  readonly only?: readonly string[];
  /** Rules beyond those that need no broker, and what they need. */
  readonly liveRules?: readonly Rule[];
  readonly openBroker?: () => Promise<BenchBroker>;
  /** Called with the id of each rule before it begins. */
  readonly begins?: (rule: string) => void;
}

export interface RuleResult {
  readonly id: string;
  readonly grade: Grade;
  readonly title: string;
  /** excused: it does not apply; the firmware says why its devices have no such thing. Never counted as passed. */
  readonly state: "passed" | "failed" | "excused";
  /** How many things were looked at, and how many of them were wrong. */
  readonly looked: number;
  readonly failures: number;
  /** The first few, in words; or the excuse. */
  readonly evidence: readonly string[];
  /** For failed ones: what to do. */
  readonly fix?: string;
}

export interface CheckReport {
  readonly kit: typeof kitVersion;
  readonly dialect: string;
  readonly models: readonly string[];
  /** None: not even bronze. A grade needs all rules of its own and of those below. */
  readonly grade: Grade | "none";
  /** Part of the rules were run only. */
  readonly complete: boolean;
  readonly sizes: Sizes;
  readonly results: readonly RuleResult[];
}

const usual: Sizes = { fuzz: 2000, flood: 5000, seconds: 3, seed: 1 };

/** Those that gather what all others came across. */
const gathered = new Set(["discovery.sound", "values.fit", "commands.careful", "robust.no-throw"]);

/** What some device of the firmware must have for a rule to mean anything. */
const shows: Readonly<Record<Part, (device: Device) => boolean>> = {
  names: () => true,
  events: (d) => (d.events ?? []).length > 0,
  orders: (d) => (d.orders ?? []).length > 0,
  presence: (d) => (d.offline ?? []).length > 0 && (d.online ?? []).length > 0,
  removed: (d) => (d.removed ?? []).length > 0 || d.card !== undefined,
  otherUnit: (d) => d.otherUnit !== undefined,
  counters: (d) =>
    d.reports.some((r) => Object.values(r.says).some((t) => Object.keys(t).some((p) => p.includes("cumulative")))),
  open: (d) => d.reports.some((r) => r.open !== undefined),
};

function result(
  rule: Rule,
  state: RuleResult["state"],
  trial: Trial | undefined,
  evidence: readonly string[],
): RuleResult {
  const { id, grade, title, fix } = rule;
  const [looked, failures] = [trial?.looked ?? 0, trial?.failures ?? 0];
  return { id, grade, title, state, looked, failures, evidence, ...(state === "failed" ? { fix } : {}) };
}

async function judge(rule: Rule, context: Context): Promise<RuleResult> {
  const { firmware } = context;
  const { needs } = rule;
  const excuse = needs === undefined ? undefined : firmware.without?.[needs];
  if (excuse) return result(rule, "excused", undefined, [excuse]);
  const devices = Object.values(firmware.models).map((make) => make(who(1)));
  if (needs !== undefined && !devices.some(shows[needs])) {
    const words = `the firmware shows no ${needs}: add some, or say why there are none (without: { ${needs}: "…" })`;
    return result(rule, "failed", undefined, [words]);
  }
  const trial = new Trial(context);
  try {
    await rule.run(trial);
  } catch (error) {
    trial.fail(`the check itself met: ${error instanceof Error ? error.message : String(error)}`);
  }
  if (trial.looked === 0) trial.fail("there was nothing to look at: the firmware says too little");
  return result(rule, trial.failures > 0 ? "failed" : "passed", trial, trial.evidence);
}

/**
 * Checks an adapter against its maker's firmware. Never throws for what the adapter does. Rules that need a broker are run
 * where `liveRules` and `openBroker` are given.
 */
export async function check(dialect: Dialect, firmware: Firmware, options: CheckOptions = {}): Promise<CheckReport> {
  const sizes = { ...usual, ...options.sizes };
  const { openBroker } = options;
  const context: Context = { dialect, firmware, sizes, ledger: new Ledger(), openBroker };
  const all = [...ownRules, ...(openBroker ? (options.liveRules ?? []) : [])];
  const wanted = all.filter(
    (r) => !options.only || options.only.includes(r.id) || options.only.includes(r.id.split(".")[0] ?? ""),
  );
  const results = new Map<string, RuleResult>();
  for (const late of [false, true])
    for (const rule of wanted) {
      if (gathered.has(rule.id) !== late) continue;
      options.begins?.(rule.id);
      results.set(rule.id, await judge(rule, context));
    }
  const ordered = wanted.flatMap((r) => results.get(r.id) ?? []);
  return {
    kit: kitVersion,
    dialect: dialect.name,
    models: Object.keys(firmware.models),
    grade: gradeOf(ordered),
    complete: wanted.length === all.length && openBroker !== undefined,
    sizes,
    results: ordered,
  };
}

const order = ["bronze", "silver", "gold"] as const satisfies readonly Grade[];

/** The highest grade of which, and below which, nothing failed. */
function gradeOf(results: readonly RuleResult[]): Grade | "none" {
  let reached: Grade | "none" = "none";
  for (const grade of order) {
    if (results.some((r) => r.grade === grade && r.state === "failed")) break;
    reached = grade;
  }
  return reached;
}
