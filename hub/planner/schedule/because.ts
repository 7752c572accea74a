/** What makes a block as it is and what it would cost to do otherwise, in words: one sentence for each cause. */
import type { DeviceKind } from "./problem.ts";
import type { Block, Reason, ReasonKind } from "./schedule.ts";

/** Numbers of a block as they are shown, by what they mean. */
export type Facts = Readonly<
  Record<
    | ("from" | "to" | "kwh" | "price" | "otherPrice" | "otherwise" | "extraCost" | "sunKwh")
    | ("storedWorth" | "others"),
    string | undefined
  >
>;

/** What a sentence is made of; every number in it is one of `facts` or stands in `broken`. */
export interface Material {
  readonly facts: Facts;
  readonly reason: Reason;
  readonly mode: Block["mode"];
  readonly kind: DeviceKind | undefined;
  /** It is done at another time that lies before the block. */
  readonly isEarlier: boolean;
  /** The worst wish that would be broken otherwise, in words. */
  readonly broken: string | undefined;
}

const generally: Readonly<Record<Block["mode"], string>> = {
  chargeFromGrid: "charges from the grid",
  followLoad: "follows the house",
  hold: "keeps what it has",
  dischargeToGrid: "gives to the grid",
  off: "waits",
  on: "runs",
  sun: "runs on the sun that is over",
  free: "gives all it can",
  curtailed: "is held back",
};
const charging = { on: "charges", off: "does not charge", sun: "charges from the sun that is over" } as const;
const heating = { on: "heats", off: "does not heat", sun: "heats from the sun that is over" } as const;

/** What a device does, in a word or a few. */
export function doingOf(mode: Block["mode"], kind: DeviceKind | undefined): string {
  if (mode !== "on" && mode !== "off" && mode !== "sun") return generally[mode];
  if (kind === "car") return charging[mode];
  return kind === "tank" || kind === "room" ? heating[mode] : generally[mode];
}

/** It does without for now. */
const isIdle = ({ mode }: Material): boolean => mode === "off" || mode === "hold";
const isBattery = ({ mode, kind }: Material): boolean =>
  kind === "battery" || mode === "hold" || mode === "followLoad" || mode === "chargeFromGrid";

/** What is done then, for "to charge then". */
function deed({ kind, mode }: Material): string {
  if (mode === "hold") return "to use it then";
  if (kind === "car") return "to charge then";
  return kind === "tank" || kind === "room" ? "to heat then" : "to run then";
}

type Telling = (m: Material) => string;

function priceCause(m: Material): string {
  const { price, otherPrice, otherwise } = m.facts;
  const from = otherwise === undefined ? "then" : `from ${otherwise}`;
  if (m.mode === "curtailed") return "what it would give to the grid then would have to be paid for";
  if (price === undefined || otherPrice === undefined)
    return isIdle(m) ? "electricity is worth more at another time" : "electricity is cheapest then";
  if (m.mode === "hold") return `what it has is worth more ${from}: ${otherPrice} a kWh instead of ${price}`;
  if (m.mode === "followLoad") return `it spares ${price} a kWh then, and ${otherPrice} otherwise`;
  if (isIdle(m))
    return `electricity costs ${price} a kWh then and ${otherPrice} ${from}, when it ${m.isEarlier ? "was" : "is"} its turn`;
  return `electricity costs ${price} a kWh then; otherwise it would be ${otherPrice}${otherwise === undefined ? "" : `, from ${otherwise}`}`;
}

function sunCause(m: Material): string {
  if (isIdle(m)) {
    const when = m.facts.otherwise ? `, from ${m.facts.otherwise}` : "";
    return m.isEarlier ? `it has own sun before${when}` : `own sun is left over later${when}`;
  }
  return m.facts.sunKwh === undefined ? "own sun is left over then" : `${m.facts.sunKwh} of own sun are left over then`;
}

/** What stands where there is nothing to decide, by device. */
function nothingToDo({ kind, mode }: Material): string {
  switch (kind) {
    case "car":
      return "it has the charge that it needs";
    case "tank":
      return "the water is as warm as it needs to be";
    case "room":
      return "it is warm enough without";
    case "appliance":
      return "its run is over by then";
    case "solar":
      return "all that it gives is used or sold";
    default:
      if (mode === "hold") return "it is empty, or the house needs nothing of it";
      return mode === "followLoad" ? "the house hardly needs it then" : "it has what it needs";
  }
}

const causes: Readonly<Record<ReasonKind, Telling>> = {
  price: priceCause,
  sun: sunCause,
  deadline: (m) => (isIdle(m) ? "something else has to be ready in time" : "else it would not be ready in time"),
  comfort: (m) => (isIdle(m) ? "it would leave the comfortable range" : "else it would leave the comfortable range"),
  reserve: () => "the reserve for an outage must stay in it",
  peak: () => "with all else that runs it would raise the peak that is paid for",
  fuse: () => "the connection of the house would carry too much at once",
  limit: () => "the house would take more from the grid at once than you allow",
  wear: () => "the gain would be less than the battery's wear",
  co2: () => "electricity is cleaner that way",
  ownUse: () => "own sun is to be used in the house",
  tie: () => "another time would cost the same",
  blocked: () => "you do not want it to run then",
  away: ({ kind }) => (kind === "car" ? "it is not plugged in then" : "it is not there then"),
  done: nothingToDo,
  stored: ({ facts: f }) =>
    `a stored kWh is worth ${f.storedWorth}${f.otherwise ? `, needed from ${f.otherwise}` : ""}, and the grid costs ${f.price} then`,
  distrust: () => "its own way has lately been cheaper than planning",
};

/** What another way would cost; nothing where nobody asked, and where it makes no difference. */
function otherwiseOf(m: Material): string {
  const { facts, reason, broken } = m;
  if (reason.kind === "stored") return facts.others ? `it would cost more ${facts.others}` : "";
  const { extraCost = 0 } = reason;
  const spared = facts.extraCost !== undefined && extraCost < -0.005 ? `would spare ${facts.extraCost}` : undefined;
  const costs = facts.extraCost !== undefined && extraCost > 0.005 ? `would cost ${facts.extraCost} more` : undefined;
  const subject = isIdle(m) && !(isBattery(m) && m.mode !== "hold") ? deed(m) : "to do otherwise";
  if (broken === undefined) return costs ? `${subject} ${costs}` : spared ? `${subject} ${spared}` : "";
  if (spared) return `${subject} ${spared}, but ${broken}`;
  return costs ? `${subject} ${costs}, and ${broken}` : `otherwise ${broken}`;
}

/** The cause, without capital and full stop, and what another way would cost; empty where nothing is to be said. */
export const becauseOf = (m: Material): { readonly cause: string; readonly otherwise: string } => ({
  cause: causes[m.reason.kind](m),
  otherwise: otherwiseOf(m),
});
