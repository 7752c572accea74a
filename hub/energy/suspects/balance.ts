import type { PowerPicture, Suspect } from "./series.ts";

/** Loads together may be told a little later than the house: this much more than it takes is still no contradiction. */
const SLACK_W = 100;
const SLACK_SHARE = 0.1;
const LEAST_SLOTS = 48;
const LEAST_SHARE = 0.2;

/** Loads that take more than the house does: one of them is not behind this meter, or is counted twice. */
export function unbalanced(picture: PowerPicture): Suspect[] {
  const { grid, solar, batteries, loads } = picture;
  if (!grid || loads.length === 0) return [];
  let [seen, over, most] = [0, 0, 0];
  grid.watts.forEach((watts, i) => {
    const others = [...solar, ...batteries].reduce((sum, m) => sum + (m.watts[i] ?? Number.NaN), 0);
    const used = watts - others;
    if (Number.isNaN(used)) return;
    const told = loads.reduce((sum, l) => sum + (l.watts[i] || 0), 0);
    seen++;
    const excess = told - used;
    if (excess <= SLACK_W + SLACK_SHARE * told) return;
    over++;
    most = Math.max(most, excess);
  });
  if (seen < LEAST_SLOTS || over < LEAST_SHARE * seen) return [];
  const share = Math.round((100 * over) / seen);
  return [
    {
      code: "books-do-not-balance",
      key: grid.key,
      message: `In ${share} % of the time the single devices tell more than the whole house, by up to ${Math.round(most)} W.`,
      fix: "A device may be counted twice, or hang on another meter: give each its right role on its page.",
    },
  ];
}
