/** What a charger itself says of why nothing flows into the car. */
import { knownOf, type NodeState, nameOf } from "../../model/home.ts";
import { formsOf } from "../../rules/words/forms.ts";
import type { WhyFacts } from "./facts.ts";
import { sayIn, sentence } from "./words.ts";

interface Itself {
  readonly text: string;
  /** Whatever anybody asks, nothing can flow; else it is so only where nobody has asked otherwise. */
  readonly always: boolean;
}

/** The value of an attribute at whichever endpoint has it, while it is known. */
function told(node: NodeState, path: string, now: number) {
  const key = [...node.values.keys()].find((k) => k.endsWith(`/${path}`));
  const known = key === undefined ? undefined : knownOf(node, key, now);
  return known?.status === "known" ? known.value : undefined;
}

/** Undefined where something else was asked, or where the charger says nothing that explains it. */
export function itselfSays(node: NodeState, { about, now, language }: WhyFacts): Itself | undefined {
  if (about?.state !== "charging") return undefined;
  const [say, name] = [sayIn({ language }), nameOf(node)];
  switch (told(node, "energyEvse.state", now)) {
    case "notPluggedIn":
      return { always: true, text: sentence(say.noCar(name)) };
    case "fault":
      return { always: true, text: sentence(say.hasFault(name)) };
    case "pluggedInNoDemand": {
      const percent = told(node, "energyEvse.stateOfCharge", now);
      const at = typeof percent === "number" ? `${formsOf(language ?? "en").number(percent, 0)} %` : undefined;
      return { always: false, text: sentence(say.wantsNothing(name, at)) };
    }
    default:
      return undefined;
  }
}
