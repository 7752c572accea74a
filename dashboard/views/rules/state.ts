import { signal } from "@preact/signals";
import type { HomeRuleStatus } from "../../../hub/http/schemas.ts";
import { get } from "../../api.ts";

/** The rules of people; undefined: not read yet. Read by the views that show them, not with the home. */
export const homeRules = signal<readonly HomeRuleStatus[] | undefined>(undefined);

export const readHomeRules = async (): Promise<void> => {
  homeRules.value = (await get<{ rules: HomeRuleStatus[] }>("/home-rules")).rules;
};
