import type { Condition } from "../../model/rule/condition.ts";
import { type Picture, type Spot, type Truth, truth } from "../picture.ts";
import { opWords, subjectOfPath, valueInWords } from "../words/value.ts";
import { compares } from "./compares.ts";
import { lasting } from "./lasting.ts";

type State = Extract<Condition, { kind: "state" }>;

/** What devices report against a value: any of those that are meant, or every one. Stale counts as unknown. */
export function state(c: State, picture: Picture, scope: string): Truth {
  const spots = picture.select?.(c.target, partsOf(c).capability);
  if (!spots) return truth("unknown", "which devices are meant is not known here");
  if (spots.length === 0) return truth("unknown", `no device that is meant has ${c.of}`);
  const found = settle(c, picture, spots);
  return c.forMinutes ? lasting(found, c.forMinutes, `${scope}|${partsOf(c).text}`, picture) : found;
}

interface Apart {
  readonly capability: string;
  readonly text: string;
  /** The last one that was looked at, with its text path. */
  spot?: Spot;
  path: string;
}

const apart = new WeakMap<State, Apart>();

/** A condition's capability, and itself as text: made once, for it is asked with each tick. */
function partsOf(c: State): Apart {
  let known = apart.get(c);
  if (!known) {
    known = { capability: c.of.split(".", 1)[0] ?? "", text: JSON.stringify(c), path: "" };
    apart.set(c, known);
  }
  return known;
}

function settle(c: State, picture: Picture, spots: readonly Spot[]): Truth {
  const [only] = spots;
  if (only && spots.length === 1) return one(c, picture, only);
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

function pathOf(c: State, spot: Spot): string {
  const own = partsOf(c);
  if (own.spot !== spot) {
    own.spot = spot;
    own.path = `${spot.node}/${spot.endpoint}/${c.of}`;
  }
  return own.path;
}

function one(c: State, picture: Picture, spot: Spot): Truth {
  const path = pathOf(c, spot);
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
