/** What was found of a plug or meter, for people. */
import { clockText } from "../../energy/clock.ts";
import type { Part } from "../../energy/parts.ts";
import type { LearnedLoad } from "../../model/learned.ts";
import type { History } from "../history.ts";
import { mean } from "../numbers.ts";
import { hoursTaken, type Programme } from "./programmes.ts";
import type { Study, Unstudied } from "./study.ts";

const HOURS_A_YEAR = 8766;
const DAYS = ["Mondays", "Tuesdays", "Wednesdays", "Thursdays", "Fridays", "Saturdays", "Sundays"];
/** A weekday stands out where it has this share of all cycles. */
const OUTSTANDING = 0.3;
/** A stretch of the day of at most so many hours is told where it holds this share of the starts. */
const WINDOW_H = 4;
const MOST = 0.7;

const watts = (w: number): string => `${w >= 10 ? w.toFixed(0) : w.toFixed(1)} W`;
const kwh = (value: number): string =>
  `${value >= 10 ? value.toFixed(0) : value >= 1 ? value.toFixed(1) : value.toFixed(2)} kWh`;
const times = (n: number): string => (n >= 10 ? n.toFixed(0) : n.toFixed(1));
const lasting = (hours: number): string => (hours < 1 ? `${Math.round(hours * 60)} min` : `${hours.toFixed(1)} h`);

const restKwhOf = (s: Study): number => (s.restW * s.restShare * HOURS_A_YEAR) / 1000;
const perWeekOf = (s: Study): number => (s.cycles.length / Math.max(1, s.days)) * 7;

function restWords(s: Study): string {
  if (s.restW < 0.05) return "Draws nothing at rest.";
  const level = s.levels.standbyW > 0 ? s.levels.standbyW : s.restW;
  return `Draws ${watts(level)} at rest: ${kwh(restKwhOf(s))} a year.`;
}

/** The shortest stretch of the day in which most cycles begin, and a weekday that stands out; else the hours that do. */
function whenWords(s: Study): string {
  const top = s.byWeekday.indexOf(Math.max(...s.byWeekday));
  const weekday = (s.byWeekday[top] ?? 0) >= OUTSTANDING ? `, most of all on ${DAYS[top]}` : "";
  const at = (hour: number) => clockText((hour % 24) * 60);
  for (let wide = 1; wide <= WINDOW_H; wide++) {
    const sums = s.byHour.map((_, hour) =>
      Array.from({ length: wide }, (_, k) => s.byHour[(hour + k) % 24] ?? 0).reduce((a, b) => a + b, 0),
    );
    const best = sums.indexOf(Math.max(...sums));
    const share = sums[best] ?? 0;
    if (share >= MOST)
      return `${Math.round(share * 100)} % of the starts are between ${at(best)} and ${at(best + wide)}${weekday}.`;
  }
  const hours = s.byHour.map((share, hour) => ({ share, hour })).sort((a, b) => b.share - a.share);
  const often = hours.slice(0, 3).map(({ hour }) => hour);
  return `Spread over the day, most often in the hours from ${often
    .sort((a, b) => a - b)
    .map(at)
    .join(", ")}${weekday}.`;
}

const programmeWords = (h: History, p: Programme): string =>
  `${kwh(p.kwh)} in ${lasting(hoursTaken(h, p))} (${p.count} times)`;

function cycleWords(h: History, s: Study): string[] {
  if (s.kind === "always" || s.cycles.length === 0) return [];
  const length = lasting(hoursTaken(h, { steps: mean(s.cycles.map((c) => c.to - c.from)) }));
  const each = kwh(mean(s.cycles.map((c) => c.kwh)));
  if (s.kind === "periodic")
    return [
      `Comes and goes by itself, day and night: ${times(perWeekOf(s) / 7)} times a day for ${length} with ${each}, together ${kwh(s.kwhPerDay)} a day.`,
    ];
  const often = `${times(perWeekOf(s))} times a week`;
  const alike =
    s.kind === "machine"
      ? `Runs ${often} in cycles that are alike: ${s.programmes.map((p) => programmeWords(h, p)).join("; ")}.`
      : `Used ${often}, for ${length} and ${each} on average.`;
  return [alike, whenWords(s)];
}

const KIND_NOTE: Readonly<Record<Study["kind"], string>> = {
  always: "always on, always the same",
  periodic: "comes and goes by itself",
  machine: "runs programmes",
  use: "used as people like",
};

const plain = (part: Part, shapeStepMs: number) => ({
  node: part.node,
  endpoint: part.endpoint,
  name: part.name,
  programmes: [],
  shapeStepMs,
  byHour: [],
  byWeekday: [],
});

/** Puts a study into words and numbers for a person. */
export function loadInWords(h: History, part: Part, s: Study | Unstudied): LearnedLoad {
  const bare = plain(part, h.stepMs);
  if ("why" in s) return { ...bare, kind: "unknown", ok: false, note: s.why, help: s.help, facts: [] };
  const always = s.kind === "always";
  const facts = always
    ? [`Draws ${watts(s.levels.standbyW)} day and night: ${kwh(s.kwhPerDay * 365.25)} a year.`]
    : [...cycleWords(h, s), restWords(s)];
  const tested = s.proof.days > 0;
  return {
    ...bare,
    kind: s.kind,
    ok: s.proof.ok,
    note: s.proof.ok ? KIND_NOTE[s.kind] : s.proof.note,
    ...(s.proof.ok ? {} : { help: "its days differ too much so far; more of them may settle it" }),
    facts,
    standbyW: s.levels.standbyW,
    restKwhPerYear: always ? s.kwhPerDay * 365.25 : restKwhOf(s),
    kwhPerDay: s.kwhPerDay,
    perWeek: perWeekOf(s),
    programmes: s.programmes.map((p) => ({ count: p.count, kwh: p.kwh, hours: hoursTaken(h, p), shape: p.shape })),
    byHour: s.cycles.length > 0 && s.kind !== "periodic" ? s.byHour : [],
    byWeekday: s.cycles.length > 0 && s.kind !== "periodic" ? s.byWeekday : [],
    ...(tested ? { proof: s.proof } : {}),
  };
}
