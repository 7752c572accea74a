import type { HouseView, PersonView, SceneRun } from "../../hub/http/schemas/house-state.ts";

const LABELS: Readonly<Record<string, string>> = { home: "Home", away: "Away", night: "Night", holiday: "Holiday" };
const PICTURES: Readonly<Record<string, string>> = { home: "home", away: "away", night: "night", holiday: "holiday" };

/** A mode as people say it: the house's own names stay as they were given. */
export const modeLabel = (mode: string): string => (Object.hasOwn(LABELS, mode) ? (LABELS[mode] ?? mode) : mode);

export const modePicture = (mode: string): string => (Object.hasOwn(PICTURES, mode) ? (PICTURES[mode] ?? "") : "spark");

/** Where a person is, in one word. */
export const whereWords = (home: PersonView["home"]): string =>
  home === "unknown" ? "not known" : home ? "home" : "away";

/** Who is home, in a sentence for those who hear the page. */
export function whoIsHome({ people, anyoneHome }: HouseView): string {
  const here = people.filter((p) => p.home === true).map((p) => p.name);
  if (here.length > 0) return `${listed(here)} ${here.length === 1 ? "is" : "are"} home`;
  return anyoneHome === false ? "Nobody is home" : "Nobody knows who is home";
}

const listed = (names: readonly string[]): string =>
  names.length < 2 ? names.join("") : `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;

export interface RunWords {
  readonly tone: "good" | "bad" | "waiting";
  readonly text: string;
  /** What did not come about, and why. */
  readonly troubles: readonly string[];
}

/** What came of a scene. */
export function runWords(run: SceneRun): RunWords {
  const { results } = run;
  const done = results.filter((r) => r.outcome?.state === "confirmed" || r.outcome?.state === "accepted").length;
  const troubles = results.flatMap(({ words, outcome }) =>
    outcome && "reason" in outcome ? [`${words}: ${outcome.state}. ${outcome.reason}`] : [],
  );
  if (troubles.length > 0) return { tone: "bad", text: `${done} of ${results.length} done`, troubles };
  if (done < results.length) return { tone: "waiting", text: "on its way", troubles };
  return { tone: "good", text: results.length === 1 ? "done" : `all ${results.length} done`, troubles };
}
