import type { HomeRuleStatus, RuleDraft } from "../../../hub/http/schemas.ts";

/** What the form of a new rule begins with. */
export const FRESH: Readonly<Record<RuleDraft["form"], RuleDraft>> = {
  when: { form: "when", title: "", enabled: true, on: [], do: [], mode: "single" },
  while: { form: "while", title: "", enabled: true, while: { kind: "all", of: [] }, keep: [] },
};

/** A rule as it was written, without what the hub says of it. */
export function draftOf({ rule }: HomeRuleStatus): RuleDraft {
  const { id: _id, origin: _origin, by: _by, madeAt: _made, changedAt: _changed, ...rest } = rule;
  const { blueprint: _of, source: _from, ...draft } = rest;
  return draft;
}

interface Starter {
  readonly id: string;
  readonly text: string;
  readonly draft: RuleDraft;
}

/** Rules to begin with; they name kinds, so that they fit any home. */
export const STARTERS: readonly Starter[] = [
  {
    id: "dusk",
    text: "At sunset, when somebody is home, turn on the lights",
    draft: {
      form: "when",
      title: "Lights at sunset",
      enabled: true,
      on: [{ kind: "sun", event: "sunset" }],
      if: { kind: "presence", who: "anyone", home: true },
      do: [{ kind: "command", target: { kinds: ["light"] }, capability: "onOff", command: "on" }],
      mode: "single",
    },
  },
  {
    id: "away",
    text: "While the house is in mode away, keep the lights off",
    draft: {
      form: "while",
      title: "No lights while away",
      enabled: true,
      while: { kind: "mode", in: ["away"] },
      keep: [{ kind: "command", target: { kinds: ["light"] }, capability: "onOff", command: "off" }],
    },
  },
];
