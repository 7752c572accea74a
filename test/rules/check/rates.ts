/** How often what is wrong with a rule is found, and how often what is right is blamed, on homes and rules made from seeds. */
import type { NodeState } from "../../../hub/model/home.ts";
import type { HomeRule } from "../../../hub/model/rule/rule.ts";
import { checkDraft } from "../../../hub/rules/check/index.ts";
import { faults } from "./faults.ts";
import { diceOf, generate, type Site } from "./generate.ts";
import { contextOf, draft, homeOf, kept, settings } from "./home.ts";

/** Rules of each home that are held against the others. */
const CHECKED = 4;

interface Tally {
  seeded: number;
  found: number;
  /** Told of rules that have no such fault. */
  alarms: number;
  examples: string[];
}

export interface Rates {
  readonly tally: ReadonlyMap<string, Tally>;
  /** Harmless rules looked at, and those of which something was said. */
  readonly harmless: number;
  readonly blamed: number;
  /** All rules looked at. */
  readonly looked: number;
}

interface Counting {
  readonly tally: Map<string, Tally>;
  harmless: number;
  blamed: number;
  looked: number;
}

/** A home as it was made, and its rules as they are kept. */
interface Ready {
  readonly site: Site;
  readonly rules: readonly HomeRule[];
  readonly nodes: ReadonlyMap<string, NodeState>;
}

function tallyOf({ tally }: Counting, code: string): Tally {
  const known = tally.get(code) ?? { seeded: 0, found: 0, alarms: 0, examples: [] };
  tally.set(code, known);
  return known;
}

const keptFrom = (site: Site, first: number): HomeRule[] =>
  site.rules.slice(first).map((r, i) => kept({ title: `Rule ${first + i}`, ...r }, `r${first + i}`));

function note(counting: Counting, code: string, words: string): void {
  const found = tallyOf(counting, code);
  found.alarms += 1;
  if (found.examples.length < 3) found.examples.push(words);
}

function checkHarmless(counting: Counting, seed: number, { site, rules, nodes }: Ready): void {
  const start = site.dice.below(rules.length);
  for (let i = 0; i < CHECKED; i++) {
    const rule = rules[(start + i) % rules.length];
    if (!rule) continue;
    const { id, origin, by, madeAt, changedAt, ...given } = rule;
    const home = { settings, nodes: new Map(nodes) };
    const context = contextOf(home, {
      rules: rules.filter((r) => r !== rule),
      planRules: site.plans,
      scenes: site.scenes,
    });
    const problems = checkDraft(draft(given), context, id);
    counting.harmless += 1;
    counting.looked += 1;
    if (problems.length > 0) counting.blamed += 1;
    for (const p of problems) note(counting, p.code, `seed ${seed}: ${p.text} ${JSON.stringify(given)}`);
  }
}

function checkFault(counting: Counting, seed: number, at: number, { site, rules, nodes }: Ready): void {
  const fault = faults[at];
  if (!fault) return;
  const dice = diceOf(seed * 131 + at);
  const own: Site = {
    dice,
    devices: [...site.devices],
    rules: [...site.rules],
    plans: [...site.plans],
    scenes: [...site.scenes],
  };
  const form = dice.of(fault.forms);
  const given = form(own);
  const more = keptFrom(own, rules.length);
  const added = homeOf(own.devices.slice(site.devices.length)).nodes;
  const home = { settings, nodes: new Map([...nodes, ...added]) };
  const problems = checkDraft(
    draft(given),
    contextOf(home, { rules: [...rules, ...more], planRules: own.plans, scenes: own.scenes }),
  );
  const result = tallyOf(counting, fault.code);
  const about = more.at(-1)?.id;
  const which = `seed ${seed}, ${fault.code} ${fault.forms.indexOf(form)}`;
  result.seeded += 1;
  counting.looked += 1;
  if (problems.some((p) => p.code === fault.code && (about === undefined || p.about?.includes(about))))
    result.found += 1;
  else if (result.examples.length < 3)
    result.examples.push(`${which} missed: ${JSON.stringify(given)} ${JSON.stringify(problems.map((p) => p.text))}`);
  for (const p of problems)
    if (p.code !== fault.code) note(counting, p.code, `${which}: ${p.text} ${JSON.stringify(given)}`);
}

/** Checks rules of so many homes as they are, and one with each kind of fault in each home. */
export function measure(homes: number): Rates {
  const counting: Counting = { tally: new Map(), harmless: 0, blamed: 0, looked: 0 };
  for (let seed = 1; seed <= homes; seed++) {
    const { site } = generate(seed);
    const ready: Ready = { site, rules: keptFrom(site, 0), nodes: homeOf(site.devices).nodes };
    checkHarmless(counting, seed, ready);
    for (let at = 0; at < faults.length; at++) checkFault(counting, seed, at, ready);
  }
  return counting;
}

const percent = (part: number, whole: number) => (whole === 0 ? "-" : `${((100 * part) / whole).toFixed(2)} %`);

/** Prints the rates, and examples of what went wrong. */
export function print({ tally, harmless, blamed, looked }: Rates): void {
  console.table(
    [...tally].map(([code, t]) => ({
      code,
      seeded: t.seeded,
      found: percent(t.found, t.seeded),
      "false alarms": percent(t.alarms, looked - t.seeded),
    })),
  );
  console.info(`${harmless} harmless rules; something was said against ${percent(blamed, harmless)} of them`);
  for (const [code, t] of tally) for (const e of t.examples) console.info(`${code}: ${e.slice(0, 900)}`);
}

/** Kinds of fault of which fewer than 98 % were found, or that more than 1 % of other rules were blamed for. */
export const failing = ({ tally, looked }: Rates): readonly string[] =>
  [...tally]
    .filter(([, t]) => t.found < 0.98 * t.seeded || t.alarms > 0.01 * (looked - t.seeded))
    .map(([code]) => code);
