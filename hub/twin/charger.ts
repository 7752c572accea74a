import type { StoragePart } from "../energy/parts.ts";
import type { Value } from "../model/capability.ts";
import type { RuleAction } from "../model/plan.ts";

/** A car's charger during one replay: what it shows under the part's text paths, and what rules let through. */
export interface Charger {
  enabled: boolean;
  /** Share of its usual power that it gives at most, 0..1. */
  share: number;
  /** W in the last step. */
  watts: number;
  /** True when the action changed something. */
  act(action: RuleAction): boolean;
  show(values: Map<string, Value>, percent: number, car: "away" | "full" | "here"): void;
}

const MAINS_V = 230;
/** More than a phase carries (32 A): three. */
const ONE_PHASE_W = 32 * MAINS_V;
/** A current that differs by less is the same. */
const SAME = 0.02;
const STATES = { away: "notPluggedIn", full: "pluggedInNoDemand", here: "pluggedInDemand" } as const;

export function chargerOf(part: StoragePart, chargeW: number): Charger {
  const wattsPerAmp = MAINS_V * (chargeW > ONE_PHASE_W ? 3 : 1);
  const charger: Charger = {
    ...{ enabled: true, share: 1, watts: 0 },
    act({ capability, command, args }) {
      if (capability !== "energyEvse" || (command !== "enableCharging" && command !== "disable")) return false;
      const before = { ...charger };
      charger.enabled = command === "enableCharging";
      if (typeof args.maximumChargeCurrent === "number")
        charger.share = Math.min(1, Math.max(0, (args.maximumChargeCurrent * wattsPerAmp) / chargeW));
      return before.enabled !== charger.enabled || Math.abs(before.share - charger.share) > SAME;
    },
    show(values, percent, car) {
      if (part.power) values.set(part.power, charger.watts);
      if (part.stateOfCharge) values.set(part.stateOfCharge, percent);
      if (part.state) values.set(part.state, charger.watts > 0 ? "pluggedInCharging" : STATES[car]);
      if (part.current) values.set(part.current, (charger.share * chargeW) / wattsPerAmp);
      if (part.control) values.set(part.control, charger.enabled ? "chargingEnabled" : "disabled");
    },
  };
  return charger;
}
