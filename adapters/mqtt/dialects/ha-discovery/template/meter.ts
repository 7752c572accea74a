/** The budget of the template that runs now. Templates run one at a time, so that whatever costs by size spends here. */

/** Why a template gave nothing; the text is for the finding. */
export class TemplateError extends Error {}

/** Steps of one run: a few milliseconds at most. */
const MAX_STEPS = 20_000;

let left = 0;

/** A template begins. */
export function begin(): void {
  left = MAX_STEPS;
}

/** Ends the template that costs too much by throwing a TemplateError. */
export function spend(steps: number): void {
  left -= steps;
  if (left < 0) throw new TemplateError("takes too many steps");
}
