/** What a device does in a block, what makes it so, and what another way would be: chosen here once, said by each language. */
import type { DeviceKind } from "./problem.ts";
import type { Cause, Deed, Doing } from "./say/phrases.ts";
import type { Block, Reason, ReasonKind } from "./schedule.ts";

/** What a cause is chosen from. */
export interface Material {
  readonly reason: Reason;
  readonly mode: Block["mode"];
  readonly kind: DeviceKind | undefined;
}

const generally: Readonly<Record<Block["mode"], Doing>> = {
  chargeFromGrid: "chargesFromGrid",
  followLoad: "followsHouse",
  hold: "keepsCharge",
  dischargeToGrid: "givesToGrid",
  off: "waits",
  on: "runs",
  sun: "runsOnSun",
  free: "givesAll",
  curtailed: "isHeldBack",
};
const charging = { on: "charges", off: "chargesNot", sun: "chargesOnSun" } as const;
const heating = { on: "heats", off: "heatsNot", sun: "heatsOnSun" } as const;

/** What a device does; without its kind it runs or waits. */
export function doingOf(mode: Block["mode"], kind: DeviceKind | undefined): Doing {
  if (mode !== "on" && mode !== "off" && mode !== "sun") return generally[mode];
  if (kind === "car") return charging[mode];
  return kind === "tank" || kind === "room" ? heating[mode] : generally[mode];
}

/** It does without for now. */
const isIdle = ({ mode }: Material): boolean => mode === "off" || mode === "hold";
const isBattery = ({ mode, kind }: Material): boolean =>
  kind === "battery" || mode === "hold" || mode === "followLoad" || mode === "chargeFromGrid";

/** What is stored or own is given: worth most where electricity is dear. */
const gives: ReadonlySet<Block["mode"]> = new Set(["followLoad", "dischargeToGrid", "free"]);

/** Currency per kWh that prices must differ by to be what makes it so: the last digit that is shown. */
const SAME_PRICE = 0.0005;

/** `isEarlier`: it is done at another time that lies before the block. */
function priceCause(m: Material, isEarlier: boolean): Cause {
  const { price, otherPrice } = m.reason;
  if (m.mode === "curtailed") return "givingCosts";
  if (price === undefined || otherPrice === undefined) return isIdle(m) ? "worthMoreElsewhen" : "cheapestThen";
  // What is not had by a better price is had by fewer kWh: less warmth that flows off, less that is lost in storing.
  const isDearHere = m.mode === "off" || gives.has(m.mode);
  const gain = isDearHere ? price - otherPrice : otherPrice - price;
  if (gain < SAME_PRICE) return "moreNeeded";
  if (m.mode === "hold") return isEarlier ? "worthMoreElsewhen" : "keptWorthMore";
  if (m.mode === "followLoad") return "sparesPrice";
  return isIdle(m) ? "dearThen" : "cheapThen";
}

/** `isEarlier`: it is done at another time that lies before the block. */
const sunCause = (m: Material, isEarlier: boolean): Cause =>
  isIdle(m) ? (isEarlier ? "sunBefore" : "sunLater") : "sunThen";

/** What stands where there is nothing to decide, by device. */
function nothingToDo({ kind, mode }: Material): Cause {
  switch (kind) {
    case "car":
      return "carFull";
    case "tank":
      return "waterWarm";
    case "room":
      return "roomWarm";
    case "appliance":
      return "runOver";
    case "solar":
      return "allUsed";
    default:
      if (mode === "hold") return "nothingToGive";
      return mode === "followLoad" ? "hardlyNeeded" : "enough";
  }
}

type Plain = Exclude<ReasonKind, "price" | "sun" | "deadline" | "comfort" | "away" | "done">;
const plain: Readonly<Record<Plain, Cause>> = {
  ...({ reserve: "reserve", peak: "peak", fuse: "fuse", limit: "limit", wear: "wear", co2: "co2" } as const),
  ...({ ownUse: "ownUse", tie: "tie", blocked: "blocked", stored: "stored", distrust: "distrust" } as const),
};

/** What makes a block as it is. */
export function causeOf(m: Material, isEarlier: boolean): Cause {
  const { kind } = m.reason;
  switch (kind) {
    case "price":
      return priceCause(m, isEarlier);
    case "sun":
      return sunCause(m, isEarlier);
    case "deadline":
      return isIdle(m) ? "othersFirst" : "readyElse";
    case "comfort":
      return isIdle(m) ? "tooUncomfortable" : "comfortElse";
    case "away":
      return m.kind === "car" ? "unplugged" : "away";
    case "done":
      return nothingToDo(m);
    default:
      return plain[kind];
  }
}

/** What it would be to do otherwise. */
export function deedOf(m: Material): Deed {
  if (!isIdle(m) || (isBattery(m) && m.mode !== "hold")) return "otherwise";
  if (m.mode === "hold") return "use";
  if (m.kind === "car") return "charge";
  return m.kind === "tank" || m.kind === "room" ? "heat" : "run";
}
