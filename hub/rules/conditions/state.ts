import { pathKey } from "../../model/path.ts";
import type { Condition } from "../../model/rule/condition.ts";
import { type Picture, type Spot, type Truth, truth } from "../picture.ts";
import { opWords, subjectOfPath, valueInWords } from "../words/value.ts";
import { compares } from "./compares.ts";
import { lasting } from "./lasting.ts";

type State = Extract<Condition, { kind: "state" }>;

/** What devices report against a value: any of those that are meant, or every one. Stale counts as unknown. */
export function state(c: State, picture: Picture, scope: string): Truth {
  const [capability = ""] = c.of.split(".", 1);
  const spots = picture.select?.(c.target, capability);
  if (!spots) return truth("unknown", "which devices are meant is not known here");
  if (spots.length === 0) return truth("unknown", `no device that is meant has ${c.of}`);
  const found = settle(c, picture, spots);
  return c.forMinutes ? lasting(found, c.forMinutes, `${scope}|${JSON.stringify(c)}`, picture) : found;
}

function settle(c: State, picture: Picture, spots: readonly Spot[]): Truth {
  const parts = spots.map((spot) => one(c, picture, spot));
  const decides = c.every !== true;
  const decided = parts.find((p) => p.holds === decides) ?? parts.find((p) => p.holds === "unknown");
  if (decided) return decided;
  const reason =
    parts.length > 3
      ? `${parts[0]?.reason}, and so on for ${parts.length} devices`
      : parts.map((p) => p.reason).join(" and ");
  return truth(!decides, reason);
}

function one(c: State, picture: Picture, { node, endpoint }: Spot): Truth {
  const [capability = "", attribute = ""] = c.of.split(/\.(.*)/s);
  const path = pathKey({ node, endpoint, capability, attribute });
  const known = picture.known(path);
  const name = picture.name ? subjectOfPath(path, (id) => picture.name?.(id) ?? id) : path;
  if (known.status !== "known") return truth("unknown", `${name} is ${known.status}: ${known.reason}`);
  const holds = compares(known.value, c.op, c.value);
  const seen = valueInWords(path, typeof known.value === "number" ? Math.round(known.value * 100) / 100 : known.value);
  const limit = `${opWords[c.op].replace("is ", "")} ${valueInWords(path, c.value)}`;
  const against =
    c.op === "=" ? (holds ? "" : `, not ${valueInWords(path, c.value)}`) : `, ${holds ? "" : "not "}${limit}`;
  return truth(holds, `${name} is ${seen}${against}`);
}
