import type { Trigger } from "../../model/rule/trigger.ts";
import { conditionInWords } from "../explain.ts";
import type { Names } from "../names.ts";
import { timeInWords } from "../time/words.ts";
import { targetInWords } from "./target.ts";
import { attributeLabel, isItself, subjectInWords, valueInWords } from "./value.ts";

/** A trigger in words: "any light in Kitchen: on becomes off for 5 minutes". */
export function triggerInWords(t: Trigger, names: Names): string {
  const lasting = "forMinutes" in t && t.forMinutes ? ` and stays so for ${t.forMinutes} minutes` : "";
  switch (t.kind) {
    case "becomes": {
      const from = t.from === undefined ? "" : ` from ${word(t.of, t.from)}`;
      const to = t.to === undefined ? "something else" : word(t.of, t.to);
      return `${subjectInWords(t.of, targetInWords(t.target, names))} changes${from} to ${to}${lasting}`;
    }
    case "crosses": {
      const head = `${isItself(t.of) ? "" : `${attributeLabel(t.of)} of `}${targetInWords(t.target, names)}`;
      if (t.above !== undefined && t.below !== undefined)
        return `${head} leaves ${word(t.of, t.below)} to ${word(t.of, t.above)}${lasting}`;
      return `${head} ${t.above === undefined ? `falls below ${word(t.of, t.below ?? 0)}` : `rises above ${word(t.of, t.above)}`}${lasting}`;
    }
    case "event":
      return `${targetInWords(t.target, names)} tells ${word(t.of, t.is)}`;
    case "holds":
      return `${conditionInWords(t.condition, names)}${t.forMinutes ? ` for ${t.forMinutes} minutes` : ""}`;
    case "presence":
      return `${t.who} ${t.does === "comes" ? "comes home" : "leaves"}`;
    case "mode":
      return `the house changes to mode ${t.to.join(" or ")}`;
    case "started":
      return "the hub has started";
    default:
      return timeInWords(t);
  }
}

const word = (of: string, value: number | boolean | string): string => valueInWords(`x/1/${of}`, value);
