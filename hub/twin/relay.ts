import type { Part } from "../energy/parts.ts";
import type { Value } from "../model/capability.ts";
import type { RuleAction } from "../model/plan.ts";

/** A metered relay during one replay: what it shows under the part's text paths, and whether rules have it on. */
export interface Relay {
  on: boolean;
  /** True when the action switched it. */
  act(action: RuleAction): boolean;
  /** Power in W, and the relay's state. */
  show(values: Map<string, Value>, watts: number): void;
}

export function relayOf(part: Part): Relay {
  const relay: Relay = {
    on: true,
    act({ capability, command }) {
      if (capability !== "onOff") return false;
      const before = relay.on;
      relay.on = command === "on";
      return before !== relay.on;
    },
    show(values, watts) {
      if (part.power) values.set(part.power, watts);
      if (part.relay) values.set(part.relay, relay.on);
    },
  };
  return relay;
}
