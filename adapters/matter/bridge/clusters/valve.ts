import { ask, bridgeCluster, has, hasCommand, type Source } from "../table.ts";
import { numberIn, numberOf } from "./codecs.ts";

const V = "valveConfigurationAndControl";
const states = { closed: 0, open: 1, transitioning: 2 };

/** A valve, or a switch that is one: on is open. */
const isValve = (s: Source): boolean => hasCommand(s, V, "open") && hasCommand(s, V, "close");

export const valve = bridgeCluster({
  cluster: "ValveConfigurationAndControl",
  fixed: () => ({ openDuration: null, defaultOpenDuration: null, remainingDuration: null }),
  state: (held, s) => {
    if (isValve(s))
      return {
        currentState: numberOf(states, held(`${V}.currentState`)) ?? null,
        targetState:
          numberOf(states, held(has(s, V, "targetState") ? `${V}.targetState` : `${V}.currentState`)) ?? null,
      };
    const on = held("onOff.onOff");
    const state = typeof on === "boolean" ? (on ? states.open : states.closed) : null;
    return { currentState: state, targetState: state };
  },
  commands: {
    open: (fields, _, s) => {
      const seconds = numberIn(fields, "openDuration");
      if (isValve(s)) return [ask(V, "open", seconds === undefined ? {} : { openDuration: seconds })];
      // A switch knows no time: opening it for ever would not be what was asked.
      if (seconds !== undefined) return { constraint: "this valve can't be opened for a stated time" };
      return [ask("onOff", "on")];
    },
    close: (_, __, s) => [isValve(s) ? ask(V, "close") : ask("onOff", "off")],
  },
});
