import type { BlueprintView } from "../../../hub/http/schemas.ts";

/** What ready-made rules are for, in the order in which they are shown. */
export const SUBJECTS: readonly (readonly [BlueprintView["about"], string])[] = [
  ["energy", "Energy"],
  ["heating", "Heating and shade"],
  ["safety", "Safety"],
  ["light", "Light"],
  ["notice", "Messages"],
  ["other", "Other"],
];
