/** Sums a trial up for a person. */
import { nameIn } from "../../model/home.ts";
import { parsePath } from "../../model/path.ts";
import type { RuleTrial, Told, TrialDay, TrialEnergy } from "../../model/rule-trial.ts";
import { MINUTE } from "../../rules/time/day.ts";
import { draftInWords } from "../../rules/words/rule.ts";
import type { ComfortFound } from "./comfort.ts";
import { dayNamer } from "./day-name.ts";
import type { EnergyFound } from "./energy.ts";
import type { FightsFound } from "./fights.ts";
import type { Lived } from "./live.ts";
import { notesOf } from "./notes.ts";
import type { Trial } from "./trial.ts";

const DAY = 86_400_000;

export interface Found {
  readonly energy: EnergyFound;
  readonly fights: FightsFound;
  readonly comfort: ComfortFound;
  /** Epoch ms; `asked`: from when on it was to be tried. */
  readonly grains: { readonly exactFrom: number; readonly fineFrom: number; readonly asked: number };
}

export function reportOf(trial: Trial, lived: Lived, found: Found): RuleTrial {
  const { rule, view } = trial;
  const name = (id: string) => nameIn(trial, id);
  const { firings, nearMisses, alreadySo, all } = lived.diary;
  const shown = lived.diary.shown();
  const days = daysOf(trial, lived, found);
  const energy = energyTold(found.energy, lived, name);
  const offMs = trial.off.reduce((sum, o) => sum + (o.to - o.from), 0);
  const unknownMs = rule.form === "while" ? lived.unknownMs : deafMs(trial);
  const worst = worstOf(days);
  return {
    ...{ title: rule.title, words: draftInWords(rule, name), form: rule.form, from: view.from, to: lived.to },
    ...{ exactFrom: found.grains.exactFrom, fineFrom: found.grains.fineFrom },
    ...{ firings: firings.length, nearMisses, changes: lived.asks.length, alreadySo },
    ...(rule.form === "while" ? { heldMinutes: Math.round(lived.heldMs / MINUTE) } : {}),
    unknownMinutes: Math.round(Math.max(unknownMs, offMs) / MINUTE),
    energy,
    comfort: comfortTold(found.comfort),
    ...(worst ? { worst } : {}),
    ...{ days, fights: found.fights.fights, runs: shown, left: all - shown.length },
    notes: notesOf(trial, lived, found, name),
  };
}

/** How long (ms) what starts the rule or decides it was not known: that of what was known the shortest. */
function deafMs({ reads, view }: Trial): number {
  const { from, to } = view;
  const spans = [...reads.keys].map((key) => {
    const column = view.columns.get(key);
    if (!column) return to - from;
    const silent = view.silences.get(parsePath(key)?.node ?? "") ?? [];
    const before = Math.max(0, (column.ats[0] ?? to) - from);
    return silent.reduce((sum, s) => sum + Math.max(0, Math.min(to, s.to) - Math.max(from, s.from)), before);
  });
  return Math.max(0, ...spans);
}

function daysOf({ view }: Trial, lived: Lived, found: Found): TrialDay[] {
  const dayAt = dayNamer(view.timeZone);
  const count = (ats: readonly number[]): Map<string, number> => {
    const counts = new Map<string, number>();
    for (const at of ats) {
      const day = dayAt(at);
      counts.set(day, (counts.get(day) ?? 0) + 1);
    }
    return counts;
  };
  const [fired, changed] = [count(lived.diary.firings), count(lived.asks.map(({ at }) => at))];
  const all = new Set<string>();
  for (let at = view.from; at < lived.to; at += DAY / 2) all.add(dayAt(at));
  all.add(dayAt(lived.to - 1));
  return [...all].map((day) => {
    const energy = found.energy.days.get(day);
    const lost = found.comfort.days.get(day);
    return {
      ...{ day, firings: fired.get(day) ?? 0, changes: changed.get(day) ?? 0, fights: found.fights.days.get(day) ?? 0 },
      ...(energy ? { energy } : {}),
      ...(lost ? { comfortMinutes: Math.round(lost) } : {}),
    };
  });
}

function energyTold(found: EnergyFound, lived: Lived, name: (id: string) => string): Told<TrialEnergy> {
  const { total, untold, days } = found;
  if (lived.asks.length === 0) return { known: true, value: { kwh: 0, money: 0 } };
  if (days.size > 0) return { known: true, value: total };
  if (untold.size === 0 && lived.otherwise.length === 0) return { known: true, value: { kwh: 0, money: 0 } };
  const names = [...new Set([...untold].map((key) => name(parsePath(key)?.node ?? key)))].slice(0, 3).join(", ");
  return { known: false, why: `nothing tells what ${names || "it"} would have taken, or would have made up for later` };
}

function comfortTold({ rooms, untold }: ComfortFound): RuleTrial["comfort"] {
  if (rooms.length === 0 && untold.length > 0) return { known: false, why: untold.join("; ") };
  return { known: true, value: { rooms, untold } };
}

const times = (n: number): string => (n === 1 ? "once" : n === 2 ? "twice" : `${n} times`);

/** The day that would have been the least welcome: by money, then comfort, then quarrels, then how often it came. */
function worstOf(days: readonly TrialDay[]): RuleTrial["worst"] {
  const most = (of: (day: TrialDay) => number): TrialDay | undefined =>
    days.reduce<TrialDay | undefined>((best, day) => (of(day) > (best ? of(best) : 0) ? day : best), undefined);
  const lost = most((d) => d.comfortMinutes ?? 0);
  if (lost) return { day: lost.day, why: `${lost.comfortMinutes} minutes more too cold or too warm than it was` };
  const dear = most((d) => (d.energy && d.energy.money > 0.005 ? d.energy.money : 0));
  if (dear?.energy) {
    const kwh = dear.energy.kwh.toFixed(1);
    const used = Math.abs(Number(kwh)) > 0 ? `${kwh} kWh` : "as much energy, at dearer hours";
    return { day: dear.day, why: `it would have cost ${dear.energy.money.toFixed(2)} more (${used})` };
  }
  const fought = most((d) => d.fights);
  if (fought) return { day: fought.day, why: `something else wanted it otherwise ${times(fought.fights)}` };
  const often = most((d) => d.changes) ?? most((d) => d.firings);
  if (!often) return undefined;
  const what = often.changes > 0 ? `, and changed something ${times(often.changes)}` : "";
  return { day: often.day, why: `it would have come ${times(often.firings)}${what}` };
}
