import { capability } from "../capability.ts";

/** Matter's 1..254 is percent here; 0 % means off. */
export const levelControl = capability({
  name: "levelControl",
  label: "Level",
  matter: "LevelControl",
  attributes: {
    currentLevel: { type: "number", unit: "%", min: 0, max: 100, label: "Level" },
  },
  commands: {
    moveToLevel: {
      label: "Set level",
      args: {
        level: { type: "number", unit: "%", min: 0, max: 100, label: "Level" },
        transitionTime: { type: "number", unit: "s", min: 0, max: 6553, label: "Transition", optional: true },
      },
      wants: (args) => ({ currentLevel: args.level ?? 0 }),
    },
  },
});
