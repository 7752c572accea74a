/** What may harm people or the house; no rule is kept from being saved by it once a person has seen it. */
import type { Found } from "../found.ts";
import type { Danger } from "./danger.ts";
import { endFaults } from "./ends.ts";
import { entryFaults } from "./entry.ts";
import { offFaults } from "./off.ts";

export const dangerFaults = (danger: Danger): readonly Found[] => [
  ...endFaults(danger),
  ...entryFaults(danger),
  ...offFaults(danger),
];
