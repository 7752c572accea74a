/** What a rule would have done in a home's past: what a person is told before it is saved. */
import type { Trace } from "./trace.ts";

/** Money and energy of a time, as they would have been other than they were; positive: more. */
export interface TrialEnergy {
  /** kWh that the house would have used more. */
  readonly kwh: number;
  /** In the home's currency. */
  readonly money: number;
}

export interface TrialDay {
  /** YYYY-MM-DD by the home's clock. */
  readonly day: string;
  /** How often it would have begun to do something. */
  readonly firings: number;
  /** Commands that would have changed something. */
  readonly changes: number;
  readonly fights: number;
  /** Absent where it can't be told, or nothing was switched. */
  readonly energy?: TrialEnergy;
  /** Minutes of the day in which rooms or hot water would have been too cold or too warm, beyond those that were; absent: none, or not known. */
  readonly comfortMinutes?: number;
}

/** Something that wanted the same device otherwise while the rule had its way, or kept the rule from having it. */
export interface TrialFight {
  /** `device`: it was changed at the device itself, or nobody knows by whom. */
  readonly kind: "person" | "plan" | "rule" | "device";
  /** In words. */
  readonly by: string;
  readonly count: number;
  /** Epoch ms. */
  readonly firstAt: number;
  readonly lastAt: number;
  /** The last one, in words. */
  readonly example: string;
}

/** A figure, or why there is none. */
export type Told<T> = { readonly known: true; readonly value: T } | { readonly known: false; readonly why: string };

/** A room or a tank that the rule heats, as warm as it was and as it would have been. */
export interface TrialRoom {
  readonly kind: "room" | "tank";
  readonly name: string;
  /** How warm it is wanted, in words. */
  readonly band: string;
  /** How far the model that tells it is from what was measured, in words. */
  readonly error: string;
  /** Minutes too cold and too warm. */
  readonly below: { readonly was: number; readonly would: number };
  readonly above: { readonly was: number; readonly would: number };
  /** When it would have been coldest: epoch ms, local day, degC then and as it was. */
  readonly coldest?: { readonly at: number; readonly day: string; readonly c: number; readonly was: number };
  /** The day on which most is lost, degC at the end of each step from `from` (epoch ms) on; null: not known, or nobody minds. */
  readonly picture?: {
    readonly day: string;
    readonly from: number;
    readonly stepMs: number;
    readonly was: readonly (number | null)[];
    readonly would: readonly (number | null)[];
    readonly low: readonly (number | null)[];
    readonly high: readonly (number | null)[];
  };
}

export interface TrialComfort {
  /** None: it heats nothing. */
  readonly rooms: readonly TrialRoom[];
  /** Of what else it heats: why nothing can be told. */
  readonly untold: readonly string[];
}

export interface RuleTrial {
  readonly title: string;
  readonly words: string;
  readonly form: "when" | "while";
  /** Epoch ms, to exclusive. */
  readonly from: number;
  readonly to: number;
  /** From here on it was judged by readings as they were told; before it by values of five minutes, before `fineFrom` of an hour. */
  readonly exactFrom: number;
  readonly fineFrom: number;
  readonly firings: number;
  /** Something spoke for a start and nothing was done. */
  readonly nearMisses: number;
  /** What it would have asked for: what was not so already, and what was. */
  readonly changes: number;
  readonly alreadySo: number;
  /** Of the form "while": minutes in which it would have held. */
  readonly heldMinutes?: number;
  /** Minutes in which nobody can tell what it would have done. */
  readonly unknownMinutes: number;
  readonly energy: Told<TrialEnergy>;
  readonly comfort: Told<TrialComfort>;
  readonly worst?: { readonly day: string; readonly why: string };
  /** Each day of the time, oldest first; at most 400. */
  readonly days: readonly TrialDay[];
  readonly fights: readonly TrialFight[];
  /** When and why, with the values seen; of each day the first few, the newest 1,000 at most; oldest first. */
  readonly runs: readonly Trace[];
  readonly left: number;
  /** What the judgement rests on and what it can't see, in plain sentences. */
  readonly notes: readonly string[];
}

/** A rule that is kept, tried with all others of the home: its figures, and how often it would have come on each day. */
export interface RuleTried
  extends Pick<
    RuleTrial,
    "title" | "form" | "from" | "to" | "firings" | "nearMisses" | "changes" | "heldMinutes" | "unknownMinutes"
  > {
  readonly id: string;
  readonly energy: RuleTrial["energy"];
  readonly worst?: RuleTrial["worst"];
  readonly fights: RuleTrial["fights"];
  /** Minutes too cold or too warm beyond those that were. */
  readonly comfortMinutes: number;
  /** The first day, YYYY-MM-DD by the home's clock. */
  readonly firstDay: string;
  /** Firings of each day from the first on. */
  readonly byDay: readonly number[];
}

/** The same in a line. */
export function triedOf(id: string, report: RuleTrial): RuleTried {
  const { title, form, from, to, firings, nearMisses, changes, heldMinutes, unknownMinutes, worst } = report;
  return {
    ...{ id, title, form, from, to, firings, nearMisses, changes, unknownMinutes },
    ...{ energy: report.energy, fights: report.fights },
    ...(heldMinutes === undefined ? {} : { heldMinutes }),
    ...(worst ? { worst } : {}),
    comfortMinutes: report.days.reduce((sum, day) => sum + (day.comfortMinutes ?? 0), 0),
    firstDay: report.days[0]?.day ?? "",
    byDay: report.days.map((day) => day.firings),
  };
}
