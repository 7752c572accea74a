import { bitmap, scaled, wireNumber, words, writableScaled } from "./codecs.ts";
import { type ClusterTable, clusterTable } from "./table.ts";

const states = words({ 0: "closed", 1: "open", 2: "transitioning" });

/** Valve Configuration and Control (4.6): seconds, percent, and one time in microseconds. */
export const valveConfigurationAndControl: ClusterTable = clusterTable({
  cluster: "ValveConfigurationAndControl",
  id: 0x0081,
  capability: "valveConfigurationAndControl",
  attributes: {
    currentState: states,
    targetState: states,
    currentLevel: scaled(1),
    targetLevel: scaled(1),
    openDuration: scaled(1),
    remainingDuration: scaled(1),
    autoCloseTime: {
      decode: (wire) => {
        if (wire === null) return null;
        const microseconds = wireNumber(wire);
        return microseconds === undefined ? undefined : Math.floor(microseconds / 1e6);
      },
    },
    defaultOpenDuration: writableScaled(1),
    valveFault: bitmap(),
  },
  commands: {
    open: {
      command: "open",
      id: 0,
      fields: ({ openDuration, targetLevel }) => ({
        ...(openDuration === undefined ? {} : { openDuration: Math.round(Number(openDuration)) }),
        ...(targetLevel === undefined ? {} : { targetLevel: Math.round(Number(targetLevel)) }),
      }),
    },
    close: { command: "close", id: 1 },
  },
  ignored: ["levelStep"],
});
