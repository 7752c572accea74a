import { wireNumber } from "./codecs.ts";
import { clusterTable } from "./table.ts";

const TOP = 254;

/** Level 1..254 as whole percent: every whole percent has a level of its own that reads back as that percent. */
export const levelControl = clusterTable({
  cluster: "LevelControl",
  id: 0x0008,
  capability: "levelControl",
  attributes: {
    currentLevel: {
      decode: (wire) => {
        if (wire === null) return null;
        const level = wireNumber(wire);
        return level === undefined ? undefined : Math.round((level / TOP) * 100);
      },
    },
  },
  commands: {
    moveToLevel: {
      // WithOnOff: a light that is off comes on, and 0 % is off (Matter 1.6.6.9).
      command: "moveToLevelWithOnOff",
      id: 4,
      fields: ({ level, transitionTime }) => ({
        level: Math.round((Number(level) / 100) * TOP),
        transitionTime: transitionTime === undefined ? null : Math.round(Number(transitionTime) * 10),
        optionsMask: {},
        optionsOverride: {},
      }),
    },
  },
});
